"""What the ledger holds of one person, by the addresses and keys under which he is known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, or_, select

from mailbot.ledger.columns import table_of
from mailbot.ledger.door.rows import BoardLinkRow, BoardSessionRow
from mailbot.ledger.engine import reading
from mailbot.ledger.tables import FileRow, InboxRow, OutboxRow, SubmissionRow, VerdictRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.ledger import Ledger

_INBOX, _OUTBOX, _FILE, _SENT, _SAID = (
    table_of(kind).c for kind in (InboxRow, OutboxRow, FileRow, SubmissionRow, VerdictRow)
)
_LINK, _SESSION = (table_of(kind).c for kind in (BoardLinkRow, BoardSessionRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """One file of a person: when, which, and by what name it is told of."""

    at: datetime
    name: str
    sha256: str
    sealed: bool
    """It holds numbers like a NIK, likely those of others: it is named, and not handed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One time he was signed in to the board, or a link that he asked for and has not used."""

    at: datetime
    until: datetime
    network: str
    """From where; empty for a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPerson:
    """What is held of one person."""

    mails: tuple[HeldFile, ...]
    letters: tuple[HeldFile, ...]
    forms: tuple[HeldFile, ...]
    verdicts: tuple[tuple[datetime, str, str, str], ...]
    """When, cycle, row and word."""
    sign_ins: tuple[SignIn, ...]
    journal: tuple[JournalEntry, ...]

    @property
    def nothing(self) -> bool:
        """Say whether nothing is held."""
        return not (self.mails or self.letters or self.forms or self.verdicts or self.sign_ins or self.journal)


def of_person(ledger: Ledger, addresses: Collection[str], keys: Collection[str]) -> OfPerson:
    """Return what is held of whoever has these addresses, or stands under these keys in the list of people.

    Args:
        ledger: where it is held.
        addresses: in any case of letters.
        keys: of the list; none for somebody who is not on it.
    """
    own = sorted({address.casefold() for address in addresses})
    mails = select(_INBOX.received_at, _INBOX.id, _FILE.sha256, _FILE.sealed).join(
        table_of(FileRow), _INBOX.file_sha256 == _FILE.sha256
    )
    letters = select(_OUTBOX.queued_at, _OUTBOX.key, _FILE.sha256, _FILE.sealed).join(
        table_of(FileRow), _OUTBOX.file_sha256 == _FILE.sha256
    )
    forms = select(_SENT.received_at, _SENT.file_name, _FILE.sha256, _FILE.sealed).join(
        table_of(FileRow), _SENT.file_sha256 == _FILE.sha256
    )
    said = select(_SAID.given_at, _SAID.cycle, _SAID.step, _SAID.word)
    by_key = _OUTBOX.person.in_(sorted(keys))
    with reading(ledger.engine) as connection:
        return OfPerson(
            mails=_files(connection.execute(mails.where(func.lower(_INBOX.sender).in_(own)).order_by(_INBOX.id))),
            letters=_files(
                connection.execute(
                    letters.where(or_(func.lower(_OUTBOX.address).in_(own), by_key)).order_by(_OUTBOX.id)
                )
            ),
            forms=_files(connection.execute(forms.where(func.lower(_SENT.sender).in_(own)))),
            verdicts=tuple(
                (row[0], row[1], row[2], row[3])
                for row in connection.execute(said.where(func.lower(_SAID.address).in_(own)))
            ),
            sign_ins=_sign_ins(connection, own),
            journal=tuple(entry for entry in ledger.journal.read() if _names(entry, own, keys)),
        )


def _sign_ins(connection: Connection, own: Collection[str]) -> tuple[SignIn, ...]:
    """Return when somebody of these addresses was, is or may be signed in, the first one first."""
    sessions = select(_SESSION.made_at, _SESSION.ends_at, _SESSION.network).where(func.lower(_SESSION.address).in_(own))
    links = select(_LINK.made_at, _LINK.ends_at, literal("")).where(func.lower(_LINK.address).in_(own))
    found = [SignIn(at=row[0], until=row[1], network=row[2]) for row in connection.execute(sessions)]
    found += [SignIn(at=row[0], until=row[1], network=row[2]) for row in connection.execute(links)]
    return tuple(sorted(found, key=lambda one: (one.at, one.network)))


def _files(rows: Any) -> tuple[HeldFile, ...]:  # noqa: ANN401 - rows of a statement
    """Return files from rows of when, name, digest and seal."""
    return tuple(HeldFile(at=row[0], name=str(row[1]), sha256=row[2], sealed=row[3]) for row in rows)


def _names(entry: JournalEntry, addresses: Collection[str], keys: Collection[str]) -> bool:
    """Say whether a line is about a person: he acted, or one of his addresses stands in it."""
    told = [entry.line.actor.casefold(), *(value.casefold() for _, value in entry.line.detail)]
    return entry.line.actor in keys or any(address in text for address in addresses for text in told)


def everybody(ledger: Ledger, until: datetime) -> dict[str, tuple[int, int]]:
    """Return every address that the ledger knew at a moment, with how many mails it sent and letters it got."""
    wrote = select(func.lower(_INBOX.sender), func.count()).where(_INBOX.received_at <= until, _INBOX.sender != "")
    got = select(func.lower(_OUTBOX.address), func.count()).where(_OUTBOX.queued_at <= until)
    with reading(ledger.engine) as connection:
        sent = {row[0]: row[1] for row in connection.execute(wrote.group_by(func.lower(_INBOX.sender)))}
        taken = {row[0]: row[1] for row in connection.execute(got.group_by(func.lower(_OUTBOX.address)))}
    return {address: (sent.get(address, 0), taken.get(address, 0)) for address in sorted(sent.keys() | taken.keys())}


def sealed_files(ledger: Ledger, until: datetime) -> int:
    """Return how many files lay sealed at a moment."""
    with reading(ledger.engine) as connection:
        counted = select(func.count()).where(_FILE.sealed, _FILE.kept_at <= until, _FILE.size_bytes > 0)
        return int(connection.execute(counted).scalar_one())
