"""Seals files that are kept: those of a decision about a mail with numbers like a NIK, and what comes of it later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.ledger.columns import parts_of, table_of
from mailbot.ledger.elsewhere.fetching import BYTES, whole
from mailbot.ledger.elsewhere.letting_go import let_go
from mailbot.ledger.engine import reading
from mailbot.ledger.personal.sealing import ToSeal, has_key
from mailbot.ledger.tables import FileRow, InboxRow, OutboxRow

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Select

_FILE, _INBOX = table_of(FileRow).c, table_of(InboxRow).c
_OUTBOX = table_of(OutboxRow).c
_MARK_DIGITS = 16
_MARK = re.compile(rf"[0-9a-f]{{{_MARK_DIGITS}}}")
"""What a letter's key holds of the mail that it is about."""
_ENCLOSES = re.compile(rb"^content-disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)
_FIRST = table_of(InboxRow).alias()


def seal_files(connection: Connection, digests: Collection[str], letters: Iterable[bytes] = ()) -> set[str]:
    """Seal files, every copy of a mail among them, and the letters with a file in answer to it; return which were.

    What a letter says has such numbers masked; a form that goes back to its sender may hold them.
    A ledger that was opened without a key, as one that nobody keeps is, seals nothing.
    """
    if not digests or not has_key(connection.engine):
        return set()
    own = {*digests, *(hashlib.sha256(raw).hexdigest() for raw in letters if _ENCLOSES.search(raw))}
    firsts = select(_FIRST.c.id).where(_FIRST.c.file_sha256.in_(sorted(digests)))
    own |= set(connection.execute(select(_INBOX.file_sha256).where(_INBOX.same_as.in_(firsts))).scalars())
    return _seal(connection, own - {"", None})


def seal_copies(connection: Connection, digests: Collection[str]) -> None:
    """Seal those mails that have just come and are copies of one that lies sealed."""
    if not digests or not has_key(connection.engine):
        return
    first_file = table_of(FileRow).alias()
    wanted = (
        select(_INBOX.file_sha256)
        .join(_FIRST, _INBOX.same_as == _FIRST.c.id)
        .join(first_file, _FIRST.c.file_sha256 == first_file.c.sha256)
        .where(_INBOX.file_sha256.in_(sorted(digests)), first_file.c.sealed)
    )
    _seal(connection, set(connection.execute(wanted).scalars()))


def told_of_before(engine: Engine) -> tuple[int, ...]:
    """Return the mails that Subbag Program was told of as holding numbers like a NIK, and that lie open still."""
    if not has_key(engine):
        return ()
    with reading(engine) as connection:
        keys = connection.execute(select(_OUTBOX.key).where(_OUTBOX.kind == LetterKind.HELD_BACK.value)).scalars()
        marks = {part for key in keys for part in key.split("/") if _MARK.fullmatch(part)}
        there = select(_INBOX.id, _INBOX.file_sha256).join(table_of(FileRow), _INBOX.file_sha256 == _FILE.sha256)
        rows = connection.execute(there.where(~_FILE.sealed, ~_INBOX.pruned)).all() if marks else ()
        return tuple(mail for mail, sha256 in rows if sha256[:_MARK_DIGITS] in marks)


def _seal(connection: Connection, digests: Collection[str]) -> set[str]:
    """Write files anew, sealed, and return which; those that are so already are left."""
    sealed: set[str] = set()
    for some in parts_of(sorted(digests)):
        open_ones: Select[Any] = select(*BYTES).where(_FILE.sha256.in_(some), ~_FILE.sealed)
        for row in connection.execute(open_ones).all():
            content = ToSeal(whole(connection, row, row.sha256))
            let_go(connection, _FILE.sha256 == row.sha256)
            is_it = update(table_of(FileRow)).where(_FILE.sha256 == row.sha256)
            connection.execute(is_it.values(content=content, sealed=True, object_name=""))
            sealed.add(row.sha256)
    return sealed


def empty_log(engine: Engine) -> None:
    """Write SQLite's log into the file and empty it, if nobody reads just then: what was open stood in it."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
