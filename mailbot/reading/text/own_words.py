"""A mail's own words: newly typed text without quotation and signature, codes and links among them.

Also whether its two renderings say the same. Files put elsewhere are not fetched: we ask for them (SOP row 3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.core.model.mail import OwnText
from mailbot.reading.text.html_text import DOUBT_MARK, UNSEEN_MARK
from mailbot.reading.text.quotes import is_quoted, own_until, parted, without_letter

_PICTURE = re.compile(r"^\[(?:image|gambar|cid|inline image|logo)\s?:[^\]]{0,200}\]$", re.IGNORECASE)
# Lines that a phone or a mail program adds by itself: (who, the line).
ADDED_LINES = (
    (
        "phones and apps",
        re.compile(
            r"^(?:(?:di|ter)kirim|dihantar|sent|diposting|surel ini dikirim)\s(?:dari|daripada|from|via|melalui|"
            r"menggunakan|with|using)\s.{2,80}$",
            re.IGNORECASE,
        ),
    ),
    ("Outlook for phones", re.compile(r"^(?:get|dapatkan|unduh)\soutlook\s(?:for|untuk)\s.{2,80}$", re.IGNORECASE)),
    ("virus scanners", re.compile(r"^(?:virus-free|bebas virus)\.?\b.{0,80}$", re.IGNORECASE)),
    ("pictures", _PICTURE),
    ("lines drawn", re.compile(r"^[-_=*~\u2014\u2500]{3,}$")),
)
_ANY_ADDED = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in ADDED_LINES), re.IGNORECASE)
_SIGNATURE = re.compile(r"^(?:--|\u2014)\s?$")
_CLOSING = re.compile(
    r"^(?:(?:salam )?hormat(?: kami| saya)?|salam(?: hormat| hangat)?|wassalam\w*(?: .{0,40})?|"
    r"(?:best |kind |warm )?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully))\W*$",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"^\s*(?:[-*\u2022\u2013\u00b7]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_ANSWER = re.compile(
    r"^\W{0,4}(?:[a-z]{2,5}[\s.\-_/]{0,3}\d{1,4}|\d{1,3}(?:\.\d{1,6}){3,})(?![\w.])[^:=]{0,60}[:=]", re.IGNORECASE
)
"""A line that answers for a code (`IKU-02: 99,12`): never the rest of the line before, never a signature."""
_SENTENCE_END = (".", "!", "?", ":", ";")
_LONG_LINE = 100
_NAME_WORDS = 4
_SHORT_LINE_WORDS = 6
# A line whose next word would not have fitted was wrapped by the mail program; one far beyond any margin was not.
_WRAP_COLUMN = 68
_WIDEST_COLUMN = 90
_LONGEST_LINE = 300
_SIX_DIGITS = re.compile(r"\d{6}")
_CODE = re.compile(r"^\W*(\d{6})\W*$|\b(?:kode|code)\W{0,4}(\d{6})(?!\d)", re.IGNORECASE)
_CODE_BESIDE = re.compile(r"^\W*(\D{2,40}?)\W{1,5}(\d{6})\W*$")
# Other ways to say what a reply word says; a line that holds one of them, or a reply word, decides something.
_DECIDING = frozenset(
    {word.value.casefold() for word in Word} | {"acc", "ok", "oke", "tolak", "sah", "ya", "tidak", "belum", "yes", "no"}
)
_DECIDING_STEMS = ("setuju", "perbaik", "disah", "keberat", "terus", "kembali", "approve", "revisi", "batal", "tolak")
_FIRST_LINES = 3
_NO_MARKS = re.compile(r"[^\w%/,.~]+|(?<!\w)~+(?!\w)")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]?\s+(?=\D)")
_LINK = re.compile(r"<?(?:https?://|mailto:)\S+>?")
# Where offices put files, and the shorteners that hide where.
CLOUD_HOSTS = (
    "drive.google.com",
    "docs.google.com",
    "forms.gle",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
    "dropbox.com",
    "db.tt",
    "wetransfer.com",
    "we.tl",
    "icloud.com",
    "mega.nz",
    "mediafire.com",
    "box.com",
    "drive.wps.com",
    "docs.wps.com",
    "kdocs.cn",
    "terabox.com",
    "s.id",
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
)
_FILE_LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}/[^\s<>\"']{0,600}", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?([a-z0-9.-]+)", re.IGNORECASE)
_SEARCHED_CHARS = 65_536


def words_of(lines: Sequence[str], *, wrapped: bool) -> str:
    """Return the own words among a rendering's lines, one paragraph or list item on a line.

    Args:
        lines: the visible lines, quoted ones marked with `>`.
        wrapped: whether the mail program broke long lines (plain text), so that the pieces are joined again. A word at
            the head of such a piece is then no line by itself: `kami belum` / `SETUJU` is one sentence.
    """
    return _typed(own_until(lines)[0], wrapped=wrapped)


def rendering_of(lines: Sequence[str], *, wrapped: bool) -> tuple[str, OwnText]:
    """Return one rendering's own words, and the same as a decision is read from it.

    For that nothing is left out but what is certainly quoted.

    Args:
        lines: as for `words_of`, those that may be quoted marked with `DOUBT_MARK`, those out of sight with
            `UNSEEN_MARK`.
        wrapped: as for `words_of`.
    """
    typed, rest = own_until(lines)
    own, doubtful = (
        _unwrapped(part) if wrapped and part else part for part in map(_without_pictures, parted(typed, rest))
    )
    return _typed(without_letter(typed), wrapped=wrapped), OwnText(
        own="\n".join(line.strip() for line in own).strip(),
        doubtful="\n".join(line.strip() for line in doubtful if line.strip()),
    )


def _typed(own: Sequence[str], *, wrapped: bool) -> str:
    """Return what was typed of a rendering's own lines: no signature, and nothing that a mail program adds."""
    seen = [line.removeprefix(DOUBT_MARK) for line in own if not line.startswith(UNSEEN_MARK)]
    kept = _without_signature(_without_added(seen))
    joined = _unwrapped(kept) if wrapped else kept
    text = "\n".join(line.strip() for line in joined)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_pictures(lines: Sequence[str]) -> list[str]:
    """Take out the lines that only stand for a picture."""
    return [line for line in lines if not _PICTURE.match(line.strip()[:_LONGEST_LINE])]


def unflow(text: str, *, delete_space: bool) -> str:
    """Return `format=flowed` text (RFC 3676) with its soft line breaks undone, signature and quotation untouched."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        stuffed = line.removeprefix(" ")
        if soft and not is_quoted(stuffed) and stuffed != "-- ":
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + stuffed
        else:
            lines.append(stuffed)
        soft = stuffed.endswith(" ") and stuffed != "-- " and not is_quoted(stuffed)
    return "\n".join(lines)


def renderings_agree(text_words: str, html_words: str) -> bool:
    """Say whether the text part and the HTML part come to the same, as far as a decision is concerned.

    Short lines that hold a deciding word must be the same on both sides. Of the rest, the first three must be found on
    the other side wherever its lines break: layout differs, words do not.
    """
    text_lines, html_lines = _compared(text_words), _compared(html_words)
    if {line for line in text_lines if _decides(line)} != {line for line in html_lines if _decides(line)}:
        return False
    return _heads_found(text_lines, html_lines) and _heads_found(html_lines, text_lines)


def _heads_found(lines: list[str], others: list[str]) -> bool:
    """Say whether the first short lines of one rendering stand in the other."""
    flowing = f" {' '.join(others)} "
    return all(f" {line} " in flowing for line in lines[:_FIRST_LINES] if _is_short(line))


def codes_in(words: str) -> tuple[str, ...]:
    """Return the six-digit codes that stand alone on a line, after KODE or beside a deciding word, each once."""
    lines = [line[:_LONGEST_LINE] for line in words.splitlines() if _SIX_DIGITS.search(line)]
    found = [match[1] or match[2] for line in lines for match in _CODE.finditer(line)]
    beside = (match for line in lines if (match := _CODE_BESIDE.match(line)) and _decides(plain(match[1])))
    found += [match[2] for match in beside]
    return tuple(dict.fromkeys(found))


def _without_added(lines: Sequence[str]) -> list[str]:
    """Take out the lines a phone or a mail program adds by itself."""
    return [line for line in lines if not _ANY_ADDED.match(line.strip()[:_LONGEST_LINE])]


def _without_signature(lines: list[str]) -> list[str]:
    """Take out the signature: after `-- ` or a closing phrase only what can be a remark or a decision stays."""
    for position, line in enumerate(lines):
        if _SIGNATURE.match(line.strip()) or _CLOSING.match(line.strip()[:80]):
            formal = bool(_SIGNATURE.match(line.strip()))
            return lines[:position] + [rest for rest in lines[position + 1 :] if _says_something(rest, formal=formal)]
    return lines


def _says_something(line: str, *, formal: bool) -> bool:
    """Say whether a line under a closing is more than a name, a title or a number.

    Args:
        line: the line.
        formal: whether it stands under `-- `, where whole sentences are the office's small print.
    """
    text = line.strip()
    if _LIST_ITEM.match(line) or _decides(plain(text)) or _CODE.search(text[:_LONGEST_LINE]):
        return True
    if not formal and _ANSWER.match(text[:_LONGEST_LINE]):
        return True
    sentence = text.endswith(_SENTENCE_END) and len(text.split()) > _NAME_WORDS
    return not formal and (sentence or len(text) > _LONG_LINE)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines that a mail program broke because the next word did not fit."""
    joined: list[str] = []
    last = ""
    for line in lines:
        if _was_broken(last, line):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
        last = line.strip()
    return joined


def _was_broken(last: str, line: str) -> bool:
    """Say whether a line only continues the one before it."""
    word = line.strip().split(" ", 1)[0]
    if not last or not word or last.endswith(_SENTENCE_END):
        return False
    # Asked before the patterns: most lines are shorter.
    if len(last) > _WIDEST_COLUMN or len(last) + 1 + len(word) <= _WRAP_COLUMN:
        return False
    if _LIST_ITEM.match(line) or _ANSWER.match(line.strip()[:_LONGEST_LINE]):
        return False
    return not (_LINK.match(word) or _LINK.match(last.rpartition(" ")[2]))


def _compared(words: str) -> list[str]:
    """Return the lines of one rendering as they are compared: no links, marks, case or empty lines; strokes stay."""
    text = _LINK.sub(" ", unicodedata.normalize("NFKC", words))
    lines = (_NO_MARKS.sub(" ", line).strip(" .,/").casefold() for line in text.splitlines())
    return [_NUMBERED.sub("", line) for line in lines if line]


def _is_short(line: str) -> bool:
    """Say whether a line is short enough to be read as a reply word."""
    return len(line.split()) <= _SHORT_LINE_WORDS


def _decides(line: str) -> bool:
    """Say whether a short line holds something that may be a decision."""
    words = line.split()
    return len(words) <= _SHORT_LINE_WORDS and any(
        word in _DECIDING or word.startswith(_DECIDING_STEMS) for word in words
    )


def cloud_links_in(words: str, targets: Iterable[str]) -> tuple[str, ...]:
    """Return the links to file stores among a mail's own words and its own HTML links, each once.

    Args:
        words: the own words.
        targets: what links in the HTML's own words point to.
    """
    found = [*_FILE_LINK.findall(words[:_SEARCHED_CHARS]), *targets]
    return tuple(dict.fromkeys(link.rstrip(").,;]") for link in found if _is_cloud(link)))


def _is_cloud(link: str) -> bool:
    """Say whether a link leads to one of the hosts, or to a host under one."""
    host = _HOST.match(link)
    name = host[1].casefold() if host else ""
    return any(name == cloud or name.endswith(f".{cloud}") for cloud in CLOUD_HOSTS)
