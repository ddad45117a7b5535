"""What the tables must be on PostgreSQL: as the program knows them, with the office first in every key and index."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

OFFICE = "office"


def with_office(metadata: MetaData) -> MetaData:
    """Return the same tables, each row with its office."""
    expected = MetaData()
    for table in metadata.sorted_tables:
        columns = (
            Column(one.name, one.type, nullable=one.nullable, autoincrement=one.autoincrement) for one in table.columns
        )
        made = Table(table.name, expected, Column(OFFICE, Text, nullable=False), *columns)
        for key in table.constraints:
            made.append_constraint(_with_office(key))
        for index in table.indexes:
            there = index.dialect_options["postgresql"]["where"]
            names = [OFFICE, *(column.name for column in index.columns)]
            Index(index.name, *(made.c[name] for name in names), unique=index.unique, postgresql_where=there)
    return expected


def _with_office(
    key: object,
) -> PrimaryKeyConstraint | UniqueConstraint | ForeignKeyConstraint:
    """Return a key with the office in front."""
    match key:
        case ForeignKeyConstraint():
            told = [element.target_fullname for element in key.elements]
            there = told[0].partition(".")[0]
            return ForeignKeyConstraint(
                [OFFICE, *key.column_keys], [f"{there}.{OFFICE}", *told], name=str(key.name), deferrable=True
            )
        case PrimaryKeyConstraint() | UniqueConstraint():
            return type(key)(OFFICE, *(column.name for column in key.columns), name=str(key.name))
        case _:
            raise TypeError(f"No key of that kind is known: {key!r}")
