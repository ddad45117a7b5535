"""Every tracked change accepted, in the XML itself: what is read then is what was read as if accepted."""

from __future__ import annotations

import pytest

from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.writing.edited.accepting import accepted, formats_accepted, is_open
from tests.reading.marks.test_word_files import CASES
from tests.writing.edited.small_documents import docx, members_of, paragraph, run, table, tracked

ROW = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"


def test_what_is_accepted_reads_as_it_did_before_and_nothing_is_open() -> None:
    """Insertions stay, deletions go, moves arrive, rows come and go, formatting is taken as it is."""
    content = docx(
        paragraph(run("Satu "), tracked("ins", run("dua ")), tracked("del", run("tiga")), run("empat")),
        paragraph(tracked("moveFrom", run("pindah")), mark=tracked("moveFrom", "")),
        '<w:moveToRangeStart w:id="1"/>',
        paragraph(tracked("moveTo", run("pindah")), mark=tracked("moveTo", "")),
        '<w:moveToRangeEnd w:id="1"/>',
        "<w:tbl>"
        + ROW.format(tracked("ins", ""), paragraph(tracked("ins", run("baru"))))
        + ROW.format(tracked("del", ""), paragraph(tracked("del", run("lama"))))
        + "</w:tbl>",
        "<w:tbl>" + ROW.format(tracked("del", ""), paragraph(tracked("del", run("hilang")))) + "</w:tbl>",
        paragraph('<w:r><w:rPr><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr></w:r>', run("tebal")),
        header=paragraph(tracked("ins", run("Kepala"))),
    )
    before, after = (read_document(one, USUAL_LIMITS) for one in (content, accepted(content)))
    assert before.changes
    assert not after.changes
    assert [block.text for block in after.blocks] == [block.text for block in before.blocks]
    assert accepted(accepted(content)) == accepted(content)


def test_a_deleted_end_joins_two_paragraphs() -> None:
    """The text of both is one paragraph, and an emptied one is gone."""
    content = docx(
        paragraph(run("Satu "), mark=tracked("del", "")),
        paragraph(run("dua.")),
        paragraph(tracked("del", run("Tiga.")), mark=tracked("del", "")),
        table((run("sel"),)),
        "<w:tbl><w:tr><w:tc>" + paragraph(tracked("del", run("x")), mark=tracked("del", "")) + "</w:tc></w:tr></w:tbl>",
    )
    made = accepted(content)
    assert [block.text for block in read_document(made, USUAL_LIMITS).blocks] == ["Satu dua.", "sel"]


def test_a_deleted_cell_goes_and_a_file_without_changes_stays_as_it_is() -> None:
    """The very same bytes are another thing than the same words."""
    cells = "".join(
        f"<w:tc><w:tcPr>{mark}</w:tcPr>{paragraph(run(text))}</w:tc>"
        for mark, text in (('<w:cellDel w:id="1" w:author="x"/>', "pergi"), ('<w:cellIns w:id="2"/>', "tetap"))
    )
    made = accepted(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert [block.text for block in read_document(made, USUAL_LIMITS).blocks] == ["tetap"]
    plain = docx(paragraph(run("Isi")))
    assert accepted(plain) is plain


@pytest.mark.parametrize("name", CASES)
def test_what_is_open_is_asked_about_and_nothing_is_left_when_it_is_accepted(name: str) -> None:
    """Of every file that comes back: once formats are accepted, the reader names a change wherever one is left."""
    content = CASES[name][0]
    settled = formats_accepted(content)
    asked = read_document(settled, USUAL_LIMITS)
    assert bool(asked.changes) == is_open(settled)
    made = accepted(settled)
    assert not is_open(made)
    assert [block.text for block in read_document(made, USUAL_LIMITS).blocks if block.text.strip()] == [
        block.text for block in asked.blocks if block.text.strip()
    ]


@pytest.mark.parametrize(
    "change",
    [
        paragraph(tracked("del", "<w:r><w:drawing/></w:r>")),
        paragraph(tracked("del", "<w:r><w:tab/></w:r>")),
        paragraph(tracked("ins", '<w:r><w:footnoteReference w:id="2"/></w:r>')),
        tracked("ins", paragraph(run("blok"))),
        f"<w:tbl><w:tr><w:tc><w:tcPr>{tracked('cellIns', '')}</w:tcPr>{paragraph(run('x'))}</w:tc></w:tr></w:tbl>",
    ],
)
def test_a_change_without_words_is_open_too(change: str) -> None:
    """A picture that somebody has taken out would stand in the PDF all the same, crossed out."""
    content = formats_accepted(docx(paragraph(run("Isi")), change))
    assert is_open(content)
    assert read_document(content, USUAL_LIMITS).changes
    assert not is_open(accepted(content))


def test_changes_of_format_and_of_nothing_are_accepted_unasked() -> None:
    """LibreOffice prints them in colour; nobody is asked whether bold letters are meant."""
    bold = '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr><w:t>tebal</w:t></w:r>'
    made = formats_accepted(docx(paragraph(bold, tracked("ins", ""), tracked("del", "<w:r><w:rPr/></w:r>"))))
    assert not is_open(made)
    assert b"<w:b/>" in members_of(made)["word/document.xml"]
