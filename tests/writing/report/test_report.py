"""The Laporan Kinerja: complete or not, every figure and every word of the units stands in it, or is missing aloud."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import Entry
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.core.report.analysis import analyse
from mailbot.errors import TemplateProblem
from mailbot.writing.report.report import write_report
from mailbot.writing.word.fields import said_by
from mailbot.writing.word.word_file import text_of
from tests.writing import sample_cycle


@pytest.fixture(scope="module")
def whole(office: Office, folders: tuple[Path, ...]) -> bytes:
    """Return the report of the complete cycle."""
    return write_report(sample_cycle.complete(), office, version=2, template_folders=folders)


@pytest.fixture(scope="module")
def part(office: Office, folders: tuple[Path, ...]) -> bytes:
    """Return the report of a cycle in which most forms are not in."""
    return write_report(sample_cycle.collecting(), office, version=1, template_folders=folders)


def opened(report: bytes) -> Document:
    """Open a report as Word's own reader does."""
    return docx.Document(io.BytesIO(report))


def said(cell: _Cell) -> str:
    """Return what a cell says, the figures in their anchors too, which python-docx leaves out."""
    return "\n".join(said_by(one) for one in cell._tc.iter(qn("w:p"))).replace("\u00a0", " ")  # noqa: SLF001 - the element itself


def rows_below(report: bytes, caption: str) -> list[list[str]]:
    """Return the rows of the table that stands right below a caption, its header left out."""
    document = opened(report)
    tables = {one._tbl: one for one in document.tables}  # noqa: SLF001 - the element itself
    for element in document.element.body.iter(qn("w:p")):
        if said_by(element).replace("\u00a0", " ").startswith(caption) and element.getnext() in tables:
            return [[said(cell) for cell in row.cells] for row in tables[element.getnext()].rows[1:]]
    raise AssertionError(caption)


def test_it_has_the_outline_of_an_lkjip(whole: bytes) -> None:
    """What stands before Bab I, Bab I to IV, annexes, in that order (PermenPANRB 53/2014); no machine's annex."""
    names = {"Judul Depan", "Judul Daftar", "Heading 1"}
    titles = [one.text for one in opened(whole).paragraphs if one.style and one.style.name in names]
    assert titles == [
        "LEMBAR PENGESAHAN",
        "KATA PENGANTAR",
        "DAFTAR ISI",
        "DAFTAR TABEL",
        "DAFTAR GAMBAR",
        "DAFTAR LAMPIRAN",
        "IKHTISAR EKSEKUTIF",
        "BAB I PENDAHULUAN",
        "BAB II PERENCANAAN KINERJA",
        "BAB III AKUNTABILITAS KINERJA",
        "BAB IV PENUTUP",
        "LAMPIRAN 1 PERJANJIAN KINERJA TAHUN 2025",
        "LAMPIRAN 2 PENGUKURAN KINERJA TAHUN 2025",
        "LAMPIRAN 3 RUMUS PENGUKURAN",
        "LAMPIRAN 4 RENCANA AKSI",
        "LAMPIRAN 5 TINDAK LANJUT REKOMENDASI HASIL EVALUASI",
        "LAMPIRAN 6 ISIAN YANG BELUM LENGKAP",
        "LAMPIRAN 7 PERNYATAAN TELAH DIREVIU",
    ]


def test_every_figure_of_the_analysis_stands_in_the_measurement(whole: bytes, office: Office) -> None:
    """Lampiran 1 repeats target, realisasi and capaian of every indicator, with the comma."""
    rows = {row[1]: row for row in rows_below(whole, "LAMPIRAN 2 PENGUKURAN KINERJA")}
    objectives = {one.text for one in office.objectives}
    assert [name for name in rows if name not in objectives] == [
        result.indicator.name for result in analyse(sample_cycle.complete(), office).indicators
    ]
    assert objectives <= rows.keys()
    assert rows["Persentase kepemilikan KTP-el"][2:] == ["Persen", "99,40", "98,12", "98,71%", "Sangat Tinggi"]
    assert rows["Rata-rata waktu penerbitan akta kelahiran"][2:] == [
        "Hari kerja",
        "3,00",
        "2,70",
        "110,00%",
        "Sangat Tinggi",
    ]


def test_an_indicator_is_told_finding_first_then_the_cause_in_the_units_own_words(whole: bytes) -> None:
    """The sentence says no more than the data; the cause is the unit's."""
    text = text_of(whole)
    assert (
        "Target belum tercapai: realisasi 12,85% dari target 20,00%, capaian 64,25% (Rendah). "
        "Capaian = realisasi / target × 100% = 12,85 / 20,00 × 100%." in text
    )
    assert "Dibandingkan tahun 2024, realisasi membaik 3,65 poin." in text
    assert "Faktor penghambat: Sebagian warga belum memiliki telepon pintar; jaringan di kelurahan tidak stabil" in text


def test_the_budget_adds_up(whole: bytes) -> None:
    """Programs with their lines, and the whole: the check values of the field's facts."""
    rows = rows_below(whole, "Tabel 3.35 Realisasi anggaran")
    assert rows[-1] == ["Jumlah", "8.247.000.000", "8.258.500.000", "7.912.693.162", "345.806.838", "95,81%"]
    assert [row[5] for row in rows if " Program " in row[0]] == [
        "95,82%",
        "96,54%",
        "95,30%",
        "93,35%",
        "98,04%",
    ]


def test_what_nobody_supplied_is_marked_and_listed_with_whose_turn_it_is(part: bytes, office: Office) -> None:
    """Never a zero, never an invented cause."""
    measured = {row[1]: row for row in rows_below(part, "LAMPIRAN 2 PENGUKURAN KINERJA")}
    assert measured["Persentase kepemilikan KTP-el"][4:] == ["belum diisi", "tidak dapat dihitung", "-"]
    missing = rows_below(part, "LAMPIRAN 6 ISIAN")
    assert missing[0] == [
        "1",
        "Realisasi IKU-02 Persentase kepemilikan KTP-el",
        office.roster.unit("dafduk").name,
        office.roster.person("kabid_dafduk").title,
    ]
    assert missing[-1][1:] == [
        "Isu strategis (Bab I huruf E)",
        "-",
        office.roster.person("planning").title,
    ]
    assert len(missing) == 16
    assert "Sebanyak 16 isian belum tersedia" in text_of(part)


def test_the_isu_strategis_are_those_of_the_renstra_beside_the_units_own_obstacles(
    office: Office, folders: tuple[Path, ...]
) -> None:
    """Bab I E: what the office set down, then what units named for indicators below target; then nothing is missing."""
    named = replace(office, strategic_issues=("Aktivasi IKD rendah.", "Data belum dimanfaatkan."))
    report = write_report(sample_cycle.complete(), named, version=1, template_folders=folders)
    chapter = text_of(report).split("2. Isu strategis")[2].split("BAB II")[0]
    assert "1. Aktivasi IKD rendah. 2. Data belum dimanfaatkan." in chapter
    unit = office.roster.unit("piak").name
    assert f"Persentase aktivasi IKD ({unit}): Sebagian warga belum memiliki" in chapter
    assert "belum diisi" not in chapter
    assert "ISIAN YANG BELUM LENGKAP" not in text_of(report)


def test_without_isu_strategis_the_chapter_is_marked_and_asked_of_subbag_program(whole: bytes, office: Office) -> None:
    """Nobody invents them: the mark stands there, and the last annex says whose turn it is."""
    chapter = text_of(whole).split("2. Isu strategis")[2].split("BAB II")[0]
    assert chapter.startswith(" belum diisi")
    assert rows_below(whole, "LAMPIRAN 6 ISIAN") == [
        ["1", "Isu strategis (Bab I huruf E)", "-", office.roster.person("planning").title]
    ]


def test_the_ikhtisar_s_tables_are_numbered_without_a_gap(office: Office, folders: tuple[Path, ...]) -> None:
    """Where long sasaran leave no room for their table, the one of indicators is the first."""
    wordy = tuple(replace(one, text=f"{one.text} {'dan mutunya yang terjaga ' * 30}") for one in office.objectives)
    report = write_report(
        sample_cycle.complete(), replace(office, objectives=wordy), version=1, template_folders=folders
    )
    captions = [one.text for one in opened(report).paragraphs if one.style and one.style.name == "Judul Tabel"]
    assert [one for one in captions if one.startswith("Tabel ") and "." not in one.split()[1]] == [
        "Tabel 1 Indikator yang belum mencapai target"
    ]


def test_tables_and_charts_of_a_chapter_are_numbered_without_a_gap(whole: bytes) -> None:
    """Every caption has a number, each once, in the order in which they stand."""
    captions = [one.text for one in opened(whole).paragraphs if one.style and one.style.name == "Judul Tabel"]
    tables = [caption.split()[1] for caption in captions if caption.startswith("Tabel")]
    by_chapter = {chapter: [one for one in tables if one.startswith(f"{chapter}.")] for chapter in "1234"}
    assert tables == ["1", "2", *(one for chapter in "1234" for one in by_chapter[chapter])]
    for chapter, found in by_chapter.items():
        assert found == [f"{chapter}.{number}" for number in range(1, len(found) + 1)]
    pictures = [one.split()[1].strip(":") for one in captions if one.startswith("Gambar 3")]
    assert pictures == [f"3.{number}" for number in range(1, len(pictures) + 1)]


def test_the_formulas_in_use_are_printed(office: Office, folders: tuple[Path, ...]) -> None:
    """The office's own variant, cap and tolerance."""
    other = replace(office, formulas=replace(office.formulas, negative="b", average_cap_pct=None))
    text = text_of(write_report(sample_cycle.complete(), other, version=1, template_folders=folders))
    assert "Indikator negatif (semakin rendah semakin baik): capaian = target / realisasi × 100%." in text
    assert "diperhitungkan paling tinggi" not in text
    assert "selisih sampai dengan 5 poin dinilai cukup efisien" in text


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_report_of_hardly_any_figure_can_be_made(kept: int, office: Office, folders: tuple[Path, ...]) -> None:
    """From the first form on, and before: what is missing is marked, nothing is lost."""
    cycle = sample_cycle.complete()
    few = tuple(
        form if place < kept else replace(form, submissions=(), counted=0) for place, form in enumerate(cycle.units)
    )
    text = text_of(write_report(replace(cycle, units=few), office, version=0, template_folders=folders))
    assert "DRAF" in text
    assert "belum diisi" in text


def test_an_office_whose_budget_nobody_wrote_has_no_budget_of_nothing(
    office: Office, folders: tuple[Path, ...]
) -> None:
    """A pagu of Rp0 is a figure, and nobody has given one."""
    bare = replace(office, budget=())
    text = text_of(write_report(sample_cycle.complete(), bare, version=1, template_folders=folders))
    assert "Rp0" not in text
    assert "Pagu dan realisasi anggaran belum diisi." in text
    assert "didukung anggaran belum diisi" in text


def test_a_quarter_is_reported_with_its_own_targets(office: Office, folders: tuple[Path, ...]) -> None:
    """Triwulan I: its target, no comparison with a whole year, and no indicator that promises nothing for it."""
    cycle = replace(sample_cycle.complete(), key="2026-tw1", period=office.plan("2026-tw1").period)
    text = text_of(write_report(cycle, office, version=1, template_folders=folders))
    assert "TRIWULAN I TAHUN 2026" in text
    assert "IKU-14" not in text
    assert "Dibandingkan tahun" not in text


def with_words(cycle: Cycle, words: str) -> Cycle:
    """Return the cycle in which one unit wrote these words wherever it could."""
    form = cycle.units[1]
    sent = form.submissions[0]
    told = Entry(text=words)
    answers = tuple(
        replace(answer, enabling_factors=told, obstacles=told, follow_up=told) for answer in sent.data.indicators
    )
    narrative = replace(sent.data.narrative, analysis=told, innovation=told, awards=told, recommendation=told)
    kept = replace(sent, data=replace(sent.data, indicators=answers, narrative=narrative))
    return replace(cycle, units=(cycle.units[0], replace(form, submissions=(kept,)), *cycle.units[2:]))


@pytest.mark.parametrize(
    "words",
    [
        "A & B <Bidang>",
        "{{ 7*7 }} {% for x in y %}",
        "]]> &amp; \"'",
        "baris satu\nbaris dua",
        "\x0cgelap\x00\x07",
        "≥ 99 – é",
    ],
)
def test_whatever_the_units_wrote_stands_there_as_written(
    office: Office, folders: tuple[Path, ...], words: str
) -> None:
    """Nothing vanishes, nothing acts, nothing breaks the file."""
    report = write_report(with_words(sample_cycle.complete(), words), office, version=1, template_folders=folders)
    text = text_of(report)
    for line in words.split("\n"):
        printable = " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())
        assert text.count(printable) >= 15
    assert opened(report).paragraphs


def test_the_same_state_gives_the_same_bytes(whole: bytes, office: Office, folders: tuple[Path, ...]) -> None:
    """What the Kepala Dinas ratifies can be made again, byte for byte."""
    assert whole == write_report(sample_cycle.complete(), office, version=2, template_folders=folders)


def test_charts_are_native_with_their_workbooks_and_told_in_words_too(whole: bytes) -> None:
    """A part and a workbook for each picture and for the one of the ikhtisar; the alternative text has the figures."""
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        names = packed.namelist()
        first = packed.read("word/charts/chart1.xml").decode()
        body = packed.read("word/document.xml").decode()
    numbers = range(1, 20)
    assert {f"word/charts/chart{number}.xml" for number in numbers} <= set(names)
    assert {name for name in names if name.endswith(".xlsx")} == {f"word/embeddings/grafik{n}.xlsx" for n in numbers}
    assert "64,25 – belum tercapai" in re.findall(r"<a:t>([^<]+)</a:t>", first)
    assert "Persentase aktivasi IKD 64,25%" in body
    assert "Grafik realisasi Persentase aktivasi IKD: 2022 0,90; 2023 4,65; 2024 9,20; 2025 12,85." in body


def test_a_missing_word_is_named(office: Office, folders: tuple[Path, ...], tmp_path: Path) -> None:
    """An office's own report.yaml that lacks a word is refused with the word."""
    (tmp_path / "report.yaml").write_text("sort: {up: naik, down: turun}\n", encoding="utf-8")
    with pytest.raises(TemplateProblem, match="chart"):
        write_report(sample_cycle.complete(), office, version=1, template_folders=(tmp_path, *folders))


def test_nobody_is_named_on_the_lembar_pengesahan_but_who_signs(whole: bytes, office: Office) -> None:
    """The file does not change any more, and who checks it may be another by then; the post is the same."""
    page = text_of(whole).partition("LEMBAR PENGESAHAN")[2].partition("KATA PENGANTAR")[0].casefold()
    holders = {role: office.roster.holder(role, date(2026, 1, 12)) for role in (Role.SECRETARY, Role.PLANNING)}
    for person in holders.values():
        assert person is not None
        assert person.title.casefold() in page
        assert person.name.casefold() not in page
    head = office.roster.holder(Role.AGENCY_HEAD, date(2026, 1, 12))
    assert head is not None
    assert head.name.casefold() in page
