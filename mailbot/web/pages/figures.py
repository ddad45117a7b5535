"""The figures of a cycle so far: each indicator's target, realisasi and capaian, with a picture and its years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Aggregation
from mailbot.core.model.past import YEARS_BACK
from mailbot.core.report.analysis import analyse
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.pictures import Bar, Columns, Year, bar, columns
from mailbot.writing.values.form_values import printed_actual
from mailbot.writing.values.worth import printed_target, printed_worth

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.results import BudgetResult, IndicatorResult
    from mailbot.web.pages.page import Here

_REACHED = 100
_REACH = {
    True: ("reached_it", Tone.GOOD),
    False: ("below", Tone.WAITS),
    None: ("unknown", Tone.NOTHING),
}
"""How a figure stands to its target: by which word, and what that means."""
_latest: list[tuple[Office, Office]] = []
"""The last office as configured, and the one that remembers: what is reckoned of it is reckoned once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One indicator, ready to print."""

    code: str
    name: str
    unit_key: str
    unit: str
    measure: str
    target: str
    actual: str
    achievement: str
    rating: str
    mark: Mark
    bar: Bar | None
    columns: Columns | None
    last_year: str
    last: str
    """The realised value of the year before; empty where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of them, by sasaran, with the sums of the whole."""

    groups: tuple[tuple[str, tuple[Figure, ...]], ...]
    sums: tuple[tuple[str, str, str], ...]
    """Name and value of each sum, and what stands below it; none for whoever sees his own unit alone."""


def remembered(cycle: Cycle, here: Here) -> Office:
    """Return the office with the figures of former periods that lie in the ledger: one or two statements."""
    years = tuple(sorted(cycle.period.year - back for back in range(YEARS_BACK + 1)))
    past = here.ledger.cycles.past(years, besides={cycle.key})
    for office, known in _latest:
        if office is here.office and known.past is past:
            return known
    known = replace(here.office, past=past)
    _latest[:] = [(here.office, known)]
    return known


def figures(cycle: Cycle, office: Office, here: Here) -> Figures:
    """Return the figures that the viewer sees.

    Args:
        cycle: of which cycle.
        office: the office that remembers former periods.
        here: who looks.
    """
    analysis = analyse(cycle, office)
    groups = tuple(
        (objective.objective.text, tuple(_figure(result, cycle, here) for result in shown))
        for objective in analysis.objectives
        if (shown := [result for result in objective.indicators if here.viewer.sees(result.indicator.owner)])
    )
    if not here.viewer.sees_everything:
        return Figures(groups=groups, sums=())
    phrases, told = here.phrases, here.told
    total, nothing = analysis.total, not analysis.measured
    reached = sum(_reached(result) is True for result in analysis.indicators)
    whole = len(analysis.indicators)
    sums = [
        (told("figures", "measured"), told("figures", "of", part=analysis.measured, whole=whole), ""),
        (told("figures", "reached"), told("figures", "of", part=reached, whole=whole), ""),
        (
            told("figures", "average"),
            told("figures", "not_yet") if nothing else phrases.percent(analysis.achievement_pct),
            analysis.rating,
        ),
    ]
    if analysis.budget:
        sums.append((told("figures", "absorbed"), *_absorbed(total, here)))
    return Figures(groups=groups, sums=tuple(sums))


def _absorbed(total: BudgetResult, here: Here) -> tuple[str, str]:
    """Return how much of the money is spent, and below it of how much; of all that there is where not all have told."""
    phrases, told = here.phrases, here.told
    whole = told("figures", "ceiling", whole=phrases.rupiah(total.budget_idr))
    if total.spent_idr is None:
        return told("figures", "not_yet"), whole
    spent = told("figures", "of", part=phrases.rupiah(total.spent_idr), whole=phrases.rupiah(total.reported_idr))
    below = spent if total.reported_idr == total.budget_idr else f"{spent}; {whole}"
    return phrases.percent(total.absorption_pct), below


def _reached(result: IndicatorResult) -> bool | None:
    """Say whether a target is reached; None: that cannot be computed."""
    return None if result.achievement_pct is None else result.achievement_pct >= _REACHED


def without_idle_zeros(result: IndicatorResult) -> IndicatorResult:
    """Return a result that is printed without decimals where whole things are counted, and all that is known is whole.

    A share, a mean and an index keep the decimals of `indicators.yaml`, as letters and report print them.
    """
    indicator = result.indicator
    known = (result.target, result.upper, result.actual, result.last, *result.year.quarters)
    known += tuple(value for one in result.years for value in (one.actual, one.target))
    counted = indicator.scale == 1 and not indicator.numerator and indicator.aggregation is not Aggregation.MEAN
    if not counted or any(value is not None and value != value.to_integral_value() for value in known):
        return result
    return replace(result, indicator=replace(indicator, decimals=0))


def _figure(result: IndicatorResult, cycle: Cycle, here: Here) -> Figure:
    """Return one indicator."""
    result = without_idle_zeros(result)
    phrases, indicator = here.phrases, result.indicator
    percent = phrases.percent(result.achievement_pct) if result.achievement_pct is not None else ""
    code, tone = _REACH[_reached(result)]
    last = printed_worth(indicator, result.last, phrases) if result.last is not None else ""
    return Figure(
        code=indicator.code,
        name=indicator.name,
        unit_key=indicator.owner,
        unit=here.office.roster.unit(indicator.owner).name,
        measure="" if indicator.grades else indicator.unit_of_measure,
        target=printed_target(indicator, result.target, result.upper, phrases),
        actual=printed_actual(result, phrases),
        achievement=percent,
        rating=result.rating,
        mark=Mark(tone=tone, word=here.told("figures", "missing" if result.missing else code)),
        bar=bar(result.achievement_pct, here.told("figures", "bar", percent=percent)),
        columns=_columns(result, cycle, here),
        last_year=str(cycle.period.year - 1),
        last=last,
    )


def _columns(result: IndicatorResult, cycle: Cycle, here: Here) -> Columns | None:
    """Return the years of an indicator; of a quarter the quarters of its year so far."""
    indicator, phrases = result.indicator, here.phrases
    if cycle.period.quarter:
        quarters = result.year.quarters
        roman = phrases.words["roman"]
        years = [Year(year=roman[place], actual=value, target=None) for place, value in enumerate(quarters, 1)]
        years[cycle.period.quarter - 1] = Year(
            year=roman[cycle.period.quarter], actual=result.actual, target=result.target, now=True
        )
    else:
        years = [Year(year=str(one.year), actual=one.actual, target=one.target) for one in result.years]
        years.append(Year(year=str(cycle.period.year), actual=result.actual, target=result.target, now=True))
    if indicator.grades:
        return None
    told = "; ".join(
        here.told(
            "figures",
            "year",
            year=one.year,
            actual=_worth(one.actual, result, here),
            target=_worth(one.target, result, here),
        )
        for one in years
        if one.actual is not None
    )
    return columns(years, told)


def _worth(value: Decimal | None, result: IndicatorResult, here: Here) -> str:
    """Return a value as printed; a dash where it is not known."""
    return "–" if value is None else printed_worth(result.indicator, value, here.phrases)
