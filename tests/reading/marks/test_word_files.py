"""Forty Word files that come back, each with the remarks that are expected of it (SOP rows 6b and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailbot.core.remarks.remark import OBJECT, PARAGRAPH, Remark, RemarkSource
from mailbot.reading.marks.docx_file import read_docx
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from tests.reading.marks.word_files import (
    AT,
    Comment,
    anchored,
    body,
    box,
    commented,
    heading,
    moved,
    row,
    suggested,
)
from tests.writing.edited.small_documents import (
    KIND,
    changed,
    docx,
    members_of,
    packed,
    paragraph,
    run,
    table,
    tracked,
)

if TYPE_CHECKING:
    pass

INS, DEL, NEW, GONE = "ins", "del", RemarkSource.INSERTED, RemarkSource.DELETED
COMMENT, REPLY, REPLACED, MOVED = RemarkSource.COMMENT, RemarkSource.REPLY, RemarkSource.REPLACED, RemarkSource.MOVED
_SEQ = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SEQ Tabel </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_PICTURE = "<w:r><w:drawing/></w:r>"
_OTHER = tracked(INS, run("lain"), author="Kepala Dinas")


def said(  # noqa: PLR0913 - what a remark is made of, all named
    source: RemarkSource,
    text: str,
    around: str = "",
    *,
    heading: str = "BAB III",
    author: str | None = None,
    written_at: str = AT,
    former: str = "",
    resolved: bool = False,
) -> Remark:
    """Return a remark of the Sekretaris, where it is a comment, or of who is said."""
    usual = "Sekretaris" if source in {COMMENT, REPLY} else "Kasubbag"
    return Remark(
        source=source,
        text=text,
        around=around,
        author=usual if author is None else author,
        written_at=written_at,
        heading=heading,
        former=former,
        resolved=resolved,
    )


_THREAD = commented(
    body(run("Target "), anchored(0, run("98,50")), anchored(1), run(".")),
    Comment("Sumbernya?", done=True),
    Comment("Sudah diperbaiki.", author="Kasubbag", answers=0),
    threads=True,
)
_ACTIVE = (
    f'<Relationship Id="v" Type="{KIND}/vbaProject" Target="vbaProject.bin"/><Relationship Id="t" '
    f'Type="{KIND}/attachedTemplate" TargetMode="External" Target="http://x.test/a.dotm"/></Relationships>'
)

CASES: dict[str, tuple[bytes, tuple[Remark, ...]]] = {
    "nothing": (body(run("Isi.")), ()),
    "comment": (
        commented(body(run("Capaian "), anchored(0, run("69,50")), run(" persen.")), Comment("Mohon dicek.")),
        (said(COMMENT, "Mohon dicek.", "69,50"),),
    ),
    "comment without author or date": (
        commented(body(anchored(0, run("69,50"))), Comment("Mohon dicek.", author=None, at="")),
        (said(COMMENT, "Mohon dicek.", "69,50", author="", written_at=""),),
    ),
    "comment at a point": (
        commented(body(run("Capaian 69,50 persen."), '<w:r><w:commentReference w:id="0"/></w:r>'), Comment("Kurang.")),
        (said(COMMENT, "Kurang.", "Capaian 69,50 persen."),),
    ),
    "comment without an anchor": (
        commented(body(run("Isi.")), Comment("Umum: perbaiki bahasa.")),
        (said(COMMENT, "Umum: perbaiki bahasa.", heading=""),),
    ),
    "comment over paragraphs": (
        commented(
            docx(
                heading("BAB III"),
                paragraph(run("Satu "), '<w:commentRangeStart w:id="0"/>', run("dua")),
                paragraph(run("tiga"), '<w:commentRangeEnd w:id="0"/>', run(" empat")),
            ),
            Comment("Gabungkan."),
        ),
        (said(COMMENT, "Gabungkan.", "dua tiga"),),
    ),
    "comments one in the other": (
        commented(body(anchored(0, run("satu "), anchored(1, run("dua")), run(" tiga"))), Comment("A"), Comment("B")),
        (said(COMMENT, "A", "satu dua tiga"), said(COMMENT, "B", "dua")),
    ),
    "answers and what is done": (
        _THREAD,
        (
            said(COMMENT, "Sumbernya?", "98,50", resolved=True),
            said(REPLY, "Sudah diperbaiki.", "Sumbernya?", author="Kasubbag", resolved=True),
        ),
    ),
    "google answers": (
        commented(
            body(
                '<w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/>',
                run("98,50"),
                '<w:commentRangeEnd w:id="0"/><w:commentRangeEnd w:id="1"/>',
            ),
            Comment("Sumbernya?"),
            Comment("Renstra.", author="Kasubbag"),
        ),
        (said(COMMENT, "Sumbernya?", "98,50"), said(REPLY, "Renstra.", "Sumbernya?", author="Kasubbag")),
    ),
    "comment of several lines": (
        commented(
            body(anchored(0, run("x"))), Comment("", inside=f"{paragraph(run('Satu.'))}{paragraph(run('Dua.'))}")
        ),
        (said(COMMENT, "Satu.\nDua.", "x"),),
    ),
    "comment that is a picture": (
        commented(body(anchored(0, run("x"))), Comment("", inside=paragraph(_PICTURE))),
        (said(COMMENT, OBJECT, "x"),),
    ),
    "comment on a deleted word": (
        commented(body(anchored(0, tracked(DEL, run("lama")))), Comment("Hapus saja.")),
        (said(COMMENT, "Hapus saja.", "lama"), said(GONE, "lama")),
    ),
    "comment in a cell": (
        commented(docx(heading("BAB III"), table((run("Kode"), anchored(0, run("69,50"))))), Comment("Cek.")),
        (said(COMMENT, "Cek.", "69,50"),),
    ),
    "comment with a NIK": (
        commented(body(anchored(0, run("x"))), Comment("NIK 3574010101900001 salah.")),
        (said(COMMENT, f"NIK {'#' * 16} salah.", "x"),),
    ),
    "insertion": (
        body(run("Capaian "), tracked(INS, run("tahun ini ")), run("naik.")),
        (said(NEW, "tahun ini", "Capaian tahun ini naik."),),
    ),
    "deletion": (
        body(run("Capaian "), tracked(DEL, run("sangat ")), run("naik.")),
        (said(GONE, "sangat", "Capaian […] naik."),),
    ),
    "replacement": (
        body(run("Capaian "), tracked(DEL, run("naik")), tracked(INS, run("turun")), run(".")),
        (said(REPLACED, "turun", "Capaian turun.", former="naik"),),
    ),
    "replacement the other way round": (
        body(run("Capaian "), tracked(INS, run("turun")), tracked(DEL, run("naik")), run(".")),
        (said(REPLACED, "turun", "Capaian turun.", former="naik"),),
    ),
    "one insertion in many runs": (
        body(run("A "), tracked(INS, run("b ")), tracked(INS, run("c ")), tracked(INS, run("d")), run(" e")),
        (said(NEW, "b c d", "A b c d e"),),
    ),
    "two hands": (
        body(run("A "), tracked(INS, run("b ")), _OTHER, run(" c")),
        (said(NEW, "b", "A b lain c"), said(NEW, "lain", "A b lain c", author="Kepala Dinas")),
    ),
    "paragraphs inserted": (
        docx(
            heading("BAB III"),
            paragraph(run("Satu."), mark=tracked(INS, "")),
            paragraph(tracked(INS, run("Dua.")), mark=tracked(INS, "")),
            paragraph(tracked(INS, run("Tiga."))),
        ),
        (said(NEW, "Dua.\nTiga.", "Satu. Dua. Tiga."),),
    ),
    "paragraph split": (
        docx(heading("BAB III"), paragraph(run("Satu."), mark=tracked(INS, "")), paragraph(run("Dua."))),
        (said(NEW, PARAGRAPH, f"Satu. {PARAGRAPH} Dua."),),
    ),
    "picture inserted": (
        body(run("Lihat "), tracked(INS, _PICTURE)),
        (said(NEW, OBJECT, f"Lihat {OBJECT}"),),
    ),
    "move": (
        docx(
            heading("BAB III"),
            paragraph(moved("From", "Kalimat.")),
            heading("BAB IV"),
            paragraph(moved("To", "Kalimat.")),
        ),
        (said(MOVED, "Kalimat.", heading="BAB IV"),),
    ),
    "move with one end": (
        body(run("Awal "), moved("From", "Kalimat.")),
        (said(MOVED, "Kalimat.", "Awal […]"),),
    ),
    "row inserted": (
        docx(heading("BAB III"), row(tracked(INS, ""), run("IKU-05"), tracked(INS, run("69,50")))),
        (said(RemarkSource.ROW_INSERTED, "IKU-05 | 69,50"),),
    ),
    "row deleted": (
        docx(heading("BAB III"), row(tracked(DEL, ""), tracked(DEL, run("IKU-05")), tracked(DEL, run("69,50")))),
        (said(RemarkSource.ROW_DELETED, "IKU-05 | 69,50"),),
    ),
    "cell": (
        docx(heading("BAB III"), table((run("Kode"), tracked(INS, run("69,50"))))),
        (said(NEW, "69,50"),),
    ),
    "header": (
        docx(heading("BAB III"), header=paragraph(run("LKjIP "), tracked(INS, run("2025")))),
        (said(NEW, "2025", "LKjIP 2025", heading=""),),
    ),
    "footnote": (
        docx(
            heading("BAB III"),
            paragraph(run("Isi"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            heading("BAB IV"),
            notes=paragraph(run("Sumber: "), tracked(DEL, run("lama"))),
        ),
        (said(GONE, "lama", "Sumber: […]"),),
    ),
    "text box": (
        body(run("Isi "), box(paragraph(run("Kotak "), tracked(INS, run("baru"))))),
        (said(NEW, "baru", "Kotak baru"),),
    ),
    "google suggestions": (
        body(run("Capaian "), suggested(INS, run("baru")), suggested(DEL, run("lama")), run(".")),
        (said(REPLACED, "baru", "Capaian baru.", former="lama"),),
    ),
    "control around a paragraph": (
        docx(
            heading("BAB III"),
            f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(tracked(INS, run('Baru.')))}</w:sdtContent></w:sdt>",
        ),
        (said(NEW, "Baru."),),
    ),
    "formatting is none": (
        body('<w:r><w:rPr><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr></w:r>', run("tebal")),
        (),
    ),
    "empty insertion at a comment's anchor": (
        commented(body(tracked(INS, ""), anchored(0, run("x"))), Comment("Cek.")),
        (said(COMMENT, "Cek.", "x"),),
    ),
    "list of contents made anew": (
        changed(
            docx(paragraph(tracked(DEL, run("BAB I 1")), tracked(INS, run("BAB I 2")), style="TOC1")),
            ("</w:styles>", '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'),
            part="word/styles.xml",
        ),
        (),
    ),
    "a field's number": (
        docx(heading("BAB III"), paragraph(run("Tabel "), tracked(INS, _SEQ))),
        (said(NEW, "2", "Tabel 2"),),
    ),
    "formula": (
        body(tracked(INS, "<m:oMath xmlns:m='urn:m'><m:r><m:t>R/T</m:t></m:r></m:oMath>")),
        (said(NEW, "R/T"),),
    ),
    "change in a heading": (
        docx(paragraph(run("BAB III "), tracked(INS, run("AKUNTABILITAS")), style="Heading1")),
        (said(NEW, "AKUNTABILITAS", "BAB III AKUNTABILITAS", heading="BAB III AKUNTABILITAS"),),
    ),
    "macros and a template elsewhere": (
        changed(
            changed(
                packed(members_of(body(tracked(INS, run("x")))) | {"word/vbaProject.bin": b"\xd0\xcf"}),
                ("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'),
                part="[Content_Types].xml",
            ),
            (
                "</Relationships>",
                _ACTIVE,
            ),
            part="word/_rels/document.xml.rels",
        ),
        (said(NEW, "x"),),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_file_gives_the_remarks_expected(name: str) -> None:
    """Source, words, author, time, the words around and the heading above: whole values."""
    content, expected = CASES[name]
    read = read_docx(content, USUAL_LIMITS)
    assert read.marked.remarks == expected
    assert not read.unread
    assert not read.marked.damaged
