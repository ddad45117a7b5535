"""A folder of offices for the tests: the sample office several times, each with its own mailbox, people and secret."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from mailbot.cli.alone import alone
from mailbot.cli.offices.house import House
from mailbot.cli.offices.noting import Notes
from mailbot.cli.offices.running import SharedPdf
from mailbot.post.account import Account
from mailbot.rehearsal.cast import PASSWORD, accounts
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.sandbox import point_at, write_settings
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from mailbot.settings.packaged import init

AUTHSERV_ID = "mail.example.go.id"
SECRETS = {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD}
PATIENCE_SECONDS = 120.0
_PACE_SECONDS = 0.05


def found_office(root: Path, name: str) -> Path:
    """Make the sample office in a folder of that name, with that key, its addresses its own; return the folder."""
    folder = root / name
    init(folder)
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("disdukcapil@", f"{name}@")
        text = text.replace("settle_seconds: 30 ", "settle_seconds: 0 ")
        path.write_text(text.replace("DISDUKCAPIL ", f"{name.upper()} "), encoding="utf-8")
    write_settings(folder / "office.yaml", {"key": name})
    return folder


@contextmanager
def city(root: Path, *names: str, later: tuple[str, ...] = ()) -> Iterator[EmbeddedServer]:
    """Give the mail server of several offices in a folder.

    Args:
        root: the folder of offices.
        names: those that lie in it.
        later: those that have a mailbox, and lie beside it in `later`, to be moved in.
    """
    beside = root.parent / "later"
    folders = [found_office(root, name) for name in names] + [found_office(beside, name) for name in later]
    logins = {address: word for folder in folders for address, word in accounts(load(folder, {}).office()).items()}
    with EmbeddedServer(logins, now=lambda: datetime.now(UTC)) as server:
        for folder in folders:
            point_at(folder, server, AUTHSERV_ID)
        yield server


def move_in(root: Path, name: str) -> Path:
    """Move an office's folder that lies beside the others among them."""
    return Path(shutil.move(root.parent / "later" / name, root / name))


class Elapsed:
    """Seconds that go on when a test says so."""

    def __init__(self) -> None:
        """Begin at none."""
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return how many have gone by."""
        return self.seconds


def staff(server: EmbeddedServer, name: str, who: str = "sekretaris") -> Keyboard:
    """Sit down at the mail program of somebody of that office."""
    address = f"{who}.{name}@example.go.id"
    sides = [
        Account(host=server.host, port=port, security="plain", user=address, password=PASSWORD)
        for port in (server.imap_port, server.smtp_port)
    ]
    return Keyboard(address=address, display=who, imap=sides[0], smtp=sides[1], now=lambda: datetime.now(UTC))


@contextmanager
def housed(root: Path, elapsed: Elapsed, env: dict[str, str] | None = None) -> Iterator[House]:
    """Give the house that serves a folder, which looks when it is told to."""
    given = SECRETS if env is None else env
    pdf = SharedPdf()
    house = House(root, lambda: dict(given), pdf, Notes(root, lambda: datetime.now(UTC)), elapsed)
    with alone(root):
        try:
            yield house
        finally:
            house.close()
            pdf.close()


def wait_for(house: House, holds: Callable[[], bool]) -> None:
    """Let the house look until something holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"in vain: {house.served()}"
        house.look()
        Event().wait(_PACE_SECONDS)
