"""The daemon as a process of its own on real Postfix and Dovecot: how soon it answers, how soon it is back at work."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mailbox import fill
from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import one_pass
from mailbot.clerk.receiving import receive
from mailbot.clerk.ticking import open_cycle
from mailbot.cli.wiring import clerk_of
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import Changes, Settlement
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from tests.heartbeat.running import OURS, SECRETARY, Running, answered, asks_for_status, running
from tests.office import CYCLE
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS, office_at

ANSWERS = 15
MAILS = 10_000
SMALL_BYTES = 3_000
STARTS = 3
_KIB_PER_MIB = 1_024
_ALL = 20_000


def answer() -> None:
    """Print how long a mail waits for its answer, from its arrival until the answer is handed over."""
    with servers_for("Answer") as (folder, servers):
        if servers is None:
            return
        waited = _waited(folder, at_work(folder, servers))
    low, middle, high = statistics.quantiles(waited, n=4)
    print(f"Answer: from a mail's arrival to its answer handed to SMTP, by IDLE, {ANSWERS} mails")
    print(f"  median {middle:.2f} s   middle half {low:.2f} - {high:.2f}   slowest {max(waited):.2f}")


def _waited(folder: Path, keyboard: Keyboard) -> list[float]:
    """Return, for each mail, the seconds from its handing in until its answer was taken by our mail server."""
    with running(folder, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        arrived = []
        for _ in range(ANSWERS):
            asked = asks_for_status(keyboard)
            arrived.append(datetime.now(UTC))
            assert answered(keyboard, asked)
        assert daemon.told_to_stop() == 0
    with _clerk(folder) as clerk:
        letters = [one for one in clerk.books.ledger.letters.listing(limit=_ALL) if one.is_answer]
    left = sorted(one.sent_at for one in letters if one.sent_at is not None)[-ANSWERS:]
    return [(sent - came).total_seconds() for came, sent in zip(arrived, left, strict=True)]


def restart() -> None:
    """Print how long the daemon takes to its first answer after a start, beside ten thousand mails already known."""
    with servers_for("Restart") as (folder, servers):
        if servers is None:
            return
        keyboard = at_work(folder, servers)
        fill(servers, OURS, MAILS, size_bytes=SMALL_BYTES)
        known(folder)
        started = [_started(folder, keyboard) for _ in range(STARTS)]
    seconds, cpu, mebibytes = ([getattr(one, name) for one in started] for name in ("seconds", "cpu", "mebibytes"))
    print(f"Restart: from the start of the process to the first mail answered, {MAILS} mails in the mailbox")
    print(f"  median of {STARTS}: {statistics.median(seconds):.2f} s   slowest {max(seconds):.2f}")
    print(f"  CPU {statistics.median(cpu):.2f} s   peak memory of the daemon {max(mebibytes):.0f} MB")


@dataclass(frozen=True, slots=True)
class Started:
    """What one start took, from the process's beginning to its first answer."""

    seconds: float
    cpu: float
    mebibytes: float


def _started(folder: Path, keyboard: Keyboard) -> Started:
    """Start the daemon with one mail waiting for it."""
    asks_for_status(keyboard)
    began = time.perf_counter()
    with running(folder, SECRETS) as daemon:
        daemon.logs("received 1, worked 1, sent ")
        took = time.perf_counter() - began
        spent = Path(f"/proc/{daemon.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        started = Started(took, sum(map(int, spent[11:13])) / os.sysconf("SC_CLK_TCK"), _peak_mb(daemon))
        assert daemon.told_to_stop() == 0
    return started


def _peak_mb(daemon: Running) -> float:
    """Return the most memory the daemon has held so far, in MiB."""
    status = Path(f"/proc/{daemon.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / _KIB_PER_MIB


def at_work(folder: Path, servers: RealMail) -> Keyboard:
    """Set up the office, its cycle opened just now and its first letters sent; return the Sekretaris' mail program."""
    office_at(folder / "kantor", servers)
    _change_settings(folder)
    with _clerk(folder) as clerk:
        open_cycle(clerk.books, clerk.maker, CYCLE, clerk.books.clock())
        one_pass(clerk)
    return Keyboard(
        address=SECRETARY,
        display="Sekretaris",
        imap=servers.imap(SECRETARY),
        smtp=servers.smtp(SECRETARY),
        now=lambda: datetime.now(UTC),
    )


def _clerk(folder: Path) -> AbstractContextManager[Clerk]:
    """Build the clerk as the command line does."""
    return clerk_of(load(folder / "kantor", SECRETS))


def known(folder: Path) -> None:
    """Let the ledger know every mail in the mailbox, each with its final state."""
    with _clerk(folder) as clerk:
        box = clerk.post.boxes[0]
        with box.open_mailbox() as mailbox:
            kept = receive(clerk.books, box, mailbox, size_limit_bytes=clerk.reader.limits.message_bytes).new
            assert kept == MAILS, f"{kept} of {MAILS} mails were kept"
        settled = tuple(
            Settlement(mail=one.id, outcome=MailOutcome.STRANGER, detail="orang@lain.example.com")
            for one in clerk.books.ledger.inbox.unsettled(_ALL)
        )
        clerk.books.ledger.commit(Changes(at=clerk.books.clock(), settled=settled))


def _change_settings(folder: Path) -> None:
    """Look into the mailbox only when called, answer one person as often as we ask, and let kept mail stay in it."""
    changes = {
        "imap.poll_seconds": 3_600,
        "imap.folders.done": "",
        "pacing.per_minute": 1_000,
        "pacing.per_day": 100_000,
        "pacing.answers_per_day": 1_000,
        "pacing.answers_in_all_per_day": 1_000,
    }
    write_settings(folder / "kantor" / "office.yaml", changes)


@contextmanager
def servers_for(title: str) -> Iterator[tuple[Path, RealMail | None]]:
    """Give a folder and running mail servers; without servers, say why nothing is measured."""
    absent = real_mail.missing()
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        if absent is not None:
            print(f"{title}: not measured, {absent}", file=sys.stderr)
            yield Path(name), None
            return
        with RealMail({}) as servers:
            yield Path(name), servers
