"""Questions about `cycles.yaml`: does a cycle ask somebody for something that was promised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailbot.settings.files.cycles import CycleBlock
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock
    from mailbot.settings.files.recipients import UnitBlock
    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.sections import Items


def keys_stand_once(cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """A key means one cycle."""
    yield from stands_once(cycles, field="key")


def units_are_known(units: Items[UnitBlock], cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """A cycle asks units that exist, each once."""
    keys = [unit.key for unit in units.blocks]
    for place, cycle in cycles:
        for number, unit in enumerate(cycle.units):
            if unit not in keys:
                what = said("cycle_asks_unknown_unit", key=cycle.key, unit=unit)
                yield cycles.problem(place, "units", number, what=what, hint=did_you_mean(unit, keys))
            elif unit in cycle.units[:number]:
                what = said("cycle_asks_unit_twice", key=cycle.key, unit=unit)
                yield cycles.problem(place, "units", number, what=what)


def opens_after_its_period_begins(cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """A cycle does not ask for figures of a time that has not begun."""
    for place, cycle in cycles:
        begins = date(cycle.year, 3 * (cycle.quarter or 1) - 2, 1)
        if cycle.starts_on < begins:
            what = said("cycle_before_its_period", key=cycle.key, starts_on=cycle.starts_on, begins=begins)
            yield cycles.problem(place, "starts_on", what=what, hint=said("look_at_year_and_quarter"))


def rows_in_hours_keep_their_time(rows: Items[RowBlock], cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """A row that runs in hours cannot be given days by a cycle."""
    in_hours = {row.step for row in rows.blocks if row.hours}
    for place, cycle in cycles:
        for step in cycle.row_days:
            if step in in_hours:
                what = said("hours_row_given_days", key=cycle.key, step=step)
                yield cycles.problem(place, "row_days", step.value, what=what, hint=said("remove_line"))


def something_is_promised(
    units: Items[UnitBlock], indicators: Items[IndicatorBlock], cycles: Items[CycleBlock]
) -> Iterator[Mistake]:
    """Every unit a cycle asks has an indicator with a target in the period; else its form would be empty."""
    keys = [unit.key for unit in units.blocks]
    if any(indicator.owner not in keys for indicator in indicators.blocks):
        return  # Told by `promises.owners_are_units`; which unit that indicator is missing from is a guess.
    for place, cycle in cycles:
        asked = [unit for unit in cycle.units if unit in keys] or keys
        for unit in asked:
            own = (indicator for indicator in indicators.blocks if indicator.owner == unit)
            if not any(_promised(indicator, cycle) for indicator in own):
                quarter = said("year_and_quarter", year=cycle.year, quarter=cycle.quarter)
                period = quarter if cycle.quarter else cycle.year
                yield cycles.problem(
                    place,
                    what=said("nothing_promised", key=cycle.key, unit=unit, period=period),
                    hint=said("add_targets"),
                )


def every_indicator_names_the_year(indicators: Items[IndicatorBlock], cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """Nothing is left out of a report by oversight: what is not promised for a year says so."""
    for place, indicator in indicators:
        for year, cycle in _years_asked(cycles, indicator.owner).items():
            if _left_out(year, indicator.targets):
                yield indicators.problem(
                    place,
                    "targets",
                    what=said("year_without_targets", code=indicator.code, year=year, cycle=cycle),
                    hint=said("write_no_targets", year=year),
                )


def every_line_names_the_year(budget: Items[BudgetBlock], cycles: Items[CycleBlock]) -> Iterator[Mistake]:
    """Nothing is left out of a report by oversight: what is not in a year's budget says so."""
    for place, line in budget:
        for year, cycle in _years_asked(cycles, line.owner).items():
            if _left_out(year, line.budget_idr):
                yield budget.problem(
                    place,
                    "budget_idr",
                    what=said("year_without_pagu", code=line.code, year=year, cycle=cycle),
                    hint=said("write_no_pagu", year=year),
                )


def _left_out(year: int, said: Mapping[int, object]) -> bool:
    """Say whether a year is left out by oversight; what begins with a later year has nothing to say of this one."""
    return year not in said and min(said) < year


def _promised(indicator: IndicatorBlock, cycle: CycleBlock) -> bool:
    """Say whether an indicator has a target in a cycle's period."""
    quarters = indicator.targets.get(cycle.year, (None,) * 4)
    wanted = quarters if cycle.quarter is None else quarters[cycle.quarter - 1 : cycle.quarter]
    return any(target is not None for target in wanted)


def _years_asked(cycles: Items[CycleBlock], unit: str) -> dict[int, str]:
    """Return every year that a unit is asked about, with the key of the first cycle that does."""
    years: dict[int, str] = {}
    for cycle in cycles.blocks:
        if not cycle.units or unit in cycle.units:
            years.setdefault(cycle.year, cycle.key)
    return years
