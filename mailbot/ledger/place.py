"""Where a ledger lives, read from its URL without loading a database library, and which schema this program writes."""

from __future__ import annotations

from pathlib import Path

from mailbot.errors import LedgerProblem

SCHEMA = "0006"
"""Revision this program reads and writes: the newest file in migrations/versions."""

_SQLITE = "sqlite://"
_POSTGRES = ("postgresql+psycopg://", "postgresql://")


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite URL (`sqlite:///office.db`, `sqlite:////srv/office.db`), or None if it is none.

    `sqlite://` alone is a ledger in memory and has no file.
    """
    name = url.removeprefix(f"{_SQLITE}/") if url.startswith(f"{_SQLITE}/") else ""
    return Path(name) if name and name != ":memory:" else None


def is_sqlite(url: str) -> bool:
    """Say whether the URL means SQLite, in a file or in memory."""
    return url.startswith(_SQLITE)


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
        f"Install that version again, or restore a backup made before the upgrade."
    )
