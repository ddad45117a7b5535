"""Whether a number like a NIK stands anywhere in a file, whatever the file is; a look, within limits (T32).

Texts, office files with all they embed, attributes as well as texts, the text of a PDF and what lies in a zip are
looked into. What a picture or a scan in a PDF shows is not: it is no text. This is for the reader's own process: a PDF
can cost much.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from mailbot.core.language.nik import born_in_groups
from mailbot.reading.files.damaged_zip import DAMAGED_ZIP
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
_EXPONENT = re.compile(rb"(?<![\d.,])([1-9])\.(\d{9,15})[eE]\+?15(?!\d)")
"""A number of sixteen digits as spreadsheets write it; of the last one or two they may have forgotten the digit."""
_TO_THE_FIFTEENTH = (b"E15", b"E+15", b"e15", b"e+15")
"""What stands in each such number; few files hold it, and that it is absent is seen thirty times as fast."""
_OPAQUE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ZIP, _ZIP_END, _ZIP_END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22
_OLE = b"\xd0\xcf\x11\xe0"
_DEEPEST = 4
"""Zips within zips: a folder, a presentation in it, a workbook in that."""
_DAMAGE = (*DAMAGED_ZIP, TypeError)
_CHUNK_BYTES = 1_000_000


def holds_personal_data(content: bytes, *, members: int = 200, part_bytes: int = 50 * MEBIBYTE) -> bool:
    """Say whether a number like a NIK stands in a file; never raises for anything the file holds.

    Args:
        content: the file.
        members: at most so many of a zip are looked into.
        part_bytes: and at most so many bytes of them, unpacked.
    """
    return _Look(members, part_bytes).holds(content, 0)


class _Look:
    """One look into one file and all that lies in it: so many members, and so many bytes of them, in all."""

    def __init__(self, members: int, bytes_left: int) -> None:
        self.members_left = members
        self.bytes_left = bytes_left

    def holds(self, content: bytes, depth: int) -> bool:
        """Say whether a number like a NIK stands in a file, or in what it embeds."""
        if content.startswith(_OPAQUE):
            return False
        if content.startswith(MAGIC):
            return any(_in_text(text) for text in pdf_texts(content))
        packed = content.startswith(_ZIP)
        if not packed and _in_bytes(content):
            return True
        # An object of an older program carries the whole workbook within its own bytes.
        begins = 0 if packed else content.find(_ZIP) if content.startswith(_OLE) else -1
        if begins < 0 or depth >= _DEEPEST:
            return False
        ends = content.rfind(_ZIP_END) + _ZIP_END_BYTES
        inner = content if packed else content[begins:ends]
        return any(self.holds(part, depth + 1) for part in self._parts(inner))

    def _parts(self, content: bytes) -> Iterator[bytes]:
        """Give the members of a zip that are no pictures, as far as there is room; a damaged one hides no other."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGE:
            return
        with archive:
            for member in archive.infolist():
                if self.members_left <= 0 or self.bytes_left <= 0:
                    return
                self.members_left -= 1
                with suppress(*_DAMAGE):
                    yield self._unpacked(archive, member)

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return what there is room for of a member, nothing of a picture; raises what a damaged one raises."""
        with archive.open(member) as stream:
            first = stream.read(_CHUNK_BYTES)
            unpacked = [b"" if first.startswith(_OPAQUE) else first]
            while unpacked[-1] and self.bytes_left > 0:
                self.bytes_left -= len(unpacked[-1])
                unpacked.append(stream.read(_CHUNK_BYTES))
        return b"".join(unpacked)


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


def _in_attributes(content: bytes) -> bool:
    """Say whether a number like a NIK stands in a tag: unbroken, or in groups that are all of an attribute."""
    return any(
        _NIK.search(content, run.start(), run.end() + 1)
        or (
            content[run.start() - 1 : run.start()] == b'"' == content[run.end() : run.end() + 1]
            and born_in_groups(run[0].decode("latin-1"))
        )
        for run in _RUN.finditer(content)
    )


def _in_bytes(content: bytes) -> bool:
    """Say whether a number like a NIK stands in some bytes: in a text, in or between tags, or in UTF-16."""
    if any(end in content for end in _TO_THE_FIFTEENTH) and any(
        _NIK.search((first + rest).ljust(16, b"0")) for first, rest in _EXPONENT.findall(content)
    ):
        return True
    if b"<" in content:
        if _in_attributes(content):
            return True
        content = _TAG.sub(b"", _ENDS_A_TEXT.sub(b"\n", content))
    if _in_plain(content):
        return True
    return b"\0" in content and any(_NIK.search(run.replace(b"\0", b"")) for run in _WIDE_DIGITS.findall(content))
