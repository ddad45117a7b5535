"""What may begin a quotation, in any language and of any mail program: by its shape, not by a list of programs.

What stands below such a line never decides by itself. A false alarm costs a question; a quotation taken for own words
would cost the office its trust.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}\u5e74")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
_CODE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){3,}(?:\.\d{4})?(?![\d.])")
"""A code of a sub kegiatan, `2.12.03.2.01.0001`, which reads like a day and a clock time."""
_ADDRESS = re.compile(r"\S@\S+\.\S")
# How "he wrote" is said where people and programs write for this office, and around it.
_SAYING = re.compile(
    r"\b(?:wrote|writes|said|says|menulis|ditulis|berkata|bilang|ngomong|mengatakan|nulis|membalas|schreef|"
    r"schrieb|\u00e9crit|ecrit|escribi\u00f3|escreveu|scritto|kirjoitti|skrev|napisa\u0142|yazd\u0131|replied)\b|\u5199\u9053|\u5beb\u9053",
    re.IGNORECASE,
)
_RULER = re.compile(
    r"^[-_=*~#\u2500\u2014\u2013+]{3,}(?:\s?[^-_=*~#\u2500\u2014]{3,100}[-_=*~#\u2500\u2014\u2013+]{2,})?$"
)
_MARKS = frozenset({"<<", "<<<", "\u00ab", "\u201e", '""', '"""', "``", "```"})
"""A line of nothing but these opens what somebody else said."""
_RULED = "-_=*~#\u2500\u2014\u2013+"
_LONG_RULER = 16
_LABELLED = re.compile(r"^\*?[^\W\d]{1,14}(?:[ -][^\W\d]{1,14})?\s?[:\uff1a]\*?\s*\S")
_OF_A_HEADER = re.compile(
    r"^\*?(?:from|to|cc|sent|date|subject|dari|kepada|ke|untuk|tembusan|dikirim|tanggal|tgl|subjek|perihal|judul|"
    r"pengirim|penerima|von|an|gesendet|betreff|datum|de|\u00e0|objet|date|envoy\u00e9|para|asunto|fecha|van|aan|verzonden|"
    r"onderwerp|daripada|\u53d1\u4ef6\u4eba|\u6536\u4ef6\u4eba|\u4e3b\u9898)\s?[:\uff1a]",
    re.IGNORECASE,
)
_MOST_LINES = 6
_LONGEST_LINE = 400
_FEW_WORDS = 12
_FEWEST_LABELS = 2
_SHORT_CHARS = 40


def first_announcement(lines: Sequence[str]) -> int | None:
    """Return the place of the first line at which a quotation may begin; None: there is none."""
    plain = [_plain(line) for line in lines]
    # Where no day, or no clock time, stands anywhere, nothing is dated.
    text = "\n".join(plain)
    dates = _CLOCK.search(text) is not None and _DAY.search(text) is not None
    return next((place for place in range(len(plain)) if _may_announce(plain, place, dates=dates)), None)


def _may_announce(lines: Sequence[str], place: int, *, dates: bool) -> bool:
    """Say whether a quotation may begin at that line; lines as `_plain` gives them, `dates`: some may be dated."""
    line = lines[place]
    if not line:
        return False
    if line in _MARKS or (line[0] in _RULED and _is_ruler(line)):
        return True
    if (":" in line or "\uff1a" in line) and (_says(line) or _begins_header(lines, place)):
        return True
    return dates and _DIGIT.search(line) is not None and (_is_dated(lines, place) or _is_stamp(line))


def _is_ruler(line: str) -> bool:
    """Say whether it is a line drawn with words in it, or a long one: `----- Pesan asli -----`."""
    return _RULER.match(line) is not None and (
        len(line) >= _LONG_RULER or re.search(r"\w", line.strip("_")) is not None
    )


def _says(line: str) -> bool:
    """Say whether it is a short line that says who said what follows: `LKjIP berkata:`."""
    ends = line.endswith((":", "\uff1a"))
    return ends and len(line.split()) <= _FEW_WORDS and _SAYING.search(line) is not None


def _begins_header(lines: Sequence[str], place: int) -> bool:
    """Say whether two or more lines of a mail's header stand here, one of them by its name or with an address."""
    if not _LABELLED.match(lines[place]):
        return False
    block = [line for line in lines[place : place + _MOST_LINES] if line][:4]
    labelled = [line for line in block if _LABELLED.match(line)]
    if len(labelled) < _FEWEST_LABELS or block[:1] != labelled[:1]:
        return False
    return sum(_OF_A_HEADER.match(line) is not None for line in labelled) >= _FEWEST_LABELS


def _is_dated(lines: Sequence[str], place: int) -> bool:
    """Say whether a day and a clock time stand here, in one line or wrapped over some, and end as announcements do."""
    day = clock = False
    some = lines[place : place + _MOST_LINES]
    for length, line in enumerate(some, start=1):
        if not line:
            return False
        # No program breaks a line within either of them.
        of_line = _moments_in(line)
        day, clock = day or of_line[0], clock or of_line[1]
        if not (day and clock):
            continue
        joined = " ".join(some[:length])[-_LONGEST_LINE:]
        ends = joined.endswith((":", "\uff1a", "]")) or (joined.endswith(">") and _ADDRESS.search(joined))
        if ends or _SAYING.search(joined):
            return True
    return False


@lru_cache(maxsize=64)
def _moments_in(line: str) -> tuple[bool, bool]:
    """Say whether a day stands in a line, and whether a clock time does; each line is asked about by those above it."""
    if not _DIGIT.search(line):
        return False, False
    return _DAY.search(line) is not None, _CLOCK.search(line) is not None


def _is_stamp(line: str) -> bool:
    """Say whether a line is nothing but a day and a clock time, as some programs put it below a name.

    Digits that read as either are one of them: `2.12.02` is the code of a program.
    """
    if len(line) >= _SHORT_CHARS or len(re.findall(r"[^\W\d_]{3,}", line)) > _FEWEST_LABELS:
        return False
    dated = _CODE.sub(" ", line)
    days, clocks = ([found.span() for found in pattern.finditer(dated)] for pattern in (_DAY, _CLOCK))
    return any(day[1] <= clock[0] or clock[1] <= day[0] for day in days for clock in clocks)


def _plain(line: str) -> str:
    """Return a line trimmed and with single blanks, cut; nothing of one that a page puts out of sight."""
    if line.startswith("\ue001"):
        return ""
    return " ".join(line[:_LONGEST_LINE].split()).strip(" |*\ue000")
