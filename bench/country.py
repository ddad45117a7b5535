"""A quarter of a city, a province and a country: what one office costs, really run, and what so many come to.

Cost model: a quarter costs an office a fixed part, a part for each unit, and documents; waiting for mail costs it by
the hour. The parts are fitted to runs of a small and a large office, and held against a run of one between them. The
busiest hour is simulated form by form, each as dear as it is in `bench pass`.
"""

from __future__ import annotations

import heapq
import statistics
import sys
import time
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.daemon import at_work
from bench.office_runs import Run, run
from bench.processes import SERVERS, cpu_of, tree
from bench.returning import form_cpu_seconds
from bench.wanted import at_least, at_most
from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from tests.heartbeat.running import answered, asks_for_status, running
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import PASSWORD, SECRETS

SIZES = {"city": 30, "province": 1_000, "country": 22_000}
SMALL, MIDDLE, LARGE = 3, 6, 12
UNITS = 14
"""People asked in a quarter: fifteen, one of whom is Subbag Program."""
SEEDS = (1, 2, 3)
IDLE_SECONDS, LOOKS, FORMS = 120, 60, 40
SHARE = 0.25
"""So many of a quarter's forms come in one and the same hour, if the whole country has one deadline."""
_HOURS = 13 * 7 * 24
_HOUR = 3_600
_GB = 1_000_000_000
_MS = 1_000
_POLL_SECONDS = 60
_WITHIN_SECONDS = 10
_MEMORY_MB = 300
_FORMS_A_SECOND = 23


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What was measured, in CPU seconds and bytes."""

    fixed: float
    unit: float
    documents: float
    """Of an office of `SMALL` units, each of which has its Surat Pengantar."""
    document_unit: float
    idle_hour: float
    look: float
    form: float
    bytes_fixed: float
    bytes_unit: float
    letters: float
    """For each unit."""


def main() -> None:
    """Print what was run, and the model."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Country: not measured, {absent}", file=sys.stderr)
        return
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        runs = {units: _runs(Path(name), units) for units in (SMALL, MIDDLE, LARGE)}
        whole = [run(Path(name), units, documents=True) for units in (SMALL, MIDDLE)]
    _print_runs(runs, whole)
    prices = _prices(runs, whole)
    middle = statistics.median(one.cpu for one in runs[MIDDLE])
    told = prices.fixed + MIDDLE * prices.unit
    print(f"  the model says {told:.1f} s for {MIDDLE} units, the runs {middle:.1f}: {told / middle:.2f} of it")
    _print_waiting(prices)
    _print_sizes(prices)


def _runs(folder: Path, units: int) -> list[Run]:
    """Run some quarters of offices of one size, their staff of different habits."""
    return [run(folder, units, documents=False, seed=seed) for seed in SEEDS]


def _print_runs(runs: dict[int, list[Run]], whole: list[Run]) -> None:
    """Print what was run."""
    print(f"One office's quarter, rehearsed whole (staff and servers in memory counted in), median of {len(SEEDS)}")
    head = f"{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'ledger MB':>11}{'letters':>9}{'mails in':>10}"
    print(f"  {'':<32}{head}")
    rows = {f"{units} units, without documents": seen for units, seen in runs.items()}
    rows |= {f"{one.units} units, every PDF and archive": [one] for one in whole}
    for name, seen in rows.items():
        cpu, wall, peak, size, letters, mails = (
            statistics.median(getattr(one, field) for one in seen)
            for field in ("cpu", "wall", "peak_mb", "ledger_bytes", "letters", "mails")
        )
        print(f"  {name:<32}{cpu:>8.1f}{wall:>8.1f}{peak:>9.0f}{size / 1e6:>11.1f}{letters:>9.0f}{mails:>10.0f}")


def _prices(runs: dict[int, list[Run]], whole: list[Run]) -> Prices:
    """Return the parts of the cost, from the runs and from what is measured here."""
    cpu = {units: statistics.median(one.cpu for one in seen) for units, seen in runs.items()}
    unit = (cpu[LARGE] - cpu[SMALL]) / (LARGE - SMALL)
    small, middle = whole
    papers = (small.cpu - cpu[SMALL], middle.cpu - cpu[MIDDLE])
    bytes_unit = (middle.ledger_bytes - small.ledger_bytes) / (MIDDLE - SMALL)
    idle, look = _waiting()
    return Prices(
        fixed=cpu[SMALL] - SMALL * unit,
        unit=unit,
        documents=papers[0],
        document_unit=max(0.0, papers[1] - papers[0]) / (MIDDLE - SMALL),
        idle_hour=idle * _HOUR,
        look=look,
        form=form_cpu_seconds(FORMS),
        bytes_fixed=small.ledger_bytes - SMALL * bytes_unit,
        bytes_unit=bytes_unit,
        letters=statistics.median(one.letters for one in runs[LARGE]) / LARGE,
    )


def _waiting() -> tuple[float, float]:
    """Return what a daemon takes for a second of waiting by IDLE, and what a look with a login of its own takes."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        keyboard = at_work(Path(name), servers)
        with running(Path(name), SECRETS) as daemon:
            assert answered(keyboard, asks_for_status(keyboard))
            time.sleep(5)  # what the answer left to do is done
            began = sum(map(cpu_of, tree(daemon.process.pid, SERVERS)))
            time.sleep(IDLE_SECONDS)
            idle = (sum(map(cpu_of, tree(daemon.process.pid, SERVERS))) - began) / IDLE_SECONDS
            assert daemon.told_to_stop() == 0
        address = f"sepi@{next(iter(servers.accounts)).partition('@')[2]}"
        servers.add_accounts({address: PASSWORD})
        return idle, _look(servers.imap(address, "tls"))


def _look(account: Account) -> float:
    """Return what a login, a listing and a farewell take, in CPU seconds of ours."""
    with Mailbox(account) as box:
        box.list_uids()
    began = time.process_time()
    for _ in range(LOOKS):
        with Mailbox(account) as box:
            box.list_uids()
    return (time.process_time() - began) / LOOKS


def _print_waiting(prices: Prices) -> None:
    """Print what quiet offices cost."""
    by_idle = prices.idle_hour / _HOUR * _MS
    by_poll = prices.look / _POLL_SECONDS * _MS
    print("A quiet office, CPU ms for each second of waiting")
    print(f"  by IDLE, a connection and a process of its own          {by_idle:>8.3f}")
    print(f"  by a look with a login of its own each {_POLL_SECONDS} s, no process  {by_poll:>8.3f}")
    offices = SIZES["country"]
    print(f"  {offices} offices by IDLE: {offices} connections, {offices * by_idle / _MS:.1f} cores;", end=" ")
    print(f"by looks: {offices / _POLL_SECONDS:.0f} logins a second, {offices * by_poll / _MS:.1f} cores")


def _print_sizes(prices: Prices) -> None:
    """Print what so many offices come to in a quarter, and in their busiest hour."""
    print(f"So many offices of {UNITS} units in one quarter (modelled; {SHARE:.0%} of all forms in one hour)")
    head = f"{'CPU hours':>10}{'of it PDF':>11}{'waiting':>9}{'ledger GB':>11}{'forms/s':>9}{'letters/h':>11}"
    print(f"  {'':<18}{head}{'processes':>11}   an answer then: median, p99, slowest")
    letters = 0.0
    for name, offices in SIZES.items():
        papers = prices.documents + (UNITS - SMALL) * prices.document_unit
        waiting = prices.idle_hour * _HOURS
        total = prices.fixed + UNITS * prices.unit + papers + waiting
        size = prices.bytes_fixed + UNITS * prices.bytes_unit
        rate = offices * UNITS * SHARE / _HOUR
        processes = ceil(2 * rate * prices.form)
        waits = _busiest_hour(rate, prices.form, processes)
        letters = rate * _HOUR
        row = f"{offices * total / _HOUR:>10.1f}{papers / total:>11.0%}{waiting / total:>9.0%}"
        row += f"{offices * size / _GB:>11.2f}"
        print(f"  {name + f' ({offices})':<18}{row}{rate:>9.2f}{letters:>11.0f}{processes:>11}", end="   ")
        print(
            f"{statistics.median(waits) * _MS:.0f} ms, {waits[int(len(waits) * 0.99)] * _MS:.0f} ms, {waits[-1]:.2f} s"
        )
    print(
        f"  letters/h are answers to forms; before, {prices.letters:.1f} letters leave for each unit over the quarter"
    )
    cores = 2 * _FORMS_A_SECOND * prices.form
    print(f"  {_FORMS_A_SECOND} forms/s at {prices.form * _MS:.0f} ms want {cores / 2:.2f} cores; twice: {cores:.2f}")
    print(at_least("forms a second that two cores hold", 2 / prices.form, 2 * _FORMS_A_SECOND))
    print(at_most("slowest answer of the country's busiest hour, s", waits[-1], _WITHIN_SECONDS))


def _busiest_hour(rate: float, price: float, processes: int) -> list[float]:
    """Let an hour's forms come by chance to so many processes; return how long each waited for its answer, sorted."""
    chance = Random(1)  # noqa: S311 - a seeded simulation
    free = [0.0] * processes
    now, waits = 0.0, []
    while now < _HOUR:
        now += chance.expovariate(rate)
        ends = max(now, heapq.heappop(free)) + price
        heapq.heappush(free, ends)
        waits.append(ends - now)
    return sorted(waits)
