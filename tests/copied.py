"""Ledgers begun from a copy in memory, or emptied: what many tests begin with is made once in a process."""

from __future__ import annotations

import sqlite3
import weakref
from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy import event, inspect, text

from mailbot.ledger.engine import open_engine
from mailbot.ledger.journal import FIRST
from mailbot.ledger.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

IN_MEMORY = "sqlite://"
VERSIONS, HEAD = "alembic_version", "journal_head"


def copy_of(ledger: Ledger) -> bytes:
    """Return everything a SQLite ledger holds."""
    with ledger.engine.connect() as connection:
        return cast("sqlite3.Connection", connection.connection.driver_connection).serialize()


def ledger_from(copy: bytes) -> Ledger:
    """Return a new ledger in memory that holds the same."""
    ledger = closed_with_its_last_user(Ledger(_compiling_nothing_anew(open_engine(IN_MEMORY))))
    _put_back(ledger, copy)
    return ledger


@cache
def _first() -> Engine:
    """Return the engine for which statements are compiled."""
    engine = open_engine(IN_MEMORY)
    engine.dispose()
    return engine


def _compiling_nothing_anew(engine: Engine) -> Engine:
    """Let an engine use what was compiled for another: all in memory are alike, and compiling is half of asking."""
    engine.dialect = engine.pool._dialect = _first().dialect  # noqa: SLF001 - statements are kept by their dialect
    engine._compiled_cache = _first()._compiled_cache  # noqa: SLF001 - SQLAlchemy has no other door for it
    return engine


def closed_with_its_last_user(ledger: Ledger) -> Ledger:
    """Return a ledger that is closed when nobody has it any more: an invented office knows no end of its day.

    Ledgers share an engine where a machine starts anew: its connections are closed with the last of them.
    """
    owner = weakref.ref(ledger.engine)

    def follow(connection: DBAPIConnection, _record: object) -> None:
        if (engine := owner()) is not None:
            weakref.finalize(engine, connection.close)

    with ledger.engine.connect() as first:
        follow(cast("DBAPIConnection", first.connection.driver_connection), None)
    event.listen(ledger.engine, "connect", follow)
    return ledger


def _put_back(ledger: Ledger, copy: bytes) -> None:
    """Put a copy in the place of whatever a ledger in memory holds."""
    with ledger.engine.connect() as connection:
        cast("sqlite3.Connection", connection.connection.driver_connection).deserialize(copy)


@cache
def _empty() -> bytes:
    with open_ledger(IN_MEMORY) as ledger:
        return copy_of(ledger)


def empty_ledger() -> Ledger:
    """Return a new ledger in memory without a row, as `open_ledger` makes it."""
    return ledger_from(_empty())


def empty(ledger: Ledger) -> None:
    """Take every row out of a ledger in memory or on PostgreSQL; statements compiled for it stay so."""
    if ledger.engine.dialect.name == "sqlite":
        _put_back(ledger, _empty())
        return
    home = ledger.engine.dialect.default_schema_name
    every = inspect(ledger.engine).get_table_names(schema=home)
    names = [f"{home}.{name}" for name in every if name not in {VERSIONS, HEAD}]
    with ledger.engine.begin() as connection:
        # The journal forbids it; a superuser's session can look away.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        connection.execute(text(f"UPDATE {HEAD} SET lines = 0, hash = :hash"), {"hash": FIRST})  # noqa: S608 - our own name
