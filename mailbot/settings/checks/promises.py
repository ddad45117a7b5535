"""Questions about indicators and budget lines: do they belong somewhere, can their numbers be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.wrongness import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mailbot.errors import Problem
    from mailbot.settings.files import Block
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock, ObjectiveBlock, ProgramBlock
    from mailbot.settings.files.recipients import UnitBlock
    from mailbot.settings.sections import Items


def same_code(code: str) -> str:
    """Reduce a code to what is compared: offices write 2.12.02.2.01 and 2.12.02.02.01 for one thing."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"\s", "", code)).casefold()


def codes_stand_once(
    objectives: Items[ObjectiveBlock],
    indicators: Items[IndicatorBlock],
    programs: Items[ProgramBlock],
    budget: Items[BudgetBlock],
) -> Iterator[Problem]:
    """A code means one thing: objectives and indicators share one list, programs and budget lines another."""
    promised: tuple[Items[Block], ...] = (objectives, indicators)
    spent: tuple[Items[Block], ...] = (programs, budget)
    yield from stands_once(*promised, field="code")
    yield from stands_once(*spent, field="code", fold=same_code)


def objectives_are_known(objectives: Items[ObjectiveBlock], indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """An indicator's objective is one of the objectives."""
    codes = [objective.code for objective in objectives.blocks]
    for place, indicator in indicators:
        if indicator.objective not in codes:
            what = f"{indicator.code}: there is no objective '{indicator.objective}'"
            yield indicators.problem(place, "objective", what=what, hint=did_you_mean(indicator.objective, codes))


def owners_are_units(
    units: Items[UnitBlock], indicators: Items[IndicatorBlock], budget: Items[BudgetBlock]
) -> Iterator[Problem]:
    """Who reports an indicator or a budget line is one of the units."""
    keys = [unit.key for unit in units.blocks]
    for place, indicator in indicators:
        if indicator.owner not in keys:
            what = f"{indicator.code}: the owner '{indicator.owner}' is no unit of recipients.yaml"
            yield indicators.problem(place, "owner", what=what, hint=did_you_mean(indicator.owner, keys))
    for place, line in budget:
        if line.owner not in keys:
            what = f"{line.code}: the owner '{line.owner}' is no unit of recipients.yaml"
            yield budget.problem(place, "owner", what=what, hint=did_you_mean(line.owner, keys))


def lines_have_a_program(programs: Items[ProgramBlock], budget: Items[BudgetBlock]) -> Iterator[Problem]:
    """A budget line's code begins with the code of a program, where programs are listed."""
    codes = [program.code for program in programs.blocks]
    for place, line in budget:
        if codes and not any(same_code(line.code).startswith(f"{same_code(code)}.") for code in codes):
            what = f"{line.code} begins with the code of no program"
            yield budget.problem(place, "code", what=what, hint="add its program under `programs`")


def values_lie_in_range(indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """A range is a range, and what was promised or reached lies inside it."""
    for place, indicator in indicators:
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            what = f"{indicator.code}: minimum {low} is greater than maximum {high}"
            yield indicators.problem(place, "maximum", what=what)
            continue
        for field, key, value in _values(indicator):
            if (low is not None and value < low) or (high is not None and value > high):
                bounds = f"{'any' if low is None else low} to {'any' if high is None else high}"
                name = f"{field} {key}".rstrip()
                what = f"{indicator.code}: {name}: {value} lies outside {bounds}"
                at = (place, field, key) if key else (place, field)
                yield indicators.problem(*at, what=what, hint="correct the value, or minimum and maximum")


def ratios_have_both_sides(indicators: Items[IndicatorBlock]) -> Iterator[Problem]:
    """What is counted above the line needs what is counted below it."""
    for place, indicator in indicators:
        if bool(indicator.numerator) is not bool(indicator.denominator):
            lone, missing = ("numerator", "denominator") if indicator.numerator else ("denominator", "numerator")
            yield indicators.problem(place, lone, what=f"{indicator.code} has a {lone} but no {missing}")


def _values(indicator: IndicatorBlock) -> Iterator[tuple[str, str, Decimal]]:
    """Give every number in an indicator's own unit: where it stands, and the number."""
    for year, quarters in indicator.targets.items():
        yield from (("targets", str(year), target) for target in quarters if target is not None)
    for year, value in indicator.history.items():
        yield "history", str(year), value
    for field in ("plan_end_target", "national"):
        single: Decimal | None = getattr(indicator, field)
        if single is not None:
            yield field, "", single
