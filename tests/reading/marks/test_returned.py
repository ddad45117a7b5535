"""What comes back with a draft from other programs, damaged, hostile, as a photograph; and by way of the process."""

from __future__ import annotations

import json
import struct
import time
from pathlib import Path

import pytest

from mailbot.core.model.mail import Attachment
from mailbot.core.remarks.remark import Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.reading.marks.returned import read_returned
from mailbot.reading.marks.returned_json import dump_returned, load_returned
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.settings.files.limits import Limits
from tests.offices.small import OFFICE
from tests.reading.mails import CORPUS
from tests.reading.marks.pdf_files import Marker, quad
from tests.reading.marks.test_word_files import CASES
from tests.reading.marks.word_files import Comment, anchored, body, commented, heading, row
from tests.reading.pdfs import pdf
from tests.writing.edited.small_documents import (
    GOOGLE,
    LIBREOFFICE,
    STRICT,
    WPS,
    Elsewhere,
    docx,
    members_of,
    packed,
    paragraph,
    run,
    tracked,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAVED = Path(__file__).parent / "cases" / "saved-by-libreoffice.docx"
COMMENTED = commented(
    body(run("Capaian "), anchored(0, run("69,50")), tracked("ins", run(" persen")), run(".")), Comment("Cek.")
)


def read(content: bytes, name: str = "LKjIP.docx", media_type: str = DOCX) -> ReturnedFile:
    """Return what is read of a file that is a document."""
    found = read_returned(content, name, media_type, USUAL_LIMITS)
    assert found is not None
    return found


def texts(content: bytes) -> list[tuple[str, str]]:
    """Return source and text of each remark."""
    return [(one.source.value, one.text) for one in read(content).marked.remarks]


@pytest.mark.parametrize("program", [WPS, STRICT, LIBREOFFICE, GOOGLE], ids=["wps", "strict", "libreoffice", "google"])
def test_other_programs_rename_ids_and_spaces_and_no_remark_is_lost(program: Elsewhere) -> None:
    """Headings are known by the names of their styles, elements by their names."""
    for name in ("comment", "replacement", "move", "row inserted", "footnote", "answers and what is done"):
        content, expected = CASES[name]
        found = read(program.saves(content)).marked.remarks
        assert [(one.source, one.text, one.heading) for one in found] == [
            (one.source, one.text, one.heading) for one in expected
        ]


def test_a_file_that_libreoffice_itself_has_saved() -> None:
    """Comments, an answer that it has made a comment of, a replacement, a row, a move, a paragraph, a footnote."""
    found = read(SAVED.read_bytes()).marked.remarks
    assert [(one.source.value, one.text, one.former, one.heading) for one in found] == [
        ("comment", "Mohon dicek kembali.", "", "BAB III AKUNTABILITAS KINERJA"),
        ("comment", "Sudah benar menurut SIAK.", "", "BAB III AKUNTABILITAS KINERJA"),
        ("replaced", "menurun", "meningkat", "BAB III AKUNTABILITAS KINERJA"),
        ("row_inserted", "IKU-05 | 69,50", "", "BAB III AKUNTABILITAS KINERJA"),
        ("moved", "Kalimat pindah.", "", "BAB IV PENUTUP"),
        ("inserted", "Alinea baru.", "", "BAB IV PENUTUP"),
        ("inserted", "SIAK", "", "BAB III AKUNTABILITAS KINERJA"),
    ]


def test_a_file_that_word_itself_has_saved() -> None:
    """A public file of the corpus, where that is there: comments with a link, a picture and styles in them."""
    known = CORPUS / "documents" / "python-docx" / "features__steps__test_files__comments-rich-para.docx"
    if not known.exists():
        pytest.skip(f"no corpus of public files at {CORPUS}")
    found = read(known.read_bytes()).marked.remarks
    assert [(one.author, one.around) for one in found] == [
        ("Steve Canny", "Some text worthy of note."),
        ("", "Other text worthy of note."),
        ("", "Paragraph 5"),
        ("", "Paragraph 6"),
    ]


@pytest.mark.parametrize("part", ["word/comments.xml", "word/document.xml", "word/footnotes.xml", "word/styles.xml"])
def test_a_damaged_part_loses_no_remark_of_another(part: str) -> None:
    """The comments are there without the body, and the changes without the comments; the part is named."""
    broken = packed(members_of(COMMENTED) | {part: b"<w:rusak"})
    found = read(broken)
    left = {
        "word/comments.xml": [("inserted", "persen")],
        "word/document.xml": [("comment", "Cek.")],
    }.get(part, [("comment", "Cek."), ("inserted", "persen")])
    assert [(one.source.value, one.text) for one in found.marked.remarks] == left
    assert (found.marked.damaged, found.unread) == ((f"LKjIP.docx: {part}",), False)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 900, packed({"word/a.xml": b"<a/>"})])
def test_what_is_no_document_is_unread_and_named(content: bytes) -> None:
    """Nothing is read of it, and nobody takes that for a file without remarks."""
    found = read(content)
    assert (found.unread, found.marked) == (True, Marked(damaged=("LKjIP.docx",)))


def test_thousands_of_changes_are_counted_and_not_all_named() -> None:
    """Who makes three thousand changes has written it anew: so many are named, the others counted, at little cost."""
    many = docx(
        *(paragraph(run(f"{n} "), tracked("ins", run("baru")), tracked("del", run("lama"))) for n in range(3_000))
    )
    rows = docx(row(tracked("ins", ""), run("a")) * 6_000)
    begun = time.process_time()
    for content, count in ((many, 3_000), (rows, 6_000)):
        found = read(content).marked
        assert (len(found.remarks), found.more) == (200, count - 200)
    assert time.process_time() - begun < 5


def test_comments_that_answer_each_other_or_share_a_number_are_all_said() -> None:
    """A program that numbers them anew loses none, nor does one that makes a ring of them."""
    ring = commented(body(anchored(0, run("x"))), Comment("A", answers=1), Comment("B", answers=0), threads=True)
    assert sorted(texts(ring)) == [("reply", "A"), ("reply", "B")]
    twice = commented(body(anchored(0, run("x"))), Comment("A"), Comment("B"))
    same = packed(
        members_of(twice) | {"word/comments.xml": members_of(twice)["word/comments.xml"].replace(b'"1"', b'"0"')}
    )
    assert [text for _, text in texts(same)] == ["A", "B"]


def test_a_document_deep_as_a_well_is_damaged_and_no_more() -> None:
    """Elements within elements without end do not end the reader."""
    deep = docx("<w:sdt><w:sdtContent>" * 400 + paragraph(run("x")) + "</w:sdtContent></w:sdt>" * 400)
    assert read(deep).unread


def test_how_it_read_before_is_what_was_sent() -> None:
    """Changes of every kind rejected, a file reads as the draft did: what differs then was changed without tracking."""
    sent = docx(heading("BAB III"), paragraph(run("Capaian naik.")), paragraph(run("Satu.")), paragraph(run("Dua.")))
    back = docx(
        heading("BAB III"),
        paragraph(run("Capaian "), tracked("ins", run("turun")), tracked("del", run("naik")), run(".")),
        paragraph(run("Satu."), mark=tracked("ins", "")),
        paragraph(tracked("ins", run("Baru."))),
        paragraph(run("Dua.")),
    )
    assert [one.text for one in read(back).passages] == [one.text for one in read(sent).passages]


def picture(wide: int, high: int) -> bytes:
    """Return the beginning of a PNG of that size."""
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", wide, high) + b"\x08\x02\0\0\0"


def jpeg(wide: int, high: int) -> bytes:
    """Return the beginning of a JPEG of that size, with the notes that telephones put before it."""
    notes = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0ab"
    return b"\xff\xd8" + notes + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, high, wide) + b"\x03" * 9


@pytest.mark.parametrize(
    ("content", "media_type", "is_one"),
    [
        (jpeg(1280, 960), "image/jpeg", True),
        (jpeg(720, 1280), "image/jpeg", True),
        (picture(1080, 2400), "image/png", True),
        (picture(1600, 300), "image/png", False),
        (picture(400, 400), "image/png", False),
        (b"\xff\xd8\xff", "image/jpeg", False),
        (b"\0\0\0\x18ftypheic", "image/heic", True),
        (b"GIF89a", "image/gif", False),
    ],
)
def test_a_photograph_is_known_by_its_size(content: bytes, media_type: str, is_one: bool) -> None:  # noqa: FBT001 - a row
    """Pages are photographed; logos and banners hang under every mail."""
    found = read_returned(content, "IMG_1.jpg", media_type, USUAL_LIMITS)
    assert (found is not None) is is_one
    if found is not None:
        assert found.kind is ReturnedKind.PHOTOGRAPH
        assert [one.source for one in found.marked.remarks] == [RemarkSource.PHOTOGRAPH]


def test_other_files_are_none_and_other_texts_are_named() -> None:
    """A calendar's or a server's file says nothing; an ODT, a workbook, a voice message may, and nobody reads them."""
    for name in ("rapat.ics", "smime.p7s", "ATT00001.txt"):
        assert read_returned(b"x", name, "application/octet-stream", USUAL_LIMITS) is None
    for name in ("draf.odt", "Koreksi angka.xlsx", "Pesan suara.m4a", "catatan.txt"):
        file = read(b"x", name, "application/octet-stream")
        assert (file.kind, file.unread, file.marked.damaged) == (ReturnedKind.TEXT, True, (name,))
    scan = read(pdf(()), "pindaian.pdf", "application/pdf")
    assert [one.source for one in scan.marked.remarks] == [RemarkSource.SCAN]


def test_the_readers_own_process_reads_the_same() -> None:
    """What comes out of it by way of JSON is what is read here; each remark names its file."""
    marker = Marker()
    marker.lays("/Highlight", quad(1, "KIA"), says="Apa ini?")
    files = [("a.docx", DOCX, COMMENTED), ("b.pdf", "application/pdf", marker.content()), ("c.csv", "text/csv", b"x")]
    with FormReader(OFFICE, b"secret", Limits()) as reader:
        for name, kind, content in files:
            here = read_returned(content, name, kind, USUAL_LIMITS)
            sent = Attachment(sha256="", name=name, media_type=kind, size_bytes=len(content), content=content)
            assert reader.read_returned(sent) == here
            assert here is None or load_returned(json.loads(json.dumps(dump_returned(here)))) == here
    (comment, _) = read(COMMENTED, "a.docx").marked.remarks
    assert isinstance(comment, Remark)
    assert (comment.file_name, len(comment.file_sha256)) == ("a.docx", 64)


def test_what_we_have_marked_ourselves_reads_as_accepted() -> None:
    """A reviewer may write into the copy in which we show what is new: our marks are no remarks of his."""
    ours = {"author": "Dinas", "at": "2026-01-12T01:00:00Z"}
    row = f"<w:tr><w:trPr>{tracked('del', '', **ours)}</w:trPr><w:tc>{paragraph(run('Baris lama'))}</w:tc></w:tr>"
    sent = docx(
        heading("BAB III"),
        paragraph(run("Capaian "), tracked("del", run("turun"), **ours), tracked("ins", run("naik"), **ours)),
        paragraph(run("Satu."), mark=tracked("del", "", **ours)),
        paragraph(run(" Dua."), mark=tracked("ins", "", **ours)),
        paragraph(tracked("ins", run("his"), at=ours["at"])),
        f"<w:tbl><w:tblPr/>{row}</w:tbl>",
    )
    read_as = read_returned(sent, "a.docx", DOCX, USUAL_LIMITS, (ours["author"], ours["at"]))
    assert read_as is not None
    assert [(one.text, one.author) for one in read_as.marked.remarks] == [("his", "Kasubbag")]
    assert [one.text for one in read_as.passages] == ["BAB III", "Capaian naik", "Satu. Dua."]


def test_what_is_built_in_unusual_ways_is_read_all_the_same() -> None:
    """A change around blocks, alternatives of blocks, a heading by its outline alone, a box within a box, a link."""
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = f"<w:txbxContent>{paragraph(tracked('ins', run('dalam')))}</w:txbxContent>"
    outer = f"<w:r><w:pict><w:txbxContent>{paragraph(run('Luar '), f'<w:r><w:pict>{inner}</w:pict></w:r>')}"
    link = f'<w:hyperlink w:anchor="_Toc1">{tracked("ins", run("tautan"))}</w:hyperlink>'
    odd = docx(
        f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("BAB V")}</w:p>',
        tracked("ins", paragraph(run("Seluruhnya."))),
        paragraph(run("Isi.")),
        f"<mc:AlternateContent {space}><mc:Choice>{paragraph(tracked('ins', run('pilihan')))}</mc:Choice><mc:Fallback>"
        f"{paragraph(tracked('ins', run('pilihan')))}</mc:Fallback></mc:AlternateContent>",
        paragraph(f"{outer}</w:txbxContent></w:pict></w:r>", link),
    )
    found = [(one.text, one.heading) for one in read(odd).marked.remarks]
    assert found == [(text, "BAB V") for text in ("Seluruhnya.", "pilihan", "tautan", "dalam")]


def test_only_so_much_is_shown_around_a_change_and_only_so_much_is_read() -> None:
    """Words are cut between words; a document without end is unread, and named so."""
    long = " ".join(f"kata{number}" for number in range(60))
    (found,) = read(body(run(f"{long} "), tracked("ins", run("BARU")), run(f" {long}"))).marked.remarks
    before, _, behind = found.around.partition("BARU")
    assert (before.startswith("…kata"), behind.endswith("…")) == (True, True)
    assert len(found.around) < 200
    endless = read(docx(paragraph(run("x" * 4_000_001))))
    assert (endless.unread, endless.marked.damaged) == (True, ("LKjIP.docx",))
