"""Vacation replies in Indonesian and English: that somebody is away, the day of return, and who stands in."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ABSENCE = re.compile(
    r"out of (?:the |my )?office|on (?:annual |sick |maternity )?leave|on vacation|on holiday|away (?:from|until|"
    r"currently)|currently away|"
    r"return(?:ing)? (?:to|on)|be back|travel+ing|limited access to|\bcuti\b|di luar kantor|dinas luar|"
    r"tidak (?:berada )?di (?:tempat|kantor)|"
    r"kembali (?:masuk|bekerja|berkantor|bertugas|ke kantor|aktif|pada)|perjalanan dinas|libur",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu aug agt ags",
            "september sept sep",
            "oktober october okt oct",
            "november nov nopember nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_BEFORE_DAY = re.compile(
    r"(?:(?:hari )?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|"
    r"mon|tue|wed|thu|fri|sat|sun)\.?,? ?)?(?:(?:tanggal|tgl\.?|the|on) )?\(?",
    re.IGNORECASE,
)
# How a day is written, as an ordered list of (form, pattern). Figures are day first, as Indonesia writes them.
DATES = (
    ("2026-01-12", re.compile(r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")),
    (
        "12 Januari 2026",
        re.compile(
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<name>{_MONTH})\b\.?,?(?:[ -](?P<year>20\d\d))?",
            re.IGNORECASE,
        ),
    ),
    (
        "January 12, 2026",
        re.compile(
            rf"(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>20\d\d))?", re.IGNORECASE
        ),
    ),
    ("12/01/2026", re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)\b")),
)
# What stands before the day: (what is meant, pattern, days to add). The day itself, or the last day away.
ANNOUNCEMENTS = (
    (
        "the day of return",
        re.compile(
            r"\b(?:kembali|masuk|aktif|berkantor|bertugas|bekerja)\b(?: (?:lagi|kembali|masuk|aktif|bekerja|"
            r"berkantor|bertugas|ke|kantor|di|seperti|"
            r"biasa|dinas|pada|mulai|tanggal|tgl\.?|hari)){0,8}[ :]{0,2}",
            re.IGNORECASE,
        ),
        0,
    ),
    (
        "the day of return",
        re.compile(
            r"\b(?:back|return(?:ing|s)?|available(?: again)?|resume)\b(?: (?:in|to|at|the|my|office|work|again|"
            r"on|from|by|until|duty)){0,6}[ :]{0,2}",
            re.IGNORECASE,
        ),
        0,
    ),
    ("away until that day", re.compile(r"\buntil\b(?: (?:the|and))?[ :]{0,2}", re.IGNORECASE), 0),
    (
        "the last day away",
        re.compile(
            r"(?:\b(?:sampai dengan|sampai|hingga|s\.?/?d\.?|through|thru|till?)(?: (?:dengan|pada|tanggal|"
            r"tgl\.?|hari|including)){0,3}[ :]{0,2}"
            r"|(?<=\d) ?(?:-|\u2013) ?)",
            re.IGNORECASE,
        ),
        1,
    ),
)
# What stands before the name, post or address of who stands in.
_STAND_IN = re.compile(
    r"(?:menghubungi|hubungi|kontak|digantikan(?: oleh)?|diwakili(?: oleh)?|(?:di)?delegasikan kepada|"
    r"disampaikan kepada|ditujukan kepada|\bplh\.?|\bplt\.?|"
    r"(?:please )?contact|reach out to|refer to|write to|replaced by|delegated to)[: ]{1,3}"
    r"(?!(?:kembali|lagi|saya|kami|me|us)\b)",
    re.IGNORECASE,
)
# A full stop after a title or an initial ends no sentence.
_TITLES = ("plh", "plt", "sdr", "sdri", "bp", "bpk", "yth", "drs", "dra", "dr", "ir", "hj", r"\w")
_SENTENCE_END = re.compile("".join(rf"(?<!\b{title})" for title in _TITLES) + r"[.!?;](?:\s|$)", re.IGNORECASE)
_LONGEST_STAND_IN = 200
_SEARCHED_CHARS = 8_192
_LONGEST_AWAY_DAYS = 400


def speaks_of_absence(text: str) -> bool:
    """Say whether the text of an automatic answer says that somebody is away."""
    return _ABSENCE.search(text[:_SEARCHED_CHARS]) is not None


def read_return(text: str, *, received_on: date) -> str:
    """Return the day of return a vacation reply names, as an ISO date; empty if it names none that can be right.

    Args:
        text: subject and words of the reply.
        received_on: the day it came; a day without a year is the next such day, one long past or far off is not
            believed.
    """
    flat = re.sub(r"\s+", " ", text[:_SEARCHED_CHARS])
    for _, announcement, days_after in ANNOUNCEMENTS:
        for announced in announcement.finditer(flat):
            day = _day_at(flat, announced.end(), received_on)
            if day is None:
                continue
            returns_on = day + timedelta(days=days_after)
            if received_on <= returns_on <= received_on + timedelta(days=_LONGEST_AWAY_DAYS):
                return returns_on.isoformat()
    return ""


def read_stand_in(text: str) -> str:
    """Return what a vacation reply says of who stands in: the rest of that sentence, as written; empty if nothing.

    Args:
        text: the words of the reply.
    """
    flat = re.sub(r"\s+", " ", text[:_SEARCHED_CHARS])
    found = _STAND_IN.search(flat)
    if found is None:
        return ""
    rest = flat[found.end() : found.end() + _LONGEST_STAND_IN]
    return _SENTENCE_END.split(rest, maxsplit=1)[0].strip(" :,")


def _day_at(text: str, position: int, received_on: date) -> date | None:
    """Return the day written at that place, behind a weekday perhaps."""
    before = _BEFORE_DAY.match(text, position)
    start = before.end() if before else position
    for _, pattern in DATES:
        found = pattern.match(text, start)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS.get((parts.get("name") or "").casefold()) or int(parts.get("month") or 0)
            return _make_day(int(parts["day"]), month, parts.get("year"), received_on)
    return None


def _make_day(day: int, month: int, year: str | None, received_on: date) -> date | None:
    """Return a day from its figures; without a year the next one on or after the day of arrival."""
    years = (int(year),) if year else (received_on.year, received_on.year + 1)
    for candidate in years:
        try:
            made = date(candidate, month, day)
        except ValueError:
            continue
        if year or made >= received_on:
            return made
    return None
