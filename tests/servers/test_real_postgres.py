"""Whether the started PostgreSQL gives each test a database of its own."""

from __future__ import annotations

import psycopg
import pytest

pytestmark = pytest.mark.servers

TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_an_empty_database(postgres_url: str, turn: int) -> None:
    """What the test of the first turn makes is not there in the second."""
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute(TABLES).fetchone()
        connection.execute("CREATE TABLE bekas (nomor int)")

    assert row == (0,)
