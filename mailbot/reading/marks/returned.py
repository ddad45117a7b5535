"""One file that came back with a draft, read by its kind: Word file, PDF, photograph; the room's way in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.reading.marks.docx_file import NOT_OURS, read_docx
from mailbot.reading.marks.pdf_file import read_pdf
from mailbot.reading.marks.photograph import is_photograph

if TYPE_CHECKING:
    from mailbot.reading.workbook.workbook import WorkbookLimits

_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_WORD = (".docx", ".docm", ".dotx")
_UNREAD = (
    *(".doc", ".odt", ".rtf", ".wps", ".pages", ".txt", ".md"),
    *(".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers", ".ppt", ".pptx", ".odp", ".key"),
    *(".m4a", ".mp3", ".ogg", ".opus", ".amr", ".aac", ".wav", ".mp4", ".3gp", ".mov"),
)
"""How the name of a file ends in which somebody may say something, and which is not read: also a voice message."""
_OF_A_SERVER = re.compile(r"att\d+\.txt")
"""What servers make of the words below a file."""


def read_returned(
    content: bytes, name: str, media_type: str, limits: WorkbookLimits, ours: tuple[str, str] = NOT_OURS
) -> ReturnedFile | None:
    """Return what is marked in a file, None where it is no document and no photograph of one.

    Args:
        content: the file.
        name: its name, cleaned for display.
        media_type: what it is, by its content.
        limits: how far a package is unpacked.
        ours: author and moment of the changes that we have marked ourselves; they read as accepted.
    """
    read = _read(content, name.casefold(), media_type, limits, ours)
    if read is None:
        return None
    sha256 = hashlib.sha256(content).hexdigest()
    remarks = tuple(replace(one, file_sha256=sha256, file_name=name) for one in read.marked.remarks)
    damaged = (name,) if read.unread else tuple(f"{name}: {part}" for part in read.marked.damaged)
    marked = replace(read.marked, remarks=remarks, damaged=damaged)
    return replace(read, file_sha256=sha256, file_name=name, marked=marked)


def _read(
    content: bytes, name: str, media_type: str, limits: WorkbookLimits, ours: tuple[str, str]
) -> ReturnedFile | None:
    """Read a file by its kind."""
    if content.startswith(_PDF):
        read = read_pdf(content)
        seen = read.scanned and not read.marked.remarks
        return replace(read, marked=_seen(read.marked, RemarkSource.SCAN)) if seen else read
    if "wordprocessingml" in media_type or (content.startswith(_ZIP) and name.endswith(_WORD)):
        return read_docx(content, limits, ours)
    if media_type.startswith("image/"):
        photograph = ReturnedFile(
            kind=ReturnedKind.PHOTOGRAPH, file_sha256="", marked=_seen(Marked(), RemarkSource.PHOTOGRAPH)
        )
        return photograph if is_photograph(content, media_type) else None
    if name.endswith((*_WORD, *_UNREAD)) and not _OF_A_SERVER.fullmatch(name):
        return ReturnedFile(kind=ReturnedKind.TEXT, file_sha256="", unread=True)
    return None


def _seen(marked: Marked, source: RemarkSource) -> Marked:
    """Return what is marked in a file whose pages a person has to look at."""
    return replace(marked, remarks=(Remark(source=source),))
