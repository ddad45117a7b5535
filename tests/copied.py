"""A ledger in memory begun from a copy: what many tests begin with is made once in a process."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import cast

from mailbot.ledger.engine import open_engine
from mailbot.ledger.ledger import Ledger, open_ledger

IN_MEMORY = "sqlite://"


def copy_of(ledger: Ledger) -> bytes:
    """Return everything a SQLite ledger holds."""
    with ledger.engine.connect() as connection:
        return cast("sqlite3.Connection", connection.connection.driver_connection).serialize()


def ledger_from(copy: bytes) -> Ledger:
    """Return a new ledger in memory that holds the same."""
    engine = open_engine(IN_MEMORY)
    with engine.connect() as connection:
        cast("sqlite3.Connection", connection.connection.driver_connection).deserialize(copy)
    return Ledger(engine)


@cache
def _empty() -> bytes:
    with open_ledger(IN_MEMORY) as ledger:
        return copy_of(ledger)


def empty_ledger() -> Ledger:
    """Return a new ledger in memory without a row, as `open_ledger` makes it."""
    return ledger_from(_empty())
