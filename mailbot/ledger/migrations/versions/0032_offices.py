"""On PostgreSQL, rows of many offices: what counts the inbox goes by the office, and each has first rows of its own.

The column, the keys and the views are made after every migration (`offices.apart`). A SQLite file is one office's.
"""

from alembic import op

revision = "0032"
down_revision = "0031"

_NAME_OFFICE = """
    CREATE PROCEDURE name_office(former text, present text) LANGUAGE plpgsql AS $$
    DECLARE
        home text := 'HOME';
        one text;
    BEGIN
        SET CONSTRAINTS ALL DEFERRED;
        EXECUTE format('ALTER TABLE %I.journal DISABLE TRIGGER USER', home);
        EXECUTE format('DELETE FROM %I.journal_head WHERE office = $1 AND lines = 0', home) USING present;
        EXECUTE format('DELETE FROM %I.inbox_size WHERE office = $1 AND mails = 0', home) USING present;
        FOR one IN SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'office'
                   WHERE relkind = 'r' AND relnamespace = CAST(home AS regnamespace)
        LOOP
            EXECUTE format('UPDATE %I.%I SET office = $2 WHERE office = $1', home, one) USING former, present;
        END LOOP;
        EXECUTE format('ALTER TABLE %I.journal ENABLE TRIGGER USER', home);
    END $$"""
"""Gives all rows of an office another key, for the server's administrator: an office that was alone got one since."""


def upgrade() -> None:
    """Change the triggers' functions; a ledger in which nothing was ever done is nobody's yet."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DELETE FROM journal_head WHERE lines = 0 AND pepper = ''")
    op.execute("DELETE FROM inbox_size WHERE mails = 0")
    schema = op.get_bind().dialect.default_schema_name or "public"
    size = f"{op.get_bind().dialect.identifier_preparer.quote(schema)}.inbox_size"
    _counts(
        "insert",
        f"INSERT INTO {size} AS known (office, id, mails) VALUES (NEW.office, 1, 1) "  # noqa: S608 - a name of ours
        "ON CONFLICT (office, id) DO UPDATE SET mails = known.mails + 1",
    )
    _counts("delete", f"UPDATE {size} SET mails = mails - 1 WHERE office = OLD.office")  # noqa: S608 - as above
    op.execute(_NAME_OFFICE.replace("HOME", schema))


def _counts(event: str, change: str) -> None:
    """Let a trigger's function count otherwise."""
    op.execute(
        f"CREATE OR REPLACE FUNCTION inbox_size_{event}() RETURNS trigger AS "
        f"$$ BEGIN {change}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
