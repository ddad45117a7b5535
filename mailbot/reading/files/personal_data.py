"""Whether a number like a NIK stands anywhere in a file, whatever the file is; a look, within limits (T32).

Texts, office files, the text of a PDF and what lies in a zip are looked into. What a picture or a scan in a
PDF shows is not: it is no text. This is for the reader's own process: a PDF can cost much.
"""

from __future__ import annotations

import io
import re
import zipfile

from mailbot.core.language.nik import born_in_groups
from mailbot.reading.files.archive_files import DAMAGED_ZIP
from mailbot.reading.files.pdf_text import MAGIC, pdf_texts
from mailbot.reading.limits import MEBIBYTE

_DAY, _MONTH = rb"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])", rb"(?:0[1-9]|1[0-2])"
_NIK = re.compile(rb"(?<![\d.,])[1-9]\d{5}" + _DAY + _MONTH + rb"\d{6}(?![\d])")
"""Six digits of the place, the day of birth (a woman's plus 40), month, year, and four of the series."""
_WIDE_DIGITS = re.compile(rb"(?:\d\x00){16,}")
"""Digits as old and binary workbooks keep texts, in UTF-16."""
_GROUPED = re.compile(rb"\d{2,6}(?:(?: ?[.-] ?|[ ]|\xc2\xa0)\d{2,6}){2,7}")
"""Groups of digits in one text, as a NIK is written by hand; whether they are one is asked of `core.nik`."""
_RUN = re.compile(rb"[0-9][0-9 .\-\xc2\xa0]{15,}")
"""Where sixteen digits can stand, unbroken or in groups; few texts hold such a run, and finding none is quick."""
_ENDS_A_TEXT = re.compile(rb"</(?:\w+:)?(?:p|c|v|si|tc|tr|row|table-cell)>|<(?:\w+:)?(?:br|tab)[ /]")
_TAG = re.compile(rb"<[^>]*>")
_OPAQUE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_READABLE = (".xml", ".bin", ".csv", ".txt", ".htm", ".html", ".xls")
_CHUNK_BYTES = 1_000_000


def holds_personal_data(content: bytes, *, members: int = 200, part_bytes: int = 50 * MEBIBYTE) -> bool:
    """Say whether a number like a NIK stands in a file; never raises for anything the file holds.

    Args:
        content: the file.
        members: at most so many of a zip are looked into.
        part_bytes: and at most so many bytes of them, unpacked.
    """
    if content.startswith(_OPAQUE):
        return False
    if content.startswith(MAGIC):
        return any(_in_text(text) for text in pdf_texts(content))
    if not content.startswith(b"PK\x03\x04"):
        return _in_bytes(content)
    try:
        return any(_in_bytes(part) for part in _parts(content, members, part_bytes))
    except (*DAMAGED_ZIP, TypeError):
        return False


def _parts(content: bytes, members: int, left: int) -> list[bytes]:
    """Return the readable ones of so many members of a zip, `left` bytes of them in all."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist()[:members]:
            if not member.filename.casefold().endswith(_READABLE):
                continue
            unpacked = io.BytesIO()
            with archive.open(member) as stream:
                while left > 0 and (chunk := stream.read(_CHUNK_BYTES)):
                    unpacked.write(chunk)
                    left -= len(chunk)
            parts.append(unpacked.getvalue())
    return parts


def _in_text(text: str) -> bool:
    """Say whether a number like a NIK stands in a text."""
    return _in_plain(text.encode("utf-8", "replace"))


def _in_plain(content: bytes) -> bool:
    """Say whether a number like a NIK stands in bytes that are all text: unbroken, or in groups."""
    return any(
        _NIK.search(content, run.start(), run.end() + 1)
        or any(born_in_groups(groups.decode()) for groups in _GROUPED.findall(run[0]))
        for run in _RUN.finditer(content)
    )


def _in_bytes(content: bytes) -> bool:
    """Say whether a number like a NIK stands in some bytes: in a text, between tags, or in UTF-16."""
    if b"<" in content:
        content = _TAG.sub(b"", _ENDS_A_TEXT.sub(b"\n", content))
    if _in_plain(content):
        return True
    return b"\0" in content and any(_NIK.search(run.replace(b"\0", b"")) for run in _WIDE_DIGITS.findall(content))
