"""What every sheet of a form is drawn from: the unit's questions, the words, and the looks of its cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry, FormData
from mailbot.writing.form.workbook_model import Cell, Fill, Ink, Style, text_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.form import Asked, BudgetAnswer, IndicatorAnswer
    from mailbot.core.model.indicators import BudgetLine, Indicator
    from mailbot.core.model.office import Office
    from mailbot.writing.words.form_words import FormWords

HEADER_ROW = 7
FIRST_ROW = HEADER_ROW + 1
MARGIN_COLUMN = 1
"""A narrow column left of every table, where a returned form carries its marks."""
FIRST_COLUMN = 2
MARGIN_WIDTH = 3.0
NIL = "NIHIL"

TITLE = Style(size=13, bold=True)
STRONG = Style(bold=True)
PLAIN = Style()
SMALL = Style(size=10, ink=Ink.GREY)
LABEL = replace(SMALL, size=9, indent=1)
HEADER = Style(bold=True, ink=Ink.WHITE, fill=Fill.HEADER, border=True, align="center", wrap=True)
REQUIRED_HEADER = replace(HEADER, fill=Fill.REQUIRED)
LOCKED = Style(size=9, fill=Fill.LOCKED, border=True, wrap=True, top=True, indent=1)
CODE = replace(LOCKED, bold=True)
CLOSED = Style(fill=Fill.LOCKED, border=True)
INPUT = Style(fill=Fill.INPUT, border=True, wrap=True, top=True, locked=False, indent=1)
COMPUTED = Style(italic=True, ink=Ink.GREY, border=True, align="right", indent=1, top=True, number_format="#,##0.00")
MARGIN = Style(bold=True, align="center", top=True)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One unit's form in one cycle; `data` is what it is filled with (nothing, for the form that is sent out)."""

    office: Office
    asked: Asked
    words: FormWords
    data: FormData = field(default_factory=FormData)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators asked, in the order asked."""
        return tuple(self.office.indicator(code) for code in self.asked.indicators)

    @cached_property
    def budget(self) -> tuple[BudgetLine, ...]:
        """Return the budget lines asked, in the order asked."""
        return tuple(self.office.budget_line(code) for code in self.asked.budget)

    @cached_property
    def answers(self) -> Mapping[str, IndicatorAnswer]:
        """Return what each indicator is filled with, by code."""
        return {answer.code: answer for answer in self.data.indicators}

    @cached_property
    def spendings(self) -> Mapping[str, BudgetAnswer]:
        """Return what each budget line is filled with, by code."""
        return {answer.code: answer for answer in self.data.budget}

    @cached_property
    def unit_name(self) -> str:
        """Return the unit's name as printed."""
        return self.office.roster.unit(self.asked.unit).name

    @cached_property
    def period(self) -> str:
        """Return the period as printed."""
        return self.words.phrases.period(self.asked.period)

    @cached_property
    def due(self) -> str:
        """Return the deadline with its weekday, as printed; an estimate says so."""
        return self.words.phrases.deadline(self.asked.due_at, self.asked.asked_at or self.asked.due_at)

    @cached_property
    def line_due(self) -> str:
        """Return the same in fewer words, for the line above a table: the legend stands beside it."""
        return self.words.phrases.line_deadline(self.asked.due_at, self.asked.asked_at or self.asked.due_at)

    @cached_property
    def footer(self) -> tuple[str, str]:
        """Return the left and the middle of the printed footer."""
        return (self.unit_name, self.period)

    @cached_property
    def page_words(self) -> str:
        """Return the right of the printed footer."""
        return self.words.text("page", page="{page}", pages="{pages}")


def number_format(decimals: int) -> str:
    """Return the number format with thousands and that many decimals."""
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def figures(style: Style, decimals: int) -> Style:
    """Return a style for numbers of that many decimals; only where somebody may type words do the lines wrap."""
    return replace(style, align="right", wrap=not style.locked, number_format=number_format(decimals))


def head(paper: Paper) -> dict[tuple[int, int], Cell]:
    """Return the lines above a table: office, title, unit and period, deadline, whom to ask."""
    words, kop = paper.words, paper.office.letterhead
    lines = (
        (f"{kop.government} – {kop.agency}", STRONG),
        (words.text("title"), TITLE),
        (words.text("head.unit", unit=paper.unit_name), STRONG),
        (
            words.text("head.period", period=paper.period) + "   |   " + words.text("head.due", due=paper.line_due),
            STRONG,
        ),
        (words.text("head.contact", contact=kop.contact), SMALL),
    )
    return {(row, FIRST_COLUMN): Cell(value=text, style=style) for row, (text, style) in enumerate(lines, 1)}


def squares(paper: Paper, row: int, column: int) -> dict[tuple[int, int], Cell]:
    """Return the legend: three squares one below the other, each with its meaning to the right."""
    words = paper.words
    sample = Cell(value=words.text("legend.computed_sample"), style=replace(COMPUTED, align="center", indent=0))
    boxes = (
        (Cell(style=replace(INPUT, locked=True)), words.text("legend.filled")),
        (Cell(style=CLOSED), words.text("legend.locked")),
        (sample, words.text("legend.computed")),
    )
    cells: dict[tuple[int, int], Cell] = {}
    for offset, (box, meaning) in enumerate(boxes):
        cells[row + offset, column] = box
        cells[row + offset, column + 1] = Cell(value=meaning, style=LABEL)
    return cells


def filled(entry: Entry, style: Style) -> Cell:
    """Return an input cell holding an entry: a number as a number, NIHIL as the word, anything else as plain text."""
    if entry.nil:
        return Cell(value=NIL, style=style)
    if entry.value is not None:
        return Cell(value=entry.value, style=style)
    return text_cell(entry.text, style)


def canonical(value: Decimal | None) -> str:
    """Return a number the one way the stamp writes it: `98.5`; empty for none."""
    if value is None:
        return ""
    return f"{value.normalize():f}"


def header_cell(header: str, *, required: bool) -> Cell:
    """Return a column's head; one that must be filled in bears a star, in another colour too."""
    return Cell(value=f"{header} *", style=REQUIRED_HEADER) if required else Cell(value=header, style=HEADER)


def required_fields(paper: Paper) -> frozenset[str]:
    """Return the columns that must be filled in whatever the value is."""
    return frozenset({"actual", "spent_idr", "output_actual", *paper.office.policy.required})


def wanted(paper: Paper, field: str, prompt: str) -> str:
    """Return a hint's words; they begin by saying so where something must be filled in."""
    return f"{paper.words.text('hints.required')} {prompt}" if field in required_fields(paper) else prompt
