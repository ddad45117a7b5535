"""The one seeded generator of a run: the same seed plays the same cycle, to the last byte."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Dice:
    """Everything a run leaves to chance."""

    def __init__(self, seed: int) -> None:
        """Seed the generator."""
        self._random = Random(seed)  # noqa: S311 - chance with a seed, to play by

    def chance(self, probability: float) -> bool:
        """Say yes with that probability."""
        return self._random.random() < probability

    def one_of(self, things: Sequence[T]) -> T:
        """Take one of several."""
        return things[self._random.randrange(len(things))]

    def number(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included."""
        return self._random.randint(least, most)

    def hours(self, least: float, most: float) -> timedelta:
        """Draw a length of time, to the minute."""
        return timedelta(minutes=self._random.randint(round(least * 60), round(most * 60)))
