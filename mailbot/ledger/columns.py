"""What tables are made of, columns for large numbers, bytes and a stranger's words; and INSERTs into any of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from sqlalchemy import BigInteger, Dialect, MetaData, Text
from sqlalchemy import Table as CoreTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection


def storable(words: str) -> str:
    """Return text as every database can hold it: a NUL or a lone surrogate becomes U+FFFD (the raw mail has it)."""
    return words.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Storable(TypeDecorator[str]):
    """Text that may come from a stranger's mail."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Replace what a database would refuse."""
        return value if value is None or (value.isascii() and "\0" not in value) else storable(value)


Words = Annotated[str, Field(sa_type=Storable)]
Big = Annotated[int, Field(sa_type=BigInteger)]


class Table(SQLModel):
    """What all tables share: one catalogue, with names for every constraint, so that a migration can speak of them."""

    # A row is stored and read, never validated: pydantic need not make ready for it.
    model_config = {"defer_build": True}
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


def table_of(kind: type[Table]) -> CoreTable:
    """Return the table behind a mapped class: statements over it are put together without the mapping."""
    return Table.metadata.tables[str(kind.__tablename__)]


Value = TypeVar("Value")
_MOST_VALUES = 500


def parts_of(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut the values of an `IN` into as many as every database takes in one statement (SQLite: 32,766)."""
    return (values[first : first + _MOST_VALUES] for first in range(0, len(values), _MOST_VALUES))


Insert = postgresql.Insert | sqlite.Insert
InsertReturning = Insert | ReturningInsert[Any]


def add_missing(connection: Connection, table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, leaving out those that break a unique key of the table."""
    if rows:
        connection.execute(adding(connection.dialect.name, table), rows)


def put(connection: Connection, table: type[Table], key: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or overwrite those that have the same primary key."""
    if rows:
        connection.execute(_putting(connection.dialect.name, table, tuple(key), tuple(rows[0])), rows)


# A statement costs more to put together than to run: each is made once for a dialect.


@cache
def adding(
    dialect: str, table: type[Table], returning: tuple[str, ...] = (), unless: tuple[str, ...] | None = None
) -> InsertReturning:
    """Return an INSERT of that dialect that leaves out rows which break a unique key, or that over `unless`.

    It returns the columns named.
    """
    over = None if unless is None else _with_office(dialect, unless)
    statement = _insert_into(dialect, table).on_conflict_do_nothing(index_elements=over)
    return statement.returning(*(statement.table.c[name] for name in returning)) if returning else statement


@cache
def _putting(dialect: str, table: type[Table], key: tuple[str, ...], columns: tuple[str, ...]) -> Insert:
    """Return an INSERT of these columns in that dialect that overwrites the row with the same primary key."""
    statement = _insert_into(dialect, table)
    rest = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=_with_office(dialect, key), set_=rest)


def _insert_into(dialect: str, table: type[Table]) -> Insert:
    """Return an INSERT of that dialect into the table itself, past the mapped class and what that costs."""
    return postgresql.insert(table_of(table)) if dialect == "postgresql" else sqlite.insert(table_of(table))


def _with_office(dialect: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a key as they are in that database: on PostgreSQL the office stands first in each."""
    return ("office", *key) if dialect == "postgresql" else key
