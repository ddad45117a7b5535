"""The Word files in `templates/docx/` are what their builders make, and the builders use only values that are given."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mailbot.writing.words.templates import shipped_templates
from tests.writing.build_docx_templates import BUILDERS, content


def parts(docx: bytes) -> dict[str, bytes]:
    """Return every part of a Word file; the moment in its properties is no part of what it says."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize("name", BUILDERS)
def test_the_committed_word_file_is_what_its_builder_makes(name: str) -> None:
    """`python -m tests.writing.build_docx_templates` was run after the last change."""
    assert parts((shipped_templates() / "docx" / name).read_bytes()) == parts(content(BUILDERS[name]()))


def test_every_word_file_has_a_builder(folders: tuple[Path, ...]) -> None:
    """No Word file is shipped that nobody can make again."""
    assert {path.name for path in (folders[0] / "docx").iterdir()} == set(BUILDERS)
