"""Mails and letters a page at a time, each with the beginning of its bytes, of one unit's people or of everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, Select, and_, bindparam, case, func, or_, select

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.fetching import BYTES, whole
from mailbot.ledger.engine import reading
from mailbot.ledger.tables import FileRow, InboxRow, OutboxRow, SubmissionRow
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Engine, Row

_IN, _OUT, _FILE = table_of(InboxRow), table_of(OutboxRow), table_of(FileRow)
_SENT = table_of(SubmissionRow).c
_HEAD_BYTES = 6000
"""So much of a mail holds its subject, as mail programs write them."""
_HEAD = case((_FILE.c.sealed, None), else_=func.substr(_FILE.c.content, 1, _HEAD_BYTES, type_=LargeBinary())).label(
    "head"
)
"""What lies sealed, for there stand numbers like a NIK in it, is not opened for the board."""
_SEALED = _FILE.c.sealed.label("sealed")
_MAIL = (
    *(_IN.c[name] for name in ("id", "received_at", "sender", "outcome", "detail", "message_id", "size_bytes")),
    *(_IN.c[name] for name in ("settled_at", "same_as", "error", "attempts", "truncated")),
    _IN.c.file_sha256.label("sha256"),
)
_LETTER = tuple(
    _OUT.c[name]
    for name in (
        *("id", "key", "kind", "cycle", "unit", "person", "address", "message_id", "is_answer", "number", "step"),
        *("queued_at", "due_at", "state", "sent_at", "last_error", "bounce", "held_why", "tries"),
    )
)

_LATEST = (func.coalesce(_OUT.c.sent_at, _OUT.c.due_at).desc(), _OUT.c.id.desc())
"""By the moment that lists show: when a letter left, else when it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose mails and letters are looked at, where not everybody's."""

    people: frozenset[str]
    """Keys of the people that letters are to."""
    addresses: frozenset[str]
    """Addresses that mails are from, in small letters."""
    units: frozenset[str]
    """What a letter may be about, and whose forms a mail may have brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSeen:
    """One mail in a list."""

    id: int
    received_at: datetime
    sender: str
    outcome: MailOutcome | None
    detail: str
    message_id: str
    size_bytes: int
    settled_at: datetime | None
    same_as: int | None
    error: str
    attempts: int
    truncated: bool
    sha256: str
    """Empty for a mail that vanished before it could be read."""
    sealed: bool = False
    head: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSeen:
    """One letter in a list."""

    id: int
    key: str
    kind: str
    cycle: str
    unit: str
    person: str
    address: str
    message_id: str
    is_answer: bool
    number: int
    step: str
    queued_at: datetime
    due_at: datetime
    state: LetterState
    sent_at: datetime | None
    last_error: str
    bounce: str
    held_why: str
    tries: int
    sealed: bool = False
    head: bytes = b""

    @property
    def waits(self) -> bool:
        """Say whether it has not left, and may leave yet."""
        return self.state in {LetterState.QUEUED, LetterState.PUT_OFF, LetterState.HELD, LetterState.IN_DOUBT}


class Boxes:
    """Inbox and outbox, for looking."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def mails(self, limit: int, offset: int = 0, whose: Whose | None = None) -> tuple[MailSeen, ...]:
        """Return mails, the newest first, copies left out; of some senders alone where that is said."""
        return self._mails(_of_senders(_MAILS, whose), most=limit, after=offset)

    def count_mails(self, whose: Whose | None = None) -> int:
        """Return how many `mails` knows."""
        return self._count(_of_senders(_HOW_MANY_MAILS, whose))

    def mail(self, number: int) -> MailSeen | None:
        """Return one mail, without its bytes; None: there is none of that number."""
        return next(iter(self._mails(_ONE_MAIL, number=number)), None)

    def letters(self, limit: int, offset: int = 0, whose: Whose | None = None) -> tuple[LetterSeen, ...]:
        """Return letters, those that leave last first; to some people alone where that is said."""
        wanted = _LETTERS if whose is None else _latest(_to_people(select(_OUT.c.id), whose))
        return self._letters(wanted, most=limit, after=offset)

    def count_letters(self, whose: Whose | None = None) -> int:
        """Return how many `letters` knows."""
        return self._count(_to_people(_HOW_MANY_LETTERS, whose))

    def letter(self, number: int) -> LetterSeen | None:
        """Return one letter; None: there is none of that number."""
        return next(iter(self._letters(_ONE_LETTER, number=number)), None)

    def letters_of(self, cycle: str, unit: str, limit: int, whose: Whose | None = None) -> tuple[LetterSeen, ...]:
        """Return the letters of a cycle about a unit, those that leave last first, so many at most."""
        wanted = _LETTERS_ABOUT if whose is None else _latest(_to_people(_ABOUT, whose))
        return self._letters(wanted, cycle=cycle, unit=unit, most=limit, after=0)

    def answers_to(self, message_id: str) -> tuple[LetterSeen, ...]:
        """Return the letters that were queued as answers to a mail: their head names it in `In-Reply-To`."""
        if not message_id:
            return ()
        mail = select(_IN.c.settled_at).where(_IN.c.message_id == message_id, _IN.c.same_as.is_(None))
        with reading(self._engine) as connection:
            settled = [at for at in connection.execute(mail).scalars() if at is not None]
        if not settled:
            return ()
        found = self._letters(_with_head().where(_OUT.c.queued_at.in_(settled), _OUT.c.is_answer.is_(True)))
        return tuple(letter for letter in found if message_id.encode() in letter.head)

    def units_brought(self, message_ids: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
        """Return, by Message-ID, the cycles and units of the forms that mails brought."""
        wanted = select(_SENT.message_id, _SENT.cycle, _SENT.unit).where(_SENT.message_id.in_(list(message_ids)))
        found: dict[str, frozenset[tuple[str, str]]] = {}
        with reading(self._engine) as connection:
            for message_id, cycle, unit in connection.execute(wanted):
                found[message_id] = found.get(message_id, frozenset()) | {(cycle, unit)}
        return found

    def file(self, sha256: str) -> tuple[str, bytes] | None:
        """Return a kept file's media type and bytes; None: it is not there, or lies sealed."""
        wanted: Select[Any] = select(_FILE.c.media_type, *BYTES).where(_FILE.c.sha256 == sha256, ~_FILE.c.sealed)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
            return (row.media_type, bytes(whole(connection, row, sha256))) if row is not None else None

    def there(self, digests: Collection[str]) -> frozenset[str]:
        """Return which of these files are kept still, and open."""
        wanted = select(_FILE.c.sha256).where(_FILE.c.sha256.in_(list(digests)), ~_FILE.c.sealed)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(wanted).scalars())

    def _mails(self, statement: Select[Any], **values: object) -> tuple[MailSeen, ...]:
        """Return the mails of a statement."""
        with reading(self._engine) as connection:
            return tuple(map(_mail, connection.execute(statement, values).all()))

    def _letters(self, statement: Select[Any], **values: object) -> tuple[LetterSeen, ...]:
        """Return the letters of a statement."""
        with reading(self._engine) as connection:
            return tuple(map(_letter, connection.execute(statement, values).all()))

    def _count(self, statement: Select[Any]) -> int:
        """Return the one number of a statement."""
        with reading(self._engine) as connection:
            return int(connection.execute(statement).scalar_one())


def _mails_with(*beside: ColumnElement[Any]) -> Select[Any]:
    """Return the question for mails, and whether their bytes lie sealed."""
    rows: Select[Any] = select(*_MAIL, _SEALED, *beside)
    return rows.join(_FILE, _FILE.c.sha256 == _IN.c.file_sha256, isouter=True)


def _with_head() -> Select[Any]:
    """Return the question for letters with the beginning of their bytes."""
    return select(*_LETTER, _HEAD, _SEALED).join(_FILE, _FILE.c.sha256 == _OUT.c.file_sha256)


def _latest(wanted: Select[Any]) -> Select[Any]:
    """Return the question for the latest of some letters, whose numbers another question finds.

    Which they are is found before their bytes are touched: there may be thousands.
    """
    found = wanted.order_by(*_LATEST).limit(bindparam("most")).offset(bindparam("after")).subquery()
    return _with_head().join(found, found.c.id == _OUT.c.id).order_by(*_LATEST)


def _of_senders(statement: Select[Any], whose: Whose | None) -> Select[Any]:
    """Ask for mails of these senders alone, and for none that brought another unit's form."""
    if whose is None:
        return statement
    others = select(_SENT.message_id).where(_SENT.unit.not_in(sorted(whose.units)))
    return statement.where(_IN.c.sender.in_(sorted(whose.addresses)), _IN.c.message_id.not_in(others))


def _to_people(statement: Select[Any], whose: Whose | None) -> Select[Any]:
    """Ask for letters to these people alone, about their units or none."""
    if whose is None:
        return statement
    about: ColumnElement[bool] = or_(_OUT.c.unit == "", _OUT.c.unit.in_(sorted(whose.units)))
    return statement.where(and_(_OUT.c.person.in_(sorted(whose.people)), about))


def _mail(row: Row[Any]) -> MailSeen:
    """Return a mail from its row."""
    told = row._asdict()
    told["outcome"] = MailOutcome(row.outcome) if row.outcome else None
    told["sha256"], told["sealed"] = row.sha256 or "", bool(row.sealed)
    told["head"] = bytes(told.get("head") or b"")
    return MailSeen(**told)


def _letter(row: Row[Any]) -> LetterSeen:
    """Return a letter from its row."""
    told = row._asdict()
    told["state"], told["head"] = LetterState(row.state), bytes(row.head or b"")
    return LetterSeen(**told)


# Said once, for the pages that are looked at most; those of a unit's people are made out of them.
_NEWEST_MAILS = _mails_with(_HEAD).where(_IN.c.same_as.is_(None)).order_by(_IN.c.id.desc())
_MAILS = _NEWEST_MAILS.limit(bindparam("most")).offset(bindparam("after"))
_HOW_MANY_MAILS = select(func.count()).select_from(_IN).where(_IN.c.same_as.is_(None))
_ONE_MAIL = _mails_with().where(_IN.c.id == bindparam("number"))
_LETTERS = _latest(select(_OUT.c.id))
_ABOUT = select(_OUT.c.id).where(_OUT.c.cycle == bindparam("cycle"), _OUT.c.unit == bindparam("unit"))
_LETTERS_ABOUT = _latest(_ABOUT)
_HOW_MANY_LETTERS = select(func.count()).select_from(_OUT)
_ONE_LETTER = _with_head().where(_OUT.c.id == bindparam("number"))
