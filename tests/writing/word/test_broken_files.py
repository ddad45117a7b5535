"""A Word file of the office's own that is not whole, as while it is being saved, is a template's problem, no crash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mailbot.errors import TemplateProblem
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.word.word_file import fill_word_file
from mailbot.writing.words.templates import shipped_templates

NAME = "surat-pengantar-permintaan.docx"
WHOLE = (shipped_templates() / "docx" / NAME).read_bytes()
PARTS = {name: zipfile.ZipFile(io.BytesIO(WHOLE)).read(name) for name in zipfile.ZipFile(io.BytesIO(WHOLE)).namelist()}
BODY = "word/document.xml"


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a package of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


BROKEN = {
    "empty": b"",
    "begun": b"PK half sav",
    **{f"{tenths} tenths": WHOLE[: len(WHOLE) * tenths // 10] for tenths in range(1, 10)},
    "zeros at its end": WHOLE[: len(WHOLE) // 2].ljust(len(WHOLE), b"\0"),
    "other bytes inside": WHOLE[:2000] + b"\xff" * 40 + WHOLE[2040:],
    "no body": packed({name: part for name, part in PARTS.items() if name != BODY}),
    "an empty body": packed(PARTS | {BODY: b""}),
    "half a body": packed(PARTS | {BODY: PARTS[BODY][:900]}),
    "another body": packed(PARTS | {BODY: b"<a/>"}),
    "no types": packed({name: part for name, part in PARTS.items() if name != "[Content_Types].xml"}),
    "other types": packed(PARTS | {"[Content_Types].xml": b"<a/>"}),
    "no relations": packed(PARTS | {"_rels/.rels": b"<a/>"}),
}


def own(folder: Path, content: bytes) -> Path:
    """Put a Word file of the office's own into a folder of templates."""
    path = folder / "docx" / NAME
    path.parent.mkdir()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_word_file_that_is_not_whole_is_a_template_problem(tmp_path: Path, content: bytes) -> None:
    """A pass goes on without what needs it, and says so (P10, P11)."""
    with pytest.raises(TemplateProblem, match=NAME):
        fill_word_file(own(tmp_path, content), {})


def test_a_word_file_that_is_not_whole_is_named_by_the_check(tmp_path: Path) -> None:
    """`mailbot check` says which one."""
    own(tmp_path, BROKEN["begun"])
    (said,) = lint_templates((tmp_path, shipped_templates()))
    assert said.startswith(f"{NAME} is no Word file, or not whole")
