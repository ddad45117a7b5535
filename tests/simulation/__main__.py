"""Plays seeds and prints what they came to: `python -m tests.simulation FIRST [COUNT] [--faithful]`."""

from __future__ import annotations

import argparse
import sys
import time

from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.simulation.sabotage import SABOTAGED, WITHIN
from tests.simulation.sometimes import table
from tests.simulation.swarm import OFF
from tests.simulation.sweep import Totals, play, play_faithfully, told


def main() -> int:
    """Play the seeds; return 1 if one of them broke an invariant, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("first", type=int, help="the first seed")
    parser.add_argument("count", type=int, nargs="?", default=1, help="how many seeds")
    parser.add_argument("--faithful", action="store_true", help="real letters, workbooks, report and archive")
    parser.add_argument(
        "--sometimes", action="store_true", help="what the mails came to, row by row, and what is missing"
    )
    parser.add_argument("--planted", action="store_true", help="break each law on purpose, and see it found")
    asked = parser.parse_args()
    for fault, why in OFF.items():
        print(f"kept off: {fault}: {why}")
    if asked.planted:
        return _planted()
    started = time.monotonic()
    totals = Totals()
    playing = play_faithfully if asked.faithful else play
    for result in playing(range(asked.first, asked.first + asked.count), load(sample_folder(), {})):
        totals.add(result)
        for text in told(result) if result in totals.failed else ():
            print(text)
    for text in (*(table(totals.reached) if asked.sometimes else ()), *totals.lines()):
        print(text)
    seconds = time.monotonic() - started
    print(f"seeds {asked.first} to {asked.first + asked.count - 1}, {seconds:.0f} s")
    return 1 if totals.failed else 0


def _planted() -> int:
    """Break each law on purpose; return 1 if one is not found."""
    missed = 0
    for invariant, parts, _ in SABOTAGED:
        played = play(range(WITHIN), load(sample_folder(), {}), parts)
        found = next((one for one in played if any(said.startswith(f"{invariant}:") for said in one.broken)), None)
        missed += found is None
        print(f"{invariant}: {f'seed {found.seed}: {found.broken[0]}' if found else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
