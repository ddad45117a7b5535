"""A table that somebody pasted into a cell of the form: its tabbed lines become a small table of the report."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from mailbot.writing.word.body import qn
from mailbot.writing.word.fields import set_property, text_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_FEWEST_ROWS, _MOST_COLUMNS = 2, 8
"""One line with a tab is no table; what is wider than the page stays lines."""
_WIDTH_TWIPS = 9355
_HALF_POINTS = "18"
_BETWEEN = " | "
"""Stands between columns where a table cannot, inside of a cell of another one."""
_FIGURE = re.compile(r"(?:Rp)?[-−]?[\d.,]+\s?%?|[-–]?")
_RULES = (("top", "8"), ("bottom", "8"), ("insideH", "4"))
_RULE = "8A8F98"
_LEFT_OUT = tuple(qn(f"w:{name}") for name in ("keepNext", "tabs", "spacing", "ind", "jc"))


def set_tables(paragraphs: Sequence[tuple[_Element, bool]]) -> None:
    """Make a table of each stretch of paragraphs that are its lines; inside of another table they stay lines.

    Args:
        paragraphs: paragraphs that follow one another, each with whether it is a line of a table.
    """
    for is_line, stretch in groupby(paragraphs, key=lambda one: one[1]):
        if is_line:
            _set([paragraph for paragraph, _ in stretch])


def _set(rows: Sequence[_Element]) -> None:
    """Put a table in the place of its lines."""
    if len(rows) < _FEWEST_ROWS:
        return
    if next(rows[0].iterancestors(qn("w:tc")), None) is not None:
        for run in [run for row in rows for run in row.iterfind(qn("w:r"))]:
            for tab in run.findall(qn("w:tab")):
                run.replace(tab, text_element(_BETWEEN))
        return
    cells = [_cells(row) for row in rows]
    wide = max(map(len, cells))
    if wide > _MOST_COLUMNS:
        return
    told = [[*row, *[""] * (wide - len(row))] for row in cells]
    right = [all(_FIGURE.fullmatch(row[at]) for row in told[1:]) for at in range(wide)]
    table = _table(wide)
    for line, words in zip(rows, told, strict=True):
        table.append(_row(line, words, right))
    rows[0].addprevious(table)
    for line in rows:
        _take_out(line)
    following = table.getnext()
    if following is None or following.tag != qn("w:p"):
        table.addnext(OxmlElement("w:p"))


def _take_out(element: _Element) -> None:
    """Take an element out of what it stands in."""
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _cells(line: _Element) -> list[str]:
    """Return what stands between the tabs of a line."""
    words = [""]
    for one in line.iterfind(f"{qn('w:r')}/*"):
        if one.tag == qn("w:tab"):
            words.append("")
        elif one.tag == qn("w:t"):
            words[-1] += one.text or ""
    return [one.strip() for one in words]


def _table(columns: int) -> _Element:
    """Return an empty table as wide as the page, with the light rules of the report's own."""
    table, properties, grid = (OxmlElement(f"w:{name}") for name in ("tbl", "tblPr", "tblGrid"))
    borders = OxmlElement("w:tblBorders")
    for side, eighths in _RULES:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", eighths), ("space", "0"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties.extend((_wide("tblW", _WIDTH_TWIPS), borders))
    for _ in range(columns):
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(_WIDTH_TWIPS // columns))
        grid.append(column)
    table.extend((properties, grid))
    return table


def _wide(name: str, twips: int) -> _Element:
    """Return how wide a table or a cell is."""
    width = OxmlElement(f"w:{name}")
    width.set(qn("w:w"), str(twips))
    width.set(qn("w:type"), "dxa")
    return width


def _row(line: _Element, words: Sequence[str], right: Sequence[bool]) -> _Element:
    """Return a row that no page cuts, each cell in the look of the line; columns of figures stand to the right."""
    row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    row.append(properties)
    look = _small(line.find(f"{qn('w:r')}/{qn('w:rPr')}"))
    for text, figures in zip(words, right, strict=True):
        cell, size, paragraph = (OxmlElement(f"w:{name}") for name in ("tc", "tcPr", "p"))
        size.append(_wide("tcW", _WIDTH_TWIPS // len(words)))
        paragraph.append(_set_out(line, right=figures))
        if text:
            run = OxmlElement("w:r")
            run.extend([deepcopy(look), text_element(text)])
            paragraph.append(run)
        cell.extend((size, paragraph))
        row.append(cell)
    return row


def _small(look: _Element | None) -> _Element:
    """Return the look of a run in the size of the report's tables, by which words are measured."""
    small = OxmlElement("w:rPr") if look is None else deepcopy(look)
    size = small.find(qn("w:sz"))
    if size is None:
        size = OxmlElement("w:sz")
        small.append(size)
    size.set(qn("w:val"), _HALF_POINTS)
    return small


def _set_out(line: _Element, *, right: bool) -> _Element:
    """Return how a cell's paragraph is set: in the line's style, without its places and gaps."""
    own = line.find(qn("w:pPr"))
    properties = OxmlElement("w:pPr") if own is None else deepcopy(own)
    for one in [one for one in properties if one.tag in _LEFT_OUT]:
        properties.remove(one)
    spacing, side = OxmlElement("w:spacing"), OxmlElement("w:jc")
    spacing.set(qn("w:before"), "20")
    spacing.set(qn("w:after"), "20")
    side.set(qn("w:val"), "right" if right else "left")
    for one in (spacing, side):
        set_property(properties, one)
    return properties
