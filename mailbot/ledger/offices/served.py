"""Which office a connection to PostgreSQL serves: it sees that office's rows alone, through views, and writes no other.

Nothing else names the office. A statement finds the view of a table before the table itself (`search_path`), and the
view shows the rows of the office that the connection was told last; none was told: the database refuses to answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection

OFFICE = "mailbot_office"
"""Option of an engine, and what is noted with a pooled connection: the key of the office."""
SETTING = "mailbot.office"
"""PostgreSQL's name for it, within one session."""
HOME = "SELECT current_schema()"
SERVE = f"SELECT set_config('{SETTING}', %s, false)"
LOOK_THROUGH = "SELECT set_config('search_path', quote_ident(%s) || ', ' || quote_ident(%s), false)"
_VIEWS, _PUBLIC = "one_office", "public"


def views_of(home: str) -> str:
    """Return the schema of the views over the tables of a schema: two ledgers in one database share none."""
    return _VIEWS if home == _PUBLIC else f"{_VIEWS}_of_{home}"


def look_through(cursor: Any) -> None:  # noqa: ANN401 - psycopg is an extra
    """Let a new connection find the views before the tables; where there is no schema at all, the server says so."""
    (home,) = cursor.execute(HOME).fetchone()
    if home is not None:
        cursor.execute(LOOK_THROUGH, (views_of(home), home))


def prepare(connection: DBAPIConnection, _record: object) -> None:
    """Make a new connection ready, for whichever office.

    A commit waits for the disk also where the server is set up not to; a stricter setting stays.
    """
    cursor = connection.cursor()
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE NOT pg_is_in_recovery() "
        "AND current_setting('synchronous_commit') = 'off'"
    )
    look_through(cursor)
    connection.commit()


def serve(connection: Connection) -> None:
    """Before a transaction begins, tell the server whose it is, if the connection served another office last.

    It is said in a transaction of its own: said inside of one that is undone, it would be undone as well.
    """
    office = connection.get_execution_options().get(OFFICE, "")
    if connection.info.get(OFFICE) == office:
        return
    connection.info.pop(OFFICE, None)
    driver: Any = connection.connection.driver_connection
    before = driver.autocommit
    try:
        driver.autocommit = True
        driver.execute(SERVE, (office,))
        driver.autocommit = before
    except connection.dialect.loaded_dbapi.Error as error:
        from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - who only looks loads none of it

        connection.invalidate(error)
        raise OperationalError(SERVE, None, error) from error
    connection.info[OFFICE] = office
