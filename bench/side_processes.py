"""The same offices worked by one process, by two and by four: forms returned in a second, SQLite, a ledger an office.

`python -m bench.side_processes FOLDER...` is one such process: it warms up on one form of each office, says so, begins
when it is told to, and says how many letters left.
"""

from __future__ import annotations

import os
import pickle
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.returning import Bench, arrive, at_work, prepared
from bench.wanted import at_least
from mailbot.clerk.passing import one_pass
from tests.servers import real_mail
from tests.servers.real_mail import RealMail

ROOT = Path(__file__).parents[1]
OFFICES, UNITS, ROUNDS = 4, 20, 3
PROCESSES = (1, 2, 4)
_WANTED = 1.7
_BENCH = "bench.pickle"


def main() -> None:
    """Print one row for each number of processes."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Processes: not measured, {absent}", file=sys.stderr)
        return
    print(
        f"{OFFICES} offices, {UNITS} faulty forms each, returned by so many processes on {os.cpu_count()} cores", end=""
    )
    print(f"; SQLite, median of {ROUNDS} rounds")
    with TemporaryDirectory(prefix="mailbot-bench-") as name, ExitStack() as stack:
        benches = []
        for number in range(OFFICES):
            folder = Path(name) / f"office-{number}"
            folder.mkdir()
            benches.append(prepared(folder, stack.enter_context(RealMail({})), UNITS))
            (folder / _BENCH).write_bytes(pickle.dumps(benches[-1]))
        seconds: dict[int, list[float]] = {count: [] for count in PROCESSES}
        for _ in range(ROUNDS):
            for count in PROCESSES:
                seconds[count].append(_took(benches, count))
    first = seconds[PROCESSES[0]]
    for count, took in seconds.items():
        times = [one / other for one, other in zip(first, took, strict=True)]
        rate = OFFICES * UNITS / statistics.median(took)
        spread = f"({min(times):.2f} - {max(times):.2f})"
        print(f"  {count} processes{rate:>8.1f} forms/s{statistics.median(times):>8.2f} x one   {spread}")
    two = statistics.median(one / other for one, other in zip(first, seconds[2], strict=True))
    print(at_least("two processes against one", two, _WANTED))


def _took(benches: list[Bench], count: int) -> float:
    """Return the seconds in which so many processes return the forms of all offices."""
    for bench in benches:
        for file in bench.folder.glob("ledger.db*"):
            file.unlink()
        shutil.copy(bench.kept, bench.folder / "ledger.db")
        arrive(bench, bench.mails[UNITS:])
    shares = [[str(bench.folder) for bench in benches[first::count]] for first in range(count)]
    with ExitStack() as stack:
        running = []
        for share in shares:
            command = [sys.executable, "-m", "bench.side_processes", *share]
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
            running.append(stack.enter_context(process))
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "warm\n"
        for bench in benches:
            arrive(bench, bench.mails[:UNITS])
        began = time.perf_counter()
        for process in running:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        sent = [int(process.stdout.readline()) for process in running if process.stdout is not None]
        took = time.perf_counter() - began
    assert sum(sent) == OFFICES * UNITS, sent
    return took


def work(folders: list[Path]) -> None:
    """Be one of the processes."""
    with ExitStack() as stack:
        clerks = []
        for folder in folders:
            bench = pickle.loads((folder / _BENCH).read_bytes())  # noqa: S301 - written by ourselves
            clerks.append(stack.enter_context(at_work(bench.settings, bench.clock)))
            one_pass(clerks[-1])
        print("warm", flush=True)
        sys.stdin.readline()
        print(sum(one_pass(clerk).sent for clerk in clerks), flush=True)


if __name__ == "__main__":
    work([Path(folder) for folder in sys.argv[1:]])
