"""A document that somebody sent goes on without what runs or leads outside; one that has none, byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from mailbot.writing.packing import pack_zip, steady_package
from mailbot.writing.report.report import write_report
from mailbot.writing.word.passive_document import NotADocument, passive_document
from tests.failed_before import content, that_must
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle

REACHES = re.compile(
    rb"example\.net|\bDDE(?:AUTO)?\b|INCLUDEPICTURE|TargetMode=\"External\"|attachedTemplate|oleObject|OLEObject"
)
DRAFTS = [name for name in that_must("see README", kind="draft") if name.endswith(".docx")]


def members(package: bytes) -> dict[str, bytes]:
    """Return the members of a document."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(body: str) -> bytes:
    """Return a small document with that body."""
    parts = members(content("draft/own-template-in-settings.docx"))
    words = parts["word/document.xml"].decode()
    parts["word/document.xml"] = words.replace("<w:sectPr/>", f"{body}<w:sectPr/>").encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return target.getvalue()


def field(*pieces: str, shown: str = "1") -> str:
    """Return a field whose instruction is spread over runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"<w:p>{begin}{runs}{separate}<w:r><w:t>{shown}</w:t></w:r>{end}</w:p>"


@pytest.mark.parametrize("name", DRAFTS)
def test_nothing_that_reaches_out_goes_on(name: str) -> None:
    """Templates, pictures and objects from elsewhere, fields that fetch or start something; the words stay."""
    given = content(name)
    assert any(REACHES.search(held) for held in members(given).values())
    back = passive_document(given)
    assert [part for part, held in members(back).items() if REACHES.search(held)] == []
    assert passive_document(back) == back
    texts = [re.findall(rb"<w:t[ >][^<]*", members(package)["word/document.xml"]) for package in (given, back)]
    assert texts[0] == texts[1]


def test_our_own_report_goes_on_byte_for_byte(folders: tuple[Path, ...]) -> None:
    """Its charts, table of contents and page numbers are on the list."""
    cycle = sample_cycle.collecting()
    report = write_report(cycle, long_named_office(), version=1, template_folders=folders)
    assert passive_document(report) == report


@pytest.mark.parametrize(
    "pieces",
    [
        ("DDEAUTO c:\\\\x",),
        (" DDE", "AUTO x"),
        ('HYPERLINK "http://contoh.example.net/"',),
        ('INCLUDETEXT "\\\\\\\\198.51.100.9\\\\x"',),
        ('QUOTE "a" DDEAUTO',),
        ("MACROBUTTON x",),
        ("\u200bDDE x",),
    ],
)
def test_a_field_that_reaches_out_is_emptied_and_what_it_shows_stays(pieces: tuple[str, ...]) -> None:
    """However its instruction is spread."""
    back = members(passive_document(document(field(*pieces, shown="tampil"))))["word/document.xml"].decode()
    assert re.findall(r"<w:instrText[^>]*>([^<]+)", back) == []
    assert "tampil" in back


@pytest.mark.parametrize(
    "pieces", [("PAGE",), (' TOC \\o "1-3" \\h',), ('HYPERLINK \\l "_Toc1"',), ("= SUM(ABOVE)",), (" REF x \\h",)]
)
def test_a_field_that_reckons_stays(pieces: tuple[str, ...]) -> None:
    """Page numbers, the table of contents, links within the document."""
    back = members(passive_document(document(field(*pieces))))["word/document.xml"].decode()
    assert len(re.findall(r"<w:instrText[^>]*>[^<]+", back)) == len(pieces)


@pytest.mark.parametrize("given", [b"", b"PK\x03\x04", content("relay/own-cell-link.xlsx")[:500]])
def test_what_cannot_be_read_to_the_end_is_no_document(given: bytes) -> None:
    """It is never sent on."""
    with pytest.raises(NotADocument):
        passive_document(given)


def test_a_package_without_a_body_is_no_document() -> None:
    """No program opens it."""
    parts = members(document(""))
    del parts["word/document.xml"]
    parts["docProps/app.xml"] = b"<Properties/>"
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    parts["_rels/.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{target}" Target="docProps/app.xml"/></Relationships>'
    ).encode()
    with pytest.raises(NotADocument, match="no body"):
        passive_document(pack_zip(parts))


def test_the_data_of_a_chart_go_on_only_where_they_are_plain_values(folders: tuple[Path, ...]) -> None:
    """A workbook that reckons is left out with the reference to it; the chart shows what it showed."""
    report = write_report(sample_cycle.collecting(), long_named_office(), version=1, template_folders=folders)
    parts = members(report)
    workbook = "word/embeddings/grafik1.xlsx"
    other = steady_package(report, {workbook: parts[workbook] + b"\0"})
    back = members(passive_document(other))
    assert workbook not in back
    assert b"externalData" not in back["word/charts/chart1.xml"]
    assert b"externalData" in back["word/charts/chart2.xml"]
