"""A ledger of ten years: 40 closed cycles and one that runs, 1,000 forms, thousands of mails and letters."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, literal, select

from mailbot.core.model.outcome import JournalLine
from mailbot.ledger.columns import table_of
from mailbot.ledger.tables import (
    CycleRow,
    DraftRow,
    FileRow,
    InboxCycleRow,
    InboxRow,
    OutboxRow,
    SubmissionRow,
    UnitFormRow,
    VerdictRow,
)
from mailbot.ledger.values import Changes
from tests.web.boards import AT, board_of
from tests.writing.sample_cycle import closed, collecting, submission

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.sql import ColumnElement

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.ledger.ledger import Ledger
    from mailbot.web.board import Board

CYCLES, FORMS, MAILS, LETTERS, DECISIONS = 40, 1000, 1500, 4000, 100
_ROUNDS = 6
_DAYS = timedelta(days=91)


def large_board(ledger: Ledger | None = None) -> Board:
    """Return the board of an office after ten years, in a new ledger; one in memory where none is given."""
    board = board_of(replace(collecting(), key="berjalan"), _model(), ledger=ledger)
    board.ledger.commit(Changes(at=AT, journal=tuple(("berjalan", _decision(place)) for place in range(DECISIONS))))
    with board.ledger.engine.begin() as connection:
        for back in range(1, CYCLES):
            _copied(connection, f"lama-{back:02d}", back)
        _boxes(connection)
    return board


def _decision(place: int) -> JournalLine:
    """Return a line of the journal."""
    detail = (("number", str(place)), ("letter", f"returned/dafduk/{place}"), ("due_at", AT.isoformat()))
    return JournalLine(
        at=AT + timedelta(minutes=1 + place), event="form_returned", actor="kabid_dafduk", unit="dafduk", detail=detail
    )


def _model() -> Cycle:
    """Return the closed cycle of which the others are copies: every unit sent its form several times."""
    cycle = closed()
    return replace(cycle, key="lama-00", units=tuple(map(_often, cycle.units)))


def _often(form: UnitForm) -> UnitForm:
    """Return a unit's part with as many forms as make 1,000 of all cycles together."""
    sent = tuple(submission(form.unit, number, accepted=number == _ROUNDS) for number in range(1, _ROUNDS + 1))
    return replace(form, submissions=sent, counted=_ROUNDS, first_due_at=form.due_at)


def _copied(connection: Connection, key: str, back: int) -> None:
    """Copy the closed cycle with everything below it under another key, some quarters earlier."""
    _copy(connection, table_of(CycleRow), "lama-00", key=literal(key), year=literal(2025 - back // 4 - 1))
    for table in (UnitFormRow, SubmissionRow, DraftRow, VerdictRow):
        _copy(connection, table_of(table), "lama-00", cycle=literal(key))
    earlier = table_of(CycleRow)
    moved = earlier.update().where(earlier.c.key == key).values(opened_at=bindparam("at"))
    connection.execute(moved, {"at": AT - _DAYS * back})


def _copy(connection: Connection, table: Table, of: str, **other: ColumnElement[Any]) -> None:
    """Copy the rows of a cycle, some columns of them changed."""
    whose = table.c.key if "key" in other else table.c.cycle
    columns = [other.get(column.name, column) for column in table.c]
    connection.execute(insert(table).from_select(list(table.c.keys()), select(*columns).where(whose == of)))


def _boxes(connection: Connection) -> None:
    """Fill inbox and outbox: each mail and letter with a few bytes of its own."""
    raws = {place: _raw(place) for place in range(MAILS + LETTERS)}
    kept = [
        {
            "sha256": hashlib.sha256(raw).hexdigest(),
            "size_bytes": len(raw),
            "media_type": "message/rfc822",
            "content": raw,
            "kept_at": AT,
        }
        for raw in raws.values()
    ]
    connection.execute(insert(table_of(FileRow)), kept)
    connection.execute(insert(table_of(InboxRow)), [_mail(place, kept[place]["sha256"]) for place in range(MAILS)])
    connection.execute(
        insert(table_of(InboxCycleRow)), [{"inbox_id": place + 1, "cycle": "berjalan"} for place in range(100)]
    )
    connection.execute(
        insert(table_of(OutboxRow)), [_letter(place, kept[MAILS + place]["sha256"]) for place in range(LETTERS)]
    )


def _raw(place: int) -> bytes:
    """Return the bytes of a mail."""
    head = f"From: kabid.dafduk@example.go.id\nSubject: Form isian {place}\nMessage-ID: <m{place}@example.go.id>\n"
    return f"{head}\nTerlampir form isian ke-{place}.\n{'isi ' * 200}".encode()


def _mail(place: int, sha256: object) -> dict[str, Any]:
    """Return a row of the inbox."""
    return {
        "account": "toy",
        "folder": "INBOX",
        "uid_validity": 1,
        "uid": place + 1,
        "file_sha256": sha256,
        "message_id": f"<m{place}@example.go.id>",
        "body_sha256": sha256,
        "size_bytes": 1000,
        "truncated": False,
        "received_at": AT - timedelta(hours=place),
        "kept_at": AT,
        "attempts": 1,
        "outcome": "form",
        "detail": "",
        "settled_at": AT,
        "error": "",
        "same_as": None,
        "server_done": True,
        "signed_by": None,
        "sender": "kabid.dafduk@example.go.id",
        "mended_sha256": None,
    }


def _letter(place: int, sha256: object) -> dict[str, Any]:
    """Return a row of the outbox."""
    return {
        "key": f"request/lama/{place}",
        "kind": "request",
        "cycle": "berjalan" if place % 40 == 0 else "lama-00",
        "unit": "dafduk",
        "person": "kabid_dafduk",
        "address": "kabid.dafduk@example.go.id",
        "message_id": f"<l{place}@example.go.id>",
        "file_sha256": sha256,
        "is_answer": False,
        "proved": False,
        "step": "",
        "version": 0,
        "asked_sha256": "",
        "number": 0,
        "answers_mail": "",
        "queued_at": AT,
        "due_at": AT,
        "state": "sent",
        "phase": "",
        "tries": 1,
        "doubts": 0,
        "claimed_by": "",
        "claimed_until": None,
        "fence": 0,
        "reply": "",
        "sent_at": AT,
        "last_error": "",
        "held_why": "",
        "bounce": "",
        "told": True,
    }
