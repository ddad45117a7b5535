"""What a finished report is laid beside: the forms, the settings, and all that somebody said in either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING

from mailbot.core.report.analysis import analyse

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import Analysis, IndicatorResult

MISSING = "belum diisi"
UNKNOWN = "tidak dapat dihitung"


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """One thing that cannot be so: which rule found it, and what stands there."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The cycle and the office a report tells of, and the number it bears (0: the living draft)."""

    cycle: Cycle
    office: Office
    version: int

    @cached_property
    def analysis(self) -> Analysis:
        """Return every figure."""
        return analyse(self.cycle, self.office)

    @cached_property
    def results(self) -> dict[str, IndicatorResult]:
        """Return the indicators by code."""
        return {one.indicator.code: one for one in self.analysis.indicators}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Return the predikat, the longest first."""
        return tuple(sorted((band.label for band in self.office.bands), key=len, reverse=True))

    @cached_property
    def written(self) -> str:
        """Return everything that the office set down or a unit wrote, blanks folded."""
        return "\n".join(" ".join(text.split()) for one in (self.office, self.cycle) for text in texts(one))

    def rated(self, pct: Decimal) -> str:
        """Return the predikat of an achievement."""
        return next((band.label for band in self.office.bands if pct >= band.at_least), self.office.bands[-1].label)


def codes_of(office: Office) -> set[str]:
    """Return every code that the office has given."""
    codes = {one.code for one in office.indicators} | {one.code for one in office.objectives}
    return codes | {one.code for one in office.budget} | {code for code, _ in office.programs}


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from texts(getattr(value, one.name))


def parsed(text: str) -> Decimal | None:
    """Return a printed figure as a number; None where it is none."""
    plain = re.sub(r"[^\d,.-]", "", text.removeprefix("Rp")).replace(".", "").replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
