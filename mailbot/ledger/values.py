"""What crosses the ledger's door, as frozen values: mails kept, letters queued, and everything one decision writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.outcome import JournalLine, MailOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """One mail as it came off the server, to be kept byte for byte."""

    account: str
    """Name of our mailbox at its server, e.g. `laporan@imap.example.go.id`."""
    folder: str
    uid_validity: int
    uid: int
    received_at: datetime
    """INTERNALDATE, never the Date header, and never later than the look that found it."""
    raw: bytes
    message_id: str = ""
    size_bytes: int = 0
    """What the server states; differs from `len(raw)` on a truncated mail or a server that lies."""
    truncated: bool = False
    """Too large: `raw` is its header block alone."""
    sender: str = ""
    """The one address in From, in small letters, as the mail says of itself; empty if there is not exactly one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxMail:
    """One mail as the inbox knows it; its bytes are `inbox.raw(id)`."""

    id: int
    account: str
    folder: str
    uid_validity: int
    uid: int
    sha256: str
    """Of the raw bytes; empty for a mail that vanished before it could be read."""
    message_id: str
    size_bytes: int
    truncated: bool
    received_at: datetime
    kept_at: datetime
    attempts: int
    """How often work on it was begun."""
    outcome: MailOutcome | None
    """Its final state; None while it waits."""
    detail: str
    settled_at: datetime | None
    error: str
    """Traceback of the last attempt that failed."""
    same_as: int | None
    """For a duplicate: id of the mail with the same bytes that is acted on."""
    server_done: bool
    """It was moved or flagged on the server."""
    signed_by: str | None = None
    """Domain whose DKIM signature our own check found to hold; empty: none did; None: no check was made."""
    mended_sha256: str | None = None
    """Of the bytes that the operator has put in place of those that could not be read; they prove no sender."""
    pruned: bool = False
    """Its bytes, and who wrote it, were kept long enough and are gone."""


WITHDRAWN = "withdrawn"
"""Begins the reason of a letter that was given up because it was wanted no more."""


class LetterState(StrEnum):
    """Where a letter in the outbox stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Claimed by somebody who hands it over now."""
    SENT = "sent"
    PUT_OFF = "put_off"
    """Refused for now; tried again at `due_at`."""
    GIVEN_UP = "given_up"
    IN_DOUBT = "in_doubt"
    """The line broke after its first byte: it may have arrived. Looked at again at `due_at`."""
    HELD = "held"
    """Waits for the operator's word."""


class HeldWhy(StrEnum):
    """Why a letter is held."""

    BY_HAND = "by_hand"
    """The operator said so, before anything of it had left."""
    IN_DOUBT = "in_doubt"
    """Nobody knows whether it arrived, and it is of a kind that must not arrive twice, or the operator said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One letter to be queued, finished to the last byte; a known `key` is queued again only where it was withdrawn."""

    key: str
    kind: str
    person: str
    address: str
    message_id: str
    raw: bytes
    due_at: datetime
    """Not before this moment."""
    cycle: str = ""
    unit: str = ""
    is_answer: bool = False
    """It answers a mail, and counts against the address's answers of the day."""
    proved: bool = False
    """Who wrote the mail that it answers is proved; such answers have a budget of their own."""
    asks: Asked | None = None
    """The deciding word it asks for, if it asks for one; so, too, the next two, as `Letter` has them."""
    number: int = 0
    answers_mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLetter:
    """One letter as the outbox knows it; its bytes are `outbox.raw(key)`."""

    id: int
    key: str
    kind: str
    cycle: str
    unit: str
    person: str
    address: str
    message_id: str
    sha256: str
    is_answer: bool
    proved: bool
    queued_at: datetime
    due_at: datetime
    state: LetterState
    tries: int
    fence: int
    """How often it has been claimed; never counts anew."""
    reply: str
    """The server's words when it took the letter, or the evidence that it did."""
    sent_at: datetime | None
    last_error: str
    held_why: HeldWhy | None
    """Why it is held; None while it is not."""
    asks: Asked | None
    """The deciding word it asks for, if it asks for one; so, too, the next two, as `Letter` has them."""
    number: int
    answers_mail: str
    bounce: str
    """Status of the delivery report that came back for it, e.g. `5.1.1`."""

    @property
    def withdrawn(self) -> bool:
        """Say whether it was given up because nobody wanted it to leave any more."""
        return self.state is LetterState.GIVEN_UP and self.last_error.startswith(WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedLetter:
    """One letter in the hands of one sender until the lease ends; `fence` tells this claim from any later one."""

    id: int
    fence: int
    key: str
    kind: str
    cycle: str
    unit: str
    person: str
    address: str
    message_id: str
    raw: bytes
    queued_at: datetime
    tries: int
    """This try included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file to be kept by its digest."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The inbox tick: a mail has reached its final state."""

    mail: int
    """Its id in the inbox."""
    outcome: MailOutcome
    detail: str = ""
    cycles: tuple[str, ...] = ()
    """Keys of the cycles it belongs to, for the archive."""
    error: str = ""
    """Traceback, for SET_ASIDE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleChange:
    """A cycle as it was read and as it shall be; `before.version` 0 (or no `before`) means it is new."""

    before: Cycle | None
    after: Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Readdressed:
    """A letter that did not arrive, and leaves once more."""

    key: str
    address: str
    raw: bytes
    """As it leaves now; its Message-ID is the former."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything one decision writes; `ledger.commit` writes all of it or nothing (R2)."""

    at: datetime
    cycles: tuple[CycleChange, ...] = ()
    letters: tuple[Outgoing, ...] = ()
    journal: tuple[tuple[str, JournalLine], ...] = ()
    """Each with the key of the cycle it is about, or an empty string."""
    files: tuple[KeptFile, ...] = ()
    settled: tuple[Settlement, ...] = ()
    told: tuple[str, ...] = ()
    """Keys of letters given up whose `LetterUndelivered` is decided herewith."""
    proved: tuple[tuple[str, str], ...] = ()
    """Message-ID of a letter that must have left, and the evidence: an answer to it, or a report about it."""
    bounces: tuple[tuple[str, str], ...] = ()
    """Key of a letter and status of the delivery report that came back for it."""
    readdressed: tuple[Readdressed, ...] = ()
    """Letters that leave once more; one that is leaving at this moment, or has left and not come back, stays."""
    notes: tuple[tuple[str, str], ...] = ()
    """Small values of the machinery's own, by name."""
    held: tuple[str, ...] = ()
    """SHA-256 of mails and files that hold numbers like a NIK: they are sealed, and so are these letters."""
    destroyed: tuple[str, ...] = ()
    """SHA-256 of mails of which nothing is to be left but that they came: see `personal.destroying`."""
    claims: tuple[tuple[str, str], ...] = ()
    """Notes that must not be there yet with another value, such as a letter number and the letter that bears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What a commit came to."""

    cycles: tuple[Cycle, ...]
    """The cycles as they now stand, versions included, in the order they were given."""
    queued: tuple[str, ...]
    """Keys of the letters that are new in the outbox."""
    known: tuple[str, ...]
    """Keys that had been there before; those letters were left as they were."""
