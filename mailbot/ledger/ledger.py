"""The ledger as a whole: one for a process, safe to use from several threads, each call a transaction of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from mailbot.ledger.commit import commit
from mailbot.ledger.cycles import Cycles
from mailbot.ledger.engine import open_engine
from mailbot.ledger.files import Files
from mailbot.ledger.inbox import Inbox
from mailbot.ledger.journal import Journal
from mailbot.ledger.letters import Letters
from mailbot.ledger.looks import Looks
from mailbot.ledger.notes import Notes
from mailbot.ledger.outbox import Outbox
from mailbot.ledger.schema import upgrade

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy import Engine

    from mailbot.ledger.values import Changes, Committed


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

    def commit(self, changes: Changes) -> Committed:
        """Write everything a decision came to, in one transaction: see `commit.commit`.

        Raises:
            StaleCycle: a cycle was moved, or a mail settled, by somebody else; read again and decide again.
            LedgerProblem: the database could not be used; nothing was written.
        """
        return commit(self.engine, changes)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let go of the database."""
        self.close()


def open_ledger(url: str, patience_seconds: int = 60) -> Ledger:
    """Open the ledger of that URL; a new one is made, an older one brought up to date, a newer or damaged one refused.

    Args:
        url: `sqlite:///FILE`, `sqlite://` (in memory, for tests), or `postgresql+psycopg://USER@HOST/DATABASE`.
        patience_seconds: how long a writer waits for another program that has locked a SQLite file.

    Raises:
        LedgerProblem: it cannot be opened; the message says why and what to do.
    """
    engine = open_engine(url, patience_seconds)
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine)
