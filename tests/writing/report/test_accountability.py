"""Bab III: every comparison says what the data say, in the unit's words, for a year and for a quarter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import BudgetAnswer, Entry, IndicatorAnswer
from mailbot.core.model.indicators import BudgetLine, Period
from mailbot.core.model.office import Office
from mailbot.core.model.past import past_of
from mailbot.core.model.profile import Benchmark
from mailbot.writing.report.report import write_report
from tests.writing import sample_cycle
from tests.writing.report.finished import Finished, read

Answered = Callable[[IndicatorAnswer], IndicatorAnswer]


def number(value: str) -> Entry:
    """Return a cell with a number."""
    return Entry(value=Decimal(value), text=value)


def cycle_with(code: str, change: Answered) -> Cycle:
    """Return the complete cycle in which one indicator is answered otherwise."""
    cycle = sample_cycle.complete()
    units = []
    for form in cycle.units:
        sent = form.submissions[0]
        rows = tuple(change(row) if row.code == code else row for row in sent.data.indicators)
        units.append(replace(form, submissions=(replace(sent, data=replace(sent.data, indicators=rows)),)))
    return replace(cycle, units=tuple(units))


def spent_with(cycle: Cycle, code: str, change: Callable[[BudgetAnswer], BudgetAnswer]) -> Cycle:
    """Return a cycle in which one sub kegiatan is answered otherwise."""
    units = []
    for form in cycle.units:
        sent = form.submissions[0]
        rows = tuple(change(row) if row.code == code else row for row in sent.data.budget)
        units.append(replace(form, submissions=(replace(sent, data=replace(sent.data, budget=rows)),)))
    return replace(cycle, units=tuple(units))


def office_with(office: Office, code: str, **changes: object) -> Office:
    """Return the office in which one indicator is set otherwise."""
    indicators = tuple(replace(one, **changes) if one.code == code else one for one in office.indicators)  # type: ignore[arg-type] # any field
    return replace(office, indicators=indicators)


def indicator(finished: Finished, code: str) -> dict[str, str]:
    """Return what Bab III says of an indicator, by the number of the comparison."""
    _, blocks = next(one for one in finished.under(f"{code} "))
    told: dict[str, list[str]] = {}
    number = ""
    for block in blocks:
        if block.level:
            number = block.text.split(".")[0]
        else:
            told.setdefault(number, []).append(block.text)
    return {number: "\n".join(lines) for number, lines in told.items()}


@pytest.fixture(scope="module")
def written(office: Office, folders: tuple[Path, ...]) -> Callable[..., Finished]:
    """Return how a report is written and read back."""

    def write(cycle: Cycle | None = None, of: Office | None = None) -> Finished:
        made = write_report(cycle or sample_cycle.complete(), of or office, version=1, template_folders=folders)
        return read(made)

    return write


def test_an_indicator_stands_under_the_eight_comparisons(written: Callable[..., Finished]) -> None:
    """Each heading says what is compared with what."""
    _, blocks = next(one for one in written().under("IKU-06 "))
    assert [block.text for block in blocks if block.level] == [
        "1. Membandingkan target dan realisasi Tahun 2025",
        "2. Membandingkan realisasi dan capaian dengan tahun-tahun sebelumnya",
        "3. Membandingkan realisasi dengan target akhir Renstra",
        "4. Membandingkan realisasi dengan standar nasional dan daerah lain",
        "5. Penyebab keberhasilan atau kegagalan, hambatan, dan solusi yang dilakukan",
        "6. Efisiensi penggunaan sumber daya",
        "7. Program dan kegiatan yang menunjang",
        "8. Rekomendasi perbaikan",
    ]


def test_every_figure_of_bab_iii_stands_in_an_anchor(written: Callable[..., Finished]) -> None:
    """Whatever a hand changes in a sentence or a row is found; captions are made of the charts."""
    _, blocks = next(one for one in written().under("A. Capaian"))
    lost = []
    for block in blocks:
        left = block.text
        for figure in block.figures:
            left = left.replace(figure.text, "", 1)
        lost += [block.text] if block.caption is None and re.search(r"\d,\d|\d dari \d", left) else []
    assert lost == []


def test_a_year_beside_three_years_the_plan_and_the_nation(written: Callable[..., Finished]) -> None:
    """Realised value and achievement of three years, the share of the way, the nation with year and source."""
    told = indicator(written(), "IKU-06")
    assert "Realisasi | 0,90 | 4,65 | 9,20 | 12,85" in told["2"]
    assert "Capaian | 101,12% | 167,27% | 99,46% | 64,25%" in told["2"]
    assert "realisasi membaik 3,65 poin." in told["2"]
    assert told["3"] == (
        "Target akhir Renstra (tahun 2029) sebesar 40,00%. Realisasi masih terpaut 27,15 poin dari target tersebut. "
        "Dihitung dari realisasi tahun 2022 sebesar 0,90%, kemajuan menuju target tersebut 30,56%."
    )
    assert told["4"] == (
        "Nasional tahun 2023: 25,00%, menurut Target Ditjen Dukcapil tahun 2023 (contoh); "
        "realisasi lebih rendah 12,15 poin (belum lebih baik)."
    )


def test_a_lower_value_that_is_better_reads_as_better(written: Callable[..., Finished]) -> None:
    """With its own unit, and no share of the way that frightens."""
    told = indicator(written(), "IKK-10")
    assert "Dibandingkan tahun 2024, realisasi turun 0,40 hari kerja (membaik)." in told["2"]
    assert "kemajuan menuju target tersebut 66,67%" in told["3"]
    assert "Capaian = (2 × target − realisasi) / target × 100% = (2 × 3,00 − 2,70) / 3,00 × 100%" in told["1"]


def test_all_that_a_unit_filled_in_is_printed_where_its_figure_stands(written: Callable[..., Finished]) -> None:
    """What the ratio was reckoned from, its own source before the configured one, its evidence, its reason."""
    cycle = cycle_with(
        "IKU-02",
        lambda row: replace(
            row,
            numerator=number("181234"),
            denominator=number("184707"),
            data_source=Entry(text="DKB Semester II 2025"),
            evidence=Entry(text="BA rekonsiliasi.pdf"),
            remark=Entry(text="Penduduk wajib KTP bertambah\nsetelah konsolidasi."),
        ),
    )
    told = indicator(written(cycle), "IKU-02")
    assert "Jumlah penduduk wajib KTP yang memiliki KTP-el: 181.234; Jumlah penduduk wajib KTP: 184.707." in told["1"]
    assert "Sumber data: DKB Semester II 2025. Data dukung: BA rekonsiliasi.pdf." in told["1"]
    assert "Keterangan unit: Penduduk wajib KTP bertambah setelah konsolidasi." in told["1"]
    assert "DKB Semester II 2025" in told["2"]


def test_a_list_of_a_unit_stays_a_list(written: Callable[..., Finished]) -> None:
    """Line by line, whatever its points began with."""
    points = "- Blangko terlambat\n- Jaringan tidak stabil\n- Petugas kurang"
    told = indicator(written(cycle_with("IKU-02", lambda row: replace(row, obstacles=Entry(text=points)))), "IKU-02")
    lines = told["5"].splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("Faktor penghambat:"))
    assert [line.split("\t")[-1] for line in lines[place + 1 : place + 4]] == [
        "Blangko terlambat",
        "Jaringan tidak stabil",
        "Petugas kurang",
    ]


def test_what_a_unit_left_out_is_marked_and_listed(written: Callable[..., Finished], office: Office) -> None:
    """Evidence, recommendation, output of a sub kegiatan, and the program behind an indicator."""
    other = office_with(office, "IKU-02", programs=())
    line = replace(other.budget[0], output="Dokumen laporan", output_unit="Dokumen", output_targets={2025: Decimal(2)})
    cycle = cycle_with("IKU-02", lambda row: replace(row, evidence=Entry()))
    cycle = spent_with(cycle, line.code, lambda row: replace(row, output_actual=Entry()))
    finished = written(cycle, replace(other, budget=(line, *other.budget[1:])))
    told = indicator(finished, "IKU-02")
    assert "Data dukung: belum diisi." in told["1"]
    assert told["6"] == "Tidak dapat dihitung, karena program yang menunjang indikator belum diisi."
    assert told["7"] == "belum diisi"
    annex = "\n".join(block.text for _, blocks in finished.under("LAMPIRAN") for block in blocks)
    for what in (
        "Data dukung IKU-02",
        f"Realisasi keluaran {line.code}",
        "Program atau kegiatan yang menunjang IKU-02",
    ):
        assert what in annex
    assert "Keluaran: Dokumen laporan, belum diisi dari target 2 dokumen." in finished.text


def test_causes_are_asked_for_under_the_indicator_s_own_threshold(
    written: Callable[..., Finished], office: Office
) -> None:
    """As its form asked for them: what was not to be filled in is neither marked nor listed as missing."""
    lenient = office_with(office, "IKU-02", explain_below_pct=Decimal(50))
    finished = written(cycle_with("IKU-02", lambda row: replace(row, obstacles=Entry(), follow_up=Entry())), lenient)
    assert "Faktor penghambat" not in indicator(finished, "IKU-02")["5"]
    assert "IKU-02" not in "".join(block.text for _, blocks in finished.under("LAMPIRAN 6") for block in blocks)


def test_outputs_and_notes_of_the_budget_are_printed(written: Callable[..., Finished], office: Office) -> None:
    """Beside the sub kegiatan they are of, in the budget's table and at the indicator."""
    code = "2.12.02.2.01.0004"
    lines = tuple(with_output(line) if line.code == code else line for line in office.budget)
    finished = written(spent_with(sample_cycle.complete(), code, noted), replace(office, budget=lines))
    words = "Keluaran: Layanan keliling, 11 dari target 12 kali. Keterangan unit: Satu kegiatan bergeser."
    assert sum(words in block.text for block in finished.blocks) >= 2


def with_output(line: BudgetLine) -> BudgetLine:
    """Return a budget line of which an output is asked."""
    return replace(line, output="Layanan keliling", output_unit="Kali", output_targets={2025: Decimal(12)})


def noted(row: BudgetAnswer) -> BudgetAnswer:
    """Return an answer with output and note."""
    return replace(row, output_actual=number("11"), note=Entry(text="Satu kegiatan bergeser."))


def test_a_unit_s_recommendation_stands_once_and_is_referred_to(
    written: Callable[..., Finished], office: Office
) -> None:
    """At the first of its indicators; the others lead there."""
    finished = written()
    unit = office.roster.unit("dafduk").name
    assert indicator(finished, "IKU-02")["8"] == "Penambahan alat cetak & jaringan <cadangan>."
    assert indicator(finished, "IKU-05")["8"] == f"Rekomendasi {unit} dimuat pada butir 8 IKU-02."


def test_a_quarter_stands_beside_quarters_and_the_year(written: Callable[..., Finished], office: Office) -> None:
    """The same one of last year, the one before, the year so far with its target; no efficiency of a year's money."""
    whole = sample_cycle.complete()
    forms = tuple(form.counting.data for form in whole.units if form.counting is not None)
    quarters = {Period(year=2026, quarter=1): forms, Period(year=2025, quarter=2): forms}
    cycle = replace(whole, key="2026-TW2", period=Period(year=2026, quarter=2))
    finished = written(cycle, replace(office, past=past_of(quarters)))
    told = indicator(finished, "IKK-12")
    assert (
        "Uraian | Triwulan II Tahun 2025 | Triwulan I Tahun 2026 | Triwulan II Tahun 2026 | "
        "Tahun 2026 s.d. triwulan ini (target setahun)" in told["2"]
    )
    assert "Target | 12 | 11 | 13 | 51" in told["2"]
    assert "Realisasi | 52 | 52 | 52 | 104" in told["2"]
    assert "Dibandingkan triwulan sebelumnya, realisasi tetap." in told["2"]
    assert told["3"].endswith("Realisasi satu triwulan tidak dibandingkan dengan target setahun itu.")
    assert told["6"] == "Efisiensi dinilai atas satu tahun penuh; pagu berlaku setahun."


def test_absorption_of_an_incomplete_report_says_what_it_is_reckoned_over(written: Callable[..., Finished]) -> None:
    """Of what came, over the pagu of what came."""
    (_, blocks), *_ = written(sample_cycle.collecting()).under("B. Realisasi Anggaran")
    assert "dihitung atas 7 dari 13 sub kegiatan yang realisasinya telah disampaikan" in blocks[0].text


def test_words_and_ranges_are_printed_as_they_are_promised(written: Callable[..., Finished], office: Office) -> None:
    """A predikat is its word with no unit, a range both its ends; inside it is 100%."""
    graded = office_with(
        office,
        "IKU-14",
        grades=(("A", Decimal(90)), ("BB", Decimal("81.75")), ("B", Decimal(70))),
        targets={2025: (None, None, None, Decimal(90))},
        history={2024: Decimal(70)},
        plan_end_target=Decimal(90),
    )
    told = indicator(written(of=graded), "IKU-14")
    assert "realisasi BB dari target A, capaian 90,83%" in told["1"]
    assert "Menurut nilai pada Lampiran 3: Capaian = realisasi / target × 100% = 81,75 / 90,00 × 100%." in told["1"]
    assert "realisasi membaik dari B menjadi BB." in told["2"]
    assert told["3"] == "Target akhir Renstra (tahun 2029): A. Realisasi BB belum mencapai target tersebut."
    ranged = office_with(
        office,
        "IKK-10",
        targets={2025: (None, None, None, Decimal("2.5"))},
        upper_targets={2025: (None, None, None, Decimal(3))},
    )
    finished = written(of=ranged)
    told = indicator(finished, "IKK-10")
    assert "dari target 2,50–3,00 hari kerja, capaian 100,00%" in told["1"]
    assert "Realisasi berada di dalam rentang target" in told["1"]
    assert "realisasi turun 0,40 hari kerja." in told["2"]
    assert told["3"].endswith("Realisasi masih terpaut 0,70 hari kerja dari target tersebut.")
    promises = [row.text for _, blocks in finished.under("BAB II ") for row in blocks if row.text.startswith("IKK-10")]
    assert [" 2,50–3,00" in row for row in promises] == [False, True, True]
    assert any("2,50–3,00" in picture.labels for picture in finished.pictures)


def test_an_end_of_the_renstra_that_is_of_all_its_years_is_held_against_them_together(
    written: Callable[..., Finished], office: Office
) -> None:
    """In its first year the year's own figure; the table of promises names no such end as the last year's."""
    total = office_with(office, "IKK-12", plan_end_target=Decimal(250), plan_end_total=True)
    finished = written(of=total)
    assert indicator(finished, "IKK-12")["3"] == (
        "Target Renstra sampai dengan tahun 2029 seluruhnya 250 kali. Realisasi tahun 2025 adalah 52 kali, yaitu "
        "20,80% dari target tersebut. Realisasi masih terpaut sebanyak 198 kali dari target tersebut."
    )
    rows = [
        row.cells for _, blocks in finished.under("B. Indikator") for row in blocks if row.text.startswith("IKK-12")
    ]
    assert rows[1][-1] == "-"


def test_peers_stand_beside_the_nation_with_year_and_source(written: Callable[..., Finished], office: Office) -> None:
    """In the order in which the office names them; one that is the same says so."""
    peers = (
        Benchmark(name="Provinsi Contoh", value=Decimal("15.00"), year=2024, source="LKjIP"),
        Benchmark(name="Kota Contoh", value=Decimal("12.85")),
    )
    told = indicator(written(of=office_with(office, "IKU-06", benchmarks=peers, national=None)), "IKU-06")
    assert told["4"].splitlines() == [
        "Provinsi Contoh tahun 2024: 15,00%, menurut LKjIP; realisasi lebih rendah 2,15 poin (belum lebih baik).",
        "Kota Contoh: 12,85%, tanpa sumber; realisasi sama.",
    ]


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("difference", "capaian − serapan = 106,14 − 96,54 = 9,60 poin: efisien (batas seimbang 5 poin)."),
        ("simple", "Metode perbandingan capaian dan serapan: 106,14 − 96,54 = 9,60 poin: efisien."),
        ("conditional", "100 − serapan = 100 − 96,54 = 3,46%; capaian 106,14%: efisien."),
        ("volume", "× 100 = 3,46; NE = 50 + E / 20 × 50 = 58,64: efisien."),
    ],
)
def test_efficiency_names_its_method_and_its_figures(
    method: str, words: str, written: Callable[..., Finished], office: Office
) -> None:
    """The office's own of four, with its formula."""
    other = replace(office, formulas=replace(office.formulas, efficiency=method))
    assert indicator(written(of=other), "IKU-05")["6"].endswith(words)


def test_a_recommendation_that_nobody_made_is_referred_to_nowhere(written: Callable[..., Finished]) -> None:
    """Every indicator of such a unit says that it is missing."""
    finished = written(sample_cycle.collecting())
    assert {indicator(finished, code)["8"] for code in ("IKU-02", "IKU-05", "IKU-07")} == {"belum diisi"}
