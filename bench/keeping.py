"""Mails kept per second from a real Dovecot, side by side with other programs that fetch the same mailbox.

Each program begins with nothing and ends with every mail on the disk; the mailbox is left as it was. mailbot is
measured as the daemon does it (connecting and logging in included), the others from their start to their end.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.mailbox import MAIL_BYTES, fill
from bench.peers import PEERS, Peer
from mailbot.clerk.receiving import receive
from mailbot.cli.wiring import clerk_of
from mailbot.post.account import Account
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS, office_at

MAILS = 1_000
ROUNDS = 3
OURS = "mailbot"
NOBODY, NOGROUP = "nobody", "nogroup"
Way = Callable[[Path], AbstractContextManager[Callable[[], int]]]
"""Prepares a way in an empty folder, and gives what is measured: it returns how many mails were kept."""


def main() -> None:
    """Print one table."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Mail kept: not measured, {absent}", file=sys.stderr)
        return
    here = [peer for peer in PEERS if not peer.missing()]
    packages = sorted({peer.package for peer in PEERS if peer.missing()})
    if packages:
        print(f"not installed, and left out: {', '.join(packages)} (apt-get install {' '.join(packages)})")
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        Path(name).chmod(0o755)
        config = Path(name) / "kantor"
        office_at(config, servers)
        account = _read_plainly(config, servers)
        fill(servers, account.user, MAILS)
        ways: dict[str, Way] = {OURS: partial(_ours, config)}
        ways |= {peer.name: partial(_theirs, peer, account) for peer in here}
        print(_table(_measure(ways, Path(name))))


def _read_plainly(config: Path, servers: RealMail) -> Account:
    """Let the office read without TLS, as the others do, and leave mail where it is; return the login."""
    changes = {"imap.port": servers.ports["IMAP"], "imap.security": "plain", "imap.folders.done": ""}
    write_settings(config / "office.yaml", changes)
    return servers.imap(load(config, {}).office().mailbox, "plain")


@contextmanager
def _ours(config: Path, folder: Path) -> Iterator[Callable[[], int]]:
    """Open a new ledger; what is measured then connects, logs in, and keeps the mailbox."""
    settings = load(config, {**SECRETS, "MAILBOT_DATABASE_URL": f"sqlite:///{folder}/ledger.db"})
    with clerk_of(settings) as clerk:

        def keep() -> int:
            box = clerk.post.boxes[0]
            with box.open_mailbox() as mailbox:
                limit = clerk.reader.limits.message_bytes
                return receive(clerk.books, box, mailbox, size_limit_bytes=limit).new

        yield keep


@contextmanager
def _theirs(peer: Peer, account: Account, folder: Path) -> Iterator[Callable[[], int]]:
    """Set another program up; measured is its run from start to end, by a user of no rights (getmail insists)."""
    command = peer.command(folder, account)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, NOBODY, NOGROUP)

    def keep() -> int:
        env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        subprocess.run(  # noqa: S603 - as set up
            command,
            cwd=folder,
            env=env,
            user=NOBODY,
            group=NOGROUP,
            extra_groups=(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return peer.kept(folder)

    yield keep


def _measure(ways: dict[str, Way], folder: Path) -> dict[str, list[float | None]]:
    """Return the seconds of each way in each round: all of them in every round, shuffled, each in an empty folder.

    None: the program gave up in that round, which is said.
    """
    order = Random(1)  # noqa: S311 - only the order of the rounds
    seconds: dict[str, list[float | None]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in order.sample(list(ways), len(ways)):
            own = folder / "round"
            own.mkdir()
            with ways[name](own) as keep:
                os.sync()
                began = time.perf_counter()
                try:
                    kept = keep()
                except subprocess.CalledProcessError as error:
                    print(f"{name} gave up after {time.perf_counter() - began:.0f} s (exit code {error.returncode})")
                    seconds[name].append(None)
                else:
                    seconds[name].append(time.perf_counter() - began)
                    assert kept == MAILS, f"{name} kept {kept} of {MAILS} mails"
            shutil.rmtree(own)
    return seconds


def _table(seconds: dict[str, list[float | None]]) -> str:
    """Return what was measured; a ratio above 1 says how many times as long the other took in the same round."""
    lines = [
        f"Mail kept: {MAILS} mails of {MAIL_BYTES // 1000} kB from a Dovecot on this machine, {ROUNDS} rounds",
        f"  {'program':<28}{'s':>8}{'mails/s':>10}{'x mailbot':>11}   from - to",
    ]
    rows = []
    for name, measured in seconds.items():
        pairs = [(theirs, ours) for theirs, ours in zip(measured, seconds[OURS], strict=True) if theirs and ours]
        if not pairs:
            continue
        took = statistics.median(theirs for theirs, _ in pairs)
        ratios = sorted(theirs / ours for theirs, ours in pairs)
        shown = f"{statistics.median(ratios):>11.2f}   {ratios[0]:.2f} - {ratios[-1]:.2f}"
        rows.append((took, f"  {name:<28}{took:>8.2f}{MAILS / took:>10.0f}{shown}"))
    return "\n".join([*lines, *(row for _, row in sorted(rows))])
