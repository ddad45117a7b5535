"""Questions about the values of indicators: do they lie in their range, are their words known and in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.core.language.plain_line import plain
from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mailbot.settings.files.indicators import IndicatorBlock
    from mailbot.settings.sections import Items

At = tuple[str | int, ...]
"""Where a value stands inside its indicator."""


def values_lie_in_range(indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """A range is a range, and what was promised or reached lies inside it."""
    for place, indicator in indicators:
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            what = said("range_reversed", code=indicator.code, low=low, high=high)
            yield indicators.problem(place, "maximum", what=what)
            continue
        for at, value in worths(indicator):
            if isinstance(value, str):
                continue
            if (low is not None and value < low) or (high is not None and value > high):
                bounds = said("bounds", low=_any(low), high=_any(high))
                what = said("value_out_of_range", code=indicator.code, at=_named(at), value=value, bounds=bounds)
                yield indicators.problem(place, *at, what=what, hint=said("correct_value"))


def words_are_grades(indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """A word stands for a value only where the indicator says which; and then no value is anything else."""
    for place, indicator in indicators:
        words = {plain(word): word for word in indicator.grades}
        for at, value in worths(indicator):
            if isinstance(value, str) and plain(value) not in words:
                no_word = "no_number_nor_grade" if words else "no_number"
                what = said(no_word, code=indicator.code, at=_named(at), value=value)
                hint = did_you_mean(value, indicator.grades) if words else said("digits_or_grades")
                yield indicators.problem(place, *at, what=what, hint=hint)
        for year, quarters in indicator.targets.items():
            if words and any(isinstance(target, tuple) for target in quarters):
                what = said("range_and_words", code=indicator.code, year=year)
                yield indicators.problem(place, "targets", str(year), what=what)


def grades_descend(indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """Words run from the best to the worst, and each stands once."""
    for place, indicator in indicators:
        for (better, high), (worse, low) in pairwise(indicator.grades.items()):
            if low >= high:
                what = said("grade_not_below", code=indicator.code, worse=worse, low=low, better=better, high=high)
                yield indicators.problem(place, "grades", worse, what=what, hint=said("best_first"))
        seen: dict[str, str] = {}
        for word in indicator.grades:
            other = seen.setdefault(plain(word), word)
            if other != word:
                what = said("grades_one_word", code=indicator.code, other=other, word=word)
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


def _any(bound: Decimal | None) -> Decimal | Said:
    """Return a bound, or the word for none."""
    return said("any_value") if bound is None else bound
