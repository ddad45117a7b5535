"""Copies of a mail that is there: kept byte for byte like any other, settled at once, and never acted on (F4, F9)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row
from sqlmodel import col, select

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.engine import add_missing
from mailbot.ledger.tables import InboxRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection


_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


def body_digest(raw: bytes) -> str:
    """Return the SHA-256 in hex of a mail's body, line ends and the blank lines at its end left out of account.

    A server that moves mail to another one, or delivers it to two mailboxes, changes the header (Received,
    Delivered-To) and sometimes the line ends, never what the sender wrote.
    """
    header = _END_OF_HEADER.search(raw)
    body = raw[header.end() :] if header else b""
    return hashlib.sha256(body.replace(b"\r\n", b"\n").rstrip(b"\n")).hexdigest()


def add_copies(connection: Connection, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """Add rows whose bytes are there already, each settled as a duplicate of the first."""
    if not rows:
        return
    digests = [row["file_sha256"] for row in rows]
    firsts = connection.execute(
        select(InboxRow.file_sha256, InboxRow.id).where(
            col(InboxRow.file_sha256).in_(digests), col(InboxRow.same_as).is_(None)
        )
    )
    first: dict[str | None, int | None] = {row[0]: row[1] for row in firsts}
    add_missing(connection, InboxRow, [_copy(row, first[row["file_sha256"]], at) for row in rows])


def link_copies(connection: Connection, rows: Sequence[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Return the rows, those settled as duplicates that bring a known mail again under another header.

    That is: the same Message-ID and the same body, in another mailbox of the office, or in the same folder after it
    began to count anew. Within one count of a folder it is no copy: people send a mail again, and forgers too.
    """
    named = [row["message_id"] for row in rows if row["message_id"] and row["body_sha256"]]
    digests = {row["body_sha256"] for row in rows if row["message_id"]} - {""}
    if not digests:
        return list(rows)
    columns = (InboxRow.id, InboxRow.account, InboxRow.folder, InboxRow.uid_validity, InboxRow.message_id)
    known = connection.execute(
        select(*columns, col(InboxRow.body_sha256))  # type: ignore[call-overload]  # SQLModel types four columns
        .where(
            col(InboxRow.message_id).in_(named),
            col(InboxRow.body_sha256).in_(digests),
            col(InboxRow.same_as).is_(None),
        )
        .order_by(col(InboxRow.id))
    ).all()
    linked = []
    for row in rows:
        first = next(_of(row, known), None)
        linked.append(row if first is None else _copy(row, first, at))
    return linked


def _of(row: dict[str, Any], known: Iterable[Row[Any]]) -> Iterator[int]:
    """Give the ids of the mails that a row is a copy of."""
    for mail in known:
        alike = mail.message_id == row["message_id"] != "" and mail.body_sha256 == row["body_sha256"]
        elsewhere = mail.account != row["account"]
        anew = mail.folder == row["folder"] and mail.uid_validity != row["uid_validity"]
        if alike and (elsewhere or anew):
            yield mail.id


def _copy(row: dict[str, Any], first: int | None, at: datetime) -> dict[str, Any]:
    """Return a row as a duplicate of the first."""
    return row | {"outcome": MailOutcome.DUPLICATE.value, "settled_at": at, "same_as": first}
