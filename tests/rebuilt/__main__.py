"""Plays seeds, makes each ledger anew from mail, and compares: `python -m tests.rebuilt FIRST [COUNT]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from mailbot.rehearsal.cast import read_script
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.rebuilt.comparing import differences
from tests.rebuilt.losses import LOST, losses, not_excused
from tests.rebuilt.playing import UNTOLD, play
from tests.simulation.light_ledger import LightDisk
from tests.simulation.phrases import phrases_of

_SHOWN = 6


def main() -> int:
    """Play the seeds; return 1 if one is not equal where it must be, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.rebuilt", description=__doc__)
    parser.add_argument("first", type=int, help="the first seed")
    parser.add_argument("count", type=int, nargs="?", default=1, help="how many seeds")
    parser.add_argument("--all", action="store_true", help="tell excused differences, too")
    parser.add_argument("--whole", action="store_true", help="nothing takes a mail or a copy away")
    asked = parser.parse_args()
    for fault, why in UNTOLD.items():
        print(f"kept off: {fault}: {why}")
    settings, started = load(sample_folder(), {}), time.monotonic()
    phrases, old, new = phrases_of(read_script(settings.template_folders)), LightDisk(), LightDisk()
    totals: Counter[str] = Counter()
    for seed in range(asked.first, asked.first + asked.count):
        played = play(seed, settings, phrases, old, new, whole=asked.whole)
        lost, found = losses(played), differences(played.old, played.new)
        wrong = not_excused(lost, found)
        kinds = ", ".join(f"{name} {len(getattr(lost, name))}" for name in LOST if getattr(lost, name))
        grade = "WRONG" if wrong else "excused" if found else "equal"
        totals[f"{grade}, {'something is missing' if kinds else 'nothing is missing'}"] += 1
        if wrong or (found and asked.all):
            print(f"seed {seed}: {grade} ({kinds or 'nothing is missing'})")
            for said in (wrong or found)[:_SHOWN]:
                print(f"    {said}")
    for grade, times in sorted(totals.items()):
        print(f"{times} {grade}")
    print(f"seeds {asked.first} to {asked.first + asked.count - 1}, {time.monotonic() - started:.0f} s")
    return 1 if any(grade.startswith("WRONG") for grade in totals) else 0


if __name__ == "__main__":
    sys.exit(main())
