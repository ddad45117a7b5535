"""The finished report as paper: sound for Word, the same in DOCX and PDF, a PDF/A, no page mostly empty."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.office import Office
from mailbot.core.model.profile import Profile
from mailbot.writing.report.report import write_report
from mailbot.writing.word.page_numbers import paged
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.word.word_file import text_of
from tests.writing import sample_cycle
from tests.writing.build_docx_templates import BUILDERS, content
from tests.writing.docx_paper import new_document, say
from tests.writing.sample_profile import sample_profile
from tests.writing.word.read_figures import figures_of
from tests.writing.word.schema_order import out_of_order

pytestmark = pytest.mark.slow
_FOOT = 0.9
"""Below this part of a page stands only its number."""
_WHITE = 250


@pytest.fixture(scope="module")
def maker() -> Iterator[PdfMaker]:
    """Return what makes PDFs, ended with the module; where LibreOffice is missing it makes none."""
    made = PdfMaker(timeout_seconds=240)
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(office: Office, tmp_path_factory: pytest.TempPathFactory, maker: PdfMaker) -> Office:
    """Return an office that says everything of itself, its Perjanjian Kinerja scanned on two pages."""
    page = new_document()
    for number in range(96):
        say(page, f"Naskah perjanjian kinerja baris {number}")
    packed = io.BytesIO()
    page.save(packed)
    scanned = tmp_path_factory.mktemp("pk") / "perjanjian.pdf"
    scanned.write_bytes(maker.convert(packed.getvalue()) or b"")
    issues = ("Aktivasi IKD rendah.", "Data belum dimanfaatkan.")
    return replace(office, profile=sample_profile(str(scanned)), strategic_issues=issues)


@pytest.fixture(scope="module")
def annual(full: Office, folders: tuple[Path, ...], maker: PdfMaker) -> bytes:
    """Return the annual report with its page numbers."""
    return paged(write_report(sample_cycle.complete(), full, version=2, template_folders=folders), maker.convert)


def quarter(office: Office) -> Cycle:
    """Return the cycle of a quarter."""
    return replace(sample_cycle.complete(), key="2026-tw1", period=office.plan("2026-tw1").period)


def many(office: Office) -> Office:
    """Return an office of forty indicators with long names, most of them below their target."""
    first = office.indicators
    named = "Persentase penyelenggaraan pelayanan administrasi kependudukan yang dipertanggungjawabkan ke-"
    copies = tuple(
        replace(first[at % len(first)], code=f"IKK-{at + 50}", name=f"{named}{at}") for at in range(40 - len(first))
    )
    return replace(office, indicators=(*first, *copies))


@pytest.mark.parametrize("name", BUILDERS)
def test_the_templates_are_in_the_order_that_word_wants(name: str) -> None:
    """No file of ours is one that Word has to repair."""
    assert out_of_order(content(BUILDERS[name]())) == []


def test_the_report_is_in_the_order_that_word_wants(annual: bytes) -> None:
    """Properties stand in the order of the schema, and no number stands twice."""
    assert out_of_order(annual) == []
    with zipfile.ZipFile(io.BytesIO(annual)) as packed:
        body = packed.read("word/document.xml").decode()
    for kind in (
        r'<w:id w:val="(-?\d+)"',
        r'<w:bookmarkStart [^>]*w:id="(\d+)"',
        r'w:name="([^"]+)"',
        r'docPr id="(\d+)"',
    ):
        found = re.findall(kind, body)
        assert len(found) == len(set(found)), kind


def test_one_address_says_the_same_everywhere(annual: bytes) -> None:
    """The same anchor may stand at several places, then always with the same text."""
    said: dict[str, set[str]] = {}
    for tag, text in figures_of(annual):
        said.setdefault(tag, set()).add(text)
    assert {tag: texts for tag, texts in said.items() if len(texts) > 1} == {}
    assert {"mb::version", "mb::date", "mb::signer_name", "mb::signer_title", "mb:IKU-06:actual"} <= said.keys()


def test_a_numbered_version_has_no_word_of_a_draft(annual: bytes, full: Office, folders: tuple[Path, ...]) -> None:
    """The very bytes that go to the Kepala Dinas leave the house; only the running draft says what it is."""
    assert not re.search(r"\bdraf|berlaku setelah|setelah disahkan", text_of(annual), re.IGNORECASE)
    assert "Versi 2, 5 Januari 2026" in text_of(annual)
    running = text_of(write_report(sample_cycle.complete(), full, version=0, template_folders=folders))
    assert "DRAF" in running
    assert "Versi" not in running


def test_nothing_of_a_machine_is_in_it(annual: bytes) -> None:
    """Addresses of senders, cells and digests are no part of the published file."""
    assert not re.search(r"\b[0-9a-f]{12}\b|!\$?[A-Z]+\$?\d+\b|SHA-256|\.xlsx", text_of(annual))


def test_the_pdf_says_what_the_word_file_says(annual: bytes, maker: PdfMaker) -> None:
    """Both are read back: every figure of the one is in the other as often."""
    pdf = maker.convert(annual)
    if pdf is None:
        assert shutil.which("soffice") is None
        return
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    squeezed = re.sub(r"\s+", "", printed.replace("\u2011", "-").replace("\u00ad", ""))
    lost = [
        (tag, text, count)
        for (tag, text), count in Counter(figures_of(annual)).items()
        if squeezed.count(re.sub(r"\s+", "", text)) < count
    ]
    assert lost == []


def test_the_pdf_is_an_archives_pdf(annual: bytes, full: Office, maker: PdfMaker) -> None:
    """PDF/A-2b with its colours, tagged, with bookmarks, language, and the office as its author; fonts embedded."""
    pdf = maker.convert(annual)
    if pdf is None:
        assert shutil.which("soffice") is None
        return
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    claims = root["/Metadata"].get_object().get_data().decode()
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert re.search(r"pdfaid:part>2<|pdfaid:part=\"2\"", claims)
    assert re.search(r"pdfaid:conformance>B<|pdfaid:conformance=\"B\"", claims)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).startswith("id")
    assert reader.metadata is not None
    assert reader.metadata.author == full.letterhead.agency_name
    assert str(reader.metadata.title).startswith("Laporan Kinerja")
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert {"KATA PENGANTAR", "IKHTISAR EKSEKUTIF", "BAB I PENDAHULUAN"} <= set(titles)
    pages: list[Any] = list(reader.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"].get("/Font", {}).values()]
    described = [font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font for font in fonts]
    assert described
    assert all("/FontFile2" in one["/FontDescriptor"] or "/FontFile3" in one["/FontDescriptor"] for one in described)


def filled(pdf: bytes, folder: Path) -> list[float]:
    """Return how far down each page of a PDF is printed on, its number left out."""
    (folder / "report.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", "20", "report.pdf", "page"], cwd=folder, check=True)  # noqa: S607 - a program of this machine
    return [_filled(one.read_bytes()) for one in sorted(folder.glob("page-*.pgm"))]


def _filled(picture: bytes) -> float:
    """Return how far down one page is printed on."""
    _, size, _, dots = picture.split(b"\n", 3)
    wide, high = map(int, size.split())
    rows = [row for row in range(int(high * _FOOT)) if min(dots[row * wide : (row + 1) * wide]) < _WHITE]
    return max(rows, default=0) / high


@pytest.mark.parametrize("which", ["annual", "quarter", pytest.param("many", marks=pytest.mark.sweep)])
def test_no_page_is_more_than_half_empty(
    which: str, annual: bytes, full: Office, folders: tuple[Path, ...], maker: PdfMaker, tmp_path: Path
) -> None:
    """Wherever a chapter ends, but before scanned pages, and at the report's own end; and the ikhtisar is one page."""
    office = many(full) if which == "many" else full
    cycle = quarter(full) if which == "quarter" else sample_cycle.complete()
    made = annual if which == "annual" else write_report(cycle, office, version=1, template_folders=folders)
    pdf = maker.convert(made if made is annual else paged(made, maker.convert))
    if pdf is None:
        assert shutil.which("soffice") is None
        return
    reader = PdfReader(io.BytesIO(pdf))
    starts = {
        one.title: reader.get_destination_page_number(one) or 0 for one in reader.outline if not isinstance(one, list)
    }
    alone = {page for title, page in starts.items() if str(title).startswith("LAMPIRAN 1 PERJANJIAN")}
    pages = enumerate(filled(pdf, tmp_path)[:-1], start=1)
    assert [(number, part) for number, part in pages if part < 0.5 and number not in alone] == []
    assert starts["BAB I PENDAHULUAN"] - starts["IKHTISAR EKSEKUTIF"] == 1


def test_an_office_that_says_nothing_of_itself_is_told_nothing_of_another(
    office: Office, folders: tuple[Path, ...]
) -> None:
    """No law, task, post or promise stands there; what is missing is marked."""
    silent = replace(office, profile=Profile(), strategic_issues=())
    chapter = text_of(write_report(sample_cycle.complete(), silent, version=1, template_folders=folders))
    chapter = chapter[chapter.rindex("BAB I PENDAHULUAN") : chapter.rindex("BAB III")]
    assert not re.search(r"Nomor \d+ Tahun \d{4}", chapter)
    assert chapter.count("belum diisi") >= 12


def test_a_quarter_has_its_own_words(full: Office, folders: tuple[Path, ...]) -> None:
    """The agreement stays that of the year, and its target stands beside the quarter's."""
    text = text_of(write_report(quarter(full), full, version=1, template_folders=folders))
    assert "C. Perjanjian Kinerja Tahun 2026" in text
    assert "Perjanjian Kinerja Triwulan" not in text
    assert "Target 2026 Target Triwulan I" in text
    assert "LAMPIRAN 2 PENGUKURAN KINERJA TRIWULAN I TAHUN 2026" in text


def test_the_signed_agreement_is_enclosed_page_by_page(annual: bytes) -> None:
    """As it was scanned, each page with a name for who cannot see it."""
    with zipfile.ZipFile(io.BytesIO(annual)) as packed:
        body = packed.read("word/document.xml").decode()
    drawn = shutil.which("pdftoppm") is not None and shutil.which("soffice") is not None
    found = re.findall(r'descr="(Perjanjian Kinerja yang telah ditandatangani, halaman \d)"', body)
    assert len(found) == (2 if drawn else 0)


def test_a_font_that_is_nowhere_stops_no_pdf(maker: PdfMaker) -> None:
    """Another takes its place and is embedded."""
    page = new_document()
    page.styles["Normal"].font.name = "Huruf Yang Tidak Ada"
    say(page, "Laporan Kinerja 98,12% – ≥ 61")
    packed = io.BytesIO()
    page.save(packed)
    pdf = maker.convert(packed.getvalue())
    assert (pdf is None) is (shutil.which("soffice") is None)
    assert pdf is None or "98,12%" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
