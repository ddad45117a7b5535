"""One cell of a form's table -> an entry with where it stands, and the fault if it cannot be read (SOP row 4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, assert_never

from mailbot.core.language.plain_line import plain
from mailbot.core.model.form import Entry, Fault, FaultCode
from mailbot.core.model.form_layout import COLUMNS, address
from mailbot.reading.numbers import (
    BLANK,
    Reading,
    exact,
    read_bare_cell,
    read_number,
    read_percent_cell,
    shown,
)
from mailbot.reading.workbook.workbook import Kind, Merge, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.reading.workbook.table import Row, Table

_HUNDRED = 100
_TEXT = Kind.TEXT
_FIGURES = frozenset({Kind.NUMBER, Kind.BARE, Kind.PERCENT})
_NAMED = {Kind.ERROR: FaultCode.CELL_ERROR, Kind.UNCOMPUTED: FaultCode.FORMULA_WITHOUT_VALUE}
"""What a cell of words may hold instead, and how it is named."""
NIL = "NIHIL"
_NIL = NIL.casefold()


@dataclass(slots=True, kw_only=True)
class Cells:
    """The cells of one table; faults gather here as cells are read."""

    table: Table
    faults: list[Fault]

    def number(self, row: Row, name: str, unit_of_measure: str) -> Entry:
        """Return a cell where one number is expected."""
        place = self.table.place(row.number, name)
        if place is None:
            return Entry()
        value = self._unmerged(row, name, place)
        reading = BLANK if value is None else read_value(value, unit_of_measure)
        spot = {"sheet": self.table.grid.name, "cell": address(*place)}
        text = entry_text(value, reading)
        if reading.fault is not None:
            low, high = reading.readings or (None, None)
            wanted = unit_of_measure if reading.fault is FaultCode.WRONG_UNIT else ""
            self.tell(
                reading.fault,
                row,
                name,
                given=text,
                expected=wanted if low is None else f"{low:f}",
                other="" if high is None else f"{high:f}",
                proposal=reading.proposal,
            )
        return Entry(value=reading.value, nil=reading.nil, text=text, **spot)

    def word_of(self, row: Row, name: str, grades: Mapping[str, str]) -> Entry:
        """Return a cell where one of an indicator's own words is expected, as the number that it stands for.

        That number is taken for its word, too; any other one is none.
        """
        place = self.table.place(row.number, name)
        if place is None:
            return Entry()
        text = cell_text(self._unmerged(row, name, place))
        sheet, cell = self.table.grid.name, address(*place)
        if not text or text.casefold().strip(" .") == _NIL:
            return Entry(text=text, nil=bool(text), sheet=sheet, cell=cell)
        meant = {plain(word): word for word in grades} | {shown(Decimal(score)): word for word, score in grades.items()}
        word = meant.get(plain(text)) or meant.get(text)
        if word is None:
            near = get_close_matches(plain(text), [plain(one) for one in grades], n=1, cutoff=0.5)
            self.tell(
                FaultCode.NOT_ITS_WORD,
                row,
                name,
                given=text,
                expected=", ".join(grades),
                proposal=meant[near[0]] if near else "",
            )
            return Entry(text=text, sheet=sheet, cell=cell)
        return Entry(value=Decimal(grades[word]), text=word, sheet=sheet, cell=cell)

    def words(self, row: Row, name: str) -> Entry:
        """Return a cell where somebody writes in words."""
        place = self.table.place(row.number, name)
        if place is None:
            return Entry()
        value = self._unmerged(row, name, place)
        text = cell_text(value)
        if value is not None and value.kind is not _TEXT and value.kind in _NAMED:
            self.tell(_NAMED[value.kind], row, name, given=value.text)
        nil = text.strip(" .").casefold() == _NIL
        return Entry(text=text, nil=nil, sheet=self.table.grid.name, cell=address(*place))

    def tell(  # noqa: PLR0913 - a finding has this many parts
        self,
        code: FaultCode,
        row: Row,
        name: str,
        *,
        given: str = "",
        expected: str = "",
        other: str = "",
        proposal: str = "",
    ) -> None:
        """Keep a finding at a cell of the table."""
        place = self.table.place(row.number, name)
        headers = {column.field: column.header for column in COLUMNS[self.table.sheet]}
        self.faults.append(
            Fault(
                code=code,
                sheet=self.table.grid.name,
                cell="" if place is None else address(*place),
                row=row.code or row.written,
                column=headers.get(name, ""),
                given=given,
                expected=expected,
                other=other,
                proposal=proposal,
            )
        )

    def _unmerged(self, row: Row, name: str, place: tuple[int, int]) -> Value | None:
        """Return what an input cell holds; a merged one is named, once, at the first input cell it swallows."""
        merge = self.table.grid.merge_at(*place)
        if merge is not None and self._is_new(merge):
            self.tell(FaultCode.MERGED_CELL, row, name, given=str(merge))
        return self.table.grid.value(*place)

    def _is_new(self, merge: Merge) -> bool:
        """Say whether a merged range has not been named yet."""
        return not any(
            fault.code is FaultCode.MERGED_CELL and fault.given == str(merge) and fault.sheet == self.table.grid.name
            for fault in self.faults
        )


def read_value(value: Value, unit_of_measure: str) -> Reading:
    """Return what a cell comes to as a number."""
    match value.kind:
        case Kind.NUMBER:
            return read_number(value.number, unit_of_measure)
        case Kind.PERCENT:
            return read_percent_cell(value.number, unit_of_measure)
        case Kind.BARE:
            return read_bare_cell(value.number, unit_of_measure)
        case Kind.TEXT:
            return read_number(value.text, unit_of_measure)
        case Kind.TRUTH:
            return Reading(fault=FaultCode.NOT_A_NUMBER)
        case Kind.DATE:
            return Reading(fault=FaultCode.DATE_IN_NUMBER)
        case Kind.ERROR:
            return Reading(fault=FaultCode.CELL_ERROR)
        case Kind.UNCOMPUTED:
            return Reading(fault=FaultCode.FORMULA_WITHOUT_VALUE)
    assert_never(value.kind)


def cell_text(value: Value | None) -> str:
    """Return a cell's content as a person sees it, numbers the Indonesian way."""
    if value is None:
        return ""
    # Most cells of a form hold words; a set of kinds would cost more than all the rest of this.
    if value.kind is _TEXT or value.kind not in _FIGURES:
        return value.text.strip()
    share = value.kind is Kind.PERCENT
    number = exact(value.number * _HUNDRED if share else value.number)
    return value.text if number is None else shown(number) + ("%" if share else "")


def entry_text(value: Value | None, reading: Reading) -> str:
    """Return the text of an entry: a number as read, anything else as it stands in the cell."""
    if value is not None and value.kind is not _TEXT and reading.value is not None:
        return shown(reading.value)
    return cell_text(value)
