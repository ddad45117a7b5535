"""Rows <-> the core's values: a field and the column of its name hold the same; what is no plain value is JSON text.

The text is canonical: sorted keys, no blanks, ASCII (so a NUL or a lone surrogate survives), decimals as strings, times
in UTC, and a field that holds its default left out. A field that the core gains and the tables lack makes every write
fail, and the round-trip test name it: nothing is lost in silence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar, cast, get_type_hints

from pydantic import ConfigDict, PlainValidator, TypeAdapter

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.delivery import Delivery, HardCopy, Publication, ToldNumber, UnprovedReceipt
from mailbot.core.draft.versions import Draft, SeenDraft, WaitingDraft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, Verdict, WaitingForm, WaitingLines
from mailbot.core.model.form import Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.mail import Evidence, Proof
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening.opening_facts import Cancelled
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature
from mailbot.core.papers.kept import KeptPaper
from mailbot.core.recall.deputies import Deputy
from mailbot.core.recall.orders import Order, Standing
from mailbot.core.remarks.listed import ListedRemark, RemarkAnswer
from mailbot.core.remarks.remark import Remark, RemarkSource
from mailbot.core.rollup.summary import CycleSummary, IndicatorSummary
from mailbot.ledger.columns import Table, table_of
from mailbot.ledger.tables import DraftRow, SubmissionRow, UnitFormRow, VerdictRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row

T = TypeVar("T")
# The core imports the names of its hints for the type checker alone; at run time they are given from here.
_NAMES: dict[str, Any] = {
    known.__name__: known
    for known in (
        *(date, datetime, Decimal, Delivery, Deputy, Draft, Order, Standing, UnitState, Evidence, Period, Proof, Step),
        Cancelled,
        *(KeptPaper, PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature),
        *(Awaited, HardCopy, Publication, ToldNumber, UnprovedReceipt),
        *(ListedRemark, Remark, RemarkAnswer, RemarkSource),
        CycleSummary,
        IndicatorSummary,
        Role,
        *(SeenDraft, Submission, UnitForm, Verdict, WaitingDraft, WaitingForm, WaitingLines),
    )
}
# In JSON text, times and decimals are read by their own types: pydantic would bring a time zone of its own.
_NAMES_IN_TEXT = _NAMES | {
    "date": Annotated[date, PlainValidator(date.fromisoformat)],
    "datetime": Annotated[datetime, PlainValidator(datetime.fromisoformat)],
    "Decimal": Annotated[Decimal, PlainValidator(Decimal)],
}


def dump(hint: type[T], value: T) -> str:
    """Return a value of type `hint` as canonical JSON text.

    Raises:
        TypeError: something in it is of a kind no core value has used so far.
    """
    packed = _adapter(cast("Hashable", hint)).dump_python(value, exclude_defaults=True)
    return json.dumps(packed, default=_plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def load(hint: type[T], text: str) -> T:
    """Return the value of type `hint` that `dump` made the text from; a field it does not know is refused."""
    return cast("T", _adapter(cast("Hashable", hint)).validate_python(json.loads(text)))


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type hint may be anything
    """Return what reads and writes values of that type; it is put together once."""
    # A dataclass by itself would not take our settings; one that may be missing hands them down to all below it.
    config = ConfigDict(extra="forbid", defer_build=True)
    adapter: TypeAdapter[Any] = TypeAdapter(Optional[hint], config=config)  # noqa: UP045 - of a value
    adapter.rebuild(_types_namespace=_NAMES_IN_TEXT)
    return adapter


def _plain(value: object) -> str:
    """Return what JSON has no word for: a decimal to its last zero, a time in UTC, a day."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"No writing is known for {type(value).__name__}")


PrimaryKey = tuple[str | int, ...]
Part = Submission | Draft | Verdict | tuple[int, UnitForm]

_PLAIN = (str, int, bool)
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


@cache
def primary_key(table: type[Table]) -> tuple[str, ...]:
    """Return the names of a table's primary key, in order."""
    return tuple(column.name for column in table_of(table).primary_key)


def cycle_of(
    row: Row[Any],
    forms: Iterable[Row[Any]],
    submissions: Mapping[str, tuple[Submission, ...]],
    draft: Row[Any] | None,
    verdicts: Iterable[Row[Any]],
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


def submission_of(row: Row[Any]) -> Submission:
    """Return one submission."""
    return _value(Submission, row, number=row.number)


@cache
def _columns(kind: type) -> dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]:
    """Return the fields of a core dataclass that are columns, each with how it becomes a cell, and a value again."""
    hints = get_type_hints(kind, localns=_NAMES)
    return {name: _ways(hint) for name, hint in hints.items() if name not in _NOT_COLUMNS[kind]}


def _ways(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:  # noqa: ANN401 - a type hint may be anything
    """Return the way of a field's value into its column and back: as it is where it is plain, else as JSON text."""
    if hint in _PLAIN:
        return _same, _same
    if hint in {datetime, Optional[datetime]}:  # noqa: UP045 - of values
        return (lambda moment: moment and moment.astimezone(UTC)), _same
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return (lambda value: value.value), hint
    return (
        lambda value: None if value is None else dump(hint, value),
        lambda cell: None if cell is None else load(hint, cell),
    )


def _same(cell: Any) -> Any:  # noqa: ANN401 - text, numbers, truth and times are the same on both sides
    """Return it as it is."""
    return cell


def _cells(value: Cycle | UnitForm | Submission | Draft | Verdict) -> dict[str, Any]:
    """Return the fields of a value that are columns, as cells."""
    return {name: written(getattr(value, name)) for name, (written, _) in _columns(cast("Any", type(value))).items()}


def _value(kind: type[T], row: Row[Any], **given: object) -> T:
    """Make a core value from the columns of a row and from what is given beside it."""
    columns = {name: read(getattr(row, name)) for name, (_, read) in _columns(cast("Hashable", kind)).items()}
    return kind(**columns, **given)
