"""Sheets `Petunjuk` and `Narasi` of a form: how to fill it in, and what is told in sentences (SOP row 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry
from mailbot.core.model.form_layout import NARRATIVE_COLUMNS, NARRATIVE_ROWS, SheetName, address
from mailbot.writing.form.indicator_sheet import text_hint
from mailbot.writing.form.sheet_frame import (
    CLOSED,
    CODE,
    COMPUTED,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADER,
    HEADER_ROW,
    INPUT,
    LOCKED,
    MARGIN,
    MARGIN_COLUMN,
    MARGIN_WIDTH,
    PLAIN,
    SMALL,
    STRONG,
    TITLE,
    Paper,
    canonical,
    filled,
    head,
)
from mailbot.writing.form.workbook_model import Cell, Hint, HintKind, Sheet, Style, row_height, text_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEFT, _TOPIC, _TEXT, _REASON = 2, 3, 4, 5
"""The guide's columns: number, topic, text, reason."""
_GUIDE_WIDTHS = {1: 2.5, _LEFT: 6.0, _TOPIC: 27.0, _TEXT: 80.0, _REASON: 50.0}
_BODY = Style(wrap=True, top=True)
_TOPIC_STYLE = Style(wrap=True, top=True, bold=True, indent=1)
_NUMBER = Style(align="center", top=True)
_RULE = Style(rule=True)
_SECTION = Style(size=11, bold=True)
_BOXED = Style(border=True, wrap=True, top=True, indent=1)

Row = list[tuple[int, Cell]]

NARRATIVE_PLACES = {column.field: FIRST_COLUMN + offset for offset, column in enumerate(NARRATIVE_COLUMNS)}
"""Field of a column of `Narasi` -> column number."""
_NARRATIVE_WIDTHS = {"code": 10.0, "name": 42.0, "answer": 100.0}
_NARRATIVE_HEIGHT = 66.0
_SHORT_HEIGHT = 22.0


def guide_sheet(paper: Paper) -> Sheet:
    """Return the sheet that tells how to fill in the form, with one worked example."""
    rows = [*_kop(paper), *_facts(paper), *_legend(paper), *_steps(paper), *_example(paper)]
    cells = {(number, column): cell for number, row in enumerate(rows, 1) for column, cell in row}
    heights = {
        number: row_height([(str(cell.value or ""), _GUIDE_WIDTHS[column]) for column, cell in wrapped], 16.0)
        for number, row in enumerate(rows, 1)
        if (wrapped := [(column, cell) for column, cell in row if cell.style.wrap])
    }
    return Sheet(
        name=SheetName.GUIDE.value,
        cells=cells,
        widths=_GUIDE_WIDTHS,
        heights=heights,
        footer=paper.footer,
        page_words=paper.page_words,
    )


def _kop(paper: Paper) -> Iterable[Row]:
    """Yield the office's lines with a rule below, and the title."""
    kop, words = paper.office.letterhead, paper.words
    yield [(_LEFT, Cell(value=kop.government, style=STRONG))]
    yield [(_LEFT, Cell(value=kop.agency, style=replace(TITLE, size=12)))]
    yield [(_LEFT, Cell(value=kop.address_line, style=SMALL))]
    yield [(column, Cell(style=_RULE)) for column in (_LEFT, _TOPIC, _TEXT, _REASON)]
    yield []
    yield [(_LEFT, Cell(value=f"{words.text('title')} – {paper.period.upper()}", style=TITLE))]
    yield [(_LEFT, Cell(value=words.text("guide.heading"), style=STRONG))]
    yield []


def _facts(paper: Paper) -> Iterable[Row]:
    """Yield unit, period, deadline, where to send, whom to ask."""
    values = {
        "unit": paper.unit_name,
        "period": paper.period,
        "due": paper.due,
        "send_to": paper.office.mailbox,
        "contact": paper.office.letterhead.contact,
    }
    for name, value in values.items():
        label = Cell(value=paper.words.text(f"guide.facts.{name}"), style=PLAIN)
        yield [(_LEFT, label), (_TEXT, text_cell(value, STRONG if name == "due" else PLAIN))]
    yield []


def _legend(paper: Paper) -> Iterable[Row]:
    """Yield the three squares and what each means."""
    words = paper.words
    yield [(_LEFT, Cell(value=words.text("guide.legend_heading"), style=_SECTION))]
    squares = {
        "filled": Cell(style=replace(INPUT, locked=True)),
        "locked": Cell(style=CLOSED),
        "computed": Cell(value=words.text("legend.computed_sample"), style=replace(COMPUTED, align="center", indent=0)),
    }
    for name, square in squares.items():
        yield [
            (_LEFT, square),
            (_TOPIC, Cell(value=words.text(f"legend.{name}"), style=_TOPIC_STYLE)),
            (_TEXT, Cell(value=words.text(f"guide.legend.{name}"), style=_BODY)),
        ]
    yield []


def _steps(paper: Paper) -> Iterable[Row]:
    """Yield the numbered steps."""
    policy = paper.office.policy
    values = {"below": canonical(policy.explain_below_pct), "above": canonical(policy.explain_above_pct)}
    yield [(_LEFT, Cell(value=paper.words.text("guide.steps_heading"), style=_SECTION))]
    for number, step in enumerate(paper.words.part("guide.steps"), 1):
        yield [
            (_LEFT, Cell(value=f"{number}.", style=_NUMBER)),
            (_TOPIC, Cell(value=step["topic"], style=_TOPIC_STYLE)),
            (_TEXT, Cell(value=step["text"].format_map(values), style=_BODY)),
        ]
    yield []


def _example(paper: Paper) -> Iterable[Row]:
    """Yield one row filled in well, column by column, with the reason for each."""
    words = paper.words
    yield [(_LEFT, Cell(value=words.text("guide.example_heading"), style=_SECTION))]
    headers = zip((_TOPIC, _TEXT, _REASON), words.part("guide.example_columns"), strict=True)
    yield [(column, Cell(value=text, style=HEADER)) for column, text in headers]
    for line in words.part("guide.example"):
        yield [
            (_TOPIC, Cell(value=line["column"], style=replace(_BOXED, bold=True))),
            (_TEXT, Cell(value=line["filled"], style=_BOXED)),
            (_REASON, Cell(value=line["reason"], style=_BOXED)),
        ]
    yield []
    yield [(_LEFT, Cell(value=words.text("guide.closing"), style=PLAIN))]


def narrative_sheet(paper: Paper, people: str) -> Sheet:
    """Return the sheet of what is told in sentences; `people` is the range that lists the unit's people, if any."""
    cells = head(paper)
    for column in NARRATIVE_COLUMNS:
        cells[HEADER_ROW, NARRATIVE_PLACES[column.field]] = Cell(value=column.header, style=HEADER)
    heights = {HEADER_ROW: _SHORT_HEIGHT}
    for row, (code, field) in enumerate(NARRATIVE_ROWS.items(), FIRST_ROW):
        entry = _told(paper, field)
        cells[row, MARGIN_COLUMN] = Cell(style=MARGIN)
        cells[row, NARRATIVE_PLACES["code"]] = Cell(value=code, style=CODE)
        cells[row, NARRATIVE_PLACES["name"]] = Cell(value=paper.words.text(f"narrative.rows.{field}"), style=LOCKED)
        cells[row, NARRATIVE_PLACES["answer"]] = filled(entry, INPUT)
        least = _SHORT_HEIGHT if field == "filled_by" else _NARRATIVE_HEIGHT
        heights[row] = row_height([(entry.text, _NARRATIVE_WIDTHS["answer"])], least)
    last = FIRST_ROW + len(NARRATIVE_ROWS) - 1
    cells[last + 2, NARRATIVE_PLACES["name"]] = Cell(value=paper.words.text("narrative.statement"), style=SMALL)
    return Sheet(
        name=SheetName.NARRATIVE.value,
        cells=cells,
        widths={1: MARGIN_WIDTH} | {NARRATIVE_PLACES[name]: width for name, width in _NARRATIVE_WIDTHS.items()},
        heights=heights,
        hints=_narrative_hints(paper, last, people),
        frozen=address(FIRST_ROW, NARRATIVE_PLACES["code"] + 1),
        selected=address(FIRST_ROW, NARRATIVE_PLACES["answer"]),
        header_row=HEADER_ROW,
        footer=paper.footer,
        page_words=paper.page_words,
    )


def _told(paper: Paper, field: str) -> Entry:
    """Return what one row of the narrative is filled with."""
    if field == "filled_by":
        return Entry(text=paper.data.filled_by)
    told: Entry = getattr(paper.data.narrative, field)
    return told


def _narrative_hints(paper: Paper, last: int, people: str) -> tuple[Hint, ...]:
    """Return the hints of the answers, and the drop-down of the unit's people."""
    column, header = NARRATIVE_PLACES["answer"], NARRATIVE_COLUMNS[-1].header
    span = f"{address(FIRST_ROW, column)}:{address(last - 1, column)}"
    hints = [text_hint(paper, "answer", span, header)]
    if people:
        prompt = paper.words.text("hints.filled_by.prompt")
        hints.append(Hint(cells=address(last, column), kind=HintKind.LIST, formula=people, title=header, prompt=prompt))
    return tuple(hints)
