"""Some bytes -> a workbook that can be read, or the reason why they are none; decided by content, not by name (T19)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from mailbot.core.model.form import Unreadable
from mailbot.reading.files import file_kinds
from mailbot.reading.files.office_package import DAMAGE, Package
from mailbot.reading.workbook.grid import WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.ods import OdsWorkbook
from mailbot.reading.workbook.xls_and_csv import CalamineFile, CsvFile
from mailbot.reading.workbook.xls_formats import told_by_xls, told_by_xlsb
from mailbot.reading.workbook.xlsx import XlsxWorkbook

if TYPE_CHECKING:
    from mailbot.reading.workbook.grid import Workbook

_DEFAULT_KEY = "VelvetSweatshop"  # the key Excel itself uses when it locks a workbook and asks for none
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".xltx", ".xltm")
_NO_WORKBOOK = {
    "application/pdf": Unreadable.PDF,
    file_kinds.DOC: Unreadable.OLD_DOCUMENT,
    file_kinds.DOCX: Unreadable.TEXT_DOCUMENT,
    file_kinds.ODT: Unreadable.TEXT_DOCUMENT,
    "application/rtf": Unreadable.TEXT_DOCUMENT,
    file_kinds.RAR: Unreadable.ARCHIVE,
    file_kinds.SEVEN_ZIP: Unreadable.ARCHIVE,
    file_kinds.GZIP: Unreadable.ARCHIVE,
    file_kinds.HTML: Unreadable.NOT_A_FORM,
    file_kinds.MAIL: Unreadable.NOT_A_FORM,
    file_kinds.PPTX: Unreadable.NOT_A_FORM,
}
"""Kinds of file that are plainly something else."""


def open_workbook(content: bytes, name: str, limits: WorkbookLimits) -> Workbook:
    """Return the workbook in some bytes.

    Args:
        content: the file.
        name: its cleaned name; it only tells a damaged workbook from a file that never was one.
        limits: how much is looked at.

    Raises:
        WorkbookRefused: it cannot be read as a workbook; the reason says why.
    """
    if not content.strip(b"\x00\t\r\n "):
        raise WorkbookRefused(Unreadable.EMPTY_FILE, "no bytes")
    kind = file_kinds.file_kind(content, name=name, declared="")
    if file_kinds.is_picture(kind):
        raise WorkbookRefused(Unreadable.PICTURE, kind)
    if kind in _NO_WORKBOOK:
        raise WorkbookRefused(_NO_WORKBOOK[kind], kind)
    if len(content) > limits.file_bytes:
        raise WorkbookRefused(Unreadable.TOO_LARGE, f"{len(content)} bytes")
    match kind:
        case file_kinds.XLSX | file_kinds.XLSM:
            return XlsxWorkbook(content, limits)
        case file_kinds.ODS:
            return OdsWorkbook(content, limits)
        case file_kinds.XLSB:
            Package(content, limits)
            return CalamineFile(content, limits, told_by_xlsb(content, limits))
        case file_kinds.XLS:
            return _old_workbook(content, limits)
        case file_kinds.LOCKED_OFFICE:
            return XlsxWorkbook(_unlocked(content), limits)
        case file_kinds.CSV | file_kinds.TEXT:
            return CsvFile(content, limits, name)
        case file_kinds.ZIP if b"spreadsheetml" in _listing(content, limits):
            return XlsxWorkbook(content, limits)
        case _:
            raise WorkbookRefused(_no_form(kind, name), kind)


def _no_form(kind: str, name: str) -> Unreadable:
    """Say why a file of no readable kind is none: only its name says that it should have been a workbook."""
    if name.casefold().endswith(_SUFFIXES):
        return Unreadable.BROKEN
    return Unreadable.ARCHIVE if kind == file_kinds.ZIP else Unreadable.NOT_A_FORM


def _old_workbook(content: bytes, limits: WorkbookLimits) -> CalamineFile:
    """Return an XLS file, unlocked where it needs no password of anybody's."""
    plain = _unlocked(content) if _is_locked(content) else content
    return CalamineFile(plain, limits, told_by_xls(plain))


def _unlocked(content: bytes) -> bytes:
    """Return the workbook inside an encrypted file that needs no password of anybody's.

    Raises:
        WorkbookRefused: it needs a password, or is damaged.
    """
    target = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_DEFAULT_KEY)
        locked.decrypt(target)
    except (DecryptionError, InvalidKeyError, FileFormatError, *DAMAGE) as trouble:
        raise WorkbookRefused(Unreadable.PASSWORD, f"locked: {trouble!r}") from trouble
    return target.getvalue()


def _is_locked(content: bytes) -> bool:
    """Say whether an old workbook (XLS) is locked; what cannot be told is left to the reader."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except (DecryptionError, FileFormatError, *DAMAGE):
        return False


def _listing(content: bytes, limits: WorkbookLimits) -> bytes:
    """Return the part that tells what a package holds, empty if there is none."""
    try:
        package = Package(content, limits)
        return package.read("[Content_Types].xml") if package.has("[Content_Types].xml") else b""
    except WorkbookRefused:
        return b""
