"""The figures of former periods, as they lie in the ledger: what forms, checks, report and recap compare with."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import Period, Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.form import Entry, FormData, IndicatorAnswer
    from mailbot.core.model.indicators import Indicator

YEARS_BACK = 3
"""So many years before its own a report prints figures of."""
_QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was accepted in other cycles: of years only where they are closed, of quarters as far as they have come."""

    figures: Mapping[Period, Mapping[str, Entry]] = field(default_factory=dict)
    """Period -> plain code of an indicator or budget line -> the cell that counts."""
    answers: Mapping[Period, Mapping[str, IndicatorAnswer]] = field(default_factory=dict)
    """Period -> plain code of an indicator -> all that was written of it."""

    def entry(self, code: str, period: Period) -> Entry | None:
        """Return the cell that counts in a period; None if there is none."""
        return self.figures.get(period, {}).get(code_key(code))

    def answer_before(self, code: str, period: Period) -> IndicatorAnswer | None:
        """Return what was written in the period before: of a year last year's, of a quarter the last quarter's."""
        return self.answers.get(_period_before(period), {}).get(code_key(code))

    def value(self, indicator: Indicator, period: Period) -> Decimal | None:
        """Return an indicator's realised value in a period, None if there is none."""
        entry = self.entry(indicator.code, period)
        return None if entry is None else realised(indicator, entry)

    def of_year(self, indicator: Indicator, year: int) -> Decimal | None:
        """Return the realised value of a year.

        It is the ledger's: of the year's own cycle, else of all its quarters together; what the ledger lacks, the
        configured history fills.
        """
        whole = self.value(indicator, Period(year=year))
        whole = self.of_quarters(indicator, year) if whole is None else whole
        return indicator.history.get(year) if whole is None else whole

    def before(self, indicator: Indicator, period: Period, last: Decimal | None = None) -> Decimal | None:
        """Return the value that one of a period is compared with: the form's "Periode lalu"; None if there is none.

        A year compares with the year before. A quarter compares with the nearest earlier one of its year; else with
        last year's value where that is a level like the quarter's own, and with last year's last quarter where each is
        counted for itself: a quarter's count is no year's total.

        Args:
            indicator: whose value.
            period: of which period.
            last: the value of the nearest earlier quarter, where it is known already.
        """
        if not period.quarter:
            return self.of_year(indicator, period.year - 1)
        nearest = self.of_nearest_quarter(indicator, period) if last is None else last
        if nearest is not None:
            return nearest
        if indicator.per_quarter:
            return self.last_quarter(indicator, period)
        return self.of_year(indicator, period.year - 1)

    def last_quarter(self, indicator: Indicator, period: Period) -> Decimal | None:
        """Return the value of the nearest earlier quarter, of the year before where this is the first; None: none."""
        nearest = self.of_nearest_quarter(indicator, period)
        before = Period(year=period.year - 1, quarter=_QUARTERS[-1])
        return self.value(indicator, before) if nearest is None else nearest

    def of_nearest_quarter(self, indicator: Indicator, period: Period) -> Decimal | None:
        """Return the value of the nearest earlier quarter of the same year, None if there is none."""
        earlier = (Period(year=period.year, quarter=quarter) for quarter in reversed(_QUARTERS[: period.quarter - 1]))
        return next((found for one in earlier if (found := self.value(indicator, one)) is not None), None)

    def quarters(self, code: str, year: int) -> dict[int, Entry]:
        """Return what counts in each quarter of a year, as far as there is something."""
        found = {quarter: self.entry(code, Period(year=year, quarter=quarter)) for quarter in _QUARTERS}
        return {quarter: entry for quarter, entry in found.items() if entry is not None}

    def of_quarters(self, indicator: Indicator, year: int) -> Decimal | None:
        """Return what a year's quarters come to, None while one that was promised is not there.

        What is known counts, promised or not: of a year gone by a whole target may stand at its last quarter alone.
        """
        promised = indicator.targets.get(year, (Decimal(0),) * len(_QUARTERS))
        values = [self.value(indicator, Period(year=year, quarter=quarter)) for quarter in _QUARTERS]
        asked = [value for value, target in zip(values, promised, strict=True) if target is not None]
        whole = bool(asked) and None not in asked
        return indicator.together([value for value in values if value is not None]) if whole else None


def past_of(forms: Mapping[Period, tuple[FormData, ...]]) -> Past:
    """Return the figures of the forms that count in each period."""
    return Past(
        figures={period: _figures(data) for period, data in forms.items()},
        answers={
            period: {code_key(row.code): row for data in sent for row in data.indicators}
            for period, sent in forms.items()
        },
    )


def _period_before(period: Period) -> Period:
    """Return the period of the same kind before one."""
    if period.quarter > 1:
        return Period(year=period.year, quarter=period.quarter - 1)
    return Period(year=period.year - 1, quarter=_QUARTERS[-1] if period.quarter else 0)


def _figures(forms: tuple[FormData, ...]) -> dict[str, Entry]:
    """Return every figure of some forms by its plain code."""
    cells = [(row.code, row.actual) for data in forms for row in data.indicators]
    cells += [(row.code, row.spent_idr) for data in forms for row in data.budget]
    return {code_key(code): cell for code, cell in cells if not cell.blank}


def realised(indicator: Indicator, actual: Entry) -> Decimal | None:
    """Return the figure that a realised value comes to.

    NIHIL says that nothing happened: of a count or a share that is 0. Where lower is better it does not say how good it
    was (no service, no waiting time), so there is no figure; who means 0 writes 0.
    """
    if actual.nil:
        return Decimal(0) if indicator.polarity is Polarity.UP else None
    return actual.value
