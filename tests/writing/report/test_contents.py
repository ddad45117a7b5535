"""The report's lists lead to every heading, table, picture and annex, and show on which page each stands."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from mailbot.core.model.office import Office
from mailbot.writing.charts.frames import with_empty_frames
from mailbot.writing.report.report import write_report
from mailbot.writing.word.body import parsed
from mailbot.writing.word.contents import LAST_ENTRY, set_contents, with_plain_contents
from mailbot.writing.word.page_numbers import with_lists_spread, with_page_numbers
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.word.word_file import text_of
from tests.writing import sample_cycle
from tests.writing.sample_profile import sample_profile


@pytest.fixture(scope="module")
def report(office: Office, folders: tuple[Path, ...]) -> bytes:
    """Return the report of the complete cycle of an office that says everything of itself."""
    full = replace(office, profile=sample_profile(), strategic_issues=("Aktivasi IKD rendah.",))
    return write_report(sample_cycle.complete(), full, version=2, template_folders=folders)


def body(report: bytes) -> str:
    """Return the body's XML."""
    with zipfile.ZipFile(io.BytesIO(report)) as packed:
        return packed.read("word/document.xml").decode()


def test_each_list_is_a_field_of_words_own(report: bytes) -> None:
    """Contents by headings; tables, pictures and annexes by what counts them."""
    assert re.findall(r"> (TOC [^<]*) <", body(report)) == [
        r'TOC \o "1-3" \h \z \u',
        r'TOC \h \z \c "Tabel"',
        r'TOC \h \z \c "Gambar"',
        r'TOC \h \z \c "Lampiran"',
    ]


def test_every_entry_leads_to_its_bookmark(report: bytes) -> None:
    """Each bookmark stands once, and each reference has one."""
    text = body(report)
    names = re.findall(r'w:name="(_Toc\d+)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r"PAGEREF (_Toc\d+)", text)) == set(names) == set(re.findall(r'w:anchor="(_Toc\d+)"', text))


def test_every_heading_has_an_entry(report: bytes) -> None:
    """From the lembar pengesahan to the last annex, down to the third level."""
    wanted = {"Judul Depan", "Judul Daftar", "Heading 1", "Heading 2", "Heading 3"}
    paragraphs = docx.Document(io.BytesIO(report)).paragraphs
    headings = [one.text for one in paragraphs if one.style and one.style.name in wanted]
    entries = [one.text for one in paragraphs if one.style and one.style.name.startswith("toc ")]
    assert [entry.strip("\t") for entry in entries] == headings


def test_the_numbers_of_captions_count_themselves(report: bytes) -> None:
    """A table's number is a field that shows what stands in the text, anew in each chapter."""
    text = body(report)
    firsts = re.findall(r"SEQ (Tabel|Gambar) \\\* ARABIC \\r (\d+)", text)
    assert [number for kind, number in firsts if kind == "Tabel"] == ["1"] * 5
    assert re.search(r"SEQ Lampiran \\\* ARABIC <", text)


def test_for_libreoffice_the_lists_are_plain(report: bytes) -> None:
    """It counts in its own way and writes no roman numbers, so it gets entries and captions as text."""
    plain = body(with_plain_contents(report))
    assert "TOC \\" not in plain
    assert "SEQ " not in plain
    assert "PAGEREF" in plain
    assert text_of(with_plain_contents(report)) == text_of(report)


def test_a_file_without_lists_or_that_is_none_is_left_as_it_is() -> None:
    """Only a marked paragraph becomes a list, and what is no Word file is nobody's to mend."""
    packed = io.BytesIO()
    docx.Document().save(packed)
    assert with_plain_contents(packed.getvalue()) == packed.getvalue()
    assert with_plain_contents(b"no Word file") == b"no Word file"
    root = parsed(packed.getvalue())
    set_contents(root)
    assert list(root.iter(qn("w:instrText"))) == []


def test_page_numbers_are_those_of_the_pdf(report: bytes) -> None:
    """Roman before Bab I, arabic from there; worked out, so that Word asks nothing; the same bytes again."""
    maker = PdfMaker()
    pdf = maker.convert(report)
    if pdf is None:
        assert shutil.which("soffice") is None
        return
    numbered = with_page_numbers(report, pdf)
    framed = maker.convert(with_empty_frames(report))
    maker.close()
    assert framed is not None
    assert with_page_numbers(report, framed) == numbered
    text = text_of(numbered)
    assert re.search(r"LEMBAR PENGESAHAN i KATA PENGANTAR ii DAFTAR ISI iii ", text)
    assert re.search(r"BAB I PENDAHULUAN 1 A. Latar Belakang 1 ", text)
    pages = [int(one) for one in re.findall(r"LAMPIRAN \d (?:RUMUS|RENCANA|TINDAK|PERNYATAAN)[A-Z ]+ (\d+)", text)]
    assert len(pages) == 8
    assert pages[:4] == pages[4:] == sorted(pages[:4])
    assert pages[0] > 5
    assert "w:dirty" not in body(numbered)
    assert numbered == with_page_numbers(report, pdf)


def test_a_chart_is_emptied_and_keeps_its_place(report: bytes) -> None:
    """As many drawings of the same sizes, none of them a chart; a file without charts is left as it is."""
    framed = with_empty_frames(report)
    sizes = [[tuple(one.attrib.items()) for one in parsed(docx).iter(qn("wp:extent"))] for docx in (report, framed)]
    assert sizes[0] == sizes[1] != []
    assert ("/chart" in body(report), "/chart" in body(framed)) == (True, False)
    assert with_empty_frames(framed) == framed


def test_without_a_pdf_the_numbers_stay_open(report: bytes) -> None:
    """Nothing is invented, and nothing breaks."""
    assert with_page_numbers(report, b"no PDF") == report


def ending(above: float) -> bytes:
    """Return a PDF in which the lists end on the fourth page, so much of it above their last line."""
    made, written = io.BytesIO(), PdfWriter()
    for _ in range(4):
        written.add_blank_page(width=595, height=936)
    top = 936 - 71 - above * (936 - 71 - 62)
    written.add_named_destination_array(
        TextStringObject(f"5F{LAST_ENTRY[1:]}"),
        ArrayObject([written.pages[3].indirect_reference, NameObject("/XYZ"), *map(FloatObject, (0, top, 0))]),
    )
    written.write(made)
    return made.getvalue()


def spread(report: bytes) -> set[str]:
    """Return how far the lines of a report's lists stand from the ones before, in twips."""
    links = [one for one in parsed(report).iter(qn("w:hyperlink")) if one.get(qn("w:anchor"), "").startswith("_Toc")]
    entries = [link.getparent() for link in links]
    found = [one.find(f"{qn('w:pPr')}/{qn('w:spacing')}") for one in entries if one is not None]
    return {"0" if one is None else one.get(qn("w:before"), "0") for one in found}


def test_lists_that_end_on_a_page_mostly_empty_are_spread(report: bytes) -> None:
    """The ikhtisar needs its own page, so the lines before it fill half of theirs, and no further apart than a list."""
    assert with_lists_spread(report, ending(0.6)) == report
    assert spread(report) == {"0"}
    (little,), (more,) = spread(with_lists_spread(report, ending(0.4))), spread(with_lists_spread(report, ending(0.1)))
    assert 0 < int(little) < int(more) <= 160
    few = report
    for _ in range(9):
        few = with_lists_spread(few, ending(0.01))
    assert spread(few) == {"160"}
    assert with_lists_spread(few, ending(0.01)) == few
    assert with_lists_spread(report, b"no PDF") == report
