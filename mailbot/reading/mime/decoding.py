"""Bytes from outside -> text fit to be shown: charsets by a closed list, no controls, no tricks, no paths.

A codec is never looked up by a name that the mail chose (T5).
"""

from __future__ import annotations

import re
import unicodedata

# What mail programs write -> the codec that reads it. Latin-1 is read as its superset Windows-1252, as browsers do.
_CODECS = {
    "ascii": "utf-8",
    "usascii": "utf-8",
    "ansix341968": "utf-8",
    "utf8": "utf-8",
    "unicode11utf8": "utf-8",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "cp1252": "cp1252",
    "windows1252": "cp1252",
    "iso885915": "iso8859-15",
    "utf16": "utf-16",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "cp932": "cp932",
    "windows31j": "cp932",
    "eucjp": "euc-jp",
    "iso2022jp": "iso2022-jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "cp949": "cp949",
    "iso2022kr": "iso2022-kr",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "macintosh": "mac-roman",
    "macroman": "mac-roman",
    "tis620": "cp874",
    **{f"iso8859{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 16)},
    **{f"windows125{number}": f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{f"cp125{number}": f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)},
}
_FALLBACK = ("utf-8", "cp1252")
_LONGEST_NAME = 40
# C0 and C1 controls, and the two separators some programs take for a line end (T7).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Characters that turn the reading direction or are not seen at all (T6: an `.exe` that reads as `.xlsx`).
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
# Turns what stands behind it round: who reads `91` there wrote, or saw, 19. It is no letter of either reading.
_TURNED = "\u202e"
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
# Names that a Windows machine takes for a device, with or without an extension.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_LONGEST_EXTENSION = 12
UNNAMED = "tanpa-nama"
"""Shown for a file that came without a usable name."""


def known_charset(name: str) -> bool:
    """Say whether a charset's name, as written in a mail, is on our list; an empty name counts as US-ASCII."""
    return not name.strip() or _codec(name) != ""


def decode(content: bytes, charset: str = "") -> str:
    """Return bytes as text: by the named charset if known and fitting, else UTF-8, else Windows-1252; never raises."""
    named = _codec(charset)
    for codec in ((named,) if named else ()) + _FALLBACK:
        try:
            return content.decode(codec)
        except UnicodeError:
            continue
    return content.decode(named or "cp1252", errors="replace")


def _codec(name: str) -> str:
    """Return the codec for a charset's name as written in a mail; empty if it is not on our list."""
    if len(name) > _LONGEST_NAME:
        return ""
    return _CODECS.get(re.sub(r"[^a-z0-9]", "", name.casefold()), "")


def clean_line(text: str) -> str:
    """Return text as one line that may stand in a header: controls become blanks, blanks are single, edges trimmed."""
    visible = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _CONTROLS.sub(" ", text)))
    return _BLANKS.sub(" ", visible).strip()


def clean_text(text: str) -> str:
    """Return text of several lines without control characters (tab and line feed stay) and without unseen ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    lines = lines.replace(_TURNED, "\ufffd")
    return "\n".join(
        _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _CONTROLS.sub(" ", line.replace("\t", "    "))))
        for line in lines.split("\n")
    )


def clean_file_name(name: str, *, longest: int) -> str:
    """Return a file name for display: the last step of any path, NFC, at most `longest` characters; never empty.

    It is never used as a path, and never says what kind of file it is (T6).
    """
    normal = unicodedata.normalize("NFC", name[: 16 * longest])
    last = clean_line(normal.replace("\x00", "")).replace("\\", "/").rpartition("/")[2]
    bare = last.strip(" .").replace(":", "_")
    if not bare:
        return UNNAMED
    if _DEVICES.match(bare):
        bare = f"_{bare}"
    if len(bare) <= longest:
        return bare
    stem, dot, extension = bare.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        return bare[:longest]
    return f"{stem[: longest - len(extension) - 1]}.{extension}"
