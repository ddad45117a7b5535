"""Questions about cycles that come back (`recurring` in `cycles.yaml`): is each turn one cycle, and asked whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.cycles import CycleBlock, RecurringBlock
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock
    from mailbot.settings.files.recipients import UnitBlock
    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.sections import Items


def something_is_planned(recurring: Items[RecurringBlock], cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """There is a cycle at all."""
    if not recurring.items and not cycles.items:
        yield cycles.problem(what=said("no_cycle_planned"), hint=said("plan_a_cycle"))


def keys_stand_once(recurring: Items[RecurringBlock]) -> Iterator[Mistake]:
    """A key means one turn of one cycle, and each quarter has its own."""
    seen: dict[str, int] = {}
    for place, block in recurring:
        if block.every == "quarter" and "{quarter}" not in block.pattern:
            yield recurring.problem(place, "key", what=said("one_key_for_quarters", key=block.pattern))
        if block.every == "year" and "{quarter}" in block.pattern:
            yield recurring.problem(place, "key", what=said("year_has_no_quarter", key=block.pattern))
        if block.pattern in seen:
            what = said("stands_twice", field="key", name=block.pattern, seen=seen[block.pattern])
            yield recurring.problem(place, what=what, hint=said("give_another"))
        seen.setdefault(block.pattern, recurring.line(place))


def years_are_in_order(recurring: Items[RecurringBlock]) -> Iterator[Mistake]:
    """The last year does not lie before the first, and no quarter is named twice."""
    for place, block in recurring:
        if block.until_year is not None and block.until_year < block.from_year:
            what = said("until_before_from", until=block.until_year, first=block.from_year)
            yield recurring.problem(place, "until_year", what=what)
        if len(set(block.quarters)) < len(block.quarters):
            yield recurring.problem(place, "quarters", what=said("quarter_twice"))


def units_are_known(units: Items[UnitBlock], recurring: Items[RecurringBlock]) -> Iterator[Mistake]:
    """They ask units that exist."""
    keys = [unit.key for unit in units.blocks]
    for place, block in recurring:
        for number, unit in enumerate(block.units):
            if unit not in keys:
                what = said("cycle_asks_unknown_unit", key=block.pattern, unit=unit)
                yield recurring.problem(place, "units", number, what=what, hint=did_you_mean(unit, keys))


def rows_in_hours_keep_their_time(rows: Items[RowBlock], recurring: Items[RecurringBlock]) -> Iterator[Mistake]:
    """A row that runs in hours cannot be given days."""
    in_hours = {row.step for row in rows.blocks if row.hours}
    for place, block in recurring:
        for step in block.row_days:
            if step in in_hours:
                what = said("hours_row_given_days", key=block.pattern, step=step)
                yield recurring.problem(place, "row_days", step.value, what=what, hint=said("remove_line"))


def every_indicator_names_the_year(
    indicators: Items[IndicatorBlock], recurring: Items[RecurringBlock]
) -> Iterator[Mistake]:
    """A year that one indicator names is named by all that are reported on: nothing is left out by oversight.

    A year that none names yet is still to come; its cycles do not open before it is filled in.
    """
    years = {year for indicator in indicators.blocks for year in indicator.targets}
    for place, indicator in indicators:
        for year, pattern in _reported(recurring, indicator.owner, years).items():
            if year not in indicator.targets:
                yield indicators.problem(
                    place,
                    "targets",
                    what=said("year_without_targets", code=indicator.code, year=year, cycle=pattern),
                    hint=said("write_no_targets", year=year),
                )


def every_line_names_the_year(budget: Items[BudgetBlock], recurring: Items[RecurringBlock]) -> Iterator[Mistake]:
    """The same of the budget: a year that one line names is named by all. Targets stand for years, a pagu for one."""
    years = {year for line in budget.blocks for year in line.budget_idr}
    for place, line in budget:
        for year, pattern in _reported(recurring, line.owner, years).items():
            if year not in line.budget_idr:
                yield budget.problem(
                    place,
                    "budget_idr",
                    what=said("year_without_pagu", code=line.code, year=year, cycle=pattern),
                    hint=said("write_no_pagu", year=year),
                )


def _reported(recurring: Items[RecurringBlock], unit: str, years: set[int]) -> dict[int, str]:
    """Return which of these years a unit is asked about, each with the key of the first entry that does."""
    found: dict[int, str] = {}
    for block in recurring.blocks:
        if block.units and unit not in block.units:
            continue
        for year in sorted(years):
            if block.from_year <= year and (block.until_year is None or year <= block.until_year):
                found.setdefault(year, block.pattern)
    return found
