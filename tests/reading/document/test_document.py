"""What is read of an edited draft: blocks with their headings and tables, figures in anchors, open changes."""

from __future__ import annotations

import json

import pytest

from mailbot.core.draft.against_former import same
from mailbot.core.draft.document import BlockKind, ChangeKind, Document
from mailbot.reading.document.document import WHOLE, read_document, read_or_nothing
from mailbot.reading.document.document_json import dump_document, load_document
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.reading.workbook.workbook import USUAL_LIMITS, WorkbookRefused
from mailbot.settings.files.limits import Limits
from tests.offices.small import OFFICE
from tests.writing.edited.small_documents import (
    GOOGLE,
    KIND,
    LIBREOFFICE,
    STRICT,
    WPS,
    Elsewhere,
    changed,
    docx,
    figure,
    paragraph,
    run,
    table,
    tracked,
)

REPORT = docx(
    paragraph(run("BAB III"), style="Heading1"),
    paragraph(run("Capaian "), figure("mb:IKU-05:actual", "69,50"), run(" persen.")),
    paragraph(run("Tabel 3.2 Capaian")),
    table((run("Kode"), run("Realisasi")), (run("IKU-05"), figure("mb:IKU-05:actual", "69,50"))),
    paragraph(run("Versi "), figure("mb::version", "1")),
    header=paragraph(run("LKjIP")),
    notes=paragraph(run("Catatan kaki.")),
)


def test_blocks_come_with_their_heading_table_and_place() -> None:
    """A cell knows the caption of its table, its row and its column."""
    read = read_document(REPORT, USUAL_LIMITS)
    assert [(block.kind, block.text) for block in read.blocks] == [
        (BlockKind.HEADING, "BAB III"),
        (BlockKind.PARAGRAPH, "Capaian 69,50 persen."),
        (BlockKind.PARAGRAPH, "Tabel 3.2 Capaian"),
        (BlockKind.CELL, "Kode"),
        (BlockKind.CELL, "Realisasi"),
        (BlockKind.CELL, "IKU-05"),
        (BlockKind.CELL, "69,50"),
        (BlockKind.PARAGRAPH, "Versi 1"),
        (BlockKind.HEADER, "LKjIP"),
        (BlockKind.NOTE, "Catatan kaki."),
    ]
    cell = read.blocks[6]
    assert (cell.heading, cell.table, cell.table_number, cell.row, cell.column) == ("BAB III", "Tabel 3.2", 1, 2, 2)
    assert [(one.tag, one.text, one.block) for one in read.figures] == [
        ("mb:IKU-05:actual", "69,50", 1),
        ("mb:IKU-05:actual", "69,50", 6),
        ("mb::version", "1", 7),
    ]
    assert read.blocks[7].plain == "Versi "


@pytest.mark.parametrize("program", [WPS, STRICT, LIBREOFFICE], ids=["wps", "strict", "libreoffice"])
def test_other_programs_rename_ids_and_spaces_and_nothing_is_lost(program: Elsewhere) -> None:
    """Headings are known by the names of their styles, elements by their names."""
    assert read_document(program.saves(REPORT), USUAL_LIMITS) == read_document(REPORT, USUAL_LIMITS)


def test_google_docs_drops_the_anchors_and_keeps_the_words() -> None:
    """What stands in no anchor cannot be checked; the text is all there."""
    read, before = read_document(GOOGLE.saves(REPORT), USUAL_LIMITS), read_document(REPORT, USUAL_LIMITS)
    assert [block.text for block in read.blocks] == [block.text for block in before.blocks]
    assert read.blocks[0].kind is BlockKind.HEADING
    assert not read.figures


def test_a_style_based_on_a_heading_is_one() -> None:
    """An office names its chapters' style as it likes."""
    read = read_document(docx(paragraph(run("PENUTUP"), style="Bab")), USUAL_LIMITS)
    assert (read.blocks[0].kind, read.blocks[0].level) == (BlockKind.HEADING, 1)


def test_open_changes_are_named_and_the_text_reads_as_if_accepted() -> None:
    """Insertions, deletions, moves and whole rows, with who and when; formatting is none."""
    row = "<w:tr><w:trPr>" + tracked("ins", "") + "</w:trPr><w:tc>" + paragraph(run("Baris baru")) + "</w:tc></w:tr>"
    content = docx(
        paragraph(run("Satu "), tracked("ins", run("dua ")), tracked("del", run("tiga")), run("empat")),
        paragraph(tracked("moveFrom", run("pindah"))),
        paragraph(tracked("moveTo", run("pindah"))),
        f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>",
        paragraph('<w:r><w:rPr><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr></w:r>', run("tebal")),
        paragraph(tracked("ins", "")),
    )
    read = read_document(content, USUAL_LIMITS)
    assert [block.text for block in read.blocks] == ["Satu dua empat", "pindah", "Baris baru", "tebal"]
    assert [(one.kind, one.words, one.author, one.at) for one in read.changes] == [
        (ChangeKind.INSERTED, "dua ", "Kasubbag", "2026-01-07T09:00:00Z"),
        (ChangeKind.DELETED, "tiga", "Kasubbag", "2026-01-07T09:00:00Z"),
        (ChangeKind.MOVED_AWAY, "pindah", "Kasubbag", "2026-01-07T09:00:00Z"),
        (ChangeKind.MOVED_HERE, "pindah", "Kasubbag", "2026-01-07T09:00:00Z"),
        (ChangeKind.ROW_INSERTED, "Baris baru", "Kasubbag", "2026-01-07T09:00:00Z"),
    ]


def test_a_new_paragraph_alone_is_an_open_change() -> None:
    """Its end was inserted, whatever it says."""
    read = read_document(docx(paragraph(run("Satu"), mark=tracked("ins", ""))), USUAL_LIMITS)
    assert [one.kind for one in read.changes] == [ChangeKind.INSERTED]


def test_a_damaged_part_loses_no_other() -> None:
    """Header and styles may be broken: the body is there all the same, and the parts are named."""
    broken = docx(paragraph(run("Isi")), parts={"word/header1.xml": b"<w:hdr", "word/styles.xml": b"<!DOCTYPE x>"})
    read = read_document(broken, USUAL_LIMITS)
    assert [block.text for block in read.blocks] == ["Isi"]
    assert read.damaged == ("word/styles.xml", "word/header1.xml")


@pytest.mark.parametrize("body", [b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_a_body_that_cannot_be_read_is_refused(body: bytes) -> None:
    """There is nothing to compare."""
    with pytest.raises(WorkbookRefused):
        read_document(docx(parts={"word/document.xml": body}), USUAL_LIMITS)


def test_text_boxes_and_controls_around_blocks_are_read_once() -> None:
    """Word writes a text box twice, for old programs and new ones."""
    box = "<w:txbxContent>" + paragraph(run("Kotak")) + "</w:txbxContent>"
    twice = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="mb:SS1:achievement"/></w:sdtPr><w:sdtContent>'
        f"{paragraph(run('99,61'))}</w:sdtContent></w:sdt>"
    )
    cell = (
        '<w:sdt><w:sdtPr><w:tag w:val="mb:IKU-01:actual"/></w:sdtPr><w:sdtContent><w:tc>'
        f"{paragraph(run('88,50'))}</w:tc></w:sdtContent></w:sdt>"
    )
    tabled = f"<w:tbl><w:tr>{cell}<w:tc>{paragraph(run('x'))}</w:tc></w:tr></w:tbl>"
    read = read_document(docx(paragraph(run("Ada "), twice), control, tabled), USUAL_LIMITS)
    assert [(block.kind, block.text) for block in read.blocks] == [
        (BlockKind.PARAGRAPH, "Ada "),
        (BlockKind.TEXT_BOX, "Kotak"),
        (BlockKind.PARAGRAPH, "99,61"),
        (BlockKind.CELL, "88,50"),
        (BlockKind.CELL, "x"),
    ]
    assert [(one.tag, one.text) for one in read.figures] == [
        ("mb:SS1:achievement", "99,61"),
        ("mb:IKU-01:actual", "88,50"),
    ]


def test_more_text_than_is_read_is_refused() -> None:
    """A document that would take the daemon's day is none."""
    much = changed(docx(paragraph(run("Isi"))), ("Isi", "x" * 4_000_001))
    with pytest.raises(WorkbookRefused):
        read_document(much, USUAL_LIMITS)


def test_a_document_that_cannot_be_read_says_nothing_but_that_it_is_damaged() -> None:
    """All of its figures then count as those nobody can check."""
    assert read_or_nothing(b"PK", USUAL_LIMITS) == Document(damaged=(WHOLE,))


def test_the_readers_own_process_reads_the_same() -> None:
    """What comes out of it by way of JSON is what is read here."""
    with FormReader(OFFICE, b"secret", Limits()) as reader:
        assert reader.read_document(REPORT) == read_document(REPORT, USUAL_LIMITS)
        assert reader.read_document(b"PK") == Document(damaged=(WHOLE,))
    changed_one = docx(paragraph(tracked("ins", run("dua"))))
    read = read_document(changed_one, USUAL_LIMITS)
    assert load_document(json.loads(json.dumps(dump_document(read)))) == read


def test_what_programs_work_out_when_they_save_is_nobodys_edit() -> None:
    """Numbers of pages in fields and behind the lines of a table of contents, and how a chart is written."""
    begin, then, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    told = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    link = '<w:hyperlink w:anchor="_Toc1">{}<w:r><w:tab/></w:r>{}</w:hyperlink>'
    saved = (
        (link.format(run("BAB I"), run("1")), '<w:fldSimple w:instr="PAGE"/>', "<v>100.00</v><t>100,00</t>"),
        (link.format(run("BAB I"), run("2")), f"{begin}{told}{then}{run('vi')}{end}", "<t>100,00</t><v>100</v>"),
    )
    relation = "</Relationships>", f'<Relationship Id="r9" Type="{KIND}/chart" Target="chart1.xml"/></Relationships>'
    read: list[Document] = []
    for line, pages, chart in saved:
        said = docx(
            paragraph(line),
            paragraph(run("Halaman 7 "), pages),
            parts={"word/chart1.xml": f"<c>{chart}</c>".encode()},
        )
        read.append(read_document(changed(said, relation, part="word/_rels/document.xml.rels"), USUAL_LIMITS))
    assert [block.plain.strip() for block in read[0].blocks] == ["BAB I", "Halaman 7"]
    assert [block.text for block in read[1].blocks] == ["BAB I\t2", "Halaman 7 vi"]
    assert all(len(one.pictures) == 1 for one in read)
    assert same(*read)
