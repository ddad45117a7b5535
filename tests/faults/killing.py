"""The real daemon on real servers, killed by the kernel at a chosen system call: what is laid, what must follow."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

from mailbot.clerk.passing import one_pass
from mailbot.cli.alone import LOCK
from mailbot.cli.options import now
from mailbot.cli.wiring import clerk_of
from mailbot.core.model.letters import LetterKind
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from tests.faults.small_office import mail
from tests.heartbeat.running import PATIENCE_SECONDS, Running, asks_for_status, running
from tests.servers.processes import run
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS, office_at, office_in

STRACE = "/usr/bin/strace"
ENV = {**SECRETS, "PYTHONDONTWRITEBYTECODE": "1"}
"""Without compiled files to write, each start makes the same system calls."""
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,rename,unlink,sendto"
"""Every way by which a pass changes anything: on the disk, in the ledger, at a mail server."""
_OF_THE_MORNING = frozenset({LetterKind.MORNING.value, LetterKind.DIGEST.value})
SECRETARY, PLANNING = "sekretaris.disdukcapil@example.go.id", "perencanaan.disdukcapil@example.go.id"


def missing() -> str | None:
    """Say what is not installed that kills a process at a system call; None if it is there."""
    return None if os.access(STRACE, os.X_OK) else "strace is not installed; run .ci/packages as root"


def forbidden() -> str | None:
    """Say why this machine lets no process be traced, which nobody can install; None if it does."""
    try:
        run(STRACE, "-o", "/dev/null", "/bin/true")
    except RuntimeError as refused:
        return f"this machine lets no process be traced (in a container: --cap-add SYS_PTRACE): {refused}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One system call of a thread: which, and the how-manieth of its name, as strace counts."""

    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What a pass came to, as far as it must be the same whatever died on the way."""

    inbox: tuple[tuple[str, int], ...]
    letters: tuple[tuple[str, str], ...]
    journal_in_order: bool
    left_in_inbox: int
    moved: int


@dataclass(slots=True, kw_only=True)
class Stage:
    """Three mails in the mailbox, two of which want an answer; laid anew before each death."""

    folder: Path
    """With "kantor" and the ledger in it while something runs."""
    servers: RealMail
    mailbox: str
    laid: Path
    """How the data folder and the mailbox look before each death."""
    done: str
    of_the_morning: set[str] = field(default_factory=set)
    """Message-IDs of what leaves once a morning: whether one falls into a run, the real clock says."""

    def lay(self) -> None:
        """Put everything back to the beginning; what people have got is thrown away."""
        for name in (path.name for path in self.laid.iterdir() if path.name != "mailbox"):
            _replace(self.laid / name, self.folder / name)
        for side in self.folder.glob("ledger.db-*"):
            side.unlink()
        _replace(self.laid / "mailbox", self.servers.mailbox_folder(self.mailbox).parent)
        for address in (SECRETARY, PLANNING):
            for file in self.servers.mailbox_folder(address).glob("*/*"):
                if file.parent.name in {"new", "cur"}:
                    file.unlink()

    def calls(self) -> list[Call]:
        """Let the daemon run its first pass and stop; return such system calls of its main thread, in order."""
        out = self.folder / "calls.txt"
        with running(self.folder, ENV, STRACE, "-f", "--seccomp-bpf", "-o", str(out), f"-etrace={CALLS}") as daemon:
            assert self.wait_for_a_pass(daemon)
            made = re.findall(rf"(?m)^{self.daemon()} +(\w+)\(", out.read_text())
            os.kill(self.daemon(), signal.SIGTERM)
            daemon.ends()
        counted: Counter[str] = Counter()
        found = []
        for name in made:
            counted[name] += 1
            found.append(Call(name=name, number=counted[name]))
        return found

    def dies_at(self, call: Call) -> bool:
        """Run the daemon until the kernel kills it at that system call of a thread; False: its pass was over first."""
        injected = f"-einject={call.name}:signal=SIGKILL:when={call.number}"
        with running(self.folder, ENV, STRACE, "-f", "--seccomp-bpf", "-o", "/dev/null", injected) as daemon:
            if self.wait_for_a_pass(daemon):
                with suppress(ProcessLookupError):  # it may die at that call between its pass and this
                    os.kill(self.daemon(), signal.SIGTERM)
            return daemon.ends() in {-signal.SIGKILL, 128 + signal.SIGKILL}

    def runs_again(self) -> None:
        """Start the daemon anew, and stop it after its first pass."""
        with running(self.folder, ENV) as daemon:
            assert self.wait_for_a_pass(daemon)
            assert daemon.told_to_stop() == 0

    def finishes(self) -> End:
        """Let twenty minutes go by, so that doubts are over, and make a pass; return how everything stands."""
        self.servers.wait_until_delivered()
        settings = load(self.folder / "kantor", SECRETS)
        with clerk_of(settings, HandClock(now() + timedelta(minutes=20))) as clerk:
            passed = one_pass(clerk)
            assert passed.trouble == (), passed.trouble
            self.servers.wait_until_delivered()
            every = clerk.books.ledger.letters.listing()
            self.of_the_morning = {one.message_id for one in every if one.kind in _OF_THE_MORNING}
            place = self.servers.mailbox_folder(self.mailbox)
            return End(
                inbox=tuple(sorted(clerk.books.ledger.inbox.counts().by_outcome.items())),
                letters=tuple(
                    sorted(
                        (one.key, one.state.value)
                        for one in clerk.books.ledger.letters.listing()
                        if one.kind not in _OF_THE_MORNING
                    )
                ),
                journal_in_order=clerk.books.ledger.journal.verify() is None,
                left_in_inbox=len([*place.glob("new/*"), *place.glob("cur/*")]),
                moved=len([*place.glob(f".{self.done}/new/*"), *place.glob(f".{self.done}/cur/*")]),
            )

    def copies(self) -> dict[str, Counter[bytes]]:
        """Return by addressee and Message-ID what people have got, each text with its number of copies."""
        found: dict[str, Counter[bytes]] = {}
        for address in (SECRETARY, PLANNING):
            for file in self.servers.mailbox_folder(address).glob("*/*"):
                if file.parent.name in {"new", "cur"}:
                    raw = file.read_bytes()
                    ours = raw[raw.index(b"From: ") :]
                    name = ours.partition(b"Message-ID: ")[2].partition(b"\n")[0].decode().strip()
                    if name not in self.of_the_morning:
                        found.setdefault(f"{address} {name}", Counter())[ours] += 1
        return found

    def daemon(self) -> int:
        """Return the process number of the daemon that runs, or ran last."""
        return int((self.folder / LOCK).read_text())

    def wait_for_a_pass(self, daemon: Running) -> bool:
        """Wait until a pass is over and noted in the ledger; False if the process ended before."""
        before = self._last_pass()
        deadline, pause = time.monotonic() + PATIENCE_SECONDS, Event()
        while daemon.process.poll() is None:
            if self._last_pass() != before:
                return True
            assert time.monotonic() < deadline, "\n".join(["the daemon never ended a pass", *daemon.heard()])
            pause.wait(0.05)
        return False

    def _last_pass(self) -> str:
        with closing(sqlite3.connect(self.folder / "ledger.db", timeout=PATIENCE_SECONDS)) as ledger:
            found = ledger.execute("SELECT value FROM note WHERE name = 'last_pass'").fetchone()
        return str(found[0]) if found else ""


@contextmanager
def stage(folder: Path, servers: RealMail) -> Iterator[Stage]:
    """Give the office with its three mails, on servers that keep a copy of what is sent; no daemon outlives it."""
    config = folder / "kantor"
    office_at(config, servers)
    # Before the ledger knows a configuration: afterwards another way out would wait for the operator's approval.
    send_plainly(config / "office.yaml", servers, load(config, SECRETS).office().mailbox)
    with office_in(config, servers, {}) as office:
        for key in ("sekretaris", "perencanaan"):
            asks_for_status(office.keyboards[key])
        mailbox = office.office.mailbox
        done = office.settings.folders.done
    servers.deliver(mail(1), "warga@luar.example", mailbox)
    servers.wait_until_delivered()
    laid = folder / "laid"
    laid.mkdir()
    for path in [path for path in folder.iterdir() if path.name != "laid"]:
        run("/bin/cp", "-a", path, laid / path.name)
    run("/bin/cp", "-a", servers.mailbox_folder(mailbox).parent, laid / "mailbox")
    opened = Stage(folder=folder, servers=servers, mailbox=mailbox, laid=laid, done=done)
    try:
        yield opened
    finally:
        # A daemon whose tracer was ended goes on without it.
        with suppress(OSError, ValueError):
            os.kill(opened.daemon(), signal.SIGKILL)


def send_plainly(path: Path, servers: RealMail, mailbox: str) -> None:
    """Let letters leave by the port that files a copy of each in Sent, so that what is in doubt can be found."""
    account = servers.smtp(mailbox, "plain", keeps_sent=True)
    reached = {"host": account.host, "port": account.port, "security": "plain"}
    changes: dict[str, object] = {f"smtp.{name}": value for name, value in reached.items()}
    write_settings(path, {**changes, "imap.folders.sent": ""})


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    run("/bin/cp", "-a", source, target)
