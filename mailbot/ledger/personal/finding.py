"""What of the ledger is due to go, kind by kind: rows of closed cycles that are archived, and what belongs to none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String as Text
from sqlalchemy import and_, case, cast, exists, func, not_, or_, select
from sqlalchemy import text as sql

from mailbot.core.retention.kinds import OF_A_CYCLE, Kind
from mailbot.ledger.columns import parts_of, table_of
from mailbot.ledger.door.rows import BoardLinkRow, BoardSessionRow
from mailbot.ledger.files_and_notes import ARCHIVED, CONFIG_ACCEPTED, PAPERS
from mailbot.ledger.journal import JournalRow
from mailbot.ledger.tables import (
    MAY_CHANGE,
    CycleRow,
    DraftRow,
    FileRow,
    InboxCycleRow,
    InboxRow,
    NoteRow,
    OutboxRow,
    SubmissionRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

Before = Mapping[Kind, datetime]
"""The moment from before which each kind is due; a kind that is not named is not."""
Id = tuple[str | int, ...]
YAML = "application/yaml"
EVENT = "pruned"
"""Event of the journal's line about what was removed; its words are numbers, and stay."""

_CYCLE, _INBOX, _BELONGS = table_of(CycleRow).c, table_of(InboxRow).c, table_of(InboxCycleRow).c
_FILE, _NOTE, _OUTBOX = table_of(FileRow).c, table_of(NoteRow).c, table_of(OutboxRow).c
_SESSION, _LINK = table_of(BoardSessionRow).c, table_of(BoardLinkRow).c
_SENT, _DRAFT, _LINE = table_of(SubmissionRow).c, table_of(DraftRow).c, table_of(JournalRow).c
ARCHIVE_KEY = _CYCLE.key + case((_CYCLE.corrected > 0, "-koreksi-" + cast(_CYCLE.corrected, Text)), else_="")
_DONE = or_(_CYCLE.cancelled.is_not(None), exists().where(_NOTE.name == ARCHIVED + ARCHIVE_KEY))
"""Nothing more is to be made of it: its archive lies there, or it was opened by mistake."""
_STILL_GOES = exists().where(_OUTBOX.cycle == _CYCLE.key, sql(MAY_CHANGE))
_OF_NO_CYCLE = and_(_INBOX.id.not_in(select(_BELONGS.inbox_id)), _INBOX.same_as.is_(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What of one kind is due: the key of each row, and when the oldest came or closed."""

    kind: Kind
    rows: tuple[Id, ...]
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that is due at one moment."""

    due: Mapping[Kind, Due]

    def rows(self, kind: Kind) -> tuple[Id, ...]:
        """Return the keys of one kind."""
        return self.due[kind].rows if kind in self.due else ()

    @property
    def digest(self) -> str:
        """Return one digest over all of it: what was shown is what goes."""
        told = {kind.value: due.rows for kind, due in sorted(self.due.items())}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def find_due(connection: Connection, before: Before) -> Found:
    """Return what is due, inside a transaction."""
    closed = closed_cycles(connection)
    due = {}
    for kind in Kind:
        if (moment := before.get(kind)) is None:
            continue
        keys = [key for key, at in closed.items() if kind in OF_A_CYCLE and at <= moment]
        rows = sorted(set(_ASKED[kind](connection, keys, moment)), key=lambda row: (row[1], str(row[0])))
        if rows:
            due[kind] = Due(kind=kind, rows=tuple(row[0] for row in rows), oldest=rows[0][1])
    return Found(due=due)


def closed_cycles(connection: Connection) -> dict[str, datetime]:
    """Return every cycle of which nothing more is to come, with when it closed."""
    closed = select(_CYCLE.key, _CYCLE.closed_at).where(_CYCLE.closed_at.is_not(None), _DONE, not_(_STILL_GOES))
    return {row[0]: row[1] for row in connection.execute(closed)}


Dated = tuple[Id, datetime]


def _mails_of(connection: Connection, keys: list[str], wanted: Any) -> list[Dated]:  # noqa: ANN401 - a condition
    """Return the mails of these cycles, and of no other, that fit, with every copy of them."""
    others = select(_BELONGS.inbox_id).where(_BELONGS.cycle.not_in(keys))
    own = select(_BELONGS.inbox_id).where(_BELONGS.cycle.in_(keys))
    return _with_copies(connection, and_(_INBOX.id.in_(own), _INBOX.id.not_in(others), wanted))


def _with_copies(connection: Connection, wanted: Any) -> list[Dated]:  # noqa: ANN401 - a condition
    """Return settled mails that fit and are not gone yet, with every copy of them."""
    there = select(_INBOX.id, _INBOX.received_at).where(_INBOX.outcome.is_not(None), not_(_INBOX.pruned))
    files = (_INBOX.file_sha256, _INBOX.mended_sha256)
    first = connection.execute(there.where(wanted, files[0].is_not(None))).all()
    found = [*first]
    for some in parts_of([mail for mail, _ in first]):
        found += connection.execute(there.where(_INBOX.same_as.in_(some))).all()
    return [((mail,), at) for mail, at in found]


_SEALED = exists().where(or_(_FILE.sha256 == _INBOX.file_sha256, _FILE.sha256 == _INBOX.mended_sha256), _FILE.sealed)


def _held(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the mails with numbers like a NIK: of these cycles, and those of none."""
    strays = _with_copies(connection, and_(_OF_NO_CYCLE, _SEALED, _INBOX.kept_at <= moment))
    return [*_mails_of(connection, keys, _SEALED), *strays]


def _forms(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the forms of these cycles of which the file is still named."""
    del moment
    named = (_SENT.cycle, _SENT.unit, _SENT.number, _SENT.received_at)
    wanted = select(*named).where(_SENT.cycle.in_(keys), or_(_SENT.file_sha256 != "", _SENT.sender != ""))
    return [((row[0], row[1], row[2]), row[3]) for row in connection.execute(wanted)]


def _drafts(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the versions of the report before the last one."""
    del moment
    joined = select(_DRAFT.cycle, _DRAFT.version, func.coalesce(_DRAFT.compiled_at, _CYCLE.opened_at)).join(
        table_of(CycleRow), _CYCLE.key == _DRAFT.cycle
    )
    wanted = joined.where(_DRAFT.cycle.in_(keys), _DRAFT.version != func.coalesce(_CYCLE.draft_version, 0))
    return [((row[0], row[1]), row[2]) for row in connection.execute(wanted)]


def _letters(connection: Connection, wanted: Any) -> list[Dated]:  # noqa: ANN401 - a condition
    """Return letters that fit, of which nothing may become any more."""
    ended = select(_OUTBOX.id, _OUTBOX.queued_at).where(wanted, sql(f"NOT ({MAY_CHANGE})"))
    return [((row[0],), row[1]) for row in connection.execute(ended)]


def _records(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the cycles of which the journal still has words."""
    del moment
    told = exists().where(_LINE.cycle == _CYCLE.key, _LINE.salt != "")
    wanted = select(_CYCLE.key, _CYCLE.closed_at).where(_CYCLE.key.in_(keys), told)
    return [((row[0],), row[1]) for row in connection.execute(wanted)]


def _log(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the lines of the journal outside of any cycle that still have words."""
    del keys
    worded = (_LINE.cycle == "", _LINE.salt != "", _LINE.event != EVENT, _LINE.at <= moment)
    return [((row[0],), row[1]) for row in connection.execute(select(_LINE.number, _LINE.at).where(*worded))]


def _archives(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return the archives of these cycles, those before a correction too."""
    del moment
    papers = connection.execute(select(_NOTE.name).where(_NOTE.name.startswith(PAPERS), _NOTE.value != ""))
    names = [name.removeprefix(PAPERS) for (name,) in papers]
    closed = {key: at for key, at in closed_cycles(connection).items() if key in keys}
    return [((name,), at) for key, at in closed.items() for name in names if archive_is_of(name, key)]


def archive_is_of(name: str, key: str) -> bool:
    """Say whether an archive of that name is one of a cycle."""
    return name == key or name.startswith(f"{key}-koreksi-")


def _configurations(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return YAML files that no longer count."""
    del keys
    noted = connection.execute(select(_NOTE.value).where(_NOTE.name == CONFIG_ACCEPTED)).scalar()
    counts = list(json.loads(noted)["files"].values()) if noted else []
    wanted = select(_FILE.sha256, _FILE.kept_at).where(_FILE.media_type == YAML, _FILE.sha256.not_in(counts))
    return [((row[0],), row[1]) for row in connection.execute(wanted.where(_FILE.kept_at <= moment))]


def _sign_ins(connection: Connection, keys: list[str], moment: datetime) -> list[Dated]:
    """Return who was signed in, or had asked to be, until before a moment."""
    del keys
    sessions = select(_SESSION.session_sha256, _SESSION.ends_at).where(_SESSION.ends_at <= moment)
    links = select(_LINK.link_sha256, _LINK.ends_at).where(_LINK.ends_at <= moment)
    return [((row[0],), row[1]) for asked in (sessions, links) for row in connection.execute(asked)]


_ASKED = {
    Kind.MAILS: lambda connection, keys, _: _mails_of(connection, keys, not_(_SEALED)),
    Kind.STRAY_MAILS: lambda connection, _, moment: _with_copies(
        connection, and_(_OF_NO_CYCLE, not_(_SEALED), _INBOX.kept_at <= moment)
    ),
    Kind.HELD: _held,
    Kind.FORMS: _forms,
    Kind.DRAFTS: _drafts,
    Kind.LETTERS: lambda connection, keys, _: _letters(connection, _OUTBOX.cycle.in_(keys)),
    Kind.NOTICES: lambda connection, _, moment: _letters(
        connection, and_(_OUTBOX.cycle == "", _OUTBOX.queued_at <= moment)
    ),
    Kind.RECORD: _records,
    Kind.LOG: _log,
    Kind.ARCHIVE: _archives,
    Kind.CONFIGURATION: _configurations,
    Kind.SIGN_INS: _sign_ins,
}
"""How what is due of each kind is asked for: of cycles that closed long enough ago, or from before a moment."""
