"""The first sheet of a returned form: everything found, where, how to mend it, with links to the cells (SOP row 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Severity
from mailbot.writing.form.sheet_frame import HEADER, SMALL, TITLE, row_height, text_cell
from mailbot.writing.form.workbook_model import Cell, Ink, Sheet, Style

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailbot.core.model.form import Fault
    from mailbot.writing.form.words import FormWords

_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1
_LEFT = 2
_WIDTHS = (5.0, 19.0, 24.0, 48.0, 48.0, 20.0, 18.0)
_PLAIN = Style(border=True, wrap=True, top=True, indent=1)
_NUMBER = replace(_PLAIN, align="center", indent=0)
_LINK = replace(_PLAIN, underline=True, ink=Ink.LINK)
_PROPOSAL = replace(_PLAIN, bold=True)
_RED = replace(_PLAIN, ink=Ink.RED)
_WEIGHTS = {Severity.FAULT: _RED, Severity.WARNING: _RED, Severity.NOTE: replace(_PLAIN, ink=Ink.GREY)}
_ORDER = (Severity.FAULT, Severity.WARNING, Severity.NOTE)


def to_mend(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the findings that have to be mended or explained, without those that are only told."""
    return tuple(fault for fault in faults if fault.severity is not Severity.NOTE)


def list_name(faults: tuple[Fault, ...], words: FormWords) -> str:
    """Return the sheet's name with how many findings there are to mend, or to know of if there are none to mend."""
    count = len(to_mend(faults))
    return words.text("returned.sheet", count=count) if count else words.text("returned.sheet_notes", count=len(faults))


def is_list_name(name: str, words: FormWords) -> bool:
    """Say whether a sheet is the list of an earlier return, by its name."""
    heads = [words.text(f"returned.{key}", count="|").partition("|")[0] for key in ("sheet", "sheet_notes")]
    return any(name.startswith(head) for head in heads)


def list_sheet(faults: tuple[Fault, ...], sheets: Collection[str], words: FormWords) -> Sheet:
    """Return the sheet, grave findings first; `sheets` are the names links can lead to."""
    cells: dict[tuple[int, int], Cell] = {
        (1, _LEFT): Cell(value=words.text("returned.heading"), style=TITLE),
        (2, _LEFT): Cell(value=words.text("returned.greeting"), style=Style()),
        (3, _LEFT): Cell(value=words.text("returned.legend"), style=SMALL),
    }
    for column, text in enumerate(words.part("returned.columns"), _LEFT):
        cells[_HEADER_ROW, column] = Cell(value=text, style=HEADER)
    heights = {_HEADER_ROW: 24.0}
    ordered = sorted(faults, key=lambda fault: _ORDER.index(fault.severity))
    for number, fault in enumerate(ordered, 1):
        row = _HEADER_ROW + number
        line = _line(number, fault, sheets, words)
        cells |= {(row, column): cell for column, cell in enumerate(line, _LEFT)}
        texts = [(str(cell.value or ""), width) for cell, width in zip(line, _WIDTHS, strict=True)]
        heights[row] = row_height(texts, 28.0)
    cells[_FIRST_ROW + len(faults) + 1, _LEFT] = Cell(value=words.text("returned.closing"), style=SMALL)
    return Sheet(
        name=list_name(faults, words),
        cells=cells,
        widths={1: 2.5} | dict(enumerate(_WIDTHS, _LEFT)),
        heights=heights,
        frozen=f"A{_FIRST_ROW}",
        selected=f"C{_FIRST_ROW}",
        header_row=_HEADER_ROW,
        page_words=words.text("page", page="{page}", pages="{pages}"),
        protected=False,
    )


def _line(number: int, fault: Fault, sheets: Collection[str], words: FormWords) -> tuple[Cell, ...]:
    """Return one finding: number, place, row and column, what, how, proposal, weight."""
    told = words.faults.describe(fault)
    place = f"{fault.sheet}!{fault.cell}" if fault.sheet and fault.cell else fault.sheet
    link = "'" + fault.sheet.replace("'", "''") + f"'!{fault.cell}" if fault.cell and fault.sheet in sheets else ""
    about = " – ".join(part for part in (fault.row, fault.column) if part)
    return (
        Cell(value=str(number), style=_NUMBER),
        Cell(value=place or words.text("returned.place_whole_form"), style=_LINK if link else _PLAIN, link=link),
        text_cell(about, _PLAIN),
        text_cell(told.what, _PLAIN),
        text_cell(told.mend, _PLAIN),
        text_cell(fault.proposal, _PROPOSAL),
        Cell(value=words.text(f"returned.severity.{fault.severity.value}"), style=_WEIGHTS[fault.severity]),
    )
