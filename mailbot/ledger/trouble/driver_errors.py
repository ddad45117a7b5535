"""What a database driver says, and what helps against it: one line for each way in which a ledger cannot be used."""

from __future__ import annotations

import sqlite3

from mailbot.errors import LedgerProblem
from mailbot.settings.sayings.said import Said, said

DAMAGED = "Stop mailbot, keep the damaged file, and put the newest backup in its place: mailbot restore FILE."
NONE_FREE = "All connections of this process to the database are in use. Nothing was written, it is tried again."
_OF_SQLITE = (
    (
        {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED},
        "Another program keeps it locked; close that program. Nothing was written, it is tried again.",
    ),
    (
        {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN},
        "Look for a full or read-only disk. Nothing was written, it is tried again.",
    ),
    ({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}, DAMAGED),
)
_BY_STATE = {
    "42501": (
        "The database or its tables belong to another user. As its owner: ALTER DATABASE name OWNER TO mailbot, and "
        "GRANT ALL ON SCHEMA public TO mailbot."
    ),
    "42P01": "It holds no tables of mailbot yet. mailbot run, tick or open makes them.",
    "3F000": "It has no schema that this user may use: GRANT ALL ON SCHEMA public TO mailbot.",
}
"""PostgreSQL's own number (SQLSTATE) of what a server refuses us, and what helps."""
_BY_WORDS = (
    ("does not exist", "Make it: CREATE DATABASE name OWNER mailbot ENCODING 'UTF8', and the user with CREATE ROLE."),
    ("password authentication failed", "The password is not that of this user; a sign such as @ is written %40."),
    (
        "no password supplied",
        "A password is wanted, in MAILBOT_DATABASE_URL; a sign such as @ is written %40.",
    ),
    ("refused", "Nothing listens there: see that PostgreSQL runs, and look at host and port."),
    ("translate host name", "There is no such host; a sign such as @ or / in the password is written %40 or %2F."),
    ("resolve host", "There is no such host; a sign such as @ or / in the password is written %40 or %2F."),
    (
        "pg_hba.conf",
        "The server lets nobody in from here: its pg_hba.conf lacks a line for this user and database.",
    ),
)
"""What PostgreSQL's library says where there is no number yet, and what helps; read from the top."""
_ELSE = "See that the database runs and can be reached. What was not committed is tried again."


def of_the_server(error: BaseException | None) -> bool:
    """Say whether what looks like a fault of the program is the server's: another's tables, or none yet."""
    return str(getattr(error, "sqlstate", "")) in _BY_STATE


def damage_told(where: str, error: BaseException | None) -> Said | None:
    """Return what is said where SQLite can make nothing of its own file; None of any other trouble."""
    broken = getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return said("lp_damaged", where=where, why=str(error)) if broken else None


def damaged(where: str, why: str) -> LedgerProblem:
    """Return the refusal of a ledger that is not what was written."""
    return LedgerProblem(
        f"The ledger {where} is damaged: {why}. {DAMAGED}", told=said("lp_damaged", where=where, why=why)
    )


def of_a_row(error: ValueError) -> bool:
    """Say whether it was SQLAlchemy that could make nothing of a value which it had written itself."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__", "")).startswith("sqlalchemy.")


def way_out(error: BaseException | None) -> str:
    """Say what helps against a driver's error."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    of_sqlite = (words for codes, words in _OF_SQLITE if code in codes)
    of_state = (_BY_STATE[state] for state in (str(getattr(error, "sqlstate", "")),) if state in _BY_STATE)
    said = str(error).casefold()
    of_words = (words for sign, words in _BY_WORDS if not code and sign in said)
    return next((words for kind in (of_sqlite, of_state, of_words) for words in kind), _ELSE)
