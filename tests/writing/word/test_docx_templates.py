"""The Word files in `templates/docx/` are what their builders make, and the builders use only values that are given."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from mailbot.writing.report.report import REPORT_FILE
from mailbot.writing.words.templates import shipped_templates
from tests.writing.build_docx_templates import BUILDERS, content

RATING, EDGES = 60, 14
"""Points that "Sangat Rendah" takes; a cell's margins, and its distance from a column of figures on its left."""


def parts(file: bytes) -> dict[str, bytes]:
    """Return every part of a Word file; the moment in its properties is no part of what it says."""
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize("name", BUILDERS)
def test_the_committed_word_file_is_what_its_builder_makes(name: str) -> None:
    """`python -m tests.writing.build_docx_templates` was run after the last change."""
    assert parts((shipped_templates() / "docx" / name).read_bytes()) == parts(content(BUILDERS[name]()))


def test_no_rating_wraps_in_its_column(folders: tuple[Path, ...]) -> None:
    """The longest of the scale in use stands on one line in every table that has a column for it."""
    report = docx.Document(str(folders[0] / REPORT_FILE))
    heads = [cell for one in report.tables for cell in one.rows[0].cells if cell.text == "Predikat"]
    assert len(heads) == 5
    assert [cell.width.pt for cell in heads if cell.width.pt < RATING + EDGES] == []


def test_every_word_file_has_a_builder(folders: tuple[Path, ...]) -> None:
    """No Word file is shipped that nobody can make again."""
    assert {path.name for path in (folders[0] / "docx").iterdir()} == set(BUILDERS)
