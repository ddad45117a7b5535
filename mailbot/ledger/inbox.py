"""The inbox: every mail byte for byte, known by its place on the server, acted on once, never without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, tuple_, update
from sqlalchemy import text as sql
from sqlmodel import col, select

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import StaleCycle
from mailbot.ledger.copies import add_copies, body_digest, link_copies
from mailbot.ledger.engine import add_missing, insert_into, reading, writing
from mailbot.ledger.files_and_notes import MAIL, write_files
from mailbot.ledger.standing import InboxCounts
from mailbot.ledger.tables import UNTIDIED, FileRow, InboxCycleRow, InboxRow
from mailbot.ledger.values import InboxMail, KeptFile, KeptMail, Settlement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

_PLACE = (col(InboxRow.account), col(InboxRow.folder), col(InboxRow.uid_validity), col(InboxRow.uid))


class Inbox:
    """What came. `commit` settles a mail; everything else about it is here."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def known_uids(self, account: str, folder: str, uid_validity: int) -> frozenset[int]:
        """Return the UIDs of a folder that need not be fetched again; another UIDVALIDITY knows none of them."""
        place = (account, folder, uid_validity)
        with reading(self._engine) as session:
            return frozenset(session.exec(select(InboxRow.uid).where(tuple_(*_PLACE[:3]) == place)))

    def keep(self, mails: Sequence[KeptMail], at: datetime) -> int:
        """Keep mails and commit, so that they may then be moved on the server; return how many had not been known.

        A known place on the server is left as it is. The same bytes at a new place become a row that is settled as a
        duplicate of the first; so does the same Message-ID and body in another mailbox, or in a folder that counts
        anew (`copies`). Otherwise the same Message-ID with other bytes is a mail of its own.

        Raises:
            LedgerProblem: the database refused; nothing was kept, nothing may be moved.
        """
        if not mails:
            return 0
        with writing(self._engine) as connection:
            digests = write_files(connection, [KeptFile(content=mail.raw, media_type=MAIL) for mail in mails], at)
            rows = {_place(mail): _new_row(mail, sha256, at) for mail, sha256 in zip(mails, digests, strict=True)}
            new = rows.keys() - _present(connection, rows)
            linked = link_copies(connection, [row for place, row in rows.items() if place in new], at)
            # What the unique index over the digests keeps out is a copy of a mail that is there.
            copies = new - _added(connection, linked)
            add_copies(connection, [row for place, row in rows.items() if place in copies], at)
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
            known = _present(connection, rows)
            add_missing(connection, InboxRow, [row for place, row in rows.items() if place not in known])
        return len(rows) - len(known)

    def unsettled(self, limit: int) -> tuple[InboxMail, ...]:
        """Return mails without a final state, the oldest first (as the server took them)."""
        statement = select(InboxRow).where(col(InboxRow.outcome).is_(None))
        with reading(self._engine) as session:
            rows = session.exec(statement.order_by(col(InboxRow.received_at), col(InboxRow.id)).limit(limit))
            return tuple(_mail(row) for row in rows)

    def begin_attempt(self, mail: int) -> int:
        """Count that work on a mail begins, and commit, so that a mail that kills its reader is seen to have done so.

        Returns:
            Which attempt this is, from 1; 0 if the mail has its final state already.
        """
        begun = (
            update(InboxRow)
            .where(col(InboxRow.id) == mail, col(InboxRow.outcome).is_(None))
            .values(attempts=InboxRow.attempts + 1)
            .returning(col(InboxRow.attempts))
        )
        with writing(self._engine) as connection:
            return connection.execute(begun).scalar() or 0

    def take_back_attempt(self, mail: int) -> None:
        """Count an attempt no more that ended for a reason outside of the mail."""
        with writing(self._engine) as connection:
            connection.execute(update(InboxRow).where(col(InboxRow.id) == mail).values(attempts=InboxRow.attempts - 1))

    def note_failure(self, mail: int, traceback: str) -> None:
        """Keep the traceback of an attempt that failed; the mail stays unsettled and is tried again."""
        with writing(self._engine) as connection:
            connection.execute(update(InboxRow).where(col(InboxRow.id) == mail).values(error=traceback))

    def note_signer(self, mail: int, domain: str) -> None:
        """Keep what the check of a mail's signatures found, before anything is decided by it; empty: nothing held."""
        with writing(self._engine) as connection:
            connection.execute(update(InboxRow).where(col(InboxRow.id) == mail).values(signed_by=domain))

    def is_repeated(self, mail: InboxMail) -> bool:
        """Say whether a mail with the same Message-ID and other bytes was kept before this one."""
        earlier = select(InboxRow.id).where(
            col(InboxRow.message_id) == mail.message_id,
            col(InboxRow.id) < mail.id,
            col(InboxRow.file_sha256) != mail.sha256,
        )
        with reading(self._engine) as session:
            return session.exec(earlier.limit(1)).first() is not None

    def replay(self, mail: int) -> bool:
        """Let a mail be worked again as if it had just come; False if there is none such, or it never had bytes.

        Replaying a duplicate would act twice on the same bytes: replay the mail it is the `same_as` of.
        """
        again = (
            update(InboxRow)
            .where(col(InboxRow.id) == mail, col(InboxRow.same_as).is_(None), col(InboxRow.file_sha256).is_not(None))
            .values(outcome=None, detail="", settled_at=None, attempts=0, error="")
        )
        with writing(self._engine) as connection:
            return connection.execute(again).rowcount == 1

    def get(self, mail: int) -> InboxMail:
        """Return one mail.

        Raises:
            KeyError: there is none of that id.
        """
        with reading(self._engine) as session:
            row = session.get(InboxRow, mail)
            if row is None:
                raise KeyError(mail)
            return _mail(row)

    def raw(self, mail: int) -> bytes:
        """Return a mail's bytes as they came.

        Raises:
            KeyError: there is no mail of that id, or it vanished before it could be read.
        """
        statement = select(FileRow.content).join(InboxRow, col(InboxRow.file_sha256) == col(FileRow.sha256))
        with reading(self._engine) as session:
            content = session.exec(statement.where(col(InboxRow.id) == mail)).one_or_none()
        if content is None:
            raise KeyError(mail)
        return content

    def by_sha256(self, sha256: str) -> InboxMail | None:
        """Return the mail of those bytes that is acted on (never a duplicate), or None."""
        statement = select(InboxRow).where(col(InboxRow.file_sha256) == sha256, col(InboxRow.same_as).is_(None))
        with reading(self._engine) as session:
            row = session.exec(statement).one_or_none()
            return _mail(row) if row else None

    def listing(self, outcome: MailOutcome | None = None, limit: int = 50) -> tuple[InboxMail, ...]:
        """Return mails, the newest first: of one outcome, or all."""
        statement = select(InboxRow).order_by(col(InboxRow.id).desc()).limit(limit)
        if outcome is not None:
            statement = statement.where(col(InboxRow.outcome) == outcome.value)
        with reading(self._engine) as session:
            return tuple(_mail(row) for row in session.exec(statement))

    def settled_since(self, outcome: MailOutcome, moment: datetime, limit: int) -> tuple[InboxMail, ...]:
        """Return mails of one final state that they have reached since then, the latest first."""
        wanted = select(InboxRow).where(col(InboxRow.outcome) == outcome.value, col(InboxRow.settled_at) >= moment)
        with reading(self._engine) as session:
            return tuple(
                _mail(row) for row in session.exec(wanted.order_by(col(InboxRow.settled_at).desc()).limit(limit))
            )

    def of_cycle(self, cycle: str) -> tuple[InboxMail, ...]:
        """Return the mails that were settled as belonging to a cycle, in the order they came."""
        statement = select(InboxRow).join(InboxCycleRow).where(col(InboxCycleRow.cycle) == cycle)
        with reading(self._engine) as session:
            return tuple(_mail(row) for row in session.exec(statement.order_by(col(InboxRow.id))))

    def untidied(self, account: str, folder: str, uid_validity: int) -> tuple[tuple[int, int], ...]:
        """Return (id, UID) of mails kept here and not yet moved or flagged on the server."""
        place = (account, folder, uid_validity)
        statement = select(InboxRow.id, InboxRow.uid).where(tuple_(*_PLACE[:3]) == place)
        with reading(self._engine) as session:
            rows = session.exec(statement.where(sql(UNTIDIED)).order_by(col(InboxRow.uid)))
            return tuple((mail, uid) for mail, uid in rows if mail is not None)

    def mark_server_done(self, mails: Iterable[int]) -> None:
        """Write down that these mails were moved or flagged on the server."""
        with writing(self._engine) as connection:
            connection.execute(update(InboxRow).where(col(InboxRow.id).in_(list(mails))).values(server_done=True))

    def counts(self) -> InboxCounts:
        """Return the proof that nothing is lost."""
        with reading(self._engine) as session:
            rows = session.exec(select(InboxRow.outcome, func.count()).group_by(col(InboxRow.outcome))).all()
        return InboxCounts.of(dict(rows))


def settle(connection: Connection, settlement: Settlement, at: datetime) -> None:
    """Give a mail its final state, inside a transaction.

    Raises:
        StaleCycle: it has one already, given by somebody else meanwhile.
    """
    ended = (
        update(InboxRow)
        .where(col(InboxRow.id) == settlement.mail, col(InboxRow.outcome).is_(None))
        .values(outcome=settlement.outcome.value, detail=settlement.detail, settled_at=at)
        .returning(col(InboxRow.id))
    )
    if settlement.error:
        ended = ended.values(error=settlement.error)
    if connection.execute(ended).scalar() is None:
        raise StaleCycle(f"Mail {settlement.mail} was settled by somebody else since it was read; nothing was written.")
    belongs = [{"inbox_id": settlement.mail, "cycle": cycle} for cycle in settlement.cycles]
    add_missing(connection, InboxCycleRow, belongs)


def _place(mail: KeptMail) -> tuple[Any, ...]:
    """Return where a mail lies on the server: account, folder, UIDVALIDITY, UID."""
    return (mail.account, mail.folder, mail.uid_validity, mail.uid)


def _present(connection: Connection, places: Iterable[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Return those of the places that have a row."""
    found = connection.execute(select(*_PLACE).where(tuple_(*_PLACE).in_(list(places))))
    return {tuple(row) for row in found}


def _added(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Add rows, leaving out those that break a unique key; return the places of those that were added."""
    if not rows:
        return set()
    added = insert_into(connection, InboxRow).on_conflict_do_nothing().returning(*_PLACE)
    return {tuple(row) for row in connection.execute(added, rows)}


def _new_row(mail: KeptMail, sha256: str, at: datetime) -> dict[str, Any]:
    """Return the row of a mail that has just come."""
    return {
        "account": mail.account,
        "folder": mail.folder,
        "uid_validity": mail.uid_validity,
        "uid": mail.uid,
        "file_sha256": sha256,
        "message_id": mail.message_id,
        # Of a mail too large only the header is here, and of one that vanished nothing: they are like no other.
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
    }


def _mail(row: InboxRow) -> InboxMail:
    """Return a mail from its row."""
    columns = row.model_dump(exclude={"file_sha256", "body_sha256"})
    outcome = None if row.outcome is None else MailOutcome(row.outcome)
    return InboxMail(**(columns | {"sha256": row.file_sha256 or "", "outcome": outcome}))
