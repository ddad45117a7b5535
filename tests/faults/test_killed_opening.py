"""F1: `mailbot tick` killed with -9 while it opens a cycle, on real Postfix and Dovecot; later ticks make it good."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import clerk_of
from mailbot.ledger.ledger import open_ledger
from mailbot.rehearsal.clock import HandClock
from mailbot.settings.loading import load
from tests.faults.killing import CALLS, ENV, SECRETARY, STRACE, Call, forbidden, missing, send_plainly
from tests.office import CYCLE
from tests.servers.fixtures import insist
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS, office_at

pytestmark = pytest.mark.servers

FEW = 1
"""So many deaths in the default run, for each costs two starts; `make sweep` dies at every system call."""
OPENS = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - in the office's own zone, as it is typed
LATER = (timedelta(minutes=20), timedelta(minutes=40))
"""When the claim of the dead is over, and when the doubt is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """How everything stands in the end, and what the Sekretaris has got: each letter with its number of copies."""

    letters: tuple[tuple[str, str], ...]
    step: str
    events: tuple[str, ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """An office whose cycle opens at the first tick."""

    folder: Path
    servers: RealMail

    def lay(self) -> None:
        """Put everything back to the beginning."""
        for side in self.folder.glob("ledger.db*"):
            side.unlink()
        mailbox = load(self.folder / "kantor", SECRETS).office().mailbox
        for address in (SECRETARY, mailbox):
            place = self.servers.mailbox_folder(address)
            for file in (*place.glob("new/*"), *place.glob("cur/*"), *place.glob(".Sent/*/*")):
                file.unlink()

    def tick(self, later: timedelta, *watched_by: str) -> int:
        """Let `mailbot tick` make one pass; return its exit code."""
        at = f"{OPENS + later:%Y-%m-%dT%H:%M}"
        return subprocess.run(  # noqa: S603 - our own program, in front of it strace
            [*watched_by, sys.executable, "-m", "mailbot", "--config", "kantor", "tick", "--at", at],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), **ENV},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    def calls(self) -> list[Call]:
        """Return such system calls of a tick that is not harmed, in order."""
        out = self.folder / "calls.txt"
        assert self.tick(timedelta(), STRACE, "-o", str(out), f"-etrace={CALLS}") == 0
        counted: Counter[str] = Counter()
        found = []
        for name in re.findall(r"(?m)^(\w+)\(", out.read_text(encoding="latin-1")):
            counted[name] += 1
            found.append(Call(name=name, number=counted[name]))
        return found

    def ends(self) -> Opened:
        """Make a pass when all doubts are over, and look."""
        settings = load(self.folder / "kantor", SECRETS)
        clock = HandClock((OPENS + LATER[1]).replace(tzinfo=ZoneInfo(settings.office().calendar.zone)))
        with clerk_of(settings, clock) as clerk:
            assert one_pass(clerk).trouble == ()
        self.servers.wait_until_delivered()
        place = self.servers.mailbox_folder(SECRETARY)
        got = Counter(
            re.findall(rb"(?m)^Message-ID: (.*)$", file.read_bytes())[0]
            for file in (*place.glob("new/*"), *place.glob("cur/*"))
        )
        with open_ledger(f"sqlite:///{self.folder / 'ledger.db'}") as ledger:
            assert ledger.journal.verify() is None
            cycle = ledger.cycles.get(CYCLE)
            assert cycle is not None
            return Opened(
                letters=tuple(sorted((one.key, one.state.value) for one in ledger.letters.listing(limit=100))),
                step=cycle.step.value,
                events=tuple(entry.line.event for entry in ledger.journal.read(CYCLE)),
                copies=tuple(got.values()),
            )


@pytest.fixture
def opening(tmp_path: Path, real_mail: RealMail) -> Opening:
    """The office, on servers that keep a copy of what is sent."""
    insist(missing())
    if (reason := forbidden()) is not None:
        pytest.skip(reason)
    office_at(tmp_path / "kantor", real_mail)
    send_plainly(tmp_path / "kantor" / "office.yaml", real_mail, load(tmp_path / "kantor", SECRETS).office().mailbox)
    return Opening(tmp_path, real_mail)


def die_at(opening: Opening, choose: Callable[[list[Call]], list[Call]]) -> None:
    """Open once unharmed, then die at the chosen system calls, and compare how it ends."""
    opening.lay()
    calls = opening.calls()
    calm = opening.ends()
    assert calm.copies == (1,)
    assert {state for _, state in calm.letters} == {"sent"}
    died = 0
    for call in choose(calls):
        opening.lay()
        injected = f"-einject={call.name}:signal=SIGKILL:when={call.number}"
        died += opening.tick(timedelta(), STRACE, "-o", "/dev/null", injected) != 0
        assert opening.tick(LATER[0]) == 0
        assert opening.ends() == calm, f"killed at {call.name} number {call.number}"
    print(f"{died} deaths, {len(calls)} system calls")  # noqa: T201 - the count of a sweep is its result
    assert died >= len(choose(calls)) - 1


def test_a_death_at_some_system_calls_of_an_opening_changes_nothing(opening: Opening) -> None:
    """Behind the middle, where the letter leaves."""
    die_at(opening, lambda every: every[len(every) * 2 // 3 :: len(every) // FEW])


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(4))
def test_a_death_at_every_system_call_of_an_opening_changes_nothing(opening: Opening, part: int) -> None:
    """Each one once."""
    die_at(opening, lambda every: every[part::4])
