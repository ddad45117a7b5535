"""Mails kept per second from a real Dovecot, side by side with other programs that fetch the same mailbox.

Each program begins with nothing and ends with every mail on the disk. mailbot is measured as the daemon does it
(connecting and logging in included), so are the pullers in Python (imports and an empty database are not), the others
from their start to their end. CPU is each program's own, the server's is not in it.
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
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import IO

from bench.mailbox import MAIL_BYTES, fill
from bench.peers import PEERS, Peer
from bench.processes import cpu_seconds
from bench.wanted import at_least
from mailbot.clerk.receiving import receive
from mailbot.cli.wiring import clerk_of
from mailbot.post.account import Account
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import PASSWORD, SECRETS, office_at

ROOT = Path(__file__).parents[1]
MAILS = 1_000
ROUNDS = 3
OURS = "mailbot, SQLite"
NOT_THERE = (
    "  paperless-ngx itself                  not installed: no package index has it; its loop is written again in\n"
    "                                        bench/pulling.py, without its queue, and keeps files alone, no mail"
)
WANTED = {
    "django-mailbox, SQLite": 10,
    "getmail6, to Maildir": 10,
    "loop like paperless-ngx's, no queue": 3,
    "mbsync, FSync yes": 1,
}
"""So many times as long as mailbot each should take, at least."""
_MS = 1_000
NOBODY, NOGROUP = "nobody", "nogroup"
Way = Callable[[Path], AbstractContextManager[Callable[[], int]]]
"""Prepares a way in an empty folder, and gives what is measured: it returns how many mails were kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds by the clock, and of CPU."""

    wall: float
    cpu: float


def main() -> None:
    """Print one table."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Mail kept: not measured, {absent}", file=sys.stderr)
        return
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        Path(name).chmod(0o755)
        config = Path(name) / "kantor"
        office_at(config, servers)
        account = _read_plainly(config, servers)
        fill(servers, account.user, MAILS)
        ways: dict[str, Way] = {OURS: partial(_ours, config)}
        for peer in PEERS:
            if not peer.missing:
                ways[peer.name] = partial(_theirs, peer, partial(_mailbox, servers, account, peer))
        print(_table(_measure(ways, Path(name))))


def _mailbox(servers: RealMail, account: Account, peer: Peer) -> Account:
    """Return the login for a peer's run: the one mailbox, or one as full, made for a peer that empties it."""
    if not peer.deletes:
        return account
    number = len(servers.accounts)
    address = f"penuh{number}@{account.user.partition('@')[2]}"
    servers.add_accounts({address: PASSWORD})
    fill(servers, address, MAILS)
    return servers.imap(address, "plain")


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
def _theirs(peer: Peer, mailbox: Callable[[], Account], folder: Path) -> Iterator[Callable[[], int]]:
    """Set another program up."""
    command = peer.command(folder, mailbox())
    if peer.puller:
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - as set up
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", f"{peer.name} did not start"
            yield partial(_told, process.stdin, process.stdout)
        return
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, NOBODY, NOGROUP)
    yield partial(_run, peer, command, folder)


def _told(stdin: IO[str], stdout: IO[str]) -> int:
    """Let a puller that is ready begin; return how many mails it has kept."""
    stdin.write("\n")
    stdin.flush()
    return int(stdout.readline() or 0)


def _run(peer: Peer, command: list[str], folder: Path) -> int:
    """Run a program from start to end, by a user of no rights (getmail insists); return how many mails it has kept."""
    subprocess.run(  # noqa: S603 - as set up
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        user=NOBODY,
        group=NOGROUP,
        extra_groups=(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return peer.kept(folder)


def _measure(ways: dict[str, Way], folder: Path) -> dict[str, list[Spent | None]]:
    """Return what each way took in each round: all of them in every round, shuffled, each in an empty folder.

    None: the program gave up in that round, which is said.
    """
    order = Random(1)  # noqa: S311 - only the order of the rounds
    spent: dict[str, list[Spent | None]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in order.sample(list(ways), len(ways)):
            own = folder / "round"
            own.mkdir()
            with ways[name](own) as keep:
                os.sync()
                began, cpu = time.perf_counter(), cpu_seconds()
                try:
                    kept = keep()
                except subprocess.CalledProcessError as error:
                    print(f"{name} gave up after {time.perf_counter() - began:.0f} s (exit code {error.returncode})")
                    spent[name].append(None)
                else:
                    wall = time.perf_counter() - began
                    spent[name].append(Spent(wall=wall, cpu=cpu_seconds() - cpu))
                    assert kept == MAILS, f"{name} kept {kept} of {MAILS} mails"
            shutil.rmtree(own)
    return spent


def _table(spent: dict[str, list[Spent | None]]) -> str:
    """Return what was measured; a ratio above 1 says how many times as long the other took in the same round."""
    lines = [
        f"Mails kept, {MAILS} of {MAIL_BYTES // 1000} kB from a Dovecot of this machine, median of {ROUNDS} rounds",
        f"  {'program':<36}{'mails/s':>9}{'x mailbot':>11}   {'from - to':<15}{'cpu ms a mail':>14}{'x mailbot':>11}",
    ]
    rows, told = [], list[str]()
    for name, measured in spent.items():
        pairs = [(theirs, ours) for theirs, ours in zip(measured, spent[OURS], strict=True) if theirs and ours]
        if not pairs:
            continue
        took = statistics.median(theirs.wall for theirs, _ in pairs)
        cpu = statistics.median(theirs.cpu for theirs, _ in pairs) / MAILS * _MS
        ratios = sorted(theirs.wall / ours.wall for theirs, ours in pairs)
        cpu_ratio = statistics.median(theirs.cpu / ours.cpu for theirs, ours in pairs)
        shown = f"{statistics.median(ratios):>11.2f}   {f'{ratios[0]:.2f} - {ratios[-1]:.2f}':<15}"
        rows.append((took, f"  {name:<36}{MAILS / took:>9.0f}{shown}{cpu:>14.2f}{cpu_ratio:>11.2f}"))
        if name in WANTED:
            told.append(at_least(f"{name}: times as long as mailbot", statistics.median(ratios), WANTED[name]))
    absent = [f"  {peer.name:<36}  {peer.missing}" for peer in PEERS if peer.missing]
    return "\n".join([*lines, *(row for _, row in sorted(rows)), *absent, NOT_THERE, *told, _versions()])


def _versions() -> str:
    """Return which versions of the others were measured."""
    packages = {"dovecot-imapd", *(peer.package for peer in PEERS if peer.package and not peer.missing)}
    show = ["dpkg-query", "--show", "--showformat=${Package} ${Version}, ", *sorted(packages)]
    debian = subprocess.run(show, check=False, capture_output=True, text=True).stdout if shutil.which(show[0]) else ""  # noqa: S603 - fixed words
    index = [f"{name} {version(name)}" for name in ("django-mailbox", "Django") if not PEERS[-1].missing]
    return f"  versions: {debian}{', '.join(index)}"
