"""What a year of one office costs in memory, without documents, beside what was on its wire read once.

The years are those of `tests/years`: the core and the clerk's whole walk are real, ledger and servers are dictionaries,
and a judge looks at every letter.
"""

from __future__ import annotations

import email
import email.policy
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.years.sample import settings
from tests.years.year import SMALL, Year, play

if TYPE_CHECKING:
    from collections.abc import Iterable

EACH = 12
"""So many years of small offices, and of offices of any size."""
_MS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one year came to."""

    seconds: float
    """CPU of all of it, people and judge too."""
    floor: float
    """CPU of reading once what arrived and what left, with the standard library."""
    passes: int
    mails: int
    letters: int


def main() -> None:
    """Print what a year of a small office costs, and one of any size."""
    play(0, settings())
    print("An office-year in memory, without documents: CPU of one core, median and middle half of the years")
    heads = f"{'seconds':>9}{'middle half':>16}{'ms a pass':>11}{'passes':>8}{'mails':>7}{'letters':>9}{'x floor':>9}"
    print(f"  {'':<22}{heads}")
    for name, first in (("2 to 4 units", 0), ("2 to 12 units", SMALL)):
        seen = [_cost(number) for number in range(first, first + EACH)]
        low, middle, high = statistics.quantiles((one.seconds for one in seen), n=4)
        half = f"{low:.2f} - {high:.2f}"
        pass_ms = statistics.median(one.seconds / one.passes * _MS for one in seen)
        counts = [round(statistics.median(counted)) for counted in zip(*map(_counted, seen), strict=True)]
        floor = statistics.median(one.seconds / one.floor for one in seen)
        numbers = f"{counts[0]:>8}{counts[1]:>7}{counts[2]:>9}"
        print(f"  {name:<22}{middle:>9.2f}{half:>16}{pass_ms:>11.2f}{numbers}{floor:>9.1f}")


def _counted(cost: Cost) -> tuple[int, int, int]:
    """Return what a year is counted by."""
    return cost.passes, cost.mails, cost.letters


def _cost(number: int) -> Cost:
    """Play a year, and once more to see what was on its wire."""
    began = time.process_time()
    result = play(number, settings())
    seconds = time.process_time() - began
    year = Year(number, settings())
    year.play()
    raw = [one.raw for one in year.server.wire]
    raw += [lying.raw for box in year.server.boxes.values() for lying in box.mails.values()]
    return Cost(
        seconds=seconds,
        floor=_read_once(raw),
        passes=result.passes,
        mails=result.mails,
        letters=result.letters.total(),
    )


def _read_once(raw: Iterable[bytes]) -> float:
    """Take every mail apart, and return what that took."""
    began = time.process_time()
    for one in raw:
        for part in email.message_from_bytes(one, policy=email.policy.default).walk():
            part.get_payload(decode=True)
    return time.process_time() - began
