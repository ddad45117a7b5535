"""Every fault code there is, found in what somebody sent: in a form to the cell, in a mail's lines to the code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled
from mailbot.core.forms.merge_lines import merge_lines
from mailbot.core.model.cycle import UnitForm
from mailbot.core.model.form import Entry, FaultCode, FormData, IndicatorAnswer
from mailbot.core.model.indicators import Aggregation, Period
from mailbot.core.model.office import Office
from mailbot.core.model.past import past_of
from mailbot.core.sorting.forms_together import unused_lines
from mailbot.reading.lines.lines import read_lines
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook.edits import (
    column_deleted,
    emptied,
    error,
    form_with,
    merged,
    row_deleted,
    typed,
    without,
)
from tests.writing.form.paper import UNIT, asked_of

Targets = dict[int, tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]]
YEAR, QUARTER = "2025", "2026-tw1"
OBSTACLES, FOLLOW_UP, EVIDENCE, REMARK = "Indikator!N8", "Indikator!O8", "Indikator!Q8", "Indikator!R8"
FIGURE, RATIO, SPENT = "Indikator!K8", "Indikator!K9", "Anggaran!E8"
LAST_YEAR = {"K8": 99.12, "K9": 60.15, "K10": 99.10, "K11": 1.1, "K12": 44}
SAME = tuple(typed(f"Indikator!{cell}", value) for cell, value in LAST_YEAR.items())

FOUND: dict[FaultCode, tuple[Callable[[], bytes], str]] = {
    FaultCode.REQUIRED_EMPTY: (form_with(emptied("Indikator!M8")), "Indikator!M8"),
    FaultCode.NOT_A_NUMBER: (form_with(typed(FIGURE, "dua belas")), FIGURE),
    FaultCode.NOT_ITS_WORD: (form_with(typed(FIGURE, "sangat baik")), FIGURE),
    FaultCode.SOURCE_DIFFERS: (form_with(typed("Indikator!P8", "Buku register")), "Indikator!P8"),
    FaultCode.AMBIGUOUS_NUMBER: (form_with(typed(FIGURE, "1.234")), FIGURE),
    FaultCode.WRONG_UNIT: (form_with(typed("Indikator!K12", "52%")), "Indikator!K12"),
    FaultCode.OUT_OF_RANGE: (form_with(typed(FIGURE, 9945)), FIGURE),
    FaultCode.NEGATIVE: (form_with(typed(SPENT, -1)), SPENT),
    FaultCode.FORMULA_WITHOUT_VALUE: (form_with(typed(FIGURE, "=1+1")), FIGURE),
    FaultCode.CELL_ERROR: (form_with(error(FIGURE, "#REF!")), FIGURE),
    FaultCode.DATE_IN_NUMBER: (form_with(typed(FIGURE, 45_000, "dd/mm/yyyy")), FIGURE),
    FaultCode.MERGED_CELL: (form_with(merged("Indikator", "K8:K9")), FIGURE),
    FaultCode.LOCKED_CHANGED: (form_with(typed("Indikator!G8", 90)), "Indikator!G8"),
    FaultCode.ROW_MISSING: (form_with(row_deleted("Indikator", 10)), "Indikator IKU-07"),
    FaultCode.ROW_ADDED: (form_with(typed("Indikator!B13", "IKU-99"), typed("Indikator!K13", 1)), "Indikator!B13"),
    FaultCode.ROW_TWICE: (form_with(typed("Indikator!B13", "IKU-02"), typed("Indikator!K13", 1)), "Indikator!B13"),
    FaultCode.COLUMN_MISSING: (form_with(column_deleted("Indikator", 11)), "Indikator "),
    FaultCode.SHEET_MISSING: (form_with(without("Anggaran")), " "),
    FaultCode.OBSTACLES_REQUIRED: (form_with(typed(FIGURE, 98), emptied(OBSTACLES)), OBSTACLES),
    FaultCode.FOLLOW_UP_REQUIRED: (form_with(typed(FIGURE, 98), emptied(FOLLOW_UP)), FOLLOW_UP),
    FaultCode.ZERO_MISSED: (form_with(typed("Indikator!K11", 1.1), emptied("Indikator!N11")), "Indikator!N11"),
    FaultCode.EXPLANATION_OVER_TARGET: (
        form_with(typed("Indikator!K12", 65), emptied("Indikator!M12", "Indikator!R12")),
        "Indikator!M12",
    ),
    FaultCode.CUMULATIVE_FELL: (form_with(typed("Indikator!K12", 50)), "Indikator!K12"),
    FaultCode.LEVEL_FELL: (form_with(typed(FIGURE, 98.9)), FIGURE),
    FaultCode.NOT_WHOLE: (form_with(typed("Indikator!K12", 51.5)), "Indikator!K12"),
    FaultCode.QUARTER_OVER_YEAR: (form_with(typed("Indikator!K12", 51)), "Indikator!K12"),
    FaultCode.SAME_AS_LAST_QUARTER: (form_with(typed(FIGURE, 99)), FIGURE),
    FaultCode.ALL_SAME_AS_LAST_QUARTER: (form_with(typed(FIGURE, 99), typed("Indikator!K12", 52)), FIGURE),
    FaultCode.SPENT_OVER_BUDGET: (form_with(typed(SPENT, 400_000_000)), SPENT),
    FaultCode.TOTAL_MISMATCH: (form_with(typed("Anggaran!E11", 1)), "Anggaran!E11"),
    FaultCode.TOTAL_OF_PARTS: (form_with(typed(FIGURE, 98)), FIGURE),
    FaultCode.RATIO_MISMATCH: (form_with(typed("Indikator!I9", 50_000)), RATIO),
    FaultCode.RATIO_OUT_OF_RANGE: (form_with(typed("Indikator!I9", 95_000)), "Indikator!J9"),
    FaultCode.DENOMINATOR_ZERO: (form_with(typed("Indikator!J9", 0)), "Indikator!J9"),
    FaultCode.EVIDENCE_MISSING: (form_with(emptied(EVIDENCE)), EVIDENCE),
    FaultCode.EVIDENCE_NOT_ATTACHED: (form_with(), EVIDENCE),
    FaultCode.SAME_AS_LAST_YEAR: (form_with(typed(FIGURE, 99.12)), FIGURE),
    FaultCode.ALL_SAME_AS_LAST_YEAR: (form_with(*SAME), FIGURE),
    FaultCode.JUMP: (form_with(typed("Indikator!K12", 150)), "Indikator!K12"),
    FaultCode.NARRATIVE_COPIED: (form_with(typed(FIGURE, 98), typed(OBSTACLES, "Blangko habis")), OBSTACLES),
    FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT: (form_with(typed(SPENT, 1_000_000)), SPENT),
    FaultCode.EVIDENCE_PERSONAL_DATA: (form_with(), " "),
    FaultCode.PERSONAL_DATA: (form_with(typed(OBSTACLES, "a.n. 3574016408900001")), OBSTACLES),
}
"""For every code a form in which it is found, and where."""

LAST_QUARTER: dict[FaultCode, dict[str, str]] = {
    FaultCode.CUMULATIVE_FELL: {"IKK-12": "52"},
    FaultCode.LEVEL_FELL: {"IKU-02": "99"},
    FaultCode.SAME_AS_LAST_QUARTER: {"IKU-02": "99", "IKK-12": "51"},
    FaultCode.ALL_SAME_AS_LAST_QUARTER: {"IKU-02": "99", "IKK-12": "52"},
}
"""What the last quarter brought, for findings that a quarter alone can have."""

IN_LINES: dict[FaultCode, tuple[str, str]] = {
    FaultCode.LINE_UNREAD: ("IKU-02 kendla: jaringan", "IKU-02"),
    FaultCode.LINE_UNKNOWN_CODE: ("IKU-99: 12", "IKU-99"),
    FaultCode.LINE_OTHER_UNIT: ("IKU-03: 98,2", "IKU-03"),
    FaultCode.LINE_TWICE: ("IKU-02: 99,12\nIKU-02: 98,12", "IKU-02"),
    FaultCode.LINE_NOT_FILLED_IN: ("IKU-02 target: 99", "IKU-02"),
    FaultCode.LINE_UNUSED: ("IKU-02: 12", "IKU-02"),
}
"""For every code of a mail's lines the lines in which it is found, and the indicator."""
OF_A_MAIL = frozenset({FaultCode.FILE_UNUSED, FaultCode.FILE_UNOPENED, FaultCode.FILE_SHORTCUT})
"""Codes of several files in one mail: `tests/stories/test_17_one_mail_one_answer.py` has them."""


@cache
def strict() -> Office:
    """Return the office that also wants the evidence attached."""
    return replace(office(), policy=replace(office().policy, evidence_attached=True))


def changed(code: str, **fields: object) -> Office:
    """Return the office with one indicator changed."""
    rows = (replace(row, **fields) if row.code == code else row for row in strict().indicators)  # type: ignore[arg-type]  # any of its fields
    return replace(strict(), indicators=tuple(rows))


@cache
def office_for(code: FaultCode) -> Office:
    """Return the office in which a finding can be made: most in the strict one."""
    nothing: Targets = dict.fromkeys((2025, 2026), (Decimal(0),) * 4)
    if code is FaultCode.ZERO_MISSED:
        return changed("IKK-09", targets=nothing)
    if code is FaultCode.NOT_ITS_WORD:
        return changed("IKU-02", grades=(("A", Decimal(85)), ("B", Decimal(65))))
    if code is FaultCode.TOTAL_OF_PARTS:
        return changed("IKU-02", total_of=("IKK-12",))
    if code is FaultCode.CUMULATIVE_FELL:
        return changed("IKK-12", aggregation=Aggregation.LAST)
    if code is FaultCode.NARRATIVE_COPIED:
        told = IndicatorAnswer(code="IKU-02", obstacles=Entry(text="Blangko habis"))
        return replace(strict(), past=past_of({Period(year=2024): (FormData(indicators=(told,)),)}))
    if code is FaultCode.QUARTER_OVER_YEAR:
        row = IndicatorAnswer(code="IKK-12", actual=Entry(value=Decimal(52)))
        return replace(strict(), past=past_of({Period(year=2025, quarter=2): (FormData(indicators=(row,)),)}))
    return strict()


def found(content: bytes, cycle: str, whose: Office, **last: str) -> list[tuple[str, str]]:
    """Return code and place of everything found in a form."""
    form = read_form(content, "form.xlsx", known_rows(whose), SECRET)
    filled = Filled(
        data=form.data,
        unit=UNIT,
        period=asked_of(cycle=cycle).period,
        office=whose,
        last={code: Decimal(value) for code, value in last.items()},
        attached=(),
        held=("daftar pemohon.xlsx",),
    )
    return [
        (fault.code.value, f"{fault.sheet}!{fault.cell}" if fault.cell else f"{fault.sheet} {fault.row}")
        for fault in (*form.faults, *check(filled))
    ]


def found_in_lines(words: str) -> list[tuple[FaultCode, str]]:
    """Return code and indicator of everything found in a mail's lines, beside a form in good order."""
    read = read_lines(words, strict())
    assert read is not None
    form = read_form(form_with()(), "form.xlsx", known_rows(strict()), SECRET)
    laid = merge_lines(UnitForm(unit=UNIT), read.form, asked_of().period, strict())
    return [(fault.code, fault.row) for fault in (*laid.faults, *unused_lines(read, form.data))]


@pytest.mark.parametrize(
    "code", [code for code in FaultCode if code not in {*IN_LINES, *OF_A_MAIL}], ids=lambda code: code.value
)
def test_every_fault_there_is_can_be_found(code: FaultCode) -> None:
    """A code without a check would be a promise nobody keeps; a code without a form here fails this test."""
    build, place = FOUND[code]
    last = LAST_QUARTER.get(code, {})
    assert (code.value, place) in found(build(), QUARTER if last else YEAR, office_for(code), **last)


@pytest.mark.parametrize("code", IN_LINES, ids=lambda code: code.value)
def test_every_fault_of_a_line_can_be_found(code: FaultCode) -> None:
    """The same promise for an answer without Excel."""
    words, row = IN_LINES[code]
    assert (code, row) in found_in_lines(words)
