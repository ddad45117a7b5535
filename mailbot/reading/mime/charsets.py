"""Bytes -> text by a closed list of charsets; a codec is never looked up by a name that the mail chose (T5)."""

from __future__ import annotations

import re

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
