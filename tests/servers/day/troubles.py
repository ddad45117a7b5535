"""What provider, disk and line do to a mailbox: the real servers refuse, or give less than they hold; then no more."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Literal

from mailbot.errors import PostUnavailable
from mailbot.post.imap import Mailbox
from mailbot.post.smtp_session import connect
from tests.servers.real_mail import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.real_mail import RealMail

Door = Literal["imap", "smtp"]


@contextmanager
def locked_out(servers: RealMail, address: str, *doors: Door) -> Iterator[None]:
    """Let Dovecot, which Postfix asks as well, refuse the login of an address at these doors."""
    files = [servers.folder / "denied" / door / address.partition("@")[0] for door in doors]
    for file in files:
        file.write_text(f"{address}:\n")
    try:
        yield
    finally:
        for file in files:
            file.unlink()
        # Dovecot looks at a file it knows only once a second.
        _until_let_in(servers, address)


@contextmanager
def may_not_send(servers: RealMail, address: str, reply: str) -> Iterator[None]:
    """Let Postfix take the login of an address, and refuse every letter of it in these words."""
    servers.refuse_letters(address, reply)
    try:
        yield
    finally:
        servers.refuse_letters(None)


@contextmanager
def unreadable(path: Path) -> Iterator[None]:
    """Keep Dovecot from a folder (it cannot list what is in it) or from one mail (it lists it, and cannot give it)."""
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        yield
    finally:
        # Its name is another once Dovecot has moved it out of new/, and it may have been deleted meanwhile.
        for one in _of_that_name(path):
            one.chmod(mode)


def file_of(servers: RealMail, address: str, message_id: str) -> Path:
    """Return the file in which a mail lies in the INBOX of an address."""
    maildir = servers.mailbox_folder(address)
    lines = f"Message-ID: {message_id}".encode()
    files = [file for name in ("new", "cur") for file in (maildir / name).iterdir()]
    return next(file for file in files if lines in file.read_bytes())


def gone(path: Path) -> None:
    """Delete a mail, as somebody does at another program."""
    for file in _of_that_name(path):
        file.unlink()


def _of_that_name(path: Path) -> list[Path]:
    if path.is_dir():
        return [path]
    name = path.name.partition(":")[0]
    return [file for kind in ("new", "cur") for file in (path.parents[1] / kind).glob(f"{name}*")]


def _until_let_in(servers: RealMail, address: str) -> None:
    """Return once both servers take the login again."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not _is_let_in(servers, address):
        assert monotonic() < deadline, f"{address} is not let in again"
        Event().wait(0.1)


def _is_let_in(servers: RealMail, address: str) -> bool:
    try:
        with Mailbox(servers.imap(address)):
            connect(servers.smtp(address)).close()
    except PostUnavailable:
        return False
    return True
