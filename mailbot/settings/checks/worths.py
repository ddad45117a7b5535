"""Questions about the values of indicators: do they lie in their range, are their words known and in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.core.language.plain_line import plain
from mailbot.settings.wrongness import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mailbot.errors import Problem
    from mailbot.settings.files.indicators import IndicatorBlock
    from mailbot.settings.sections import Items

At = tuple[str | int, ...]
"""Where a value stands inside its indicator."""


def values_lie_in_range(indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """A range is a range, and what was promised or reached lies inside it."""
    for place, indicator in indicators:
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            what = f"{indicator.code}: minimum {low} is greater than maximum {high}"
            yield indicators.problem(place, "maximum", what=what)
            continue
        for at, value in worths(indicator):
            if isinstance(value, str):
                continue
            if (low is not None and value < low) or (high is not None and value > high):
                bounds = f"{'any' if low is None else low} to {'any' if high is None else high}"
                what = f"{indicator.code}: {_named(at)}: {value} lies outside {bounds}"
                yield indicators.problem(place, *at, what=what, hint="correct the value, or minimum and maximum")


def words_are_grades(indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """A word stands for a value only where the indicator says which; and then no value is anything else."""
    for place, indicator in indicators:
        words = {plain(word): word for word in indicator.grades}
        for at, value in worths(indicator):
            if isinstance(value, str) and plain(value) not in words:
                what = f"{indicator.code}: {_named(at)}: '{value}' is no number"
                what += " and no word of `grades`" if words else ""
                hint = did_you_mean(value, indicator.grades) if words else "write digits, or add the word to `grades`"
                yield indicators.problem(place, *at, what=what, hint=hint)
        for year, quarters in indicator.targets.items():
            if words and any(isinstance(target, tuple) for target in quarters):
                what = f"{indicator.code}: targets {year}: a range and words (`grades`) do not go together"
                yield indicators.problem(place, "targets", str(year), what=what)


def grades_descend(indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """Words run from the best to the worst, and each stands once."""
    for place, indicator in indicators:
        for (better, high), (worse, low) in pairwise(indicator.grades.items()):
            if low >= high:
                what = f"{indicator.code}: grade '{worse}' ({low}) is not below '{better}' ({high})"
                yield indicators.problem(place, "grades", worse, what=what, hint="write the best first")
        seen: dict[str, str] = {}
        for word in indicator.grades:
            other = seen.setdefault(plain(word), word)
            if other != word:
                what = f"{indicator.code}: the grades '{other}' and '{word}' are one word"
                yield indicators.problem(place, "grades", word, what=what)


def worths(indicator: IndicatorBlock) -> Iterator[tuple[At, Decimal | str]]:
    """Give every value in an indicator's own unit: where it stands, and the value."""
    for year, quarters in indicator.targets.items():
        for target in quarters:
            bounds = target if isinstance(target, tuple) else (target,)
            yield from ((("targets", str(year)), bound) for bound in bounds if bound is not None)
    for year, value in indicator.history.items():
        yield ("history", str(year)), value
    for field in ("plan_end_target", "national"):
        single: Decimal | str | None = getattr(indicator, field)
        if single is not None:
            yield (field,), single
    for number, benchmark in enumerate(indicator.benchmarks):
        yield ("benchmarks", number, "value"), benchmark.value


def _named(at: At) -> str:
    """Name a place inside an indicator: `targets 2025`, `benchmarks 1`."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in at if part != "value")
