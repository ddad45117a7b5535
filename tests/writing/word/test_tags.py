"""A tag of an office's own Word file that is wrong is named with the file, the place and the nearest right name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailbot.errors import TemplateProblem
from mailbot.writing.word.word_file import Marked, fill_word_file, text_of
from tests.writing.docx_paper import new_document, say

if TYPE_CHECKING:
    from pathlib import Path

_VALUES = {
    "due": "12 Januari 2026",
    "unit": "Sekretariat",
    "rows": [{"achievement": "98,12%"}],
    "grade": Marked("Baik", "Strong"),
}


def _file(folder: Path, *words: str, foot: str = "") -> Path:
    """Return an office's Word file that says these words."""
    document = new_document()
    for one in words:
        say(document, one)
    say(document.sections[0].footer, foot)
    path = folder / "surat.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Paling lambat {{ deu }}.",
            r"surat.docx uses tags .*: deu \(in the body, near 'Paling lambat .*, did you mean due\?",
        ),
        (
            "Paling lambat { due }.",
            r"surat.docx has a tag with a brace too few in the body, near 'Paling .*{{ due }}\?",
        ),
        ("Paling lambat { due }}.", r"brace too few in the body, near .*{{ due }}\?"),
        ("Unit { unti }", r"brace too few .*{ unti }"),
        (
            "{% for i in rows %}{{ i.achievment }}{% endfor %}",
            r"surat.docx \(in the body, near .*, did you mean achievement",
        ),
        ("Paling lambat {{ due }.", r"surat.docx has a tag with a brace too few in the body, near .*{{ due }}\?"),
        ("Paling lambat {{{ due }}}.", r"surat.docx has a tag with a brace too many in the body, near .*{{ due }}\?"),
        ("{% for i in rows %}{ i.achievement }{% endfor %}", r"brace too few .*{ i.achievement }"),
        ("{% for i in rows %}{{ i.achievement }}", r"surat.docx \(in the body: nothing ends {% for i in rows %}\)"),
        ("{% if due %}{% for i in rows %}x{% endif %}", r"nothing ends {% for i in rows %}\)"),
        ("{{ due }}{% endif %}", r"nothing begins what {% endif %} ends"),
        ("Nilai {{ grade }}.", r"surat.docx has a tag that must begin with {{r: .*paragraph 'Nilai Baik\.'"),
    ],
)
def test_a_wrong_tag_is_named_with_its_place(tmp_path: Path, words: str, expected: str) -> None:
    """Whoever edits the file in Word finds it again."""
    with pytest.raises(TemplateProblem, match=expected):
        fill_word_file(_file(tmp_path, words), _VALUES)


def test_a_tag_in_the_foot_is_found_there(tmp_path: Path) -> None:
    """Headers and footers have tags too."""
    with pytest.raises(TemplateProblem, match="in the foot of its pages"):
        fill_word_file(_file(tmp_path, "Isi", foot="Halaman {{ unt }}"), _VALUES)


def test_braces_that_are_no_tag_are_left_alone(tmp_path: Path) -> None:
    """An office may write braces in a sentence."""
    page = fill_word_file(_file(tmp_path, "Himpunan {x} untuk {{ unit }}"), _VALUES)
    assert "Himpunan {x} untuk Sekretariat" in text_of(page)
