"""Figures stand in anchors that Word takes, LibreOffice keeps and a reader finds again by their tags."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from mailbot.writing.word.word_file import Figure, fill_word_file, text_of
from tests.writing.docx_paper import new_document, say, table
from tests.writing.word.read_figures import figures_of

if TYPE_CHECKING:
    from pathlib import Path


def _filled(folder: Path, **values: object) -> bytes:
    """Return a page with one figure in a sentence and one in each row of a table."""
    document = new_document()
    paragraph = say(document, "Realisasi ")
    paragraph.add_run("{{r figure }}")
    paragraph.add_run(" dari target.")
    made = table(document, 3, (5, 5))
    say(made.rows[0].cells[0], "{%tr for one in rows %}")
    say(made.rows[1].cells[1], "{{r one }}")
    say(made.rows[2].cells[0], "{%tr endfor %}")
    path = folder / "halaman.docx"
    document.save(str(path))
    return fill_word_file(path, values)


def _body(docx: bytes) -> str:
    """Return the body's XML."""
    with zipfile.ZipFile(BytesIO(docx)) as packed:
        return packed.read("word/document.xml").decode()


def test_a_figure_stands_in_an_anchor_with_its_tag(tmp_path: Path) -> None:
    """Tags and texts are read back in the order in which they stand, and the sentence around them is whole."""
    rows = [Figure('98,12 <ok> & "baik"', "mb:IKU-02:actual"), Figure("99,61%", "mb:IKU-02:achievement")]
    docx = _filled(tmp_path, figure=Figure("67,50", "mb:IKU-05:actual", "Terisi"), rows=rows)
    assert figures_of(docx) == (
        ("mb:IKU-05:actual", "67,50"),
        ("mb:IKU-02:actual", '98,12 <ok> & "baik"'),
        ("mb:IKU-02:achievement", "99,61%"),
    )
    assert "Realisasi 67,50 dari target." in text_of(docx)


def test_anchors_have_numbers_of_their_own_and_the_order_word_wants(tmp_path: Path) -> None:
    """Every number stands once, after the tag, before the content; the same figures give the same bytes."""
    rows = [Figure(str(number), f"mb:IKU-{number}:actual") for number in range(30)]
    docx = _filled(tmp_path, figure=Figure("1", "mb::version"), rows=rows)
    numbers = re.findall(r'<w:id w:val="(\d+)"/>', _body(docx))
    assert len(numbers) == len(set(numbers)) == 31
    assert "0" not in numbers
    assert numbers == re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="mb:', _body(docx))
    assert numbers == re.findall(r'<w:bookmarkEnd w:id="(\d+)"/>', _body(docx))
    assert all(
        re.fullmatch(
            r'<w:sdtPr><w:tag w:val="([^"]+)"/><w:id w:val="(\d+)"/></w:sdtPr><w:sdtContent>'
            r'<w:bookmarkStart w:id="\2" w:name="\1:\2"/><w:r>.*</w:r><w:bookmarkEnd w:id="\2"/></w:sdtContent>',
            one,
        )
        for one in re.findall(r"<w:sdt>(.*?)</w:sdt>", _body(docx))
    )
    assert docx == _filled(tmp_path, figure=Figure("1", "mb::version"), rows=rows)


def test_a_figure_that_says_nothing_or_whose_tag_is_too_long_has_no_anchor(tmp_path: Path) -> None:
    """An empty anchor would show Word's own words, and Word takes no name that is longer."""
    docx = _filled(tmp_path, figure=Figure("", "mb::date"), rows=[Figure("1", "mb:" + "x" * 32)])
    assert figures_of(docx) == ()
    assert "Realisasi dari target. 1" in text_of(docx)


def test_the_content_controls_of_an_office_are_not_read_as_figures(tmp_path: Path) -> None:
    """Only tags that begin as ours do are anchors of figures."""
    docx = _filled(tmp_path, figure=Figure("1", "judul"), rows=[])
    assert figures_of(docx) == ()
