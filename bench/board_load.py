"""Whether 50 people at the board delay the daemon's answers: minutes without and with them by turns, in one run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.daemon import at_work, servers_for
from mailbot.cli.wiring import clerk_of
from mailbot.core.model.people import Role
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.settings.loading import load
from mailbot.web.board import Board
from mailbot.web.gate.asking import Asking
from mailbot.web.gate.rates import Rates
from tests.heartbeat.running import answered, asks_for_status, running
from tests.servers.real_office import SECRETS

PEOPLE = 50
TURNS = 5
SECONDS = 60.0
"""Of each turn; the people look for TURNS of them, five minutes."""
URL = "http://127.0.0.1:8025"
_ALL = 20_000
_P95 = 18
"""Which of the 19 cuts into twentieths."""


def main() -> None:
    """Print how long answers take without and with people at the board."""
    with servers_for("Board beside the daemon") as (folder, servers):
        if servers is None:
            return
        keyboard = at_work(folder, servers)
        measure(folder, keyboard)


def measure(folder: Path, keyboard: Keyboard) -> None:
    """Let mails be answered by turns without and with people at the board."""
    alone: list[datetime] = []
    beside: list[datetime] = []
    took: list[float] = []
    failed = 0
    with running(folder, SECRETS) as daemon, running(folder, SECRETS, command="web") as web:
        daemon.logs("watching INBOX")
        web.logs("the board is opened at")
        for _ in range(TURNS):
            alone += _asked(keyboard, SECONDS)
            with _people(folder) as people:
                beside += _asked(keyboard, SECONDS)
            seen = json.loads(people.stdout.read() if people.stdout is not None else "")
            took += seen["took"]
            failed += seen["failed"]
        assert (web.told_to_stop(), daemon.told_to_stop()) == (0, 0)
    waited = _waited(folder, [*alone, *beside])
    without, with_them = ([waited[moment] for moment in moments] for moments in (alone, beside))
    first, second = _p95(without), _p95(with_them)
    print(f"Board beside the daemon: {PEOPLE} people for {TURNS} x {SECONDS:.0f} s, by turns with none")
    print(f"  answers without  {len(without):4}   median {statistics.median(without):.2f} s   p95 {first:.2f} s")
    print(f"  answers with     {len(with_them):4}   median {statistics.median(with_them):.2f} s   p95 {second:.2f} s")
    print(f"  p95 with / without  {second / first:.2f}   (wanted: at most 1.2)")
    middle, slow = statistics.median(took) * 1_000, _p95(took) * 1_000
    print(f"  pages            {len(took):4}   median {middle:.0f} ms   p95 {slow:.0f} ms   failed {failed}")


def _p95(values: list[float]) -> float:
    """Return the value that one in twenty is above."""
    return statistics.quantiles(values, n=20)[_P95]


def _asked(keyboard: Keyboard, seconds: float) -> list[datetime]:
    """Ask for the status again and again, each time as soon as the last answer is there; return when each was asked."""
    asked, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        mail = asks_for_status(keyboard)
        asked.append(datetime.now(UTC))
        assert answered(keyboard, mail)
    return asked


def _waited(folder: Path, asked: list[datetime]) -> dict[datetime, float]:
    """Return, by the moment at which it was asked, the seconds until the answer was handed over."""
    with clerk_of(load(folder / "kantor", SECRETS)) as clerk:
        letters = [one for one in clerk.books.ledger.letters.listing(limit=_ALL) if one.kind == "status"]
    left = sorted(one.sent_at for one in letters if one.sent_at is not None)[-len(asked) :]
    return {came: (sent - came).total_seconds() for came, sent in zip(sorted(asked), left, strict=True)}


@contextmanager
def _people(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let people look at the board meanwhile."""
    asked = json.dumps({"url": URL, "links": _links(folder), "seconds": SECONDS})
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.people"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(asked)
    process.stdin.close()
    yield process
    process.wait()


def _links(folder: Path) -> list[str]:
    """Return a link for each of the people."""
    settings = load(folder / "kantor", SECRETS)
    with clerk_of(settings) as clerk:
        books = clerk.books
        board = Board(
            office=lambda: books.office,
            ledger=books.ledger,
            clock=books.clock,
            template_folders=settings.template_folders,
            archive_folder=settings.archive_folder,
        )
        block = settings.files.office.board
        asking = Asking(
            board=board,
            fresh=os.urandom,
            url=block.url,
            life=block.link_life,
            rates=Rates(),
            mail=lambda *_: None,
        )
        planning = next(one for one in books.office.roster.people if one.role is Role.PLANNING)
        return [asking.by_hand(planning.addresses[0]) for _ in range(PEOPLE)]
