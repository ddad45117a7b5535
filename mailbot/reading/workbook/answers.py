"""A form's tables -> its answers by code, with every fault of reading: rows, columns, locked values (SOP row 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, IndicatorAnswer, Narrative, Severity
from mailbot.core.model.form_layout import CODE, COLUMNS, NARRATIVE_ROWS, SheetName, address, code_key, header_key
from mailbot.reading.numbers import shown
from mailbot.reading.workbook.entries import Cells, cell_text, read_value
from mailbot.reading.workbook.workbook import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.form_stamp import Print
    from mailbot.core.model.office import Office
    from mailbot.reading.workbook.table import Row, Table
    from mailbot.reading.workbook.workbook import Value

_MONEY = "Rupiah"
_RATIO = ("numerator", "denominator")
_ASKED_OF_SOME = frozenset({*_RATIO, "output_actual"})
"""Input columns that are closed in rows that need none."""
_TEXTS = ("enabling_factors", "obstacles", "follow_up", "data_source", "evidence", "remark")
_LOCKED_FIGURES = frozenset({"target", "last", "budget", "output_target"})
_LOCKED = _LOCKED_FIGURES | {"objective", "name", "unit_of_measure", "polarity", "output", "output_unit"}
_WRITTEN = frozenset({Kind.TEXT, Kind.NUMBER})
"""Kinds of cell whose text is what stands in the file: where it is what was sent out, nothing was changed."""
_PERCENT = "Persen"
"""Locked figures typed again as text are read by the rules of this unit: a lone dot is then never a thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRows:
    """What a form without a stamp is read by; one with a stamp says the same of itself."""

    units: dict[str, str]
    """Code of each indicator -> its unit of measure."""
    sources: dict[str, str]
    """Code of each indicator -> the source of its data, as it is printed."""
    budget: tuple[str, ...]
    """Code of each budget line."""
    grades: dict[str, dict[str, str]] = field(default_factory=dict)
    """Code of each indicator whose value is a word -> its words with the number each stands for."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Code of each budget line that has an output -> that output's unit."""
    headers: dict[str, list[str]] = field(default_factory=dict)
    """Field of a column -> the office's own headers for it, as `header_key` gives them."""

    def measure(self, code: str, name: str) -> str:
        """Return the unit of measure by which a figure of a row is read."""
        kinds = {"actual": self.units, "output_actual": self.outputs}
        return _MONEY if name == "spent_idr" else kinds[name].get(code, "") if name in kinds else ""


def known_rows(office: Office) -> KnownRows:
    """Return the rows of an office; no person and no address of it is among them."""
    return KnownRows(
        units={indicator.code: indicator.unit_of_measure for indicator in office.indicators},
        sources={indicator.code: indicator.data_source for indicator in office.indicators},
        budget=tuple(line.code for line in office.budget),
        grades={
            indicator.code: {word: str(score) for word, score in indicator.grades}
            for indicator in office.indicators
            if indicator.grades
        },
        outputs={line.code: line.output_unit for line in office.budget if line.output},
        headers={name: list(map(header_key, written)) for name, written in office.policy.column_names.items()},
    )


def read_indicators(
    table: Table, sent: Print | None, known: KnownRows
) -> tuple[tuple[IndicatorAnswer, ...], list[Fault]]:
    """Return the answers of sheet `Indikator` and what was found while reading them.

    Args:
        table: the table as it stands in the sender's workbook.
        sent: the form as it was sent out, if its stamp holds.
        known: what a form without a stamp is read by.
    """
    cells = Cells(table=table, faults=[])

    def answer(row: Row) -> IndicatorAnswer:
        values = (sent.row(SheetName.INDICATORS, row.code) if sent is not None else None) or {}
        _check_locked(cells, row, values)
        ratio = {name: cells.number(row, name, "") for name in _RATIO if sent is None or name in values}
        if (grades := known.grades.get(row.code)) is not None:
            actual = cells.word_of(row, "actual", grades)
        else:
            actual = cells.number(row, "actual", values.get("unit_of_measure", known.units.get(row.code, "")))
        texts = {name: cells.words(row, name) for name in _TEXTS}
        if not texts["data_source"].cell:
            texts["data_source"] = Entry(text=values.get("data_source", known.sources.get(row.code, "")))
        return IndicatorAnswer(code=row.code, actual=actual, **ratio, **texts)

    codes = tuple(known.units) if sent is None else sent.codes(SheetName.INDICATORS)
    answers = tuple(answer(row) for row in _rows_of(cells, codes))
    _check_columns(cells, sent)
    _check_rows(cells, sent, {row_answer.code for row_answer in answers})
    return answers, cells.faults


def read_budget(table: Table, sent: Print | None, known: KnownRows) -> tuple[tuple[BudgetAnswer, ...], list[Fault]]:
    """Return the answers of sheet `Anggaran` and what was found while reading them; arguments as `read_indicators`."""
    cells = Cells(table=table, faults=[])
    codes = known.budget if sent is None else sent.codes(SheetName.BUDGET)

    def answer(row: Row) -> BudgetAnswer:
        values = (sent.row(SheetName.BUDGET, row.code) if sent is not None else None) or {}
        _check_locked(cells, row, values)
        asked = row.code in known.outputs if sent is None else "output_actual" in values
        made = cells.number(row, "output_actual", known.measure(row.code, "output_actual")) if asked else Entry()
        return BudgetAnswer(
            code=row.code,
            spent_idr=cells.number(row, "spent_idr", _MONEY),
            output_actual=made,
            note=cells.words(row, "note"),
        )

    rows = _rows_of(cells, codes)
    answers = tuple(answer(row) for row in rows)
    _check_columns(cells, sent)
    _check_rows(cells, sent, {row_answer.code for row_answer in answers})
    _check_sums(cells, {row.number: row_answer.spent_idr for row, row_answer in zip(rows, answers, strict=True)})
    return answers, cells.faults


def read_narrative(table: Table) -> tuple[Narrative, str, list[Fault]]:
    """Return sheet `Narasi`, who filled in the form, and what was found while reading."""
    cells = Cells(table=table, faults=[])
    told_rows = {NARRATIVE_ROWS[row.code]: cells.words(row, "answer") for row in _narrative_rows(table)}
    filled_by = told_rows.pop("filled_by", Entry()).text
    return Narrative(**told_rows), filled_by, cells.faults


def _narrative_rows(table: Table) -> Iterable[Row]:
    """Return the first row of each code of the narrative."""
    codes = {code_key(code): code for code in NARRATIVE_ROWS}
    rows: dict[str, Row] = {}
    for row in table.rows(codes):
        if row.code:
            rows.setdefault(row.code, row)
    return rows.values()


def _rows_of(cells: Cells, codes: tuple[str, ...]) -> list[Row]:
    """Return one row for each of our codes; rows without one, and codes that stand twice, are named."""
    table = cells.table
    chosen: dict[str, Row] = {}
    for row in table.rows({code_key(code): code for code in codes}):
        if not row.code:
            cells.tell(FaultCode.ROW_ADDED, row, CODE, given=row.written or address(row.number, table.columns[CODE]))
        elif row.code not in chosen or _is_empty(table, chosen[row.code]):
            chosen[row.code] = row
        elif not _is_empty(table, row):
            first = table.place(chosen[row.code].number, CODE) or (0, 1)
            cells.tell(FaultCode.ROW_TWICE, row, CODE, given=row.written, other=address(*first))
    return list(chosen.values())


def _is_empty(table: Table, row: Row) -> bool:
    """Say whether nothing was filled in in a row (the data source is filled in by us)."""
    filled = [column.field for column in COLUMNS[table.sheet] if column.filled and column.field != "data_source"]
    return all(table.grid.value(row.number, table.columns[name]) is None for name in filled if name in table.columns)


def _check_locked(cells: Cells, row: Row, values: dict[str, str]) -> None:
    """Name every locked value that is not what was sent out; a merged cell counts as what stands in its first cell."""
    grid = cells.table.grid
    for name, sent in values.items():
        place = cells.table.place(row.number, name) if name in _LOCKED else None
        if place is None:
            continue
        value = grid.value(*place)
        if value is not None and value.text == sent and value.kind in _WRITTEN:
            continue
        if value is None and (merge := grid.merge_at(*place)) is not None:
            value = grid.value(merge.first_row, merge.first_column)
        figure = name in _LOCKED_FIGURES and (not sent or _decimal(sent) is not None)
        if not (_same_figure(value, sent) if figure else _same_text(cell_text(value), sent)):
            number = _decimal(sent) if figure else None
            cells.tell(
                FaultCode.LOCKED_CHANGED,
                row,
                name,
                given=cell_text(value),
                expected=sent,
                proposal=sent if number is None else shown(number),
            )


def _check_columns(cells: Cells, sent: Print | None) -> None:
    """Name every column that is gone: an input column is a fault, a locked one of our own form only a note."""
    table = cells.table
    values = sent.values.values() if sent is not None else ()
    opened = {name for row in values for name in row if name in _ASKED_OF_SOME}
    for column in COLUMNS[table.sheet]:
        if column.field in table.columns:
            continue
        wanted = not column.optional or column.field in opened
        locked = not (column.filled or column.field == CODE) or column.field == "data_source"
        if column.field in table.doubtful or (wanted and not (locked and sent is None)):
            cells.faults.append(
                Fault(
                    code=FaultCode.COLUMN_MISSING,
                    severity=Severity.NOTE if locked else Severity.FAULT,
                    sheet=table.grid.name,
                    column=column.header,
                    expected=column.header,
                )
            )


def _check_rows(cells: Cells, sent: Print | None, answered: set[str]) -> None:
    """Name every row that was sent out and did not come back."""
    if sent is None or CODE not in cells.table.columns:
        return
    sheet = cells.table.sheet
    for code in sent.codes(sheet):
        if code not in answered:
            name = (sent.row(sheet, code) or {}).get("name", "")
            cells.faults.append(Fault(code=FaultCode.ROW_MISSING, sheet=cells.table.grid.name, row=code, expected=name))


def _check_sums(cells: Cells, parts: dict[int, Entry]) -> None:
    """Name every sum typed by hand that is not what its parts come to; what a formula gave is computed anew anyhow.

    A sum is that of all lines above it, or of the lines since the sum before it. Lines still open make no sum wrong.
    """
    above = 0
    for row in cells.table.sums("spent_idr"):
        place = cells.table.place(row.number, "spent_idr")
        value = cells.table.grid.value(*place) if place is not None else None
        lines = [entry for number, entry in parts.items() if number < row.number]
        since = [entry for number, entry in parts.items() if above < number < row.number]
        above = row.number
        if value is None or value.computed or row.number in parts or any(map(_open, lines)) or not lines:
            continue
        given = read_value(value, _MONEY).value
        every, own = (sum((entry.value or Decimal(0) for entry in part), Decimal(0)) for part in (lines, since))
        if given is not None and given not in {every, own}:
            cells.tell(
                FaultCode.TOTAL_MISMATCH,
                row,
                "spent_idr",
                given=shown(given),
                expected=f"{every:f}",
                proposal=shown(every),
            )


def _open(entry: Entry) -> bool:
    """Say whether a line has no figure yet."""
    return entry.value is None and not entry.nil


def _decimal(text: str) -> Decimal | None:
    """Return a number as the stamp writes it, or None."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _same_figure(value: Value | None, sent: str) -> bool:
    """Say whether a locked cell still holds the figure that was sent out, however it is written."""
    if value is None:
        return not sent
    reading = read_value(value, _PERCENT)
    return _decimal(sent) in (reading.value, *reading.readings) or not (sent or cell_text(value))


def _same_text(given: str, sent: str) -> bool:
    """Say whether a locked cell still holds the words that were sent out."""
    return given == sent or _folded(given) == _folded(sent)


def _folded(text: str) -> str:
    """Return a text as locked texts are compared: without case, and blanks single."""
    return " ".join(text.casefold().split())
