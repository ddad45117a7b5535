"""Where a ledger lives, read from its URL without loading a database library, and which schema this program writes."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from mailbot.errors import LedgerProblem
from mailbot.settings.sayings.said import said

SCHEMA = "0032"
"""Revision this program reads and writes: the newest file in migrations/versions."""

_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510
"""The bytes that SQLite locks in a file for as long as a connection to it is open (SHARED_FIRST, SHARED_SIZE)."""
_SQLITE = "sqlite://"
_POSTGRES = ("postgresql+psycopg://", "postgresql://")


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite URL (`sqlite:///office.db`, `sqlite:////srv/office.db`), or None if it is none.

    `sqlite://` alone is a ledger in memory and has no file.
    """
    name = url.removeprefix(f"{_SQLITE}/") if url.startswith(f"{_SQLITE}/") else ""
    return Path(name) if name and name != ":memory:" else None


def existing_file(url: str) -> Path | None:
    """Return the file of a ledger that is there; None for a database on a server, which whoever opens it looks for.

    Raises:
        LedgerProblem: there is no such file yet; a new, empty one would only hide a mistyped folder.
    """
    path = sqlite_path(url)
    if is_sqlite(url) and (path is None or not path.exists()):
        raise LedgerProblem(
            f"There is no ledger at {path or url} yet. mailbot run, tick or open makes it.",
            told=said("lp_none_yet", path=path or url),
        )
    return path


def make_private(path: Path) -> None:
    """Make an empty file for a ledger or a copy of one, readable by its owner alone; one that is there is not opened.

    Only here and in `opened_elsewhere` such a file is opened by hand. POSIX locks belong to a process: closing any
    descriptor of a ledger drops all that SQLite holds on it for this process, and the next program that closes the
    ledger takes itself for the last, and deletes the log from under us. A file that is just being made has no locks
    yet.

    Raises:
        FileExistsError: there is one.
        OSError: it cannot be made.
    """
    # Where a link leads to: one that leads nowhere yet would count as a file that is there.
    os.close(os.open(path.resolve(), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def opened_elsewhere(path: Path) -> bool:
    """Say whether another process has a ledger open: in WAL mode each of its connections locks the file, also idle.

    Only for whoever has not opened it himself in this process: see `make_private`.

    Raises:
        OSError: the file cannot be opened for writing.
    """
    file = os.open(path, os.O_RDWR)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
    except (BlockingIOError, PermissionError):
        return True
    finally:
        os.close(file)
    return False


def is_sqlite(url: str) -> bool:
    """Say whether the URL means SQLite, in a file or in memory."""
    return url.startswith(_SQLITE)


def same_ledger(one: str, other: str) -> bool:
    """Say whether what is open by the one URL serves for the other: equal, or two ways to the same SQLite file.

    Another password for the same PostgreSQL database does not: what is open would go on with the former.
    """
    first, second = sqlite_path(one), sqlite_path(other)
    if one == other or first is None or second is None:
        return one == other
    return first.exists() and second.exists() and first.samefile(second)


def shown(url: str) -> str:
    """Return a URL as it may be shown: without the password, which may hold any sign, and without options."""
    if is_sqlite(url):
        return url
    scheme, between, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    return f"{scheme}{between}{login.partition(':')[0]}{at}{place.partition('?')[0]}"


def postgres_address(url: str) -> str:
    """Return a PostgreSQL URL as the server's own library wants it.

    Raises:
        LedgerProblem: the URL is neither SQLite nor PostgreSQL.
    """
    for prefix in _POSTGRES:
        if url.startswith(prefix):
            return f"postgresql://{url.removeprefix(prefix)}"
    scheme = url.partition("://")[0]
    raise LedgerProblem(
        f"The database URL begins with '{scheme}'. Use sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE."
    )


def newer_schema(found: str) -> LedgerProblem:
    """Return the refusal of a ledger whose schema this program does not know."""
    return LedgerProblem(
        f"The ledger has schema {found}, this program knows up to {SCHEMA}: it was written by a newer mailbot. "
        f"Install that version again, or restore a backup made before the upgrade.",
        told=said("lp_newer", found=found, known=SCHEMA),
    )
