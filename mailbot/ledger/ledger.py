"""The ledger as a whole, and the one transaction of a decision (R2): all of it is written together, or nothing.

One ledger for a process, safe to use from several threads; each call is a transaction of its own.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from mailbot.ledger.arrivals import settle
from mailbot.ledger.cycles import Cycles, write_cycles
from mailbot.ledger.door.door import Door, end_all
from mailbot.ledger.elsewhere.store import give_store, store_of
from mailbot.ledger.engine import one_moment, open_engine, writing
from mailbot.ledger.files_and_notes import RESTORED, Files, Notes, claim_notes, write_files, write_notes
from mailbot.ledger.inbox import Inbox
from mailbot.ledger.journal import Journal, write_journal, write_pepper
from mailbot.ledger.letters import Letters, mark_bounced, mark_proved, mark_told, queue_again
from mailbot.ledger.looking.decided import tell
from mailbot.ledger.looks import Looks
from mailbot.ledger.mark import WRITES, Mark, mark_of
from mailbot.ledger.offices.pool import let_go
from mailbot.ledger.outbox import Outbox, queue
from mailbot.ledger.personal.destroying import destroy, sealed_line
from mailbot.ledger.personal.sealing import give_key
from mailbot.ledger.personal.sealing_files import empty_log, seal_files
from mailbot.ledger.schema import upgrade
from mailbot.ledger.values import Committed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Engine

    from mailbot.ledger.elsewhere.store import Elsewhere
    from mailbot.ledger.values import Changes


def commit(engine: Engine, changes: Changes) -> Committed:
    """Write everything a decision came to; on any error nothing of it is written.

    The order is that in which rows are locked, the same for every writer: cycles first, which settles who is late, and
    the journal's head last, where writers pass one by one.

    Raises:
        StaleCycle: a cycle was moved, a mail settled, or a note claimed, by somebody else since it was read.
        LedgerProblem: the database could not be used.
    """
    with writing(engine) as connection:
        cycles = write_cycles(connection, changes.cycles)
        for settlement in changes.settled:
            settle(connection, settlement, changes.at)
        write_files(connection, changes.files, changes.at)
        queued, known = queue(connection, changes.letters, changes.at)
        mark_told(connection, changes.told)
        mark_proved(connection, changes.proved, changes.at)
        mark_bounced(connection, changes.bounces)
        queue_again(connection, changes.readdressed, changes.at)
        claim_notes(connection, changes.claims)
        write_notes(connection, changes.notes)
        sealed = seal_files(connection, changes.held, (letter.raw for letter in changes.letters))
        told = (("", sealed_line(changes.held, sealed, changes.at)),) if sealed else ()
        destroy(connection, changes.destroyed)
        write_journal(connection, (*changes.journal, *told))
    if sealed or changes.destroyed:
        empty_log(engine)
    return Committed(cycles=cycles, queued=tuple(queued), known=tuple(known))


_log = logging.getLogger(__name__)


class Ledger:
    """Everything kept, decided and sent. Any method of its parts raises LedgerProblem when the database is away."""

    def __init__(self, engine: Engine) -> None:
        """Take a database that is open and of the right schema; `open_ledger` is the usual way."""
        self.engine = engine
        self.inbox = Inbox(engine)
        self.looks = Looks(engine)
        self.outbox = Outbox(engine)
        self.letters = Letters(engine)
        self.cycles = Cycles(engine)
        self.files = Files(engine)
        self.journal = Journal(engine)
        self.notes = Notes(engine)
        self.door = Door(engine)

    def commit(self, changes: Changes) -> Committed:
        """Write everything a decision came to, in one transaction: see `commit.commit`.

        Raises:
            StaleCycle: a cycle was moved, or a mail settled, by somebody else; read again and decide again.
            LedgerProblem: the database could not be used; nothing was written.
        """
        done = commit(self.engine, changes)
        self.cycles.written(done.cycles)
        tell(changes, done)
        return done

    def one_moment(self) -> AbstractContextManager[None]:
        """Let all that is read inside be read in as few transactions as may be: see `engine.one_moment`."""
        return one_moment(self.engine)

    def close(self) -> None:
        """Let go of the database, and of the object store."""
        if (elsewhere := store_of(self.engine)) is not None:
            elsewhere.store.close()
        let_go(self.engine)

    def __enter__(self) -> Self:
        """Return itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let go of the database."""
        self.close()


def open_ledger(  # noqa: PLR0913 - each says where something is, and most have none
    url: str,
    patience_seconds: int = 60,
    *,
    marks: Path | None = None,
    fresh: Callable[[int], bytes] | None = None,
    secret: bytes | None = None,
    elsewhere: Elsewhere | None = None,
    office: str = "",
) -> Ledger:
    """Open the ledger of that URL; a new one is made, an older one brought up to date, a newer or damaged one refused.

    Args:
        url: `sqlite:///FILE`, `sqlite://` (in memory, for tests), or `postgresql+psycopg://USER@HOST/DATABASE`.
        patience_seconds: how long a writer waits for another program that has locked a SQLite file.
        marks: folder in which it is marked how often a PostgreSQL database was written; SQLite has its mark beside it.
        fresh: gives that many random bytes (`os.urandom`), once, for the salts of the journal; None: they can be worked
            out by anybody, as suits a ledger that nobody keeps.
        secret: what the key is made from by which files with personal data are sealed; None: none is sealed, or opened.
        elsewhere: the object store that files are carried to; None: all lie in the database.
        office: key of the office whose rows are meant; PostgreSQL holds those of many, a SQLite file is one office's.

    A ledger that is behind its mark has gone back in time: it is marked as one restored, and looks again (F21).

    Raises:
        LedgerProblem: it cannot be opened; the message says why and what to do.
    """
    mark = mark_of(url, marks, office)
    ledger = Ledger(engine := open_engine(url, patience_seconds, mark, office))
    give_key(engine, secret)
    give_store(engine, elsewhere)
    try:
        upgrade(engine)
        _look_at_the_mark(ledger, mark)
        _see_that_it_is_peppered(ledger, fresh)
    except BaseException:
        let_go(engine)
        raise
    return ledger


def _see_that_it_is_peppered(ledger: Ledger, fresh: Callable[[int], bytes] | None) -> None:
    """Give the journal of a ledger that is kept its pepper, where it has none yet."""
    if fresh is not None and not ledger.journal.peppered():
        with writing(ledger.engine) as connection:
            write_pepper(connection, fresh)


def _look_at_the_mark(ledger: Ledger, mark: Mark | None) -> None:
    """Mark a ledger as restored that knows of fewer writes than were made; from then on the two agree again."""
    if mark is None:
        return
    made, known = mark.read(), int(ledger.notes.read(WRITES) or 0)
    if known < made:
        _log.warning(
            "The ledger has gone back in time: it was written %d times, and knows of %d. Was its -wal file deleted, or "
            "an old copy put in its place? What has come and what has left is looked up at the mail servers again.",
            made,
            known,
        )
        with writing(ledger.engine) as connection:
            write_notes(connection, [(RESTORED, "yes"), (WRITES, str(made))])
            end_all(connection)
