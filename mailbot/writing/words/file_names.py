"""The names of the files people get: short, ASCII, telling; and what kind of file some bytes are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.writing.words.phrases import Phrases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
OTHER = "application/octet-stream"

_EXTENSIONS = {XLSX: ".xlsx", DOCX: ".docx", PDF: ".pdf", OTHER: ""}
_LONGEST = 80


def file_name(phrases: Phrases, code: str, media_type: str, **values: object) -> str:
    """Return a file's name, `Form-Isian-DAFDUK-2026-TW1.xlsx`; cycle and unit in capitals."""
    shown = {name: str(value).upper() if name in {"cycle", "unit"} else value for name, value in values.items()}
    return safe_name(phrases.word("file_name", code).format(**shown)) + _EXTENSIONS[media_type]


def safe_name(text: str) -> str:
    """Return a text as a file name: ASCII letters, digits, dots, hyphens, underscores; never a path, never hidden."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:_LONGEST] or "tanpa-nama"


def media_type_of(content: bytes) -> str:
    """Return what kind of file these bytes are, by their beginning and the parts they name."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return DOCX if b"word/document.xml" in content else XLSX if b"xl/workbook.xml" in content else OTHER
    return OTHER
