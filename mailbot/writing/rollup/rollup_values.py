"""What the letter about many offices says: the late by name, the others by their row, figures beside the median."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from mailbot.core.model.sop import Step
from mailbot.core.rollup.letters_of_rollup import RollUp
from mailbot.core.rollup.rolling_up import FEWEST_COMPARED, ComparedIndicator, OfficeRow, PeriodRollup
from mailbot.core.rollup.summary import CycleSummary
from mailbot.writing.letters.letter_context import LetterContext
from mailbot.writing.words.phrases import Phrases

LATE_NAMED = 20
"""So many offices over their time are named in a letter, or that cannot be read; the workbook has them all."""
_ALL_NAMED = 40
"""Up to so many offices, those within their time are named too; of more only the number is told."""
_FIGURES_NAMED, _INDICATORS, _BELOW_NAMED = 5, 8, 5


def rolled(here: LetterContext) -> tuple[dict[str, object], ...]:
    """Return each period in words."""
    about = here.letter.about
    return tuple(_period(one, here.phrases) for one in about.rolled) if isinstance(about, RollUp) else ()


def silent_offices(here: LetterContext) -> str:
    """Return the offices whose figures are old, each with the day of the last ones."""
    about, words = here.letter.about, here.phrases.word("rollup", "since")
    silent = about.silent if isinstance(about, RollUp) else ()
    told = tuple(words.format(name=one.name, day=here.phrases.short_date(one.since)) for one in silent)
    return _cut(told, LATE_NAMED, here.phrases)


def ended_periods(here: LetterContext) -> str:
    """Return the periods that the last office has closed."""
    about = here.letter.about
    return ", ".join(map(here.phrases.period, about.ended)) if isinstance(about, RollUp) else ""


def unread_offices(here: LetterContext) -> str:
    """Return the offices that cannot be read."""
    about = here.letter.about
    return _cut(about.unread, LATE_NAMED, here.phrases) if isinstance(about, RollUp) else ""


VALUES: dict[str, Callable[[LetterContext], object]] = {
    "rolled": rolled,
    "unread_offices": unread_offices,
    "silent_offices": silent_offices,
    "ended_periods": ended_periods,
}
"""Name -> how it is made."""


def whose_move(cycle: CycleSummary, phrases: Phrases) -> str:
    """Return the post whose move it is; empty where it is nobody's."""
    return phrases.word("role", cycle.move.value) if cycle.move is not None else ""


def step_words(cycle: CycleSummary, phrases: Phrases) -> str:
    """Return the row of the SOP an office is in; closed ones are in none."""
    return phrases.word("step", "closed" if cycle.closed_at is not None else cycle.step.value)


def _period(one: PeriodRollup, phrases: Phrases) -> dict[str, object]:
    """Return one period in words."""
    late = [row for row in one.rows if row.cycle.late_days]
    closed = [row for row in one.rows if row.cycle.closed_at is not None]
    medians, compared = one.medians, [each for each in one.compared if _known(each) >= FEWEST_COMPARED]
    differing = [each for each in compared if _spread(each)]
    return {
        "period": phrases.period(one.period),
        "office_count": len(one.rows) + len(one.not_begun),
        "late_count": len(late),
        "closed_count": len(closed),
        "in_time_count": len(one.rows) - len(late) - len(closed),
        "not_begun_count": len(one.not_begun),
        "late": tuple(_late(row, phrases) for row in late[:LATE_NAMED]),
        "late_more": max(0, len(late) - LATE_NAMED),
        "standing": _standing([row for row in one.rows if not row.cycle.late_days], phrases, named=len(one.rows)),
        "not_begun": _cut(one.not_begun, _ALL_NAMED, phrases),
        "in_time": phrases.percent(medians.in_time_pct) if medians.in_time_pct is not None else "",
        "in_time_below": _apart(one.rows, lambda own: own.in_time_pct, medians.in_time_pct, phrases, below=True),
        "returned": phrases.percent(medians.returned_pct) if medians.returned_pct is not None else "",
        "returned_above": _apart(one.rows, lambda own: own.returned_pct, medians.returned_pct, phrases, below=False),
        "indicators": tuple(_compared(each, one, phrases) for each in _told_of(differing)),
        "indicators_more": len(compared) - min(len(differing), _INDICATORS),
        "other_meaning": ", ".join(one.other_meaning),
    }


def _late(row: OfficeRow, phrases: Phrases) -> str:
    """Return one office that is over its time: its row, whose move it is, since when."""
    cycle = row.cycle
    whose = whose_move(cycle, phrases)
    return phrases.word("rollup", "late" if whose else "late_nobody").format(
        name=row.name,
        step=phrases.word("step", cycle.step.value),
        whose=whose,
        since=phrases.short_date(cycle.since),
        late=cycle.late_days,
    )


def _standing(rows: Iterable[OfficeRow], phrases: Phrases, *, named: int) -> tuple[tuple[str, str], ...]:
    """Return each row of the SOP with the offices that are in it, by number or (of few) by name."""
    by_step: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_step["closed" if row.cycle.closed_at is not None else row.cycle.step.value].append(row.name)
    order = [step for step in (*(step.value for step in Step), "closed") if step in by_step]
    told = {step: ", ".join(names) if named <= _ALL_NAMED else str(len(names)) for step, names in by_step.items()}
    return tuple((_capital(phrases.word("step", step)), told[step]) for step in order)


def _capital(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]


def _apart(
    rows: Iterable[OfficeRow],
    figure: Callable[[CycleSummary], Decimal | None],
    usual: Decimal | None,
    phrases: Phrases,
    *,
    below: bool,
) -> str:
    """Return the offices whose figure is worse than the median, the furthest from it first."""
    if usual is None:
        return ""
    known = [(value, row.name) for row in rows if (value := figure(row.cycle)) is not None]
    worse = sorted((value, name) for value, name in known if (value < usual if below else value > usual))
    if not below:
        worse.reverse()
    return _cut(tuple(f"{name} {phrases.percent(value)}" for value, name in worse), _FIGURES_NAMED, phrases)


def _told_of(compared: Iterable[ComparedIndicator]) -> tuple[ComparedIndicator, ...]:
    """Return the indicators that a letter has room for: those whose offices lie furthest apart, by their codes."""
    furthest = sorted(compared, key=lambda one: (-_spread(one), one.code))[:_INDICATORS]
    return tuple(sorted(furthest, key=lambda one: one.code))


def _known(one: ComparedIndicator) -> int:
    """Return how many offices have a figure by now."""
    return sum(figure.achievement_pct is not None for _, figure in one.offices)


def _spread(one: ComparedIndicator) -> Decimal:
    """Return how far the best and the last office lie apart, in percentage points."""
    known = [figure.achievement_pct for _, figure in one.offices if figure.achievement_pct is not None]
    return max(known) - min(known) if known else Decimal(0)


def _compared(one: ComparedIndicator, of: PeriodRollup, phrases: Phrases) -> str:
    """Return one indicator: median, best, and who is below the median."""
    names = {row.key: row.name for row in of.rows}
    known = [(names[key], own.achievement_pct) for key, own in one.offices if own.achievement_pct is not None]
    usual = one.median_pct or Decimal(0)
    below = [f"{name} {phrases.percent(value)}" for name, value in reversed(known) if value < usual]
    return phrases.word("rollup", "indicator").format(
        code=one.code,
        name=one.name,
        median=phrases.percent(usual),
        best=_cut(tuple(name for name, value in known if value == known[0][1]), _BELOW_NAMED, phrases),
        highest=phrases.percent(known[0][1]),
        names=_cut(tuple(below), _BELOW_NAMED, phrases),
    )


def _cut(names: tuple[str, ...], most: int, phrases: Phrases) -> str:
    """Return names on one line; of too many, how many more there are."""
    shown = "; ".join(names[:most])
    more = len(names) - most
    return shown + phrases.word("rollup", "more").format(count=more) if more > 0 else shown
