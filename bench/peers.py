"""The programs that fetch mail by IMAP as mailbot does, each set up to leave all on the server and keep it here."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import pulling
from mailbot.post.account import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One program: its name in the table, where it comes from, and how it is run."""

    name: str
    command: Callable[[Path, Account], list[str]]
    """Writes what it needs into an empty folder, and returns what is to be run there."""
    package: str = ""
    """The Debian package it is in; none where `make bench` installs it from the package index."""
    program: str = ""
    puller: str = ""
    """Its name in `bench.pulling`: a process that gets ready, and begins when it is told to."""
    deletes: bool = False
    """Takes from the server what it has kept, so that it needs a mailbox of its own each time."""

    @property
    def missing(self) -> str:
        """Say why it is not measured; nothing where it is installed."""
        if self.puller:
            return "" if pulling.installed(self.puller) else "not installed: `make bench` would install it"
        return "" if shutil.which(self.program) else f"not installed: apt-get install {self.package}"

    def kept(self, folder: Path) -> int:
        """Count what it has kept."""
        bsmtp = folder / "kept"
        if bsmtp.is_file():
            return bsmtp.read_bytes().count(b"\nDATA\r\n") or bsmtp.read_bytes().count(b"\nDATA\n")
        return sum(path.parent.name in {"cur", "new"} for path in folder.rglob("*") if path.is_file())


def _private(path: Path, *lines: str) -> Path:
    """Write a file that nobody else may read: it holds a password."""
    path.touch(0o600)
    path.write_text("\n".join((*lines, "")))
    return path


def _maildir(folder: Path) -> Path:
    """Make a Maildir."""
    for name in ("cur", "new", "tmp"):
        (folder / "maildir" / name).mkdir(parents=True)
    return folder / "maildir"


def _mbsync(fsync: str) -> Callable[[Path, Account], list[str]]:
    """Return how mbsync is run, with or without its mails being on the disk before it ends."""

    def command(folder: Path, account: Account) -> list[str]:
        settings = _private(
            folder / "mbsyncrc",
            f"FSync {fsync}",
            "",
            "IMAPAccount office",
            f"Host {account.host}",
            f"Port {account.port}",
            f"User {account.user}",
            f"Pass {account.password}",
            "SSLType None",
            "AuthMechs LOGIN",
            "",
            "IMAPStore far",
            "Account office",
            "",
            "MaildirStore near",
            f"Path {folder}/kept/",
            f"Inbox {folder}/kept/INBOX",
            "",
            "Channel all",
            "Far :far:",
            "Near :near:",
            "Sync Pull",
            "Create Near",
            "SyncState *",
        )
        (folder / "kept").mkdir()
        return ["mbsync", "-c", str(settings), "-a"]

    return command


def _fetchmail(folder: Path, account: Account) -> list[str]:
    """Return how fetchmail is run: all mails into one file of BSMTP, its quickest way."""
    settings = _private(
        folder / "fetchmailrc",
        f'poll {account.host} protocol IMAP port {account.port} auth password username "{account.user}" password '
        f'"{account.password}" sslproto "" keep fetchall no rewrite bsmtp "{folder}/kept"',
    )
    own = ["--pidfile", f"{folder}/pid", "--idfile", f"{folder}/ids"]
    return ["fetchmail", "--silent", "--nosyslog", "-f", str(settings), *own]


def _getmail(folder: Path, account: Account) -> list[str]:
    """Return how getmail is run."""
    settings = _private(
        folder / "getmailrc",
        "[retriever]",
        "type = SimpleIMAPRetriever",
        f"server = {account.host}",
        f"port = {account.port}",
        f"username = {account.user}",
        f"password = {account.password}",
        "",
        "[destination]",
        "type = Maildir",
        f"path = {_maildir(folder)}/",
        "",
        "[options]",
        "read_all = true",
        "delete = false",
        "verbose = 0",
        "received = false",
        "delivered_to = false",
    )
    return ["getmail", "--getmaildir", str(folder), "--rcfile", str(settings)]


def _puller(puller: str, folder: Path, account: Account) -> list[str]:
    """Return how a puller in Python is run."""
    login = {"host": account.host, "port": account.port, "user": account.user, "password": account.password}
    _private(folder / pulling.LOGIN, json.dumps(login))
    return [sys.executable, "-m", "bench.pulling", puller, str(folder)]


PEERS = (
    Peer(name="mbsync, FSync no", package="isync", program="mbsync", command=_mbsync("no")),
    Peer(name="mbsync, FSync yes", package="isync", program="mbsync", command=_mbsync("yes")),
    Peer(name="fetchmail, to BSMTP", package="fetchmail", program="fetchmail", command=_fetchmail),
    Peer(name="loop like paperless-ngx's, no queue", puller="paperless", command=partial(_puller, "paperless")),
    Peer(name="getmail6, to Maildir", package="getmail6", program="getmail", command=_getmail),
    Peer(
        name="django-mailbox, SQLite",
        puller="django-mailbox",
        command=partial(_puller, "django-mailbox"),
        deletes=True,
    ),
)
