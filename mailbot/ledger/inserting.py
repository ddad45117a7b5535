"""INSERT that knows what to do with a row already there; both databases say it alike, SQLAlchemy has it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from mailbot.ledger.tables import Table

Insert = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: type[Table]) -> Insert:
    """Return an INSERT of the connection's own dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def add_missing(connection: Connection, table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, leaving out those that break a unique key of the table."""
    if rows:
        connection.execute(insert_into(connection, table).on_conflict_do_nothing(), rows)


def put(connection: Connection, table: type[Table], key: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or overwrite those that have the same primary key."""
    if rows:
        statement = insert_into(connection, table)
        rest = {name: statement.excluded[name] for name in rows[0] if name not in key}
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest), rows)
