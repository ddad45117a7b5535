"""A finished report contradicts neither the data nor itself, and whatever lie is planted in it is found."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.indicators import Period
from mailbot.core.model.office import Office
from mailbot.core.model.past import past_of
from mailbot.writing.report.report import write_report
from mailbot.writing.word.pdf import PdfMaker
from tests.writing import sample_cycle
from tests.writing.report.contradictions import RULES, contradictions
from tests.writing.report.finished import empty_pages, figures_not_in, read
from tests.writing.report.planting import Edit, behind, below, figure, more, part, twice, without

pytestmark = pytest.mark.slow
_VERSION = 2


@pytest.fixture(scope="module")
def quarter(office: Office) -> tuple[Cycle, Office]:
    """Return a second quarter after a first one, and after the same quarter of last year."""
    whole = sample_cycle.complete()
    forms = tuple(form.counting.data for form in whole.units if form.counting is not None)
    before = past_of({Period(year=2026, quarter=1): forms, Period(year=2025, quarter=2): forms})
    return replace(whole, key="2026-TW2", period=Period(year=2026, quarter=2)), replace(office, past=before)


@pytest.fixture(scope="module")
def whole(office: Office, folders: tuple[Path, ...]) -> bytes:
    """Return the report of the complete cycle."""
    return write_report(sample_cycle.complete(), office, version=_VERSION, template_folders=folders)


@pytest.fixture(scope="module")
def part_of(office: Office, folders: tuple[Path, ...]) -> bytes:
    """Return the report of a cycle in which most forms are not in."""
    return write_report(sample_cycle.collecting(), office, version=_VERSION, template_folders=folders)


def test_the_honest_reports_contradict_nothing(
    whole: bytes, part_of: bytes, quarter: tuple[Cycle, Office], office: Office, folders: tuple[Path, ...]
) -> None:
    """The year complete and incomplete, and a quarter."""
    assert contradictions(whole, sample_cycle.complete(), office, _VERSION) == []
    assert contradictions(part_of, sample_cycle.collecting(), office, _VERSION) == []
    report = write_report(*quarter, version=_VERSION, template_folders=folders)
    assert contradictions(report, *quarter, _VERSION) == []


_COST = "2.12.02.2.01.0005"
IN_THE_WHOLE: tuple[tuple[str, Edit], ...] = (
    ("figure against data", figure("mb:IKU-06:actual", "67,50")),
    ("figure against data", figure(f"mb:{_COST}:spent", "335.000.000")),
    ("figure told twice", figure("mb:IKU-06:actual", "12,58", first_only=True)),
    ("figure of nothing", part("word/document.xml", '"mb:IKU-06:actual"', '"mb:IKU-99:actual"')),
    ("verdict", below("IKU-06 ", "Target belum", "Target belum tercapai", "Target tercapai")),
    ("rating", below("IKU-06 ", "Target belum", "Rendah", "Tinggi")),
    ("average", figure("mb:SS1:achievement", "117,40%")),
    ("sum", figure("mb:total:spent", "8.912.693.162")),
    ("picture", part("word/charts/chart1.xml", "<c:v>64.25</c:v>", "<c:v>94.25</c:v>")),
    ("picture", part("word/charts/chart1.xml", "64,25 – belum tercapai", "94,25 – belum tercapai")),
    ("cause without source", below("5. Penyebab", "Faktor pendukung", "Loket prioritas", "Kenaikan anggaran, loket")),
    (
        "cause without source",
        below("IKU-06", "Faktor penghambat", "Sebagian warga", "Belanja dikurangi; warga"),
    ),
    ("foreign law", more("Berdasarkan Undang-Undang Nomor 38 Tahun 2004 tentang Jalan.")),
    ("foreign office", more("Dinas Pekerjaan Umum Kota Rekaan melaporkan kinerjanya.")),
    ("unit lost", below("IKU-06 ", "Target belum", "%", "")),
    ("change", below("IKU-06", "Dibandingkan tahun", "membaik", "memburuk")),
    ("change", below("IKK-09", "Dibandingkan tahun", "turun", "naik")),
    ("benchmark", below("IKU-06", "Nasional", "lebih rendah", "lebih tinggi")),
    ("benchmark", below("IKU-05", "Nasional", "(lebih baik)", "(belum lebih baik)")),
    (
        "end of the plan",
        below("IKU-06", "Target akhir Renstra", "Realisasi masih", "Target telah tercapai, masih"),
    ),
    ("efficiency", below("IKU-06", "Metode selisih", "kurang efisien", "serapan rendah karena kinerja rendah")),
    ("efficiency", below("IKU-06", "Metode selisih", "64,25", "84,25")),
    ("status", more("Laporan ini masih berupa draf.")),
    ("status", more("Laporan ini berlaku setelah disahkan.")),
    ("caption twice", twice("Tabel 3.2")),
    ("reference to nothing", more("Rinciannya disajikan pada Tabel 3.99.")),
    ("no source", without("Sumber: Tabel 3.2")),
    ("empty page", more("", breaks=2)),
    ("empty page", more("", lines=14)),
    (
        "code instead of a name",
        part("word/charts/chart1.xml", ">Persentase aktivasi IKD<", ">IKU-06<"),
    ),
    ("comparison left out", without("4. Membandingkan realisasi dengan standar")),
    ("tag left standing", more("Realisasi {{ i.actual }} dari {target}.")),
)
"""What is planted in the report of the complete cycle, and which rule must find it."""

IN_A_PART: tuple[tuple[str, Edit], ...] = (
    ("missing not marked", figure("mb:IKU-02:actual", "0,00")),
    ("missing not marked", figure("mb:IKU-02:achievement", "0,00%")),
    ("rating of an incomplete average", behind("mb:SS1:achievement", " (Sangat Tinggi)")),
    ("absorption", figure("mb::absorption", "60,99%")),
    ("list of what is missing", without("1Realisasi IKU-02")),
)
"""What is planted in a report that lacks forms."""


@pytest.mark.parametrize(
    ("kind", "edit"), IN_THE_WHOLE, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(IN_THE_WHOLE)]
)
def test_what_is_planted_in_a_complete_report_is_found(kind: str, edit: Edit, whole: bytes, office: Office) -> None:
    """By the rule that is there for it."""
    found = contradictions(edit(whole), sample_cycle.complete(), office, _VERSION)
    assert kind in {one.kind for one in found}


@pytest.mark.parametrize(("kind", "edit"), IN_A_PART, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(IN_A_PART)])
def test_what_is_planted_in_an_incomplete_report_is_found(
    kind: str, edit: Edit, part_of: bytes, office: Office
) -> None:
    """By the rule that is there for it."""
    found = contradictions(edit(part_of), sample_cycle.collecting(), office, _VERSION)
    assert kind in {one.kind for one in found}


def test_every_rule_has_found_something() -> None:
    """None is there for show."""
    assert {kind for kind, _ in (*IN_THE_WHOLE, *IN_A_PART)} == RULES.keys()


def test_the_living_draft_may_call_itself_so(whole: bytes, office: Office) -> None:
    """Only a numbered version may not."""
    edited = more("Draf per hari ini.")(whole)
    assert contradictions(edited, sample_cycle.complete(), office, 0) == []


def test_the_pdf_says_every_figure_and_has_no_page_without_a_word(whole: bytes) -> None:
    """As often as the Word file; a planted page is found. Where LibreOffice is not installed there is no PDF."""
    maker = PdfMaker()
    honest, planted = maker.convert(whole), maker.convert(more("", breaks=2)(whole))
    maker.close()
    assert (honest is None) is (planted is None) is (shutil.which("soffice") is None)
    assert honest is None or (empty_pages(honest), figures_not_in(honest, read(whole))) == ([], [])
    assert planted is None or len(empty_pages(planted)) == 1
