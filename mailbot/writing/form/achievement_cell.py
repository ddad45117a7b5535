"""The computed cell of an indicator's capaian on a form: its own formula as Excel reckons it while somebody types."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import address
from mailbot.core.model.indicators import Polarity
from mailbot.core.model.targets import achieved_pct, target_of
from mailbot.writing.form.sheet_frame import COMPUTED, NIL, Paper, canonical
from mailbot.writing.form.workbook_model import Cell

if TYPE_CHECKING:
    from mailbot.core.model.form import IndicatorAnswer
    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.targets import Target


def achievement_cell(
    paper: Paper, indicator: Indicator, answer: IndicatorAnswer, promised: tuple[int, int], done: tuple[int, int]
) -> Cell:
    """Return the cell: empty until something is filled in; NIHIL counts as 0.

    Args:
        paper: what the form is drawn from.
        indicator: whose cell.
        answer: what it is filled with.
        promised: row and column of its target.
        done: row and column of its realised value.
    """
    target = target_of(indicator, paper.asked.period)
    if target is None or not target.high or not target.low:
        return Cell(style=COMPUTED)
    actual = Decimal(0) if answer.actual.nil else answer.actual.value
    value = achieved_pct(indicator, target, actual, paper.office.formulas)
    negative = indicator.negative or paper.office.formulas.negative
    if indicator.grades:
        return Cell(formula=_of_words(paper, indicator, target, address(*done)), value=value, style=COMPUTED)
    figure = f"N({address(*done)})"
    if target.ranged:
        low, high = canonical(target.low), canonical(target.high)
        ratio = _ratio(indicator, f"IF({figure}>{high},{high},{low})", figure, negative)
        ratio = f"IF(AND({figure}>={low},{figure}<={high}),100,{ratio})"
    else:
        ratio = _ratio(indicator, address(*promised), figure, negative)
    formula = f'IF(OR(ISNUMBER({address(*done)}),UPPER(TRIM({address(*done)}))="{NIL}"),{ratio},"")'
    return Cell(formula=formula, value=value, style=COMPUTED)


def _ratio(indicator: Indicator, promised: str, figure: str, negative: str) -> str:
    """Return the formula of an achievement against one number."""
    if indicator.polarity is Polarity.UP:
        return f"{figure}/{promised}*100"
    if negative == "a":
        return f"MAX(0,(2*{promised}-{figure})/{promised}*100)"
    return f'IF({figure}=0,"",{promised}/{figure}*100)'


def _of_words(paper: Paper, indicator: Indicator, target: Target, done: str) -> str:
    """Return the formula of an indicator whose value is a word: each word's achievement, reckoned here."""
    formula = '""'
    for word, score in (*reversed(indicator.grades), (NIL, Decimal(0))):
        reached = achieved_pct(indicator, target, score, paper.office.formulas)
        shown = '""' if reached is None else canonical(reached)
        written = word.upper().replace('"', '""')
        formula = f'IF(UPPER(TRIM({done}))="{written}",{shown},{formula})'
    return formula
