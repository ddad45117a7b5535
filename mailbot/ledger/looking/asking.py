"""The ledger asked by its drivers alone, to look and never to write: for those who look often or must load little."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mailbot.errors import LedgerProblem
from mailbot.ledger.offices.served import SERVE, look_through
from mailbot.ledger.place import existing_file, postgres_address
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Ask = Callable[[str], Iterable[tuple[Any, ...]]]

_NOT_ALLOWED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})


@contextmanager
def asking(url: str, office: str = "") -> Iterator[Ask]:
    """Give a function that answers SELECTs, all of one snapshot, with rows: those of one office on PostgreSQL."""
    path = existing_file(url)
    if path is None:
        with _asking_postgres(url, office) as ask:
            yield ask
        return
    try:
        with closing(_read_only(path)) as connection:
            connection.execute("BEGIN")
            yield connection.execute
    except sqlite3.Error as error:
        way, words = _way_out(error)
        raise LedgerProblem(
            f"The ledger {path} cannot be read: {error}. {words}",
            told=said("lp_unreadable", path=path, why=str(error), way=said(way)),
        ) from error


def _way_out(error: sqlite3.Error) -> tuple[str, str]:
    """Say what helps, as a code and in words: a ledger that this user may not read is not damaged."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_ALLOWED:
        return (
            "lp_other_user",
            "Type this as the user that mailbot runs as: even to look, SQLite writes beside the file.",
        )
    return "lp_if_damaged", "If it is damaged: mailbot restore FILE."


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a SQLite file without the right to change it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


@contextmanager
def _asking_postgres(url: str, office: str) -> Iterator[Ask]:
    """Do the same on PostgreSQL."""
    address = postgres_address(url)
    try:
        import psycopg  # noqa: PLC0415 - only offices with PostgreSQL need it
    except ImportError as error:
        raise LedgerProblem(
            "PostgreSQL needs psycopg, which `make install` in mailbot's checkout installs with the rest."
        ) from error
    try:
        with psycopg.connect(address) as connection:
            look_through(connection.cursor())
            connection.execute(SERVE, (office,))
            connection.commit()
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield lambda statement: connection.execute(statement.encode())
    except psycopg.Error as error:
        why = " ".join(str(error).split()).rstrip("?.")
        raise LedgerProblem(f"The ledger on PostgreSQL cannot be read: {why}. See that the server runs.") from error


def moment_of(stored: str | datetime) -> datetime:
    """Return a time that is never missing: SQLite gives it as text without the zone, which is UTC."""
    if isinstance(stored, str):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return stored.astimezone(UTC)


def time_of(stored: str | datetime | None) -> datetime | None:
    """Return a time that may be missing."""
    return None if stored is None else moment_of(stored)
