"""A new ledger for every test: on SQLite always, on PostgreSQL, beside another office, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.ledger.engine import open_engine
from mailbot.ledger.ledger import Ledger, open_ledger
from tests.ledger.offices.neighbour import NEIGHBOUR, furnished, rows_of
from tests.servers.real_postgres import RealPostgres

BOTH = (pytest.param("sqlite", id="sqlite"), pytest.param("postgres", id="postgres", marks=pytest.mark.servers))


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that is empty, or where a ledger is asked for, of one in which another office lives."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    furnished_too = "ledger" in request.fixturenames
    return str(request.getfixturevalue("beside_neighbour" if furnished_too else "postgres_url"))


@pytest.fixture
def beside_neighbour(real_postgres: RealPostgres) -> Iterator[str]:
    """The URL of a database in which another office has rows in every table; they must be the same in the end."""
    name, rows = furnished(real_postgres)
    there = real_postgres.new_database(like=name)
    yield there
    # Past `open_ledger`: a test may have left no schema that it would open.
    with Ledger(open_engine(there, office=NEIGHBOUR)) as neighbour:
        assert rows_of(neighbour.engine, NEIGHBOUR) == rows, "another office's rows were touched"
        assert neighbour.journal.verify() is None
    real_postgres.drop_database(there)


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """An open ledger without a row of its own."""
    with open_ledger(url) as opened:
        yield opened
