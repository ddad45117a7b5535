"""The connections of this process to one PostgreSQL database: one pool, however many offices work with it."""

from __future__ import annotations

from threading import Lock
from typing import Any
from weakref import WeakSet, WeakValueDictionary

from sqlalchemy import Engine, create_engine, event, make_url

from mailbot.ledger.offices.served import OFFICE, prepare, serve

_POOL = "mailbot_pool"


class Pool:
    """One pool, and who uses it; what was looked at once need not be looked at for the next office."""

    def __init__(self, url: str) -> None:
        """Make it; nothing is connected yet.

        Raises:
            ArgumentError, NoSuchModuleError, ImportError, ValueError: the URL cannot be used, or the driver is missing.
        """
        self.engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        event.listen(self.engine, "connect", prepare)
        event.listen(self.engine, "begin", serve)
        event.listen(self.engine, "engine_disposed", self._forget)
        self.users: WeakSet[Engine] = WeakSet()
        self.looked_at: set[str] = set()
        """What is the same for all: the encoding, the schema."""

    def _forget(self, engine: Engine) -> None:
        """Whoever connects anew looks again."""
        self.users.discard(engine)
        self.looked_at.clear()


_POOLS: WeakValueDictionary[str, Pool] = WeakValueDictionary()
_ONE_AT_A_TIME = Lock()


def engine_of(url: str, office: str, options: dict[str, Any]) -> Engine:
    """Return an engine for one office of a database, over the pool that this process has for it.

    Raises:
        ArgumentError, NoSuchModuleError, ImportError, ValueError: as `Pool` does.
    """
    with _ONE_AT_A_TIME:
        pool = _POOLS.get(url) or Pool(url)
        _POOLS[url] = pool
        engine = pool.engine.execution_options(**options, **{OFFICE: office, _POOL: pool})
        pool.users.add(engine)
    return engine


def pool_of(engine: Engine) -> Pool | None:
    """Return the pool an engine shares; None of one that has a database for itself, as every one of SQLite has."""
    pool: Pool | None = engine.get_execution_options().get(_POOL)
    return pool


def let_go(engine: Engine) -> None:
    """Let go of a database: its connections are closed with the last office that uses them."""
    pool = pool_of(engine)
    if pool is None:
        engine.dispose()
        return
    with _ONE_AT_A_TIME:
        pool.users.discard(engine)
        last = not pool.users
    if last:
        pool.engine.dispose()
