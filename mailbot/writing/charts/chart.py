"""A chart as values, before anybody draws it: what stands below, what rises, how it is told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Look(StrEnum):
    """How a series is drawn; colours are those of the Word file's theme, so an office's own template gives its own."""

    BAR = "bar"
    """Filled with the first accent."""
    SECOND_BAR = "second_bar"
    """Filled with the third accent, which is light: apart from the first in greyscale too."""
    HATCHED_BAR = "hatched_bar"
    """Hatched: what failed."""
    EMPTY_BAR = "empty_bar"
    """An outline alone: what nobody knows yet."""
    LINE = "line"
    """A line with dots, of the first accent."""
    TARGET_LINE = "target_line"
    """A dashed line with hollow squares, of the second accent."""

    @property
    def is_line(self) -> bool:
        """Say whether it is drawn as a line."""
        return self in {Look.LINE, Look.TARGET_LINE}


class Place(StrEnum):
    """Where a value's label stands, in the words of DrawingML."""

    ABOVE = "t"
    BELOW = "b"
    OUTSIDE = "outEnd"
    INSIDE = "inEnd"
    """Within the bar, at its end, in white."""
    MIDDLE = "ctr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value of a series; without a value nothing is drawn."""

    value: Decimal | None = None
    printed: str = ""
    """Its label, with the comma on every machine; empty: none."""
    place: Place = Place.OUTSIDE
    failed: bool = False
    """Drawn hatched, whatever its series looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one kind, one for each category."""

    name: str
    points: Sequence[Point]
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The axis of the values: its unit, and how far it goes."""

    title: str
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    step: Decimal | None = None
    whole: bool = True
    """Steps are whole numbers; other steps bear no numbers, for their comma would be the machine's."""
    target: bool = False
    """The line of each step is the target's: strong and dashed, with light lines between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart with its figures in words for who cannot see it."""

    categories: Sequence[str]
    series: Sequence[Series]
    axis: Axis
    title: str
    """The finding: what the caption says."""
    alternative: str
    across: bool = False
    """Bars lie, with names beside them."""
    stacked: bool = False
    legend: bool = True
    height_cm: float = 5.0
