"""Ledgers as the version before wrote them (schema 0006), in the middle of a cycle, laid into SQLite or PostgreSQL.

`cases/*.sql` are its tables and indexes, and what three ledgers held, written by that version on the sample office; of
long files only the beginning.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Column, Engine, inspect, select, text
from sqlmodel import create_engine

from mailbot.ledger.columns import Table
from mailbot.ledger.engine import open_engine, writing
from mailbot.ledger.place import is_sqlite, sqlite_path
from mailbot.ledger.schema import configuration

BEFORE = "0006"
COLLECTING, DRAFTING, SUBMITTING = "collecting", "drafting", "submitting"
"""Row 3, with letters in every state; row 6, the draft before Subbag Program; row 8, the report held in doubt."""
_CASES = Path(__file__).parent / "cases"


def lay(name: str, url: str, folder: Path) -> None:
    """Make the database of that URL, empty so far, such a ledger."""
    if is_sqlite(url):
        path = sqlite_path(url)
        assert path is not None
        _write(name, path)
        return
    _write(name, folder / "before.db")
    source, target = create_engine(f"sqlite:///{folder / 'before.db'}"), open_engine(url)
    with writing(target) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        connection.execute(text("DELETE FROM journal_head"))
        there = set(inspect(source).get_table_names())
        for table in (table for table in Table.metadata.sorted_tables if table.name in there):
            columns: list[Column[Any]] = [table.c[column["name"]] for column in inspect(source).get_columns(table.name)]
            with source.connect() as former:
                rows = [row._asdict() for row in former.execute(select(*columns).order_by(*table.primary_key))]
            if rows:
                connection.execute(table.insert(), rows)
            if rows and "id" in rows[0] and table.name != "journal_head":
                last = max(row["id"] for row in rows)
                connection.execute(text(f"SELECT setval('{table.name}_id_seq', {last})"))
    target.dispose()
    source.dispose()


def _write(name: str, path: Path) -> None:
    """Write a ledger as a SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        for part in ("tables", name, "indexes"):
            connection.executescript((_CASES / f"{part}.sql").read_text(encoding="ascii"))
        _named_by_what_they_hold(connection)
        connection.commit()


def _named_by_what_they_hold(connection: sqlite3.Connection) -> None:
    """Give a file whose end was left out an end of its own, and its digest wherever it is named, but in the journal."""
    cut = []
    for was, content in connection.execute("SELECT sha256, content FROM file").fetchall():
        if hashlib.sha256(content).hexdigest() != was:
            ended = content + f"\r\n{was}\r\n".encode()
            connection.execute("UPDATE file SET content = ? WHERE sha256 = ?", (ended, was))
            cut.append((hashlib.sha256(ended).hexdigest(), was))
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        if table.startswith(("journal", "sqlite")):
            continue
        for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            if column.endswith("sha256") or kind == "TEXT":
                change = f"UPDATE {table} SET {column} = replace({column}, ?2, ?1)"  # noqa: S608 - its own names
                connection.executemany(change, cut)


def shape(engine: Engine) -> dict[str, Any]:
    """Return everything a database is: each table's columns, indices and keys, and every row."""
    found: dict[str, Any] = {}
    look = inspect(engine)
    home = engine.dialect.default_schema_name
    asks = (look.get_multi_columns, look.get_multi_indexes, look.get_multi_foreign_keys)
    # Each of all tables at once, which on PostgreSQL is one statement; there, views stand before the tables.
    every_column, every_index, every_key = (_by_table(ask(schema=home)) for ask in asks)
    with engine.connect() as connection:
        for table in sorted(every_column):
            columns = [(column["name"], str(column["type"]), column["nullable"]) for column in every_column[table]]
            indices = sorted((index["name"] or "", tuple(index["column_names"])) for index in every_index[table])
            rows = sorted(map(repr, connection.execute(text(f"SELECT * FROM {home}.{table}"))))  # noqa: S608 - its own table
            found[table] = (columns, indices, every_key[table], rows)
    return found


def _by_table(many: Any) -> dict[str, Any]:  # noqa: ANN401 - of one kind or another
    """Return what is told of each table, without the schema in which it stands."""
    return {table: told for (_, table), told in many.items()}
