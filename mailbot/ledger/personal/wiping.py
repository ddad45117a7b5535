"""Makes sure that what was removed is nowhere in the database's own files: free pages, the log, dead rows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from mailbot.errors import LedgerProblem
from mailbot.ledger.columns import Table
from mailbot.ledger.engine import told

if TYPE_CHECKING:
    from sqlalchemy import Engine


def wipe(engine: Engine) -> None:
    """Write the database anew without what was removed, and empty its log.

    On PostgreSQL the tables and their indexes are written anew; its write-ahead log, replicas and dumps are the
    server's, and forget as it is set up to. Where several offices share the tables, that would stop all of them for as
    long as it takes: what was removed is then only given free, and written over by what comes, or when the server's
    administrator has the tables written anew in a quiet hour (`VACUUM FULL`).

    Raises:
        LedgerProblem: another program has the ledger open, so that its log could not be emptied.
    """
    engine.dispose()
    with told(engine), closing(engine.raw_connection()) as connection:
        if engine.dialect.name == "postgresql":
            home = engine.dialect.identifier_preparer.quote(engine.dialect.default_schema_name or "public")
            _rewrite_postgres(connection.driver_connection, home)
            return
        cursor = connection.cursor()
        for statement in ("PRAGMA secure_delete=ON", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
            cursor.execute(statement).fetchall()
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    engine.dispose()
    if busy:
        raise LedgerProblem(
            "Another program has the ledger open, so its -wal file still holds what was removed. End that program, and "
            "type the command once more: it empties the file even where nothing is due."
        )


def _rewrite_postgres(connection, home: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - psycopg is an extra
    """Write every table anew, outside of a transaction, as the server wants it; of several offices: free rows alone."""
    connection.rollback()
    connection.autocommit = True
    try:
        offices = connection.execute(f"SELECT count(*) FROM {home}.journal_head").fetchone()[0]  # noqa: S608 - its own name
        how = "FULL, ANALYZE" if offices == 1 else "ANALYZE"
        for table in Table.metadata.sorted_tables:
            connection.execute(f'VACUUM ({how}) {home}."{table.name}"')
        if connection.execute("SHOW is_superuser").fetchone()[0] == "on":
            connection.execute("CHECKPOINT")
    finally:
        connection.autocommit = False
