"""A Word file's own properties: its title is filled like its text, and holds as much as Word lets it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from mailbot.writing.word.word_file import fill_word_file


@pytest.mark.parametrize(
    ("agency", "title"),
    [
        ("Dinas Kependudukan", "Laporan Dinas Kependudukan"),
        ("Dinas Perempuan & Desa <A>", "Laporan Dinas Perempuan & Desa <A>"),
        ("D" * 247, f"Laporan {'D' * 247}"),
        ("D" * 248, f"Laporan {'D' * 246}…"),
        ("Dinas " * 500, f"Laporan {('Dinas ' * 42)[:246]}…"),
    ],
)
def test_a_name_of_any_length_makes_a_title(tmp_path: Path, agency: str, title: str) -> None:
    """Word takes 255 signs there; the text holds the name whole (P9)."""
    blank = docx.Document()
    blank.core_properties.title = "Laporan {{ agency }}"
    blank.add_paragraph("{{ agency }}")
    blank.save(str(tmp_path / "laporan.docx"))
    filled = docx.Document(io.BytesIO(fill_word_file(tmp_path / "laporan.docx", {"agency": agency})))
    assert filled.core_properties.title == title
    assert filled.paragraphs[0].text == agency
