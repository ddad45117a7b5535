"""Plays office-years and prints what they came to: `python -m tests.years FIRST [COUNT]`; one alone is told whole."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.years.sample import settings
from tests.years.year import play


def main() -> int:
    """Play the years; return 1 if a rule was broken in one of them, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.years", description=__doc__)
    parser.add_argument("first", type=int, help="the first year")
    parser.add_argument("count", type=int, nargs="?", default=1, help="how many years")
    asked = parser.parse_args()
    sample, broken, began = settings(), 0, time.process_time()
    letters: Counter[str] = Counter()
    befell: Counter[str] = Counter()
    passes = mails = closed = cycles = 0
    for number in range(asked.first, asked.first + asked.count):
        result = play(number, sample, heard_all=asked.count == 1)
        broken += bool(result.breaches)
        letters, befell = letters + result.letters, befell + result.befell
        passes, mails = passes + result.passes, mails + result.mails
        closed, cycles = closed + result.closed, cycles + result.cycles
        for line in (*result.events, *(f"year {number}: rule {breach}" for breach in result.breaches[:3])):
            print(line, flush=True)
    seconds = time.process_time() - began
    print(", ".join(f"{kind} {times}" for kind, times in letters.most_common()))
    print(", ".join(f"{what} {times}" for what, times in befell.most_common()))
    print(f"{passes} passes, {mails} mails in, {letters.total()} letters out, {closed} of {cycles} cycles closed")
    print(f"{asked.count} office-years, {broken} with a broken rule, {seconds / asked.count:.2f} s CPU each")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
