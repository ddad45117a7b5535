"""The form isian: one workbook for one unit and cycle, pre-filled, stamped, ready to be filled in (SOP row 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form import FormData
from mailbot.core.model.form_layout import NARRATIVE_ROWS, TEMPLATE_VERSION, SheetName, address
from mailbot.core.model.form_stamp import MARK, Print, sign
from mailbot.writing.form import budget_sheet, indicator_sheet
from mailbot.writing.form.guide_sheet import NARRATIVE_PLACES, guide_sheet, narrative_sheet
from mailbot.writing.form.sheet_frame import FIRST_ROW, NIL, Paper
from mailbot.writing.form.workbook_model import Book, Cell, Sheet
from mailbot.writing.form.xlsx_package import book_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.model.form import Asked
    from mailbot.core.model.office import Office
    from mailbot.writing.words.form_words import FormWords

_SOURCES_COLUMN, _PEOPLE_COLUMN, _FIRST_GRADES_COLUMN = 4, 5, 6
"""Columns of the stamp sheet that hold the drop-downs' choices; each indicator whose value is a word has its own."""

Places = dict[tuple[SheetName, str, str], str]
"""Sheet, code of the row, field -> the cell's A1 reference."""


def write_form(office: Office, asked: Asked, words: FormWords, secret: bytes) -> bytes:
    """Return the pre-filled XLSX form of one unit and cycle; the same state gives the same bytes.

    Args:
        office: whose form it is; targets, budgets and people come from here.
        asked: the unit's questions in this cycle.
        words: everything the form says.
        secret: the key of the stamp's HMAC.

    Raises:
        KeyError: `asked` names a unit, an indicator or a budget line the office does not have.
        TemplateProblem: a text is missing in `form.yaml`.
    """
    return fill_form(office, asked, FormData(), words, secret)


def fill_form(office: Office, asked: Asked, data: FormData, words: FormWords, secret: bytes) -> bytes:
    """Return the form filled with `data`: what a mail's lines came to, for the unit to confirm.

    Raises:
        KeyError, TemplateProblem: as `write_form`.
    """
    return book_bytes(form_book(Paper(office=office, asked=asked, words=words, data=data), secret))


def form_book(paper: Paper, secret: bytes) -> Book:
    """Return the form as a workbook of values, before it is turned into bytes."""
    office, words = paper.office, paper.words
    sources = sorted({indicator.data_source for indicator in office.indicators if indicator.data_source})
    people, grades = _people(paper), _grades(paper)
    choices = {code: _range(column, len(words_of)) for code, (column, words_of) in grades.items()}
    sheets = (
        guide_sheet(paper),
        indicator_sheet.indicator_sheet(paper, _range(_SOURCES_COLUMN, len(sources)), choices),
        budget_sheet.budget_sheet(paper),
        narrative_sheet(paper, _range(_PEOPLE_COLUMN, len(people)) if people else ""),
        _stamp_sheet(paper, secret, ((_SOURCES_COLUMN, sources), (_PEOPLE_COLUMN, people), *grades.values())),
    )
    return Book(
        sheets=sheets,
        opens_on=_front(paper).value,
        title=words.text("file_title", unit=paper.unit_name, period=paper.period),
        creator=office.letterhead.agency_name,
    )


def form_places(asked: Asked) -> Places:
    """Return where each value of a form stands."""
    places: Places = {}
    for row, code in enumerate(asked.indicators, FIRST_ROW):
        for field, column in indicator_sheet.PLACES.items():
            places[SheetName.INDICATORS, code, field] = address(row, column)
    for row, code in enumerate(asked.budget, FIRST_ROW):
        for field, column in budget_sheet.PLACES.items():
            places[SheetName.BUDGET, code, field] = address(row, column)
    for row, code in enumerate(NARRATIVE_ROWS, FIRST_ROW):
        for field, column in NARRATIVE_PLACES.items():
            places[SheetName.NARRATIVE, code, field] = address(row, column)
    return places


def _front(paper: Paper) -> SheetName:
    """Return the sheet the form opens on: the first that has something to fill in."""
    if paper.indicators:
        return SheetName.INDICATORS
    return SheetName.BUDGET if paper.budget else SheetName.NARRATIVE


def _people(paper: Paper) -> list[str]:
    """Return the unit's people on the day of the deadline, as they may be chosen from a list."""
    day = paper.office.calendar.local(paper.asked.due_at).date()
    return [
        person.title if person.name == person.title else f"{person.name}, {person.title}"
        for person in paper.office.roster.people
        if person.unit == paper.asked.unit and person.in_office(day)
    ]


def _grades(paper: Paper) -> dict[str, tuple[int, list[str]]]:
    """Return, for each indicator whose value is a word, the column of its choices and the choices, NIHIL last."""
    worded = [indicator for indicator in paper.indicators if indicator.grades]
    return {
        indicator.code: (column, [*(word for word, _ in indicator.grades), NIL])
        for column, indicator in enumerate(worded, _FIRST_GRADES_COLUMN)
    }


def _range(column: int, count: int) -> str:
    """Return a column of choices on the stamp sheet as a validation's formula."""
    letter = address(1, column).rstrip("0123456789")
    return f"{SheetName.STAMP.value}!${letter}$1:${letter}${max(count, 1)}"


def _stamp_sheet(paper: Paper, secret: bytes, lists: Sequence[tuple[int, list[str]]]) -> Sheet:
    """Return the very hidden sheet: the stamp, what the form held when it was sent out, and the drop-downs' choices."""
    asked = paper.asked
    values = {
        f"{SheetName.INDICATORS.value}/{indicator.code}": indicator_sheet.sent_values(paper, indicator)
        for indicator in paper.indicators
    }
    values |= {f"{SheetName.BUDGET.value}/{line.code}": budget_sheet.sent_values(paper, line) for line in paper.budget}
    lines = Print(cycle=asked.cycle, unit=asked.unit, version=TEMPLATE_VERSION, values=values).lines()
    version = str(TEMPLATE_VERSION)
    signature = sign(secret, asked.cycle, asked.unit, version, lines)
    rows = ((MARK, version), ("cycle", asked.cycle), ("unit", asked.unit), ("signature", signature), *lines)
    cells = {(row, column): Cell(value=text) for row, pair in enumerate(rows, 1) for column, text in enumerate(pair, 1)}
    for column, choices in lists:
        cells |= {(row, column): Cell(value=choice) for row, choice in enumerate(choices, 1)}
    return Sheet(name=SheetName.STAMP.value, cells=cells, very_hidden=True)
