"""Bringing a ledger to the schema this program writes: migrations run when it is opened, all in one transaction.

Killed half way, nothing has changed and the next start begins again. A schema this program does not know is refused.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import inspect
from sqlalchemy import text as sql

from mailbot.errors import LedgerProblem
from mailbot.ledger.engine import reading, told
from mailbot.ledger.offices.apart import has_first_rows, has_nameless_rows, keep_apart, write_first_rows
from mailbot.ledger.offices.pool import pool_of
from mailbot.ledger.offices.served import OFFICE
from mailbot.ledger.place import SCHEMA, newer_schema

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

_log = logging.getLogger(__name__)
_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = sql("SELECT pg_advisory_xact_lock(5210001)")
_BY_ONE_THREAD = Lock()
"""Alembic keeps the migration under way in a module; offices of one process begin in threads of their own."""


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring them up to date, and begin the ledger of an office that is new in its database.

    Costs one look where they are; none where another office of this process has looked.

    Raises:
        LedgerProblem: a newer mailbot made it, the database holds something else, or rows of which nobody can tell
            whether they are this office's.
    """
    pool = pool_of(engine)
    if pool is None:
        _bring_up(engine)
        return
    if "schema" not in pool.looked_at:
        migrated = _bring_up(engine)
        pool.looked_at.add("schema")
        if migrated:
            return
    with reading(engine) as connection:
        begun = has_first_rows(connection)
        nameless = not begun and has_nameless_rows(connection)
    if nameless:
        raise _whose_rows(engine)
    if not begun:
        # No write of the office's: its mark counts none.
        with told(engine), engine.begin() as connection:
            write_first_rows(connection)


def _whose_rows(engine: Engine) -> LedgerProblem:
    """Return the refusal to begin a new office beside one that has no key: it may be the very same."""
    office = engine.get_execution_options().get(OFFICE)
    return LedgerProblem(
        f"The database holds the ledger of an office without a key, and nothing yet of '{office}'. If that is this "
        f"office, which has got its key since, say so: psql --command=\"CALL name_office('', '{office}')\" DATABASE. "
        "If it is another, give it a key of its own in the same way. Nothing was written."
    )


def _bring_up(engine: Engine) -> bool:
    """Look which schema there is, and run the migrations that are missing; say whether any were."""
    with reading(engine) as connection:
        found = revision(connection)
    if found == SCHEMA:
        return False
    if found:
        _log.info("the ledger is brought from schema %s to %s", found, SCHEMA)
    with told(engine), engine.connect() as connection:
        # A migration that rebuilds a table would trip over references to it; they are looked over before the commit.
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _run_migrations(connection)
        finally:
            _foreign_keys(connection, on=True)
    return True


def revision(connection: Connection) -> str | None:
    """Return the schema a database has, None for one that is empty.

    Raises:
        LedgerProblem: it holds tables, and none of them is ours.
    """
    tables = inspect(connection).get_table_names(schema=connection.dialect.default_schema_name)
    if "alembic_version" in tables:
        found = connection.execute(sql("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)
    if tables:
        raise LedgerProblem(
            f"The database {connection.engine.url.render_as_string(hide_password=True)} holds something else "
            f"(table '{min(tables)}'). Give mailbot a database of its own."
        )
    return None


def configuration() -> Config:
    """Return what Alembic needs to know, without a file beside the program."""
    from alembic.config import Config  # noqa: PLC0415 - 0.4 s that only a migration is worth

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("recursive_version_locations", "true")  # ten of them to a folder
    return config


def _run_migrations(connection: Connection) -> None:
    """Run what is missing; a second process waits here and then finds nothing to do."""
    from alembic import command  # noqa: PLC0415 - 0.4 s that only a migration is worth
    from alembic.util.exc import CommandError  # noqa: PLC0415 - the same

    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
        if revision(connection) == SCHEMA:
            write_first_rows(connection)
            return
    config = configuration()
    config.attributes["connection"] = connection
    try:
        with _BY_ONE_THREAD:
            command.upgrade(config, "head")
    except CommandError as error:
        raise newer_schema(str(revision(connection))) from error
    if connection.dialect.name == "postgresql":
        keep_apart(connection, str(connection.get_execution_options().get(OFFICE, "")))
        write_first_rows(connection)
    if connection.dialect.name == "sqlite" and (dangling := connection.execute(sql("PRAGMA foreign_key_check")).all()):
        raise LedgerProblem(f"The migration would leave references to nothing: {dangling[:5]}. Nothing was changed.")


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch SQLite's foreign keys, past SQLAlchemy: inside a transaction that would have no effect."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
