"""Questions about indicators and budget lines: do they belong somewhere, can their numbers be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files import Block
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock, ObjectiveBlock, ProgramBlock
    from mailbot.settings.files.recipients import UnitBlock
    from mailbot.settings.sections import Items


_SHOWN = 8
"""So many codes a hint may list."""


def codes_stand_once(
    objectives: Items[ObjectiveBlock],
    indicators: Items[IndicatorBlock],
    programs: Items[ProgramBlock],
    budget: Items[BudgetBlock],
) -> Iterator[Mistake]:
    """A code means one thing, however written: objectives and indicators share one list, programs and lines another."""
    promised: tuple[Items[Block], ...] = (objectives, indicators)
    spent: tuple[Items[Block], ...] = (programs, budget)
    yield from stands_once(*promised, field="code", fold=code_key)
    yield from stands_once(*spent, field="code", fold=code_key)


def objectives_are_known(objectives: Items[ObjectiveBlock], indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """An indicator's objective is one of the objectives."""
    codes = [objective.code for objective in objectives.blocks]
    for place, indicator in indicators:
        if indicator.objective not in codes:
            what = said("objective_unknown", code=indicator.code, objective=indicator.objective)
            yield indicators.problem(place, "objective", what=what, hint=did_you_mean(indicator.objective, codes))


def owners_are_units(
    units: Items[UnitBlock], indicators: Items[IndicatorBlock], budget: Items[BudgetBlock]
) -> Iterator[Mistake]:
    """Who reports an indicator or a budget line is one of the units."""
    keys = [unit.key for unit in units.blocks]
    for place, indicator in indicators:
        if indicator.owner not in keys:
            what = said("owner_unknown", code=indicator.code, owner=indicator.owner)
            yield indicators.problem(place, "owner", what=what, hint=did_you_mean(indicator.owner, keys))
    for place, line in budget:
        if line.owner not in keys:
            what = said("owner_unknown", code=line.code, owner=line.owner)
            yield budget.problem(place, "owner", what=what, hint=did_you_mean(line.owner, keys))


def totals_have_parts(indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """What an indicator is the sum of are others of the same unit, in one form with it; none is part of itself."""
    known = {indicator.code: indicator for indicator in indicators.blocks}
    for place, indicator in indicators:
        for part in indicator.total_of:
            if part not in known:
                what = said("part_unknown", code=indicator.code, part=part)
                yield indicators.problem(place, "total_of", what=what, hint=did_you_mean(part, known))
            elif indicator.code in _parts_below(part, known):
                yield indicators.problem(place, "total_of", what=said("part_of_itself", code=indicator.code, part=part))
            elif known[part].owner != indicator.owner:
                what = said("part_of_other_unit", code=indicator.code, part=part, owner=known[part].owner)
                yield indicators.problem(place, "total_of", what=what)


def _parts_below(code: str, known: dict[str, IndicatorBlock]) -> set[str]:
    """Return a code with all that it is the sum of, however far below."""
    found: set[str] = set()
    open_codes = [code]
    while open_codes:
        one = open_codes.pop()
        if one in known and one not in found:
            found.add(one)
            open_codes += known[one].total_of
    return found


def lines_have_a_program(programs: Items[ProgramBlock], budget: Items[BudgetBlock]) -> Iterator[Mistake]:
    """A budget line's code begins with the code of a program, where programs are listed."""
    codes = [program.code for program in programs.blocks]
    for place, line in budget:
        if codes and not any(code_key(line.code).startswith(f"{code_key(code)}.") for code in codes):
            what = said("line_of_no_program", code=line.code)
            yield budget.problem(place, "code", what=what, hint=said("add_program"))


def indicators_have_known_programs(
    programs: Items[ProgramBlock], indicators: Items[IndicatorBlock], budget: Items[BudgetBlock]
) -> Iterator[Mistake]:
    """What stands behind an indicator is a program, a sub kegiatan, or what sub kegiatan begin with."""
    codes = [program.code for program in programs.blocks] + [line.code for line in budget.blocks]
    known = [f"{code_key(code)}." for code in codes]
    for place, indicator in indicators:
        for at, code in enumerate(indicator.programs):
            if not any(one.startswith(f"{code_key(code)}.") for one in known):
                what = said("program_unknown", code=indicator.code, code_2=code)
                yield indicators.problem(place, "programs", at, what=what, hint=did_you_mean(code, codes[:_SHOWN]))


def lines_have_whole_outputs(budget: Items[BudgetBlock]) -> Iterator[Mistake]:
    """An output has its unit, what belongs to an output has one, and a pagu murni has its year's pagu."""
    for place, line in budget:
        if line.output and not line.output_unit:
            yield budget.problem(place, "output", what=said("output_without_unit", code=line.code))
        for field in ("output_unit", "output_targets"):
            if getattr(line, field) and not line.output:
                yield budget.problem(place, field, what=said("field_without_output", code=line.code, field=field))
        for year in line.original_idr:
            if line.budget_idr.get(year) is None:
                what = said("murni_without_pagu", code=line.code, year=year)
                yield budget.problem(place, "original_idr", str(year), what=what)


def ratios_have_both_sides(indicators: Items[IndicatorBlock]) -> Iterator[Mistake]:
    """What is counted above the line needs what is counted below it."""
    for place, indicator in indicators:
        if bool(indicator.numerator) is not bool(indicator.denominator):
            lone, missing = ("numerator", "denominator") if indicator.numerator else ("denominator", "numerator")
            what = said("ratio_one_sided", code=indicator.code, lone=lone, missing=missing)
            yield indicators.problem(place, lone, what=what)
