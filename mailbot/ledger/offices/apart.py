"""Keeps the offices of one PostgreSQL database apart: a column of every table, first in each key, and the views.

It runs after every migration and goes by what the server's catalogue says, so that a migration need not think of it: a
new table gets the column, a new key or index gets it in front. A migration that moves rows has to name the office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text as sql

from mailbot.ledger.columns import Table
from mailbot.ledger.offices.served import SETTING, views_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_OURS = "relnamespace = CAST(CAST(:home AS text) AS regnamespace) AND relkind = 'r' AND relname = ANY(:tables)"
_COLUMNS = sql(f"""
    SELECT format('ALTER TABLE %I.%I ADD COLUMN office text NOT NULL DEFAULT current_setting(''{SETTING}'')',
                  CAST(:home AS text), relname)
    FROM pg_class WHERE {_OURS}
    AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'office')
    ORDER BY relname""")  # noqa: S608 - constants of ours
"""What gives each table the column; rows that are there belong to the office that was alone so far."""
_KEYS = sql(f"""
    WITH ours AS (
        SELECT pg_class.oid AS rel, attnum AS office, format('%I.%I', CAST(:home AS text), relname) AS named
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'office' WHERE {_OURS}
    ), keys AS (
        SELECT named, conname, contype, pg_get_constraintdef(pg_constraint.oid) AS told
        FROM pg_constraint JOIN ours ON rel = conrelid WHERE contype IN ('p', 'u', 'f') AND conkey[1] <> office
    ), indices AS (
        SELECT indexrelid, pg_get_indexdef(indexrelid) AS told
        FROM pg_index JOIN ours ON rel = indrelid WHERE indkey[0] <> office
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
    )
    SELECT step FROM (
        SELECT 1 AS place, format('ALTER TABLE %s DROP CONSTRAINT %I', named, conname) AS step
        FROM keys WHERE contype = 'f'
        UNION ALL
        SELECT 2, format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', named, conname, conname,
                         regexp_replace(told, '\\(', '(office, '))
        FROM keys WHERE contype <> 'f'
        UNION ALL
        SELECT 3, format('DROP INDEX %s', CAST(indexrelid AS regclass)) FROM indices
        UNION ALL
        SELECT 4, regexp_replace(told, ' USING btree \\(', ' USING btree (office, ') FROM indices
        UNION ALL
        SELECT 5, format('ALTER TABLE %s ADD CONSTRAINT %I %s DEFERRABLE', named, conname,
                         regexp_replace(told, '\\(', '(office, ', 'g'))
        FROM keys WHERE contype = 'f'
    ) AS steps ORDER BY place, step""")  # noqa: S608 - constants of ours
"""What puts the office in front of each key and index, in order: references go first, and come back last."""
_VIEWS = sql(f"""
    SELECT format('CREATE VIEW %I.%I AS SELECT %s FROM %I.%I WHERE office = current_setting(''{SETTING}'') '
                  'WITH LOCAL CHECK OPTION', CAST(:views AS text), relname,
                  (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                   WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped),
                  CAST(:home AS text), relname)
    FROM pg_class WHERE {_OURS} ORDER BY relname""")  # noqa: S608 - constants of ours
"""What makes each table's view. The office is in it, for `ON CONFLICT` has to name what a key is made of."""
_BACK_TO = sql(
    f"SELECT set_config('{SETTING}', :office, true), "
    "set_config('search_path', quote_ident(:views) || ', ' || quote_ident(:home), true)"
)
_OLD_VIEWS = sql("SELECT format('DROP VIEW %I.%I', schemaname, viewname) FROM pg_views WHERE schemaname = :views")
_HAS_FIRST_ROWS = sql("SELECT (SELECT count(*) FROM journal_head) + (SELECT count(*) FROM inbox_size)")
_FIRST_ROWS = (
    sql("INSERT INTO journal_head (id, lines, hash, pepper) VALUES (1, 0, repeat('0', 64), '') ON CONFLICT DO NOTHING"),
    sql("INSERT INTO inbox_size (id, mails) VALUES (1, 0) ON CONFLICT DO NOTHING"),
)


def look_past_views(connection: Connection) -> None:
    """Within this transaction, let a migration see the tables themselves, with the rows of all offices; no views."""
    home = _home(connection)
    connection.execute(sql("SELECT set_config('search_path', quote_ident(:home), true)"), {"home": home})
    _run(connection, list(connection.execute(_OLD_VIEWS, {"views": views_of(home)}).scalars()))


def keep_apart(connection: Connection, office: str) -> None:
    """After the migrations, give each table its office and its view; what follows is that office's."""
    home = _home(connection)
    views = views_of(home)
    ours = {"home": home, "tables": list(Table.metadata.tables), "views": views}
    connection.execute(sql(f"SELECT set_config('{SETTING}', '', true)"))
    _run(connection, list(connection.execute(_COLUMNS, ours).scalars()))
    _run(connection, list(connection.execute(_KEYS, ours).scalars()))
    made = f"CREATE SCHEMA IF NOT EXISTS {connection.dialect.identifier_preparer.quote(views)}"
    _run(connection, [made, *connection.execute(_VIEWS, ours).scalars()])
    connection.execute(_BACK_TO, ours | {"office": office})


def has_first_rows(connection: Connection) -> bool:
    """Say whether the office has been here before, inside a transaction."""
    return connection.execute(_HAS_FIRST_ROWS).scalar() == len(_FIRST_ROWS)


def has_nameless_rows(connection: Connection) -> bool:
    """Say whether an office without a key has worked in this database."""
    home = connection.dialect.identifier_preparer.quote(_home(connection))
    there = f"SELECT EXISTS (SELECT FROM {home}.journal_head WHERE office = '' AND lines > 0)"  # noqa: S608 - its own name
    return bool(connection.exec_driver_sql(there).scalar())


def write_first_rows(connection: Connection) -> None:
    """Begin the ledger of an office that has not been here before, inside a transaction."""
    for statement in _FIRST_ROWS:
        connection.execute(statement)


def _home(connection: Connection) -> str:
    """Return the schema in which the tables are."""
    return connection.dialect.default_schema_name or "public"


def _run(connection: Connection, statements: list[str]) -> None:
    """Run statements in one go: a migration that is killed between two of them has changed nothing either way."""
    if statements:
        connection.execution_options(no_parameters=True).exec_driver_sql(";\n".join(statements))
