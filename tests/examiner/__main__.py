"""Lays runs before the examiner and prints his charges: `python -m tests.examiner demo`, or `seeds`, or `planted`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.examined.demo import demo_tape
from tests.examined.planted import BUGS
from tests.examiner.examine import examine
from tests.simulation.sweep import Totals, play, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.examiner.tape import Charge

_WITHIN = 80


def main() -> int:
    """Play what is asked for; return 1 if a sound run was condemned, or a planted bug was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.examiner", description=__doc__)
    parser.add_argument("what", choices=("demo", "seeds", "planted"))
    parser.add_argument("first", type=int, nargs="?", default=0, help="the first seed")
    parser.add_argument("count", type=int, nargs="?", default=100, help="how many seeds")
    asked = parser.parse_args()
    if asked.what == "demo":
        with TemporaryDirectory(prefix="mailbot-examiner-") as folder:
            return _said("the demo", examine(*demo_tape(Path(folder) / "demo")))
    return _planted() if asked.what == "planted" else _seeds(asked.first, asked.count)


def _said(what: str, charges: Iterable[Charge]) -> int:
    """Print what is said of one run."""
    found = tuple(charges)
    for charge in found:
        print(f"{what}: {charge}")
    print(f"{what}: {'condemned' if found else 'nothing to condemn'}")
    return bool(found)


def _seeds(first: int, count: int) -> int:
    """Examine seeds of the simulation."""
    totals = Totals()
    for result in play(range(first, first + count), load(sample_folder(), {})):
        totals.add(result)
        for text in told(result) if result in totals.failed else ():
            print(text)
    for text in totals.lines():
        print(text)
    return bool(totals.failed)


def _planted() -> int:
    """Plant each bug, and print by which seed and charge it was found."""
    settings, missed = load(sample_folder(), {}), 0
    for bug in BUGS:
        with bug.planted():
            found = next(
                (
                    f"seed {result.seed}: {charge}"
                    for result in play(range(_WITHIN), settings, replace(bug.parts, goes_on=True))
                    for charge in result.charges
                    if charge.law == bug.law
                ),
                "",
            )
        missed += not found
        print(f"{'condemned' if found else 'MISSED'}: {bug.name}: {found}")
    print(f"{len(BUGS)} bugs planted, {len(BUGS) - missed} condemned")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
