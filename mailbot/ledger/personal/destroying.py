"""Destroys mails that are held back, as Subbag Program has ordered: their bytes go, digests and rows stay.

It is what `prune` does to a mail, but at once and under the daemon: SQLite writes zeros over what is freed, and the log
is emptied after the commit. What was copied before, in backups, stays sealed there until the backup goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import or_, select, update
from sqlalchemy import text as sql

from mailbot.core.model.outcome import JournalLine
from mailbot.ledger.columns import parts_of, table_of
from mailbot.ledger.elsewhere.letting_go import let_go
from mailbot.ledger.engine import reading
from mailbot.ledger.journal import JournalRow
from mailbot.ledger.mapping import load
from mailbot.ledger.personal.removing import EMPTIED, GONE
from mailbot.ledger.tables import MAY_CHANGE, FileRow, InboxRow, OutboxRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Engine

SEALED = "sealed"
"""The journal's event: which files of a mail were sealed, letters in answer to it among them."""
_INBOX, _FILE, _LINE, _OUTBOX = (table_of(kind).c for kind in (InboxRow, FileRow, JournalRow, OutboxRow))

_FIRST = table_of(InboxRow).alias()


def sealed_line(held: Collection[str], sealed: Collection[str], at: datetime) -> JournalLine:
    """Return the journal's line of what was sealed: the mail, which stands first in `held`, and every file."""
    detail = (("files", " ".join(sorted(sealed))), ("mail", next(iter(held))))
    return JournalLine(at=at, event=SEALED, actor="", unit="", detail=detail)


def held_mail(engine: Engine, mark: str) -> tuple[str, Literal["there", "gone", "leaving"]]:
    """Return the SHA-256 of the mail that a letter's key names by its first signs, and whether its bytes are there.

    `leaving`: a letter that gives a file of it back may still leave, and would be an empty one.
    """
    named = select(_INBOX.file_sha256, _INBOX.pruned).where(
        _INBOX.file_sha256.startswith(mark), _INBOX.same_as.is_(None)
    )
    with reading(engine) as connection:
        row = connection.execute(named).first()
        if row is None or row.pruned:
            return (row.file_sha256 if row else ""), "gone"
        files = _files_of(connection, row.file_sha256)
        waiting = select(_OUTBOX.id).where(_OUTBOX.file_sha256.in_(sorted(files)), sql(MAY_CHANGE)).limit(1)
        return row.file_sha256, "leaving" if connection.execute(waiting).first() else "there"


def destroy(connection: Connection, mails: Collection[str]) -> None:
    """Empty the rows and the files of mails, by their SHA-256, with every copy of them; inside a transaction.

    The files stay marked as sealed, so that whoever hands files out goes on handing out none of these.
    """
    for sha256 in mails:
        files = _files_of(connection, sha256)
        mine = select(_FIRST.c.id).where(_FIRST.c.file_sha256 == sha256)
        same = or_(_INBOX.file_sha256 == sha256, _INBOX.same_as.in_(mine))
        connection.execute(update(table_of(InboxRow)).where(same).values(**EMPTIED, pruned=True))
        for some in parts_of(sorted(files)):
            let_go(connection, _FILE.sha256.in_(some))
            emptied = {"content": b"", "size_bytes": 0, "media_type": GONE, "object_name": ""}
            connection.execute(update(table_of(FileRow)).where(_FILE.sha256.in_(some)).values(**emptied))


def _files_of(connection: Connection, mail: str) -> set[str]:
    """Return the digest of a mail, of its copies, of what stands for it, and of all that was sealed with it."""
    mine = select(_FIRST.c.id).where(_FIRST.c.file_sha256 == mail)
    of_it = or_(_INBOX.file_sha256 == mail, _INBOX.same_as.in_(mine))
    rows = select(_INBOX.file_sha256, _INBOX.mended_sha256).where(of_it)
    found = {sha256 for row in connection.execute(rows) for sha256 in row if sha256}
    lines = connection.execute(select(_LINE.detail).where(_LINE.event == SEALED, _LINE.salt != "")).scalars()
    for detail in lines:
        said = dict(load(tuple[tuple[str, str], ...], detail))
        if said.get("mail") == mail:
            found |= set(said["files"].split())
    return found
