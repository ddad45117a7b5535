"""Opening a database as the ledger wants it, and the two ways to use it: a writing transaction and a reading one.

SQLite: WAL, every commit on the disk before it counts (synchronous=FULL), foreign keys, and BEGIN IMMEDIATE for
writers, lest another slip between our read and our write. PostgreSQL: READ COMMITTED for writers (each guarded by a
conditional UPDATE or a unique key), one snapshot for readers, and commits that wait for the disk.
"""

from __future__ import annotations

import errno
import os
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as NoneFree

from mailbot.errors import LedgerProblem
from mailbot.ledger.mark import count_write
from mailbot.ledger.offices.pool import engine_of, let_go, pool_of
from mailbot.ledger.personal.sealing import at_work
from mailbot.ledger.place import is_sqlite, make_private, postgres_address, sqlite_path
from mailbot.ledger.trouble.driver_errors import NONE_FREE, damage_told, damaged, of_a_row, of_the_server, way_out

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection

    from mailbot.ledger.mark import Mark

Answer = TypeVar("Answer")
_READS = "mailbot_reads"
_KNOWN = "mailbot_known"
_MOMENT: ContextVar[_Moment | None] = ContextVar("moment", default=None)
_MARK = "mailbot_mark"
# A writer who breaks a rule of ours is a fault of the program and comes through; these are faults of the world.
_OF_THE_PROGRAM = (IntegrityError, ProgrammingError)


def open_engine(url: str, patience_seconds: int = 60, mark: Mark | None = None, office: str = "") -> Engine:
    """Open the database of that URL and look whether it is sound; tables are made by `schema.upgrade`.

    Args:
        url: `sqlite:///FILE`, `sqlite://` (in memory, for tests), or `postgresql+psycopg://...`.
        patience_seconds: how long a writer waits for another one on SQLite.
        mark: where every write is counted as well; None: nowhere.
        office: whose rows are meant, where PostgreSQL holds those of several.

    Raises:
        LedgerProblem: the URL cannot be used, the place cannot be reached, or the file is damaged.
    """
    if not is_sqlite(url):
        return _open_postgres(url, mark, office)
    path = sqlite_path(url)
    if path is not None:
        _begin_file(path)
    # In memory there is one connection, and threads wait for each other's turn.
    pool: dict[str, Any] = {} if path is not None else {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": patience_seconds},
        execution_options={_MARK: mark},
        **pool,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    try:
        check_sound(engine, str(path or "in memory"))
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside one transaction: committed at the end, undone if anything is raised.

    Raises:
        LedgerProblem: the database could not be reached, was locked too long, is full or damaged; nothing was written.
    """
    if (shared := _MOMENT.get()) is not None:
        # What is read from here on has to see what is written now; and in memory there is but one connection.
        shared.end()
    mark: Mark | None = engine.get_execution_options().get(_MARK)
    writes = 0
    with at_work(engine), told(engine), engine.begin() as connection:
        yield connection
        if mark is not None:
            writes = count_write(connection)
    if mark is not None:
        mark.note(writes)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the ledger throughout and waits for no writer.

    Raises:
        LedgerProblem: the database could not be reached or is damaged.
    """
    shared = _MOMENT.get()
    with at_work(engine), told(engine):
        if shared is None or shared.engine is not engine:
            with closing(_reader(engine)) as connection:
                yield connection
            return
        try:
            yield shared.reader()
        except BaseException:
            shared.end()
            raise


@contextmanager
def one_moment(engine: Engine) -> Iterator[None]:
    """Let all that is read inside be read in one transaction; what is written ends it, and a new one begins.

    For work that asks much and writes little. What waits for a mail server belongs behind a write or outside.
    """
    moment = _Moment(engine)
    before = _MOMENT.set(moment)
    try:
        yield
    finally:
        _MOMENT.reset(before)
        moment.end()


def remembered(engine: Engine, question: Hashable, ask: Callable[[Connection], Answer]) -> Answer:
    """Return what is read; inside of `one_moment` a question is asked once, until something is written.

    One transaction sees one moment, so the answer would be the same.

    Args:
        engine: the opened database.
        question: what tells it from every other question.
        ask: reads the answer.
    """
    with reading(engine) as connection:
        answers: dict[Hashable, Any] = known_in(connection)
        if question not in answers:
            answers[question] = ask(connection)
        answer: Answer = answers[question]
        return answer


def known_in(connection: Connection) -> dict[Hashable, Any]:
    """Return what was read in a reader's transaction, and may be asked for again."""
    known: dict[Hashable, Any] = connection.get_execution_options()[_KNOWN]
    return known


@dataclass(slots=True)
class _Moment:
    """The transaction that everything is read through inside of `one_moment`; it begins with the first question."""

    engine: Engine
    _connection: Connection | None = None

    def reader(self) -> Connection:
        """Return the connection."""
        if self._connection is None:
            self._connection = _reader(self.engine)
        return self._connection

    def end(self) -> None:
        """End the transaction, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _reader(engine: Engine) -> Connection:
    """Begin a transaction that sees one moment of the ledger."""
    options: dict[str, Any] = {_READS: True, _KNOWN: {}}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    connection = engine.connect()
    try:
        connection.execution_options(**options).begin()
    except BaseException:
        connection.close()
        raise
    return connection


def check_sound(engine: Engine, where: str) -> None:
    """Let SQLite look its own file over.

    Raises:
        LedgerProblem: it found damage, the file is no database at all, or it cannot be read just now.
    """
    try:
        with engine.execution_options(**{_READS: True}).connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    except DatabaseError as error:
        words = f"The ledger {where} cannot be read: {error.orig}. {way_out(error.orig)}"
        raise LedgerProblem(words, told=damage_told(where, error.orig)) from error
    if found != ["ok"]:
        raise damaged(where, "; ".join(found)[:300])


def _open_postgres(url: str, mark: Mark | None, office: str) -> Engine:
    """Make the engine for PostgreSQL and reach the server once, which is enough for all offices of this process."""
    postgres_address(url)
    try:
        engine = engine_of(url, office, {_MARK: mark})
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise LedgerProblem(
            f"The database URL cannot be used: {error}. It needs the form postgresql+psycopg://USER@HOST/DATABASE, and "
            "psycopg, which `make install` in mailbot's checkout installs with the rest."
        ) from error
    try:
        if (pool := pool_of(engine)) is not None and "encoding" not in pool.looked_at:
            _see_encoding(engine)
            pool.looked_at.add("encoding")
    except BaseException:
        let_go(engine)
        raise
    return engine


def _see_encoding(engine: Engine) -> None:
    """Refuse a database that cannot hold every word."""
    with reading(engine) as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise LedgerProblem(f"The database has the encoding {encoding}. Make one with ENCODING 'UTF8' for mailbot.")


def _begin_file(path: Path) -> None:
    """Make the file if it is missing, readable by its owner alone; SQLite gives its side files the same rights."""
    try:
        make_private(path)
    except FileExistsError as there:
        if path.is_dir() or not os.access(path, os.R_OK | os.W_OK):
            raise _not_opened(path, os.strerror(errno.EISDIR if path.is_dir() else errno.EACCES)) from there
    except OSError as error:
        raise _not_opened(path, error.strerror) from error


def _not_opened(path: Path, why: str | None) -> LedgerProblem:
    """Return the refusal of a place where no ledger can be."""
    return LedgerProblem(f"The ledger {path} cannot be opened: {why}. The folder must exist and be writable.")


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Set what SQLite forgets with every connection; and begin no transaction behind our back."""
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something will be written; a reader takes a snapshot."""
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors of the world into a sentence with a way out."""
    try:
        yield
    except _OF_THE_PROGRAM as error:
        if not of_the_server(error.orig):
            raise
        where = engine.url.render_as_string(hide_password=True)
        raise LedgerProblem(f"The ledger {where} could not be used: {way_out(error.orig)}") from error
    except ValueError as error:
        if not of_a_row(error):
            raise
        where = engine.url.render_as_string(hide_password=True)
        raise damaged(where, "a row holds what nobody wrote") from error
    except NoneFree as error:
        where = engine.url.render_as_string(hide_password=True)
        raise LedgerProblem(f"The ledger {where} could not be used: {NONE_FREE}") from error
    except (DatabaseError, InterfaceError) as error:
        where = engine.url.render_as_string(hide_password=True)
        words = f"The ledger {where} could not be used: {_one_line(error.orig)}. {way_out(error.orig)}"
        raise LedgerProblem(words, told=damage_told(where, error.orig)) from error


def _one_line(error: BaseException | None) -> str:
    """Return a driver's words on one line."""
    return " ".join(str(error).split()).rstrip(".?")
