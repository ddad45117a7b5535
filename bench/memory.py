"""How much memory mailbot's own processes hold at most: a daemon beside ten thousand mails, one tick with 100 units."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.daemon import SMALL_BYTES, at_work, known
from bench.mailbox import fill
from bench.processes import is_python, pss_mb, tree
from bench.returning import arrive, prepared
from mailbot.rehearsal.keyboard import Keyboard
from tests.heartbeat.running import OURS, answered, asks_for_status, running
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS

MAILS = 10_000
UNITS = 100
_EVERY_SECONDS = 0.05


def main() -> None:
    """Print the most that was held at one time."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Memory: not measured, {absent}", file=sys.stderr)
        return
    print("Memory (PSS, pages that processes share counted in parts) of mailbot's Python processes together, at most")
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        most = _daemon(Path(name), servers)
        print(f"  daemon of the sample office beside {MAILS} mails, three answered: {most:.0f} MB")
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        most = _tick(Path(name), servers)
        print(f"  one tick that returns the forms of {UNITS} units: {most:.0f} MB")


def _daemon(folder: Path, servers: RealMail) -> float:
    """Let a daemon answer three mails beside many; return the most its processes held, in MiB."""
    keyboard: Keyboard = at_work(folder, servers)
    fill(servers, OURS, MAILS, size_bytes=SMALL_BYTES)
    known(folder)
    with running(folder, SECRETS) as daemon:

        def work() -> None:
            for _ in range(3):
                assert answered(keyboard, asks_for_status(keyboard))

        most = _most(daemon.process.pid, work)
        assert daemon.told_to_stop() == 0
    return most


def _tick(folder: Path, servers: RealMail) -> float:
    """Let the forms of many units be returned by `mailbot tick`; return the most its processes held, in MiB."""
    bench = prepared(folder, servers, UNITS)
    arrive(bench, bench.mails[:UNITS])
    command = [sys.executable, "-m", "mailbot", "--config", str(folder / "kantor"), "tick"]
    command += ["--at", bench.clock().isoformat()]
    env = {**SECRETS, "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as tick:  # noqa: S603 - mailbot itself
        return _most(tick.pid, tick.wait)


def _most(root: int, work: Callable[[], object]) -> float:
    """Return the most that a process and its Python descendants hold while the work is done, in MiB."""
    most = 0.0
    over = threading.Event()

    def look() -> None:
        nonlocal most
        while not over.wait(_EVERY_SECONDS):
            most = max(most, pss_mb(pid for pid in tree(root) if is_python(pid)))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        work()
    finally:
        over.set()
        watcher.join()
    return most
