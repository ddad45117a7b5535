"""Where a mail stops being its sender's own words: how each mail program announces what it quotes.

Ordered tables in Indonesian and English, for the lines of a text part and for those an HTML part shows (`html_text`
marks quoted elements with `>`). A reply between or under quoted lines stays; what follows an announcement without `>`
is quoted to the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.text.announcements import first_announcement
from mailbot.reading.text.html_text import DOUBT_MARK, UNSEEN_MARK

_DATE_OR_ADDRESS = r"(?=.*(?:@|\d{1,2}[.:]\d{2}|\d{4}))"
_IN_BRACKETS = r"<\s?\S{1,120}@\S{1,120}>"
# How an announcement reads when its lines are joined: (programs, pattern, over how many lines it may be wrapped).
ATTRIBUTIONS = (
    (
        "Gmail, Apple Mail, Thunderbird, Roundcube, Yahoo",
        re.compile(
            rf"^(?:On|At|Pada(?: tanggal| hari)?)\b{_DATE_OR_ADDRESS}.*\d.*\b(?:wrote|menulis)\s?:$", re.IGNORECASE
        ),
        4,
    ),
    ("Gmail, older", re.compile(rf"^\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\b.{{0,120}}{_IN_BRACKETS}\s?:$"), 3),
    ("Horde", re.compile(rf"^(?:quoting|mengutip|kutipan dari)\b[^<>]{{0,120}}{_IN_BRACKETS}\s?:$", re.IGNORECASE), 2),
    ("Phones", re.compile(rf"^[^<>]{{0,120}}{_IN_BRACKETS}\s*(?:wrote|menulis)\s?:$", re.IGNORECASE), 1),
    (
        "Thunderbird, by name",
        re.compile(r"^.{1,60}, \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,20}\b(?:wrote|menulis)\s?:$", re.IGNORECASE),
        1,
    ),
)
_ENDINGS = ("wrote:", "wrote :", "menulis:", "menulis :", ">:", "> :")
# An announcement in any language: a dated line that ends with a colon, with `>` right under it.
_DATED = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d{2}\b")
_DATED_LINES = 3
_BEGINNING = re.compile(r"^(?:On|At|Pada)\b|^\d{4}[-/]", re.IGNORECASE)
# One whole line that begins the quoted mail: (programs, the line).
SEPARATORS = (
    (
        "Outlook, Zimbra, Yahoo, Samsung, Thunderbird forwarding",
        re.compile(
            r"^-{2,}\s?(?:original (?:message|appointment)|(?:isi )?pesan (?:asli|asal|orisinal|semula|terusan|"
            r"sebelumnya)|"
            r"mesej asal|forwarded message|reply message|surat asli)(?:\s(?:from|dari)\s.*)?\s?-*$",
            re.IGNORECASE,
        ),
    ),
    ("Notes", re.compile(r"^-{3,}[^-].{0,80}\b(?:wrote|menulis)\s?:\s?-{3,}$", re.IGNORECASE)),
    (
        "Gmail forwarding",
        re.compile(
            r"^-{3,}\s?(?:forwarded message|pesan (?:yang )?diteruskan|diteruskan|terusan)\s?-*$", re.IGNORECASE
        ),
    ),
    (
        "Apple Mail forwarding",
        re.compile(
            r"^(?:begin forwarded message|(?:mulai|awal) pesan (?:yang )?(?:diteruskan|terusan))\s?:$", re.IGNORECASE
        ),
    ),
    (
        "WhatsApp, copied on a phone",
        re.compile(r"^\[\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: [AP]M)?\] [^:]{1,80}:"),
    ),
    (
        "WhatsApp, copied in a browser",
        re.compile(r"^\[\d{1,2}[.:]\d{2}(?: [AP]M)?, \d{1,2}/\d{1,2}/\d{2,4}\] [^:]{1,80}:"),
    ),
    # In whatever language: nobody else writes a date, an address in brackets and a colon on one line.
    (
        "any other, by date and address",
        re.compile(
            rf"^(?=.{{0,200}}\d)(?=.{{0,200}}(?:\d{{1,2}}[.:]\d{{2}}|\d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-])).{{0,160}}"
            rf"{_IN_BRACKETS}.{{0,80}}[:\uff1a]$"
        ),
    ),
    ("WhatsApp, exported", re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}[.:]\d{2}(?: [AP]M)? - [^:]{1,80}:")),
)
_ANY_SEPARATOR = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in SEPARATORS), re.IGNORECASE)
"""All of them at once: every line of every mail is asked."""
# The block of header lines with which Outlook and others begin a quoted mail: the first, and those that must follow.
_HEADER_FIRST = re.compile(r"^\*?(?:from|dari|daripada|pengirim)\s?:\*?\s?\S", re.IGNORECASE)
_HEADER_DATE = re.compile(r"^\*?(?:sent|date|dikirim|dihantar|tarikh|terkirim|tanggal|tgl|hari)\s?:\*?", re.IGNORECASE)
_HEADER_OTHER = re.compile(
    r"^\*?(?:to|cc|subject|reply-to|kepada|untuk|ke|tembusan|subjek|perihal|hal|judul|penerima)\s?:\*?", re.IGNORECASE
)
_HEADER_LINES = 7
_REFERENCE = re.compile(r"\bmb1\.[0-9a-f]{16}\b", re.IGNORECASE)
"""The reference that stands in every letter of ours."""
_LONGEST_ATTRIBUTION = 4
_LONGEST_LINE = 600
# A quoted line at least this long was perhaps wrapped by the program that quoted it, and its tail lost the `>`.
_WRAPPED_CHARS = 60


def without_letter(own: list[str]) -> list[str]:
    """Return own lines without a letter of ours among them, where a line that may announce it stands above it.

    Whatever the announcement's language: the reference of the letter says that it is quoted. Below it somebody may have
    gone on writing.
    """
    if not _refers(own):
        return own
    place = first_announcement(own)
    return own if place is None else [*own[:place], *_below_the_reference(own[place:])]


def parted(own: list[str], rest: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines that are certainly the sender's own, and those that may be quoted.

    What follows an announcement that no table knows may be quoted; it is quoted where a letter of ours stands in it, by
    its reference. Below that reference nothing is ours any more. A reference of ours among own lines means that a
    quotation began somewhere above it.

    Args:
        own: as `own_until` gives them, those that may be quoted marked with `DOUBT_MARK`, those out of sight with
            `UNSEEN_MARK`.
        rest: what follows where everything is quoted.
    """
    doubtful = _below_the_reference(rest)
    place = first_announcement(own)
    if _refers(own[:place]):
        return [], [*own, *doubtful]
    if place is not None:
        doubtful = [*(_below_the_reference(own[place:]) if _refers(own[place:]) else own[place:]), *doubtful]
        own = own[:place]
    marks = (DOUBT_MARK, UNSEEN_MARK)
    doubtful += [line for line in own if line.startswith(marks)]
    return [line for line in own if not line.startswith(marks)], [line.lstrip("".join(marks)) for line in doubtful]


def _refers(lines: Sequence[str]) -> bool:
    """Say whether a reference of ours stands in one of the lines; the cheap look is enough for nearly all of them."""
    text = "\n".join(lines).lower()
    return "mb1." in text and _REFERENCE.search(text) is not None


def _below_the_reference(lines: Sequence[str]) -> list[str]:
    """Return what stands below the last reference of ours and is not marked as quoted; nothing where there is none."""
    places = [place for place, line in enumerate(lines) if _REFERENCE.search(line)]
    return [line for line in lines[places[-1] + 1 :] if not is_quoted(line)] if places else []


def own_until(lines: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """Return the lines that the sender wrote, up to where everything is quoted, and what follows from there."""
    plain = [_plain(line) for line in lines]
    own: list[str] = []
    position = 0
    while position < len(lines):
        if is_quoted(lines[position]):
            position = _after_quoted(lines, position)
            continue
        length = _announcement(lines, plain, position)
        if length == 0:
            own.append(lines[position])
            position += 1
            continue
        following = _next_filled(plain, position + length)
        if following is None or not is_quoted(lines[following]):
            return own, lines[position + length :]
        position = following
    return own, ()


def is_quoted(line: str) -> bool:
    """Say whether a line is marked as quoted."""
    return line.lstrip().startswith(">")


def _announcement(lines: Sequence[str], plain: Sequence[str], position: int) -> int:
    """Return how many lines announce a quotation here; 0 if none does.

    Args:
        lines: as they stand.
        plain: the same lines as the patterns want them.
        position: which line.
    """
    line = plain[position]
    if _ANY_SEPARATOR.match(line) or _is_header_block(plain, position):
        return 1
    length, beginning = _attribution(lines, plain, position)
    # Where the announcement can begin a line further down, the line above it is the sender's own.
    return 0 if any(beginning.search(later) for later in plain[position + 1 : position + length]) else length


def _attribution(lines: Sequence[str], plain: Sequence[str], position: int) -> tuple[int, re.Pattern[str]]:
    """Return over how many lines an announcement (`Pada ... menulis:`) runs, 0 for none, and how one begins."""
    for length in range(1, _LONGEST_ATTRIBUTION + 1):
        if position + length > len(lines) or not plain[position + length - 1]:
            break
        if not plain[position + length - 1].endswith(":"):
            continue
        joined = " ".join(plain[position : position + length])[-_LONGEST_LINE:]
        if joined.casefold().endswith(_ENDINGS) and _is_known(joined, length):
            return length, _BEGINNING
        near = [line for line in lines[position + length : position + length + 2] if line.strip()]
        if length <= _DATED_LINES and near and is_quoted(near[0]) and _DATED.search(plain[position]):
            return length, _DATED
    return 0, _BEGINNING


def _is_known(joined: str, length: int) -> bool:
    """Say whether joined lines read like one of the known announcements."""
    return any(length <= most and pattern.search(joined) for _, pattern, most in ATTRIBUTIONS)


def _is_header_block(plain: Sequence[str], position: int) -> bool:
    """Say whether a quoted mail's header lines begin here: From, then a date and at least one more."""
    if not _HEADER_FIRST.search(plain[position]):
        return False
    following = [line for line in plain[position + 1 : position + 2 * _HEADER_LINES] if line][:_HEADER_LINES]
    dated = any(_HEADER_DATE.search(line) for line in following)
    return dated and any(_HEADER_OTHER.search(line) for line in following)


def _after_quoted(lines: Sequence[str], position: int) -> int:
    """Return the place after a quoted line, and after its tail if whoever quoted it wrapped it without a mark."""
    following = position + 1
    if following >= len(lines) or not lines[following].strip() or is_quoted(lines[following]):
        return following
    between_quoted = following + 1 < len(lines) and is_quoted(lines[following + 1])
    quoted = lines[position].rstrip()
    cut_short = len(quoted) >= _WRAPPED_CHARS and not quoted.endswith((".", "!", "?", ":", ";"))
    return following + 1 if between_quoted or cut_short else following


def _next_filled(lines: Sequence[str], position: int) -> int | None:
    """Return the place of the next line that holds something."""
    return next((at for at in range(position, len(lines)) if lines[at].strip()), None)


def _plain(line: str) -> str:
    """Return a line as the patterns want it: trimmed, single blanks, cut; what is out of sight announces nothing."""
    if line.startswith(UNSEEN_MARK):
        return ""
    return " ".join(line[:_LONGEST_LINE].split()).strip(f" |*{DOUBT_MARK}")
