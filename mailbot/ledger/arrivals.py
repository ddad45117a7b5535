"""Mails as they arrive and are worked: kept byte for byte, known by their place on the server, settled once.

Copies of a mail that is there are kept like any other, settled at once, and never acted on (F4, F9).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, tuple_, update
from sqlalchemy import text as sql

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import LedgerProblem, StaleCycle
from mailbot.ledger.columns import add_missing, adding, parts_of, table_of
from mailbot.ledger.elsewhere.fetching import BYTES, as_kept
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.files_and_notes import MAIL, write_files
from mailbot.ledger.personal.sealing_files import seal_copies
from mailbot.ledger.tables import UNTIDIED, FileRow, InboxCycleRow, InboxRow
from mailbot.ledger.values import InboxMail, KeptFile, KeptMail, Settlement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Row

_TABLE = table_of(InboxRow)
INBOX, _FILE = _TABLE.c, table_of(FileRow).c
_PLACE_NAMES = ("account", "folder", "uid_validity", "uid")
PLACE = tuple(INBOX[name] for name in _PLACE_NAMES)
WHOLE = select(*(column for column in INBOX if column.name not in {"body_sha256", "sender"}))  # an `InboxMail`
_UNSETTLED = WHOLE.where(INBOX.outcome.is_(None)).order_by(INBOX.received_at, INBOX.id).limit(bindparam("most"))
_UNSETTLED_OF = _UNSETTLED.where(INBOX.sender.in_(bindparam("senders", expanding=True)))
_RAW = select(*BYTES).join(_TABLE, INBOX.file_sha256 == _FILE.sha256).where(INBOX.id == bindparam("mail"))
_ONE = update(_TABLE).where(INBOX.id == bindparam("mail"))
_OPEN_STILL = _ONE.where(INBOX.outcome.is_(None))
_BEGUN = _OPEN_STILL.values(attempts=INBOX.attempts + 1).returning(INBOX.attempts)
_TAKEN_BACK = _ONE.values(attempts=INBOX.attempts - 1)
_SETTLED = _OPEN_STILL.returning(INBOX.id)
_FORGOTTEN = delete(_TABLE).where(INBOX.file_sha256.is_(None))
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


class Arrivals:
    """What came, while there is work with it; `Inbox` looks at all of it."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine
        self._uncounted: set[int] = set()

    def keep(self, mails: Sequence[KeptMail], at: datetime) -> int:
        """Keep mails and commit, so that they may then be moved on the server; return how many had not been known.

        A known place on the server is left as it is, unless its mail was taken for vanished. The same bytes at a new
        place become a row that is settled as a duplicate of the first; so does the same Message-ID and body in another
        mailbox, or in a folder that counts anew (`copies`). Otherwise the same Message-ID with other bytes is a mail of
        its own.

        Raises:
            LedgerProblem: the database refused; nothing was kept, nothing may be moved.
        """
        if not mails:
            return 0
        with writing(self._engine) as connection:
            digests = write_files(connection, [KeptFile(content=mail.raw, media_type=MAIL) for mail in mails], at)
            rows = {_place(mail): _new_row(mail, sha256, at) for mail, sha256 in zip(mails, digests, strict=True)}
            known, lost = _present(connection, rows)
            # What had vanished and is there after all is a mail that has just come.
            for place in lost:
                connection.execute(_FORGOTTEN.where(tuple_(*PLACE) == place))
            new = rows.keys() - known
            linked = _link_copies(connection, [row for place, row in rows.items() if place in new], at)
            # What the unique index over the digests keeps out is a copy of a mail that is there.
            copies = new - _added(connection, linked)
            _add_copies(connection, [row for place, row in rows.items() if place in copies], at)
            seal_copies(connection, [row["file_sha256"] for row in linked if row["same_as"] is not None])
        return len(new)

    def vanished(self, account: str, folder: str, uid_validity: int, uids: Sequence[int], at: datetime) -> int:
        """Write down mails that were listed and gone before they could be read; return how many had not been known."""
        mails = [
            KeptMail(account=account, folder=folder, uid_validity=uid_validity, uid=uid, received_at=at, raw=b"")
            for uid in uids
        ]
        ended = {"file_sha256": None, "outcome": MailOutcome.VANISHED.value, "settled_at": at, "server_done": True}
        with writing(self._engine) as connection:
            rows = {_place(mail): _new_row(mail, "", at) | ended for mail in mails}
            known, lost = _present(connection, rows)
            there = known | lost
            add_missing(connection, InboxRow, [row for place, row in rows.items() if place not in there])
        return len(rows) - len(there)

    def unsettled(self, limit: int, senders: Sequence[str] | None = None) -> tuple[InboxMail, ...]:
        """Return mails without a final state, the oldest first; only those of these senders (small letters), if any."""
        wanted = {"most": limit} if senders is None else {"most": limit, "senders": list(senders)}
        with reading(self._engine) as connection:
            return tuple(map(mail_of, connection.execute(_UNSETTLED if senders is None else _UNSETTLED_OF, wanted)))

    def begin_attempt(self, mail: int) -> int:
        """Count that work on a mail begins, and commit, so that a mail that kills its reader is seen to have done so.

        Returns:
            Which attempt this is, from 1; 0 if the mail has its final state already.
        """
        with writing(self._engine) as connection:
            if mail in self._uncounted:
                connection.execute(_TAKEN_BACK, {"mail": mail})
            begun: int = connection.execute(_BEGUN, {"mail": mail}).scalar() or 0
        self._uncounted.discard(mail)
        return begun

    def take_back_attempt(self, mail: int) -> None:
        """Count an attempt no more that ended for a reason outside of the mail, at the next one if need be."""
        self._uncounted.add(mail)
        with suppress(LedgerProblem), writing(self._engine) as connection:
            connection.execute(_TAKEN_BACK, {"mail": mail})
            self._uncounted.discard(mail)

    def note_failure(self, mail: int, traceback: str) -> None:
        """Keep the traceback of an attempt that failed; the mail stays unsettled and is tried again."""
        with writing(self._engine) as connection:
            connection.execute(_ONE, {"mail": mail, "error": traceback})

    def note_signer(self, mail: int, domain: str) -> None:
        """Keep what the check of a mail's signatures found, before anything is decided by it; empty: nothing held."""
        with writing(self._engine) as connection:
            connection.execute(_ONE, {"mail": mail, "signed_by": domain})

    def raw(self, mail: int) -> bytes:
        """Return a mail's bytes as they came.

        Raises:
            KeyError: there is no mail of that id, or it vanished before it could be read.
        """
        with reading(self._engine) as connection:
            return as_kept(connection, _RAW, {"mail": mail}, f"inbox {mail}")

    def untidied(self, account: str, folder: str, uid_validity: int) -> tuple[tuple[int, int], ...]:
        """Return (id, UID) of mails kept here and not yet moved or flagged on the server."""
        place = (account, folder, uid_validity)
        statement = select(INBOX.id, INBOX.uid).where(tuple_(*PLACE[:3]) == place)
        with reading(self._engine) as connection:
            rows = connection.execute(statement.where(sql(UNTIDIED)).order_by(INBOX.uid))
            return tuple((mail, uid) for mail, uid in rows)

    def mark_server_done(self, mails: Iterable[int]) -> None:
        """Write down that these mails were moved or flagged on the server."""
        with writing(self._engine) as connection:
            for some in parts_of(list(mails)):
                connection.execute(update(_TABLE).where(INBOX.id.in_(some)).values(server_done=True))


def settle(connection: Connection, settlement: Settlement, at: datetime) -> None:
    """Give a mail its final state, inside a transaction.

    Raises:
        StaleCycle: it has one already, given by somebody else meanwhile.
    """
    ended: dict[str, Any] = {"outcome": settlement.outcome.value, "detail": settlement.detail, "settled_at": at}
    if settlement.error:
        ended["error"] = settlement.error
    if connection.execute(_SETTLED, {"mail": settlement.mail, **ended}).scalar() is None:
        raise StaleCycle(f"Mail {settlement.mail} was settled by somebody else since it was read; nothing was written.")
    belongs = [{"inbox_id": settlement.mail, "cycle": cycle} for cycle in settlement.cycles]
    add_missing(connection, InboxCycleRow, belongs)


def _place(mail: KeptMail) -> tuple[Any, ...]:
    """Return where a mail lies on the server: account, folder, UIDVALIDITY, UID."""
    return (mail.account, mail.folder, mail.uid_validity, mail.uid)


def _present(
    connection: Connection, places: Iterable[tuple[Any, ...]]
) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Return those of the places that have a row: of a mail that is kept, and of one that vanished."""
    by_folder: dict[tuple[Any, ...], list[int]] = {}
    for place in places:
        by_folder.setdefault(place[:3], []).append(place[3])
    found: tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]] = (set(), set())
    # Folder by folder: a list of whole places would be looked up through all mails of their folders.
    for folder, uids in by_folder.items():
        for some in parts_of(uids):
            rows = select(*PLACE, INBOX.file_sha256.is_(None)).where(tuple_(*PLACE[:3]) == folder, PLACE[3].in_(some))
            for row in connection.execute(rows):
                found[row[-1]].add(tuple(row[:-1]))
    return found


def _added(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Add rows, leaving out those that break a unique key; return the places of those that were added."""
    if not rows:
        return set()
    added = connection.execute(adding(connection.dialect.name, InboxRow, _PLACE_NAMES), rows)
    return {tuple(row) for row in added}


def _new_row(mail: KeptMail, sha256: str, at: datetime) -> dict[str, Any]:
    """Return the row of a mail that has just come."""
    return {
        "account": mail.account,
        "folder": mail.folder,
        "uid_validity": mail.uid_validity,
        "uid": mail.uid,
        "file_sha256": sha256,
        "message_id": mail.message_id,
        "body_sha256": body_digest(mail.raw) if sha256 and not mail.truncated else "",
        "size_bytes": mail.size_bytes or len(mail.raw),
        "truncated": mail.truncated,
        "received_at": mail.received_at,
        "kept_at": at,
        "attempts": 0,
        "outcome": None,
        "detail": "",
        "settled_at": None,
        "error": "",
        "same_as": None,
        "server_done": False,
        "signed_by": None,
        "sender": mail.sender,
    }


def mail_of(row: Row[Any]) -> InboxMail:
    """Return a mail from its row of `WHOLE`."""
    cells = row._asdict()
    sha256, outcome = cells.pop("file_sha256"), cells.pop("outcome")
    return InboxMail(sha256=sha256 or "", outcome=None if outcome is None else MailOutcome(outcome), **cells)


def body_digest(raw: bytes) -> str:
    """Return the SHA-256 in hex of a mail's body, line ends and the blank lines at its end left out of account.

    A server that moves mail to another one, or delivers it to two mailboxes, changes the header (Received,
    Delivered-To) and sometimes the line ends, never what the sender wrote.
    """
    header = _END_OF_HEADER.search(raw)
    body = raw[header.end() :] if header else b""
    return hashlib.sha256(body.replace(b"\r\n", b"\n").rstrip(b"\n")).hexdigest()


def _add_copies(connection: Connection, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """Add rows whose bytes are there already, each settled as a duplicate of the first."""
    if not rows:
        return
    digests = [row["file_sha256"] for row in rows]
    firsts = connection.execute(
        select(INBOX.file_sha256, INBOX.id).where(INBOX.file_sha256.in_(digests), INBOX.same_as.is_(None))
    )
    first: dict[str | None, int | None] = {row[0]: row[1] for row in firsts}
    add_missing(connection, InboxRow, [_copy(row, first[row["file_sha256"]], at) for row in rows])


def _link_copies(connection: Connection, rows: Sequence[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Return the rows, those settled as duplicates that bring a known mail again under another header.

    That is: the same Message-ID and the same body, in another mailbox of the office, or in the same folder after it
    began to count anew. Within one count of a folder it is no copy: people send a mail again, and forgers too.
    """
    named = [row["message_id"] for row in rows if row["message_id"] and row["body_sha256"]]
    digests = {row["body_sha256"] for row in rows if row["message_id"]} - {""}
    if not digests:
        return list(rows)
    columns = [INBOX.id, *PLACE[:3], INBOX.message_id, INBOX.body_sha256]
    known = connection.execute(
        select(*columns)
        .where(
            INBOX.message_id.in_(named),
            INBOX.body_sha256.in_(digests),
            INBOX.same_as.is_(None),
        )
        .order_by(INBOX.id)
    ).all()
    firsts = ((row, next(_of(row, known), None)) for row in rows)
    return [row if first is None else _copy(row, first, at) for row, first in firsts]


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
