"""What a brief says of the report at one glance: its figures, what is under its target and why, what is asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.known_explanations import known_explanation
from mailbot.core.model.form import Severity
from mailbot.core.report.analysis import analyse
from mailbot.writing.values.form_values import fault_rows, named_point
from mailbot.writing.words.form_words import read_fault_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.report.results import IndicatorResult
    from mailbot.writing.letters.letter_context import LetterContext
    from mailbot.writing.values.form_values import FaultRow

_TARGET_PCT = 100
_MOST_LINES = 6
_LONGEST = 140
"""So many signs of a unit's own words are quoted."""


def below_target(here: LetterContext, cycle: Cycle) -> tuple[str, ...]:
    """Return the indicators under their target, the furthest first, each with the cause in its unit's own words."""
    results = [
        (result.achievement_pct, result)
        for result in analyse(cycle, here.office).indicators
        if result.achievement_pct is not None and result.achievement_pct < _TARGET_PCT
    ]
    lines = [_under(result, here) for _, result in sorted(results, key=lambda found: found[0])]
    return _few(lines, here)


def _under(result: IndicatorResult, here: LetterContext) -> str:
    """Return one indicator under its target."""
    phrases, indicator = here.phrases, result.indicator
    cause = " ".join(result.answer.obstacles.text.split()) if result.answer is not None else ""
    told = phrases.word("brief", "cause" if cause else "no_cause").format(
        unit=here.office.roster.unit(indicator.owner).name, cause=_cut(cause)
    )
    return phrases.word("brief", "below").format(
        point=named_point(indicator.code, here.office),
        achievement=phrases.percent(result.achievement_pct),
        rating=result.rating,
        cause=told,
    )


def let_pass(here: LetterContext, cycle: Cycle) -> tuple[str, ...]:
    """Return the warnings of the forms that count, each with what the unit says of it."""
    return _few(list(_warned(here, cycle)), here)


def _warned(here: LetterContext, cycle: Cycle) -> Iterator[str]:
    """Yield one line a warning."""
    words = read_fault_words(here.folders)
    for form in cycle.units:
        sent = form.counting
        if sent is None:
            continue
        reasons = {row.code: row.remark.text for row in sent.data.indicators}
        reasons |= {row.code: row.note.text for row in sent.data.budget}
        for fault in sent.faults:
            if fault.severity is Severity.WARNING:
                said = " ".join(reasons.get(fault.row, "").split())
                yield here.phrases.word("brief", "explained" if said else "unexplained").format(
                    point=named_point(fault.row, here.office), what=words.describe(fault).what, said=_cut(said)
                )


def _few(lines: list[str], here: LetterContext) -> tuple[str, ...]:
    """Return the first lines, and how many more there are."""
    left = len(lines) - _MOST_LINES
    more = (here.phrases.word("difference", "more").format(count=left),) if left > 0 else ()
    return (*lines[:_MOST_LINES], *more)


def _cut(text: str) -> str:
    """Return words on one line, and not too many of them."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def warning_rows(here: LetterContext) -> tuple[FaultRow, ...]:
    """Return the findings that ask for a word, each with what explained that row in the period before."""
    rows, cycle = fault_rows(here.letter.faults, Severity.WARNING, here.folders), here.cycle
    if cycle is None:
        return rows
    return tuple(replace(row, known=known_explanation(row.row, cycle.period, here.office)) for row in rows)
