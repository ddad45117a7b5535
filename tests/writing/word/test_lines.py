"""A unit's list stays a list, line by line, and nothing of its words is lost, whatever it was typed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from mailbot.writing.word.body import parsed
from mailbot.writing.word.fields import said_by
from mailbot.writing.word.finishing import finish
from mailbot.writing.word.lines import Line, lines_of
from mailbot.writing.word.word_file import Marked, fill_word_file, text_of
from tests.writing.docx_paper import new_document, say
from tests.writing.word.schema_order import out_of_order

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("- satu\n- dua", [("•", "satu"), ("•", "dua")]),
        ("\uf0b7\tsatu\n\uf0a7 dua", [("•", "satu"), ("•", "dua")]),
        ("o\tsatu\n* dua\n– tiga", [("•", "satu"), ("•", "dua"), ("•", "tiga")]),
        ("1. satu\n2) dua\n(c) tiga", [("1.", "satu"), ("2)", "dua"), ("(c)", "tiga")]),
        ("-Sosialisasi\n-5 persen", [("•", "Sosialisasi"), ("", "-5 persen")]),
        ("Sebab:\n\n  \n- jaringan", [("", "Sebab:"), ("•", "jaringan")]),
        ("-", [("", "-")]),
        ("12.30 WIB", [("", "12.30 WIB")]),
        ("\tTarget\tHasil\nUtara\t10\t9", [("", "\tTarget\tHasil"), ("", "Utara\t10\t9")]),
    ],
)
def test_lines_are_told_apart(typed: str, expected: list[tuple[str, str]]) -> None:
    """An item has its mark, a number stays what was typed, a table's line keeps its tabs."""
    assert lines_of(typed) == tuple(Line(text=text, mark=mark) for mark, text in expected)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=80))
def test_no_letter_is_lost(typed: str) -> None:
    """Letters and figures come through in their order, whatever stands before and between them."""
    kept = "".join(line.mark + line.text for line in lines_of(typed))
    assert [one for one in kept if one.isalnum()] == [one for one in typed if one.isalnum()]


def _printed(folder: Path, words: str) -> bytes:
    """Return a page on which a label stands before a unit's words."""
    document = new_document()
    paragraph = say(document, "Faktor penghambat: ", keep=True)
    paragraph.add_run("{{r words }}")
    say(document, "Sesudahnya")
    path = folder / "halaman.docx"
    document.save(str(path))
    return fill_word_file(path, {"words": Marked(words, "Terisi")}, finish=finish)


def test_a_list_hangs_below_its_label(tmp_path: Path) -> None:
    """The label keeps a line of its own, each item has its paragraph, and what follows comes behind."""
    page = _printed(tmp_path, "- jaringan tidak stabil\n- petugas kurang 😀\n{{ x }} & <b>")
    paragraphs = [said_by(one) for one in parsed(page).iter(qn("w:p"))]
    assert paragraphs == [
        "Faktor penghambat: ",
        "•jaringan tidak stabil",
        "•petugas kurang 😀",
        "{{ x }} & <b>",
        "Sesudahnya",
    ]
    assert [len(list(one.iter(qn("w:ind")))) for one in parsed(page).iter(qn("w:p"))] == [0, 1, 1, 0, 0]


def test_a_table_that_was_pasted_is_a_table(tmp_path: Path) -> None:
    """Its figures to the right; words before and behind it keep their lines, and Word finds nothing to repair."""
    lines = ("1.\tsatu", "2.\tdua", "Kecamatan\tTarget\tHasil", "Utara\t10\t9,50", "Selatan\t1.200", "Menyusul.")
    page = _printed(tmp_path, "\n".join(lines))
    root = parsed(page)
    rows = [list(row.iter(qn("w:tc"))) for row in root.iter(qn("w:tr"))]
    assert [[said_by(cell) for cell in row] for row in rows] == [
        ["Kecamatan", "Target", "Hasil"],
        ["Utara", "10", "9,50"],
        ["Selatan", "1.200", ""],
    ]
    assert [[one.get(qn("w:val")) for one in row[1].iter(qn("w:jc"))] for row in rows] == [["right"]] * 3
    told = ["Faktor penghambat: ", "1.satu", "2.dua", *(said_by(cell) for row in rows for cell in row)]
    assert [said_by(one) for one in root.iter(qn("w:p"))] == [*told, "Menyusul.", "Sesudahnya"]
    assert out_of_order(page) == []


def test_a_long_word_of_a_pasted_table_breaks_at_a_syllable(tmp_path: Path) -> None:
    """Five columns are narrow, and Word would break it anywhere."""
    words = "Penyelenggaraan\t" * 4 + "Pertanggungjawaban"
    root = parsed(_printed(tmp_path, f"{words}\n{words}"))
    texts = [[one.text for one in cell.iter(qn("w:t"))] for cell in root.iter(qn("w:tc"))]
    assert texts[4] == texts[9] == ["Per", "tang", "gung", "ja", "wa", "ban"]
    assert {one.get(qn("w:val")) for table in root.iter(qn("w:tbl")) for one in table.iter(qn("w:sz"))} == {"18"}


def test_in_a_cell_of_another_table_a_pasted_one_stays_lines(tmp_path: Path) -> None:
    """With a sign between its columns, for a table within a table is too narrow to be read."""
    document = new_document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("{{r words }}")
    path = tmp_path / "halaman.docx"
    document.save(str(path))
    page = fill_word_file(path, {"words": Marked("Utara\t10\nSelatan\t9", "Terisi")}, finish=finish)
    assert [said_by(one) for one in parsed(page).iter(qn("w:p"))] == ["Utara | 10", "Selatan | 9", ""]


def test_one_line_stays_behind_its_label(tmp_path: Path) -> None:
    """Nothing is made of a single line, but a bullet of Word's fonts becomes one that every font has."""
    assert "Faktor penghambat: • jaringan" in text_of(_printed(tmp_path, "\uf0b7 jaringan"))


def test_three_thousand_signs_are_printed_whole(tmp_path: Path) -> None:
    """A long answer is as long on paper."""
    words = "\n".join(f"{number}. {'kata ' * 20}" for number in range(1, 31))
    text = text_of(_printed(tmp_path, words))
    assert text.count("kata") == 600
    assert re.search(r"30\. kata", text)
