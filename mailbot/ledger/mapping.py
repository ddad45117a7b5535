"""Rows <-> the core's values: a field and the column of its name hold the same; what is no plain value is JSON text.

A field that the core gains and the tables lack makes every write fail, and the round-trip test name it: nothing is lost
in silence.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mailbot.core.model.calendar import Period
from mailbot.core.model.cycle import Cycle, Draft, UnitForm, Verdict
from mailbot.core.model.form import Submission
from mailbot.ledger.packing import dump, hints, load
from mailbot.ledger.tables import CycleRow, DraftRow, SubmissionRow, Table, UnitFormRow, VerdictRow

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

T = TypeVar("T")
PrimaryKey = tuple[str | int, ...]
Part = Submission | Draft | Verdict | tuple[int, UnitForm]

PARTS: tuple[type[Table], ...] = (UnitFormRow, SubmissionRow, DraftRow, VerdictRow)
"""The tables below `cycle`, each after the one it refers to."""

_NOT_COLUMNS = {
    Cycle: frozenset({"period", "version", "units", "draft", "verdicts"}),
    UnitForm: frozenset({"unit", "submissions"}),
    Submission: frozenset({"number"}),
    Draft: frozenset({"version"}),
    Verdict: frozenset[str](),
}
"""Fields that are a key, a table of their own, or spelled in other columns."""


def cycle_row(cycle: Cycle, version: int) -> dict[str, Any]:
    """Return the row of a cycle without its parts, as of that version."""
    return {
        **_cells(cycle),
        "year": cycle.period.year,
        "quarter": cycle.period.quarter,
        "version": version,
        "draft_version": cycle.draft.version if cycle.draft else None,
    }


Parts = dict[type[Table], dict[PrimaryKey, Part]]


def different_parts(before: Cycle | None, after: Cycle) -> tuple[Parts, Parts]:
    """Return what lies below a cycle before and after, by table and primary key, as values to be compared.

    A unit that is the very same value in the same place is left out of both, so that what one form costs does not grow
    with the number of units.
    """
    former = before.units if before is not None else ()
    same = {place for place, (old, new) in enumerate(zip(former, after.units, strict=False)) if old is new}
    return _parts(before, same) if before is not None else {table: {} for table in PARTS}, _parts(after, same)


def _parts(cycle: Cycle, left_out: set[int]) -> Parts:
    """Return everything below a cycle but the units at these places."""
    found: Parts = {table: {} for table in PARTS}
    for place, form in enumerate(cycle.units):
        if place in left_out:
            continue
        found[UnitFormRow][cycle.key, form.unit] = (place, replace(form, submissions=()))
        for submission in form.submissions:
            found[SubmissionRow][cycle.key, form.unit, submission.number] = submission
    if cycle.draft:
        found[DraftRow][cycle.key, cycle.draft.version] = cycle.draft
    for place, verdict in enumerate(cycle.verdicts):
        found[VerdictRow][cycle.key, place] = verdict
    return found


def part_row(table: type[Table], key: PrimaryKey, part: Part) -> dict[str, Any]:
    """Return the row of one part of a cycle."""
    names = primary_key(table)
    if isinstance(part, tuple):
        place, form = part
        return {**dict(zip(names, key, strict=True)), "place": place, **_cells(form)}
    return {**dict(zip(names, key, strict=True)), **_cells(part)}


def primary_key(table: type[Table]) -> tuple[str, ...]:
    """Return the names of a table's primary key, in order."""
    return tuple(column.name for column in Table.metadata.tables[str(table.__tablename__)].primary_key)


def cycle_of(
    row: CycleRow,
    forms: Iterable[UnitFormRow],
    submissions: Mapping[str, tuple[Submission, ...]],
    draft: DraftRow | None,
    verdicts: Iterable[VerdictRow],
) -> Cycle:
    """Put a cycle together from its rows.

    Args:
        row: the cycle's own.
        forms: its units in the order of `place`.
        submissions: what came from each unit, by the unit's key.
        draft: the current version, if there is one.
        verdicts: in the order of `place`.
    """
    return _value(
        Cycle,
        row,
        period=Period(year=row.year, quarter=row.quarter),
        version=row.version,
        units=tuple(
            _value(UnitForm, form, unit=form.unit, submissions=submissions.get(form.unit, ())) for form in forms
        ),
        draft=_value(Draft, draft, version=draft.version) if draft else None,
        verdicts=tuple(_value(Verdict, verdict) for verdict in verdicts),
    )


def submission_of(row: SubmissionRow) -> Submission:
    """Return one submission."""
    return _value(Submission, row, number=row.number)


def _cells(value: Cycle | UnitForm | Submission | Draft | Verdict) -> dict[str, Any]:
    """Return the fields of a value that are columns, as cells."""
    kind = type(value)
    return {
        field.name: _cell(getattr(value, field.name)) for field in fields(value) if field.name not in _NOT_COLUMNS[kind]
    }


def _cell(value: object) -> object:
    """Return what stands in the column: a plain value as it is, anything else as JSON text."""
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC)
        case None | bool() | int() | str():
            return value
        case _:
            return dump(value)


def _value(kind: type[T], row: Table, **given: object) -> T:
    """Make a core value from the columns of a row and from what is given beside it."""
    columns = {
        name: _field(hint, getattr(row, name))
        for name, hint in hints(cast("Hashable", kind)).items()
        if name not in _NOT_COLUMNS[kind]
    }
    return kind(**columns, **given)


def _field(hint: Any, cell: Any) -> Any:  # noqa: ANN401 - a cell is of its column's type
    """Return the field's value from its column."""
    if cell is None or hint in {str, int, bool}:
        return cell
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(cell)
    return cell if isinstance(cell, datetime) else load(hint, cell)
