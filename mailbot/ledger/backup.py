"""A copy of a SQLite ledger while it is in use, and back again; on PostgreSQL that is pg_dump's work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from mailbot.errors import LedgerProblem
from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.mark import MARK_SUFFIX
from mailbot.ledger.place import SCHEMA, make_private, newer_schema, opened_elsewhere, sqlite_path
from mailbot.settings.sayings.said import said

_BUSY_SECONDS = 60
_READY_SUFFIX = ".being-restored"
_SIGNED_OUT = (
    "DELETE FROM board_link",
    "UPDATE board_session SET ends_at = made_at WHERE ends_at > made_at",
)
"""What ends every session of the board: the copy may know of some that were ended since."""
_MARK_EACH = (
    f"INSERT INTO note (office, name, value) SELECT office, '{RESTORED}', 'yes' FROM journal_head "  # noqa: S608 - a constant of ours
    "ON CONFLICT (office, name) DO UPDATE SET value = 'yes'"
)
"""The same on PostgreSQL, for every office that the dump holds."""
_MARK = f"INSERT INTO note (name, value) VALUES ('{RESTORED}', 'yes') ON CONFLICT (name) DO UPDATE SET value = 'yes'"  # noqa: S608 - a constant of ours


def backup(url: str, copy: Path) -> None:
    """Copy the ledger of that URL, as of one moment, into a new file readable by its owner alone.

    Raises:
        LedgerProblem: it is no SQLite file, the copy exists already, or one of the two cannot be used.
    """
    original = _file(url, "pg_dump --format=custom --file=FILE DATABASE")
    try:
        make_private(copy)
        try:
            _copy(original, copy)
        except BaseException:
            copy.unlink()
            raise
    except FileExistsError as there:
        words = f"{copy} exists already; a backup never overwrites anything. Give another name."
        raise LedgerProblem(words, told=said("lp_copy_there", copy=copy)) from there
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        hint = "See that the folder is there, has room, and that you are the user mailbot runs as."
        words = f"The ledger could not be copied to {copy}: {why}. {hint}"
        raise LedgerProblem(words, told=said("lp_not_copied", copy=copy, why=why)) from error


def restore(url: str, copy: Path) -> Path | None:
    """Put a backup in the place of the ledger; what was there is kept beside it under the name returned.

    mailbot must not be running, nor its board, which would go on in the file that was moved. Letters sent after the
    backup was made are not in it. The ledger is marked, so that the next pass reads again what came since and looks
    into the folder for sent mail before anything leaves. The backup is made ready beside it first: where that fails,
    the old ledger is still in its place.

    Returns:
        The file the old ledger was moved to, or None if there was none.

    Raises:
        LedgerProblem: the backup is damaged, of a newer schema or the ledger itself, a file cannot be used, or another
            process has the ledger open.
    """
    marks = "; ".join((_MARK_EACH, *_SIGNED_OUT))
    ledger = _file(url, f'pg_restore --clean --dbname=DATABASE FILE, then psql --command="{marks}" DATABASE')
    schema = _checked(copy)
    if schema > SCHEMA:
        raise newer_schema(schema)
    if ledger.exists() and ledger.samefile(copy):
        words = f"{copy} is the ledger itself. Name a file that mailbot backup has made."
        raise LedgerProblem(words, told=said("lp_itself", copy=copy))
    _let_go(ledger)
    ready = ledger.with_name(f"{ledger.name}{_READY_SUFFIX}")
    try:
        ready.unlink(missing_ok=True)
        make_private(ready)
        _copy(copy, ready)
        _mark_restored(ready)
        old = _move_aside(ledger) if ledger.exists() else None
        ready.rename(ledger)
    except (OSError, sqlite3.Error) as error:
        words = f"The backup {copy} could not be put in place as {ledger}: {error}."
        raise LedgerProblem(words, told=said("lp_not_in_place", copy=copy, ledger=ledger, why=str(error))) from error
    return old


def _let_go(ledger: Path) -> None:
    """Refuse to move a ledger that another process has open, such as the board: it would go on in what was moved."""
    try:
        held = ledger.exists() and opened_elsewhere(ledger)
    except OSError as error:
        words = f"The ledger {ledger} cannot be moved aside: {error.strerror}."
        raise LedgerProblem(words, told=said("lp_not_aside", ledger=ledger, why=error.strerror)) from error
    if held:
        words = (
            f"{ledger} is open in another process: mailbot web, or a command still at work. Nothing was done. Stop "
            "mailbot web (systemctl stop mailbot-web), restore, and start it again."
        )
        raise LedgerProblem(words, told=said("lp_open_elsewhere", ledger=ledger))


def _file(url: str, other_way: str) -> Path:
    """Return the file of a SQLite URL."""
    path = sqlite_path(url)
    if path is None:
        words = f"Only a ledger in a SQLite file is copied by mailbot. On PostgreSQL use: {other_way}"
        raise LedgerProblem(words, told=said("lp_on_postgres", way=other_way))
    return path


def _copy(source: Path, target: Path) -> None:
    """Copy one database into another, page by page, as of one moment."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)) as original,
        closing(sqlite3.connect(target, timeout=_BUSY_SECONDS)) as copied,
    ):
        original.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")


def _mark_restored(ledger: Path) -> None:
    """Write into a ledger that it is an old one, put back, and let nobody stay signed in to the board by it."""
    with closing(sqlite3.connect(ledger, timeout=_BUSY_SECONDS)) as database, database:
        database.execute(_MARK)
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'board_session'").fetchone():
            for statement in _SIGNED_OUT:
                database.execute(statement)


def _checked(copy: Path) -> str:
    """Return the schema of a backup that is sound."""
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = [row[0] for row in database.execute("PRAGMA quick_check")]
            (schema,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        words = f"{copy} is no usable backup of a ledger: {error}. Take another one."
        raise LedgerProblem(words, told=said("lp_no_backup", copy=copy, why=str(error))) from error
    if found != ["ok"]:
        why = "; ".join(found)[:300]
        words = f"The backup {copy} is damaged: {why}. Take another one."
        raise LedgerProblem(words, told=said("lp_copy_damaged", copy=copy, why=why))
    return str(schema)


def _move_aside(ledger: Path) -> Path:
    """Give the present ledger and its side files another name, never one that is taken."""
    number = 1
    while (aside := ledger.with_name(f"{ledger.name}.before-restore-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", MARK_SUFFIX, ""):
        part = ledger.with_name(ledger.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
