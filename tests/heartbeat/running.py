"""`mailbot run` as a process of its own on the sample office, with the embedded mail server beside it."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from mailbot.clerk.opening.openings import open_cycle
from mailbot.cli.wiring import clerk_of
from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.cast import PASSWORD, accounts
from mailbot.rehearsal.keyboard import Got, Keyboard
from mailbot.rehearsal.sandbox import point_at
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from mailbot.settings.packaged import init

AUTHSERV_ID = "mail.example.go.id"
PATIENCE_SECONDS = 120.0
_LAST_LINES_SECONDS = 5.0
OURS = "lkjip.disdukcapil@example.go.id"
SECRETARY = "sekretaris.disdukcapil@example.go.id"
SECRETS = {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD}


def counts_at_once(config: Path) -> None:
    """Let an edit be judged at the next pass: nobody here saves half a file."""
    path = config / "office.yaml"
    path.write_text(path.read_text().replace("settle_seconds: 30 ", "settle_seconds: 0 "))


@contextmanager
def served(
    folder: Path, env: Mapping[str, str] | None = None, poll_seconds: int = 60, board: str = "127.0.0.1:8025"
) -> Iterator[EmbeddedServer]:
    """Give a mail server for the sample office in `folder`/kantor, whose cycle of 2025 is open.

    Args:
        folder: where the office is made.
        env: what stands in the environment beside the passwords.
        poll_seconds: how often a daemon of it looks by itself.
        board: address and port of its status board.
    """
    config = folder / "kantor"
    init(config)
    counts_at_once(config)
    office_yaml = config / "office.yaml"
    text = office_yaml.read_text().replace("poll_seconds: 60", f"poll_seconds: {poll_seconds}")
    office_yaml.write_text(text.replace("127.0.0.1:8025", board))
    office = load(config, {}).office()
    with EmbeddedServer(accounts(office), now=lambda: datetime.now(UTC)) as server:
        point_at(config, server, AUTHSERV_ID)
        with clerk_of(load(config, {**SECRETS, **(env or {})})) as clerk:
            open_cycle(clerk.books, clerk.maker, "2025", clerk.books.clock())
        yield server


def secretary(server: EmbeddedServer) -> Keyboard:
    """Sit down at the Sekretaris' mail program."""
    sides = [
        Account(host=server.host, port=port, security="plain", user=SECRETARY, password=PASSWORD)
        for port in (server.imap_port, server.smtp_port)
    ]
    return Keyboard(
        address=SECRETARY, display="Sekretaris", imap=sides[0], smtp=sides[1], now=lambda: datetime.now(UTC)
    )


def asks_for_status(keyboard: Keyboard, to: str = OURS) -> str:
    """Let somebody write STATUS, to our first mailbox unless told; give the Message-ID of that mail."""
    asked = Got(
        subject="Laporan Kinerja",
        sender=to,
        message_id="<perihal@example.go.id>",
        references="",
        text="",
        files=(),
        raw=b"",
    )
    return str(keyboard.answer(asked, "STATUS")["Message-ID"])


def answered(keyboard: Keyboard, message_id: str) -> bool:
    """Wait, by IDLE, for the letter that answers this mail; other letters may come as well."""
    end = time.monotonic() + PATIENCE_SECONDS
    with Mailbox(keyboard.imap) as mailbox:
        mailbox.wait(0)
        while not any(got.references.endswith(message_id) for got in keyboard.new_mail()):
            if not mailbox.wait(end - time.monotonic()) and time.monotonic() > end:
                return False
    return True


def answers(server: EmbeddedServer, message_id: str) -> int:
    """Count the letters in the Sekretaris' mailbox that answer this mail, whenever they came."""
    return len([got for got in secretary(server).new_mail() if got.references.endswith(message_id)])


@dataclass(slots=True)
class Running:
    """The process, and what it has logged."""

    process: subprocess.Popen[str]
    lines: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    log: list[str] = field(default_factory=list)

    def listen(self, stream: IO[str]) -> None:
        """Take up every line it logs."""
        for line in stream:
            self.lines.put(line.rstrip())
        self.lines.put("")

    def logs(self, words: str) -> str:
        """Wait until it logs a line with these words, and return that line."""
        end = time.monotonic() + PATIENCE_SECONDS
        while (left := end - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            self.log.append(line)
            if words in line:
                return line
        message = "\n".join([f"never logged: {words}", *self.log])
        raise AssertionError(message)

    def ends(self) -> int:
        """Wait for its end, and return its exit code; one that does not end says where each of its threads stands."""
        try:
            code = self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)
            self.process.wait()
            message = "\n".join(["it did not end:", *self.log, *iter(lambda: self.lines.get(timeout=9), "")])
            raise AssertionError(message) from None
        # Its last lines may still be on their way to us; an empty one ends them.
        with suppress(queue.Empty):
            self.log.extend(iter(lambda: self.lines.get(timeout=_LAST_LINES_SECONDS), ""))
        self.log.append("")
        return code

    def heard(self) -> list[str]:
        """Return every line it has logged so far."""
        while not self.lines.empty():
            self.log.append(self.lines.get())
        return self.log

    def told_to_stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal, and return its exit code."""
        self.process.send_signal(number)
        return self.ends()


@contextmanager
def running(folder: Path, env: dict[str, str], *watched_by: str, command: str = "run") -> Iterator[Running]:
    """Run `mailbot run` (or `web`) in a folder; it is killed at the end if it still runs.

    Args:
        folder: where the configuration folder "kantor" is.
        env: the environment, beside what Python needs.
        watched_by: a command in front of it, such as strace with its options.
        command: which of the two.
    """
    process = subprocess.Popen(  # noqa: S603 - our own program, in front of it what a test chose
        [*watched_by, sys.executable, "-m", "mailbot", "--config", "kantor", command],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONFAULTHANDLER": "1",
            **env,
        },
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    daemon = Running(process)
    assert process.stderr is not None
    reader = threading.Thread(target=daemon.listen, args=(process.stderr,), daemon=True)
    reader.start()
    try:
        yield daemon
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stderr.close()
