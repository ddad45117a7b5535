"""What the report would print as not filled in: one sentence for each part, and none where all is there."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from mailbot.core.model.indicators import Indicator
from mailbot.core.model.profile import Benchmark
from mailbot.settings.loading import load
from tests.settings.folders import ENGLISH, change, small_office


def indicator(folder: Path, code: str) -> Indicator:
    """Load a folder and return one of its indicators."""
    return load(folder, {}).office().indicator(code)


def test_what_is_not_filled_in_is_named_part_by_part(tmp_path: Path) -> None:
    """Not a line for each setting, and not a word about what is there."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "  task: Membantu Wali Kota.\n", "")
    change(folder, "office.yaml", "  laws: [Peraturan Presiden Nomor 29 Tahun 2014]\n", "")
    change(folder, "office.yaml", "  vision: Kota yang maju\n", "")
    change(folder, "office.yaml", "objectives: [SS1]", "objectives: []")
    change(folder, "office.yaml", "  agreement: perjanjian.pdf\n", "")
    change(folder, "office.yaml", "  report: LHE Inspektorat Tahun 2024\n", "  illustrative: true\n")
    change(folder, "indicators.yaml", "    definition: Tingkat kepuasan\n", "")
    change(folder, "indicators.yaml", "    formula: Rata-rata unsur\n", "")
    change(folder, "indicators.yaml", "    formula: Yang memiliki / yang wajib memiliki\n", "")
    assert load(folder, ENGLISH).notes() == (
        'profile in office.yaml: Bab I of the report prints "belum diisi" for laws and task',
        'profile in office.yaml: Bab II of the report prints "belum diisi" for vision',
        'profile in office.yaml: the lampiran of the report prints "belum diisi" for agreement',
        "evaluation in office.yaml: nothing is written under report",
        (
            "evaluation.criteria in office.yaml is still the sample's: put the Inspektorat's own sheet in its place, "
            "and remove `illustrative`"
        ),
        "indicators.yaml does not say of each indicator its definition (not of IKU-01) and formula (of none)",
        "profile.aims in office.yaml: no aim names SS1",
    )


def test_what_belongs_to_a_year_is_missed_in_the_years_after_it(tmp_path: Path) -> None:
    """Last year's Perjanjian Kinerja is none of this year's."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "profile:\n", "profile:\n  year: 2024\n")
    (note,) = [note for note in load(folder, ENGLISH).notes() if "profile.year" in note]
    assert note == (
        'profile.year in office.yaml is 2024: agreement, actions and recommendations are printed as "belum diisi" in '
        "the report of 2025"
    )


def test_an_office_that_filled_in_nothing_gets_a_note_a_part(tmp_path: Path) -> None:
    """A blank profile is allowed: the report says so, and `check` says where."""
    folder = small_office(tmp_path)
    path = folder / "office.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("profile:")[0], encoding="utf-8")
    told = load(folder, ENGLISH).notes()
    assert [note.partition(":")[0] for note in told] == ["profile in office.yaml"] * 3 + ["evaluation in office.yaml"]
    assert load(folder, {}).office().profile.laws == ()
    promised = folder / "indicators.yaml"
    words = promised.read_text(encoding="utf-8").partition("\nbudget:")[0]
    promised.write_text(re.sub(r"\n    programs: .*", "", words), encoding="utf-8")
    assert any(note.startswith("indicators.yaml has no budget") for note in load(folder, ENGLISH).notes())


def test_ranges_and_words_become_numbers(tmp_path: Path) -> None:
    """A range is kept as two bounds, a word as its score, wherever a value may stand."""
    folder = small_office(tmp_path)
    change(folder, "indicators.yaml", "[86.50, 87.00, 87.50, 88.50]", "[[86.50, 87], null, 87.50, [88.50, 90]]")
    change(folder, "indicators.yaml", "[97.80, 98.00, 98.25, 98.50]", "[null, null, null, bb]")
    change(
        folder,
        "indicators.yaml",
        "    history: {2023: 96.20, 2024: 97.05}\n",
        "    history: {2023: B, 2024: 77}\n    grades: {A: 85, BB: 75.5, B: 65}\n    national: A\n    negative: b\n"
        "    benchmarks: [{name: Provinsi, value: BB}]\n",
    )
    change(folder, "indicators.yaml", "    plan_end_target: 99\n", "    plan_end_target: A\n")
    ranged, graded = indicator(folder, "IKU-01"), indicator(folder, "IKU-02")
    assert ranged.targets == {2025: (Decimal("86.50"), None, Decimal("87.50"), Decimal("88.50"))}
    assert ranged.upper_targets == {2025: (Decimal(87), None, Decimal("87.50"), Decimal(90))}
    assert graded.targets == {2025: (None, None, None, Decimal("75.5"))}
    assert (graded.upper_targets, graded.negative, graded.plan_end_target) == ({}, "b", Decimal(85))
    assert graded.history == {2023: Decimal(65), 2024: Decimal(77)}
    assert graded.benchmarks == (Benchmark(name="Provinsi", value=Decimal("75.5")),)
    assert graded.grades == (("A", Decimal(85)), ("BB", Decimal("75.5")), ("B", Decimal(65)))


def test_a_line_tells_its_pagu_murni_and_its_output(tmp_path: Path) -> None:
    """Years without a number are left out."""
    folder = small_office(tmp_path)
    output = "output: Laporan, output_unit: Dokumen, output_targets: {2025: 5, 2026: null}"
    more = f", original_idr: {{2025: 20000000}}, {output}}}"
    change(folder, "indicators.yaml", "budget_idr: {2025: 18500000}}", f"budget_idr: {{2025: 18500000}}{more}")
    (line,) = load(folder, {}).office().budget
    assert (line.original_idr, line.output, line.output_unit, line.output_targets) == (
        {2025: Decimal(20000000)},
        "Laporan",
        "Dokumen",
        {2025: Decimal(5)},
    )
