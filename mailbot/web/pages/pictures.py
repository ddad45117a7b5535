"""Small pictures as values: bars against a target, columns over years; a template alone draws them, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR_WIDTH, _FULL, _TARGET = 160, Decimal(120), Decimal(100)
"""A bar ends at 120 percent; what is beyond is cut there, and its figure stands beside it."""
_COLUMN, _GAP, _HEIGHT = 22, 10, 56
_ROOM, _FEWEST = Decimal("1.1"), 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An achievement as a bar, with its target as a line across it; in units of the picture."""

    width: int
    """Of the whole picture."""
    length: float
    target_at: float
    reached: bool
    told: str
    """The same in words, for whoever does not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One year: a column for the realised value, a line for its target."""

    x: float
    width: float
    top: float
    height: float
    target_y: float | None
    year: str
    now: bool
    """It is the year of the cycle itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The years of one figure."""

    width: float
    height: float
    columns: tuple[Column, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is drawn of one year; None: it is not known."""

    year: str
    actual: Decimal | None
    target: Decimal | None
    now: bool = False


def bar(percent: Decimal | None, told: str) -> Bar | None:
    """Return an achievement as a bar; None where it cannot be computed."""
    if percent is None:
        return None
    shown = min(max(percent, Decimal(0)), _FULL)
    return Bar(
        width=_BAR_WIDTH,
        length=round(float(shown / _FULL) * _BAR_WIDTH, 1),
        target_at=round(float(_TARGET / _FULL) * _BAR_WIDTH, 1),
        reached=percent >= _TARGET,
        told=told,
    )


def columns(years: Sequence[Year], told: str) -> Columns | None:
    """Return years as columns from zero up; None where fewer than two are known, or one is below zero."""
    known = [value for year in years for value in (year.actual, year.target) if value is not None]
    if sum(year.actual is not None for year in years) < _FEWEST or min(known) < 0 or not max(known):
        return None
    scale = _HEIGHT / float(max(known) * _ROOM)
    drawn = tuple(_column(place, year, scale) for place, year in enumerate(years))
    return Columns(width=len(years) * (_COLUMN + _GAP), height=_HEIGHT, columns=drawn, told=told)


def _column(place: int, year: Year, scale: float) -> Column:
    """Return one year's column and the line of its target."""
    height = float(year.actual or 0) * scale
    return Column(
        x=place * (_COLUMN + _GAP) + _GAP / 2,
        width=_COLUMN,
        top=round(_HEIGHT - height, 1),
        height=round(height, 1),
        target_y=round(_HEIGHT - float(year.target) * scale, 1) if year.target is not None else None,
        year=year.year,
        now=year.now,
    )
