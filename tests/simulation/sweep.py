"""Many seeds one after another, and what they came to; one that failed is named, with the command that replays it."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mailbot.clerk.composing import LetterMaker
from mailbot.rehearsal.cast import read_script
from tests.examined.seeds import known, tape_of
from tests.examiner.examine import examine
from tests.simulation.disk import Disk
from tests.simulation.forms import RealForms
from tests.simulation.light_ledger import LightDisk
from tests.simulation.machine import SECRET, Parts
from tests.simulation.phrases import phrases_of
from tests.simulation.run import Result, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailbot.settings.settings import Settings
    from tests.simulation.disk import AnyDisk
    from tests.simulation.sometimes import Reached

_SWEPT_EVERY = 20


@dataclass(slots=True)
class Totals:
    """The sum of many runs."""

    cycles: int = 0
    closed: int = 0
    passes: int = 0
    seams: int = 0
    mails_in: int = 0
    letters_out: int = 0
    befell: Counter[str] = field(default_factory=Counter)
    reached: Counter[Reached] = field(default_factory=Counter)
    """In how many runs each outcome was reached in each row, by the letter that answered."""
    charges: Counter[str] = field(default_factory=Counter)
    """What the examiner said, by law."""
    failed: list[Result] = field(default_factory=list)
    longest: timedelta = timedelta()
    """From the last fault to the archive, in the run that took longest."""

    def add(self, result: Result) -> None:
        """Add one run."""
        self.cycles += 1
        self.closed += result.closed
        self.passes += result.passes
        self.seams += result.seams
        self.mails_in += result.mails_in
        self.letters_out += result.letters_out
        self.befell += result.befell
        self.longest = max(self.longest, result.calm_for)
        self.reached += Counter(result.reached)
        self.charges += Counter(charge.law for charge in result.charges)
        if result.broken or result.charges:
            self.failed.append(result)

    def lines(self) -> list[str]:
        """Return the totals in words."""
        charges = ", ".join(f"{law} {times}" for law, times in self.charges.most_common())
        befell = ", ".join(f"{name} {times}" for name, times in self.befell.most_common())
        return [
            f"{self.cycles} cycles, {self.closed} archived, {self.longest.days} days after the last fault at most",
            f"{self.passes} passes, {self.seams} seams, {self.mails_in} mails in, {self.letters_out} letters out",
            f"{self.befell.total()} faults and oddities: {befell}",
            f"charges of the examiner: {charges or 'none'}",
            f"invariants violated, or condemned by the examiner: {len(self.failed)}",
        ]


def examined(world: World) -> Result:
    """Play one seed, and lay its mails before the examiner."""
    result = world.play()
    charges = examine(
        tape_of(world, finished=result.closed), known(world.office, world.key, tuple(world.people.values()))
    )
    return replace(result, charges=charges)


def told(result: Result) -> list[str]:
    """Return what is printed of a run that failed: the seed, what did not hold, and the last events."""
    replay = f"replay: python -m tests.simulation {result.seed}"
    said = (*result.broken, *map(str, result.charges))
    return [f"seed {result.seed}: {'; '.join(said)}", *(f"    {event}" for event in result.events), replay]


def play(
    seeds: Iterable[int], settings: Settings, parts: Parts | None = None, disk: AnyDisk | None = None
) -> Iterator[Result]:
    """Play seeds quickly: plain letters and forms, on the light ledger unless another disk is given.

    The collector of cyclic garbage, which costs a fifth of the time here, works between runs only.
    """
    disk, phrases = disk or LightDisk(), phrases_of(read_script(settings.template_folders))
    collecting = gc.isenabled()
    gc.disable()
    try:
        for number, seed in enumerate(seeds, 1):
            yield examined(World(seed, settings, disk, phrases, parts))
            if number % _SWEPT_EVERY == 0:
                gc.collect()
    finally:
        if collecting:
            gc.enable()


def play_faithfully(seeds: Iterable[int], settings: Settings) -> Iterator[Result]:
    """Play seeds with every room: real letters from the templates, real workbooks, the report, the archive."""
    office = settings.office()
    script = read_script(settings.template_folders)
    disk = Disk()
    for seed in seeds:
        with TemporaryDirectory(prefix="mailbot-simulation-") as folder:
            parts = Parts(
                maker=LetterMaker(
                    secret=SECRET, template_folders=settings.template_folders, archive_folder=Path(folder)
                ),
                forms=lambda drawn: RealForms(
                    office=drawn, secret=SECRET, script=script, period=office.cycles[0].period
                ),
            )
            yield examined(World(seed, settings, disk, phrases_of(script), parts))
