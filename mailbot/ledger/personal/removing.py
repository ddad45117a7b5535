"""Takes what is due out of the ledger, in one transaction: rows are emptied or deleted, then the files nobody holds.

The row of a mail stays, with the digest of its bytes: it proves that nothing is lost, and knows the mail if it comes
again. A line of the journal stays without its words and its salt, and so the chain does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, delete, or_, select, update
from sqlalchemy import text as sql
from sqlalchemy.types import String, TypeDecorator

from mailbot.core.model.outcome import JournalLine
from mailbot.core.retention.kinds import Kind
from mailbot.ledger.columns import Table, parts_of, table_of
from mailbot.ledger.door.rows import BoardLinkRow, BoardSessionRow
from mailbot.ledger.elsewhere.fetching import CONTENT, as_kept
from mailbot.ledger.elsewhere.letting_go import let_go
from mailbot.ledger.files_and_notes import ADDRESS_FAILS, ARCHIVED, PAPERS
from mailbot.ledger.journal import JournalHeadRow, JournalRow, canonical, salted, write_journal
from mailbot.ledger.mapping import load
from mailbot.ledger.personal.finding import EVENT, YAML, Before, Found, archive_is_of, closed_cycles, find_due
from mailbot.ledger.tables import (
    CycleRow,
    DraftRow,
    FileRow,
    InboxCycleRow,
    InboxRow,
    NoteRow,
    OutboxRow,
    SubmissionRow,
    UnitFormRow,
    VerdictRow,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

GONE = "pruned"
"""Media type of a file whose bytes are gone while its digest stays."""
EMPTIED = {"message_id": "", "sender": "", "detail": "", "error": "", "body_sha256": "", "signed_by": ""}
"""What the row of a mail holds afterwards of whoever wrote it."""
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_INBOX, _FILE, _NOTE, _LINE = (table_of(kind).c for kind in (InboxRow, FileRow, NoteRow, JournalRow))
_SESSION, _LINK = table_of(BoardSessionRow).c, table_of(BoardLinkRow).c
_NOT_HOLDERS = frozenset({"journal", "file", "journal_head", "alembic_version"})
_PEPPER_BYTES = 32
_EMPTY_CYCLE = {
    "recalled": "[]",
    "papers": "[]",
    "deputies": "[]",
    "seen": "[]",
    "remarks": "[]",
    "told_above": "[]",
    "delivery": None,
    "cancelled": None,
    "signed_pdf_sha256": "",
    "draft_version": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What went, and what of it had to stay because something that is kept for longer holds it too."""

    found: Found
    files: int
    """Files whose bytes are gone."""
    held_on: int
    """Files that were due and are part of something kept for longer: an archive, a later cycle."""


def remove(
    connection: Connection, before: Before, digest: str, at: datetime, fresh: Callable[[int], bytes]
) -> Removed | None:
    """Remove what is due, if it is still what was shown; None if it is not, and nothing was removed.

    Args:
        connection: inside a transaction.
        before: from before when each kind is due.
        digest: of what was shown.
        at: the present moment, for the journal.
        fresh: gives that many random bytes: salts of lines to come must not be made from what made those that go.
    """
    found = find_due(connection, before)
    if not digest or found.digest != digest:
        return None
    wanted = _files_of(connection, found)
    _take_mails(connection, [*found.rows(Kind.MAILS), *found.rows(Kind.STRAY_MAILS), *found.rows(Kind.HELD)])
    _take_forms(connection, found)
    _take_rows(connection, found, before)
    keys = [str(row[0]) for row in found.rows(Kind.RECORD)]
    _empty_records(connection, keys)
    _take_words(connection, _LINE.cycle.in_(keys))
    for some in parts_of([row[0] for row in found.rows(Kind.LOG)]):
        _take_words(connection, _LINE.number.in_(some))
    files, held_on = _take_files(connection, wanted, before)
    told = {kind.value: str(len(due.rows)) for kind, due in found.due.items()}
    detail = tuple(sorted({**told, "digest": digest[:16], "files": str(files)}.items()))
    connection.execute(update(table_of(JournalHeadRow)).values(pepper=fresh(_PEPPER_BYTES).hex()))
    write_journal(connection, [("", JournalLine(at=at, event=EVENT, actor="operator", unit="", detail=detail))])
    return Removed(found=found, files=files, held_on=held_on)


def _take_rows(connection: Connection, found: Found, before: Before) -> None:
    """Delete what no other row points at: drafts, letters, notes of addresses and archives, sign-ins."""
    for cycle, version in found.rows(Kind.DRAFTS):
        draft = table_of(DraftRow)
        connection.execute(delete(draft).where(draft.c.cycle == cycle, draft.c.version == version))
    outbox = table_of(OutboxRow)
    for some in parts_of([row[0] for row in (*found.rows(Kind.LETTERS), *found.rows(Kind.NOTICES))]):
        connection.execute(delete(outbox).where(outbox.c.id.in_(some)))
    if Kind.NOTICES in before:
        old = or_(_NOTE.value == "", _NOTE.value <= before[Kind.NOTICES].isoformat())
        connection.execute(delete(table_of(NoteRow)).where(_NOTE.name.startswith(ADDRESS_FAILS), old))
    for (name,) in found.rows(Kind.ARCHIVE):
        connection.execute(delete(table_of(NoteRow)).where(_NOTE.name == f"{PAPERS}{name}"))
    for (sha256,) in found.rows(Kind.SIGN_INS):
        connection.execute(
            delete(table_of(BoardSessionRow)).where(table_of(BoardSessionRow).c.session_sha256 == sha256)
        )
        connection.execute(delete(table_of(BoardLinkRow)).where(table_of(BoardLinkRow).c.link_sha256 == sha256))


def _files_of(connection: Connection, found: Found) -> set[str]:
    """Return the digest of every file that what is due names, before it is emptied."""
    named: set[str] = {str(row[0]) for row in found.rows(Kind.CONFIGURATION)}
    mails = [row[0] for kind in (Kind.MAILS, Kind.STRAY_MAILS, Kind.HELD) for row in found.rows(kind)]
    for some in parts_of(mails):
        named |= _digests(
            connection.execute(select(_INBOX.file_sha256, _INBOX.mended_sha256).where(_INBOX.id.in_(some)))
        )
    outbox = table_of(OutboxRow).c
    for some in parts_of([row[0] for row in (*found.rows(Kind.LETTERS), *found.rows(Kind.NOTICES))]):
        named |= _digests(connection.execute(select(outbox.file_sha256).where(outbox.id.in_(some))))
    cycles = {str(row[0]) for kind in (Kind.FORMS, Kind.DRAFTS, Kind.RECORD) for row in found.rows(kind)}
    for table in (SubmissionRow, UnitFormRow, DraftRow):
        if cycles:
            rows = connection.execute(select(*table_of(table).c).where(table_of(table).c.cycle.in_(cycles)))
            named |= _digests(rows)
    if cycles:  # versions of the report that the journal alone knows of, and papers
        named |= _digests(connection.execute(select(_LINE.detail).where(_LINE.cycle.in_(cycles))))
        cycle = table_of(CycleRow).c
        named |= _digests(connection.execute(select(*cycle).where(cycle.key.in_(cycles))))
    for (name,) in found.rows(Kind.ARCHIVE):
        named |= _listed(connection, f"{PAPERS}{name}")
    return named


def _listed(connection: Connection, note: str) -> set[str]:
    """Return the digests of an archive's files, and of the list of them."""
    value = connection.execute(select(_NOTE.value).where(_NOTE.name == note)).scalar() or ""
    if value.startswith("{"):
        return set(_DIGEST.findall(value))
    if not value or connection.execute(select(_FILE.sha256).where(_FILE.sha256 == value)).scalar() is None:
        return set()
    content = as_kept(connection, CONTENT, {"sha256": value}, note)
    return {value, *json.loads(content).values()} if content else set()


def _digests(rows: Iterable[Iterable[Any]]) -> set[str]:
    """Return every SHA-256 in some rows."""
    return {sha256 for row in rows for cell in row if isinstance(cell, str) for sha256 in _DIGEST.findall(cell)}


def _take_mails(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Empty the rows of mails."""
    for some in parts_of([row[0] for row in rows]):
        is_one = update(table_of(InboxRow)).where(_INBOX.id.in_(some))
        connection.execute(is_one.values(**EMPTIED, mended_sha256=None, pruned=True))


def _take_forms(connection: Connection, found: Found) -> None:
    """Empty what names the files of forms, and who sent them; their answers belong to the record."""
    sent, part = table_of(SubmissionRow), table_of(UnitFormRow)
    emptied = {"file_sha256": "", "file_name": "", "sender": "", "message_id": ""}
    for cycle, unit, number in found.rows(Kind.FORMS):
        key = (sent.c.cycle == cycle, sent.c.unit == unit, sent.c.number == number)
        connection.execute(update(sent).where(*key).values(**emptied))
        names = {"evidence": "[]", "waiting_forms": "[]", "waiting": None}
        connection.execute(update(part).where(part.c.cycle == cycle, part.c.unit == unit).values(**names))


def _empty_records(connection: Connection, keys: list[str]) -> None:
    """Leave of a cycle that there was one, and when: else it would be opened once more."""
    for table in (VerdictRow, SubmissionRow, UnitFormRow, DraftRow, InboxCycleRow):
        connection.execute(delete(table_of(table)).where(table_of(table).c.cycle.in_(keys)))
    connection.execute(update(table_of(CycleRow)).where(table_of(CycleRow).c.key.in_(keys)).values(**_EMPTY_CYCLE))
    notes = connection.execute(select(_NOTE.name)).scalars().all()
    for key in keys:
        own = [name for name in notes if "/" in name and archive_is_of(name.partition("/")[2], key)]
        gone = [name for name in own if not name.startswith((ARCHIVED, PAPERS))]
        connection.execute(delete(table_of(NoteRow)).where(_NOTE.name.in_(gone)))


def _take_words(connection: Connection, wanted: Any) -> None:  # noqa: ANN401 - a condition
    """Take words and salts out of lines of the journal, and leave the digest that the chain runs over."""
    lines = connection.execute(select(*_LINE).where(wanted, _LINE.salt != "")).all()
    for row in lines:
        said = load(tuple[tuple[str, str], ...], row.detail)
        line = JournalLine(at=row.at, event=row.event, actor=row.actor, unit=row.unit, detail=said)
        digest = salted(row.salt, canonical(row.number, row.cycle, line)).hex()
        left = {"actor": "", "detail": "[]", "salt": "", "digest": digest}
        connection.execute(update(table_of(JournalRow)).where(_LINE.number == row.number).values(**left))


def _take_files(connection: Connection, wanted: set[str], before: Before) -> tuple[int, int]:
    """Take the bytes of files that nothing holds any more; return how many, and how many are still held.

    What a mail carried is kept as a file of its own, and often nothing names it: it goes once mails of its time go.
    """
    held, until = _held(connection), _until(connection, before)
    known = select(_FILE.sha256, _FILE.kept_at).where(_FILE.media_type.not_in([GONE, YAML]))
    alone = {sha256 for sha256, kept_at in connection.execute(known) if until is not None and kept_at <= until}
    gone = (wanted | alone) - held
    named = set(connection.execute(select(_INBOX.file_sha256).where(_INBOX.pruned)).scalars())
    for some in parts_of(sorted(gone)):
        let_go(connection, _FILE.sha256.in_(some))
    for some in parts_of(sorted(gone & named)):
        emptied = {"content": b"", "size_bytes": 0, "media_type": GONE, "sealed": False, "object_name": ""}
        connection.execute(update(table_of(FileRow)).where(_FILE.sha256.in_(some)).values(**emptied))
    for some in parts_of(sorted(gone - named)):
        connection.execute(delete(table_of(FileRow)).where(_FILE.sha256.in_(some)))
    return len(gone), len(wanted & held)


def _until(connection: Connection, before: Before) -> datetime | None:
    """Return the moment up to which mails went, and what they carried with them; None where none did."""
    moment = before.get(Kind.MAILS)
    closed = [at for at in closed_cycles(connection).values() if moment is not None and at <= moment]
    strays = [before[Kind.STRAY_MAILS]] if Kind.STRAY_MAILS in before else []
    return max((*closed, *strays), default=None)


def _held(connection: Connection) -> set[str]:
    """Return the digest of every file that something holds which stays."""
    held: set[str] = set()
    for table in Table.metadata.sorted_tables:
        if table.name in _NOT_HOLDERS:
            continue
        texts = [column for column in table.c if isinstance(column.type, String | Text | TypeDecorator)]
        rows = select(*texts)
        if table.name == "inbox":
            rows = select(_INBOX.file_sha256, _INBOX.mended_sha256).where(~_INBOX.pruned)
        held |= _digests(connection.execute(rows)) if texts else set()
    for name in connection.execute(select(_NOTE.name).where(_NOTE.name.startswith(PAPERS))).scalars().all():
        held |= _listed(connection, name)
    done = list(closed_cycles(connection))
    open_lines = select(_LINE.detail).where(_LINE.cycle != "", _LINE.cycle.not_in(done))
    return held | _digests(connection.execute(open_lines))


UNBOUND = sql("SELECT count(*) FROM journal WHERE salt = '' AND digest = ''")
"""Lines from before there were salts: their words cannot go without breaking the chain."""
