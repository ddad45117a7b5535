"""Which stretch of time a reporting cycle reports on: a year, or one quarter of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PeriodKind(StrEnum):
    """A cycle reports on a whole year or on a quarter (triwulan)."""

    ANNUAL = "annual"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A reporting period; `quarter` is 1 to 4, or 0 for the whole year."""

    year: int
    quarter: int = 0

    @property
    def kind(self) -> PeriodKind:
        """Say whether this is a year or a quarter."""
        return PeriodKind.QUARTER if self.quarter else PeriodKind.ANNUAL
