"""Sheet `Indikator` of a form: one row for each indicator the unit answers for (SOP row 2)."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry, IndicatorAnswer
from mailbot.core.model.form_layout import INDICATOR_COLUMNS, SheetName, address
from mailbot.core.model.targets import target_of, word_of
from mailbot.writing.form.achievement_cell import achievement_cell
from mailbot.writing.form.known_hints import remark_hints
from mailbot.writing.form.sheet_frame import (
    CLOSED,
    CODE,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADER_ROW,
    INPUT,
    LOCKED,
    MARGIN,
    MARGIN_COLUMN,
    MARGIN_WIDTH,
    Paper,
    canonical,
    figures,
    filled,
    head,
    header_cell,
    required_fields,
    squares,
    wanted,
)
from mailbot.writing.form.workbook_model import Cell, Hint, HintKind, Sheet, row_height, text_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.indicators import Indicator

PLACES = {column.field: FIRST_COLUMN + offset for offset, column in enumerate(INDICATOR_COLUMNS)}
"""Field -> column number."""

WIDTHS = {
    "code": 9,
    "objective": 17,
    "name": 22,
    "unit_of_measure": 10,
    "polarity": 8.5,
    "target": 9,
    "last": 9,
    "numerator": 10.5,
    "denominator": 10.5,
    "actual": 11,
    "achievement_pct": 9.5,
    "enabling_factors": 21,
    "obstacles": 21,
    "follow_up": 21,
    "data_source": 13,
    "evidence": 15,
    "remark": 15,
}
"""Field -> width of its column in characters."""

TEXT_LIMIT = 2000
"""Most characters in one explanation."""
_TEXTS = ("enabling_factors", "obstacles", "follow_up", "evidence", "remark")
_LEAST_HEIGHT = 44.0
_HEADER_HEIGHT = 30.0
_NAME_CHARACTERS = 110
_CHOICES = 120
"""So many characters of an indicator's words are shown in a message."""


def indicator_sheet(paper: Paper, sources: str, grades: Mapping[str, str]) -> Sheet:
    """Return the sheet.

    Args:
        paper: what it is drawn from.
        sources: the range that lists the known data sources.
        grades: code of each indicator whose value is a word -> the range that lists its words.
    """
    cells = head(paper) | squares(paper, 2, PLACES["achievement_pct"])
    for column in INDICATOR_COLUMNS:
        cells[HEADER_ROW, PLACES[column.field]] = header_cell(
            column.header, required=column.field in required_fields(paper)
        )
    heights = {HEADER_ROW: _HEADER_HEIGHT}
    hints: list[Hint] = []
    for row, indicator in enumerate(paper.indicators, FIRST_ROW):
        cells |= _row(paper, indicator, row)
        heights[row] = _height(paper, indicator)
        choices = grades.get(indicator.code)
        hints += (
            _number_hints(paper, indicator, row) if choices is None else [_word_hint(paper, indicator, row, choices)]
        )
    return Sheet(
        name=SheetName.INDICATORS.value,
        cells=cells,
        widths={MARGIN_COLUMN: MARGIN_WIDTH} | {PLACES[name]: width for name, width in WIDTHS.items()},
        heights=heights,
        hints=(*hints, *_text_hints(paper, sources)),
        frozen=address(FIRST_ROW, PLACES["code"] + 1),
        selected=_first_input(paper),
        header_row=HEADER_ROW,
        repeated=PLACES["name"],
        breaks=(PLACES["enabling_factors"],),
        footer=paper.footer,
        page_words=paper.page_words,
    )


def sent_values(paper: Paper, indicator: Indicator) -> dict[str, str]:
    """Return what an indicator's row holds when it is sent out: the locked values, and every open cell."""
    ratio = {"numerator": "", "denominator": ""} if indicator.numerator else {}
    return {
        "objective": _objective(paper, indicator),
        "name": indicator.name,
        "unit_of_measure": indicator.unit_of_measure,
        "polarity": paper.words.text(f"polarity.{indicator.polarity.value}"),
        "target": _sent(_promised(paper, indicator)),
        "last": _sent(_worth(indicator, paper.asked.last.get(indicator.code))),
        "data_source": indicator.data_source,
        "actual": "",
        **ratio,
        **dict.fromkeys(_TEXTS, ""),
    }


def _sent(cell: Cell) -> str:
    """Return what a locked cell is sent out with: a number the one way the stamp writes it, or the words."""
    return canonical(cell.value) if isinstance(cell.value, Decimal) else str(cell.value or "")


def _promised(paper: Paper, indicator: Indicator) -> Cell:
    """Return the target: a number, a range as `7,00–7,50`, or the word that stands for it."""
    target = target_of(indicator, paper.asked.period)
    if target is not None and target.ranged:
        low, high = (paper.words.phrases.number(one, indicator.decimals) for one in (target.low, target.high))
        return text_cell(f"{low}–{high}", replace(LOCKED, align="right"))
    return _worth(indicator, None if target is None else target.low)


def _worth(indicator: Indicator, value: Decimal | None) -> Cell:
    """Return a locked value of an indicator: its word, where one stands for it."""
    style, word = figures(LOCKED, indicator.decimals), word_of(indicator, value)
    return text_cell(word, style) if word else Cell(value=value, style=style)


def _done(indicator: Indicator, actual: Entry) -> Cell:
    """Return the cell of the realised value: open, holding its word where one stands for it."""
    word = word_of(indicator, actual.value)
    return filled(Entry(text=word) if word else actual, figures(INPUT, indicator.decimals))


def _objective(paper: Paper, indicator: Indicator) -> str:
    """Return the text of an indicator's objective, or its code if the office has no text for it."""
    texts = {objective.code: objective.text for objective in paper.office.objectives}
    return texts.get(indicator.objective, indicator.objective)


def _row(paper: Paper, indicator: Indicator, row: int) -> dict[tuple[int, int], Cell]:
    """Return the cells of one indicator."""
    answer = paper.answers.get(indicator.code, IndicatorAnswer(code=indicator.code))
    source = answer.data_source if not answer.data_source.blank else Entry(text=indicator.data_source)
    count = figures(INPUT, 0)
    fields: dict[str, Cell] = {
        "code": Cell(value=indicator.code, style=CODE),
        "objective": text_cell(_objective(paper, indicator), LOCKED),
        "name": text_cell(indicator.name, LOCKED),
        "unit_of_measure": text_cell(indicator.unit_of_measure, LOCKED),
        "polarity": text_cell(paper.words.text(f"polarity.{indicator.polarity.value}"), LOCKED),
        "target": _promised(paper, indicator),
        "last": _worth(indicator, paper.asked.last.get(indicator.code)),
        "numerator": filled(answer.numerator, count) if indicator.numerator else Cell(style=CLOSED),
        "denominator": filled(answer.denominator, count) if indicator.numerator else Cell(style=CLOSED),
        "actual": _done(indicator, answer.actual),
        "achievement_pct": achievement_cell(paper, indicator, answer, (row, PLACES["target"]), (row, PLACES["actual"])),
        "data_source": filled(source, INPUT),
        **{name: filled(getattr(answer, name), INPUT) for name in _TEXTS},
    }
    cells = {(row, PLACES[name]): cell for name, cell in fields.items()}
    cells[row, MARGIN_COLUMN] = Cell(style=MARGIN)
    return cells


def _height(paper: Paper, indicator: Indicator) -> float:
    """Return how high an indicator's row must be for its longest text."""
    answer = paper.answers.get(indicator.code, IndicatorAnswer(code=indicator.code))
    texts = [(_objective(paper, indicator), WIDTHS["objective"]), (indicator.name, WIDTHS["name"])]
    texts += [(getattr(answer, name).text, WIDTHS[name]) for name in _TEXTS]
    return row_height(texts, _LEAST_HEIGHT)


def _first_input(paper: Paper) -> str:
    """Return the first cell to be filled in."""
    ratio = bool(paper.indicators) and bool(paper.indicators[0].numerator)
    return address(FIRST_ROW, PLACES["numerator" if ratio else "actual"])


def _number_hints(paper: Paper, indicator: Indicator, row: int) -> list[Hint]:
    """Return the hints of one indicator's number cells."""
    words, phrases = paper.words, paper.words.phrases
    low = indicator.minimum if indicator.minimum is not None else Decimal(0)
    high = indicator.maximum
    place = address(row, PLACES["actual"])
    limits = f"{place}>={low:f}" + (f",{place}<={high:f}" if high is not None else "")
    shown = {"low": phrases.number(low, 0), "high": phrases.number(high, 0) if high is not None else ""}
    values = {
        "name": textwrap.shorten(indicator.name, _NAME_CHARACTERS, placeholder=" …"),
        "unit_of_measure": indicator.unit_of_measure,
        "target": _target_words(paper, indicator),
        "example": words.text("examples.decimal" if indicator.decimals else "examples.whole"),
        "bounds": words.text("bounds.both" if high is not None else "bounds.low", **shown),
    }
    formula = f'OR(UPPER(TRIM({place}))="NIHIL",AND(ISNUMBER({place}),{limits}))'
    hints = [number_hint(paper, "actual", place, indicator.code, formula, values)]
    if indicator.numerator:
        for name, text, sign in (("numerator", indicator.numerator, ">="), ("denominator", indicator.denominator, ">")):
            spot = address(row, PLACES[name])
            short = {"name": textwrap.shorten(text, _NAME_CHARACTERS, placeholder=" …")}
            hints.append(number_hint(paper, name, spot, indicator.code, f"AND(ISNUMBER({spot}),{spot}{sign}0)", short))
    return hints


def _target_words(paper: Paper, indicator: Indicator) -> str:
    """Return the target as a hint tells it."""
    value = _promised(paper, indicator).value
    return value if isinstance(value, str) else paper.words.phrases.number(value, indicator.decimals)


def _word_hint(paper: Paper, indicator: Indicator, row: int, choices: str) -> Hint:
    """Return the drop-down of an indicator's words, and a stop for what is none of them."""
    values = {
        "name": textwrap.shorten(indicator.name, _NAME_CHARACTERS, placeholder=" …"),
        "target": _target_words(paper, indicator),
        "choices": textwrap.shorten(", ".join(word for word, _ in indicator.grades), _CHOICES, placeholder=" …"),
    }
    hint = number_hint(paper, "word", address(row, PLACES["actual"]), indicator.code, choices, values)
    return replace(hint, kind=HintKind.LIST)


def number_hint(paper: Paper, name: str, place: str, code: str, formula: str, values: dict[str, str]) -> Hint:
    """Return the hint of one number cell: what is wanted, and a stop for what can never be right."""
    words = paper.words
    return Hint(
        cells=place,
        kind=HintKind.CUSTOM,
        formula=formula,
        title=code,
        prompt=wanted(paper, "actual" if name == "word" else name, words.text(f"hints.{name}.prompt", **values)),
        error_title=words.text(f"hints.{name}.error_title"),
        error=words.text(f"hints.{name}.error", **values),
    )


def text_hint(paper: Paper, name: str, cells: str, header: str) -> Hint:
    """Return the hint of text cells: what is wanted, and a warning when it grows too long."""
    words, below = paper.words, canonical(paper.office.policy.explain_below_pct)
    return Hint(
        cells=cells,
        kind=HintKind.TEXT_LENGTH,
        formula=str(TEXT_LIMIT),
        title=header,
        prompt=wanted(paper, name, words.text(f"hints.{name}.prompt", below=below)),
        error_title=words.text("hints.too_long.error_title"),
        error=words.text("hints.too_long.error", limit=TEXT_LIMIT),
        stop=False,
    )


def _text_hints(paper: Paper, sources: str) -> list[Hint]:
    """Return the hints of the explanation columns, and the drop-down of data sources."""
    if not paper.indicators:
        return []
    last = FIRST_ROW + len(paper.indicators) - 1
    headers = {column.field: column.header for column in INDICATOR_COLUMNS}

    def span(name: str) -> str:
        return f"{address(FIRST_ROW, PLACES[name])}:{address(last, PLACES[name])}"

    choice = Hint(
        cells=span("data_source"),
        kind=HintKind.LIST,
        formula=sources,
        title=headers["data_source"],
        prompt=wanted(paper, "data_source", paper.words.text("hints.data_source.prompt")),
    )
    spans = [text_hint(paper, name, span(name), headers[name]) for name in _TEXTS if name != "remark"]
    whole = text_hint(paper, "remark", span("remark"), headers["remark"])
    return [*spans, *remark_hints(paper, whole, PLACES["remark"]), choice]
