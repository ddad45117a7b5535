"""Looking at the outbox: which letter an answer belongs to and proves, what still waits, how much left in a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy import text as sql

from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.fetching import BYTES, as_kept
from mailbot.ledger.engine import reading, remembered
from mailbot.ledger.files_and_notes import HELD, MAIL, write_files
from mailbot.ledger.looking.counts import OutboxCounts
from mailbot.ledger.tables import MAY_CHANGE, FileRow, NoteRow, OutboxRow
from mailbot.ledger.values import HeldWhy, KeptFile, LetterState, OutboxLetter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from mailbot.ledger.values import Readdressed


NOT_OVER = (LetterState.QUEUED, LetterState.PUT_OFF, LetterState.IN_DOUBT)
"""What becomes of letters in these states hangs on the hour."""
WAITING = (LetterState.QUEUED, LetterState.PUT_OFF)
_A_MINUTE, _A_DAY = timedelta(minutes=1), timedelta(days=1)
_OF_THE_SENDER = frozenset({"phase", "claimed_by", "claimed_until", "told", "doubts"})
_TABLE = table_of(OutboxRow)
_OUTBOX, _FILE, _NOTE = _TABLE.c, table_of(FileRow).c, table_of(NoteRow).c
_WHOLE = select(*(column for column in _OUTBOX if column.name not in _OF_THE_SENDER))
_BY_KEY = _WHOLE.where(_OUTBOX.key == bindparam("key"))
_BY_MESSAGE_ID = _WHOLE.where(_OUTBOX.message_id.in_(bindparam("ids", expanding=True)))
_CONTENT = select(*BYTES).join(_TABLE, _OUTBOX.file_sha256 == _FILE.sha256).where(_OUTBOX.key == bindparam("key"))
_BY_STATE = select(_OUTBOX.state, func.count().label("letters")).group_by(_OUTBOX.state)
_ALL_HELD = select(_NOTE.value).where(_NOTE.name == HELD)
_FEW: tuple[Any, ...] = (_OUTBOX.id, _OUTBOX.key, _OUTBOX.cycle, _OUTBOX.state, _OUTBOX.held_why, _OUTBOX.due_at)
_NOT_OVER = select(*_FEW).where(sql(MAY_CHANGE)).order_by(_OUTBOX.id)
"""Asked for in every pass, whatever has left before: an index holds just these."""
_WAITING = _TABLE.alias("waiting")
_DUE = exists(_WAITING.c.id).where(
    sql(MAY_CHANGE), _WAITING.c.state.in_(WAITING), _WAITING.c.due_at <= bindparam("now")
)
_PACE = select(
    func.count().filter(_OUTBOX.sent_at >= bindparam("minute")).label("in_minute"),
    func.count().label("in_day"),
    _DUE.label("due"),
).where(_OUTBOX.sent_at >= bindparam("day"))
_ANSWERS = (
    select(_OUTBOX.due_at, _OUTBOX.address)
    .where(_OUTBOX.is_answer.is_(True), _OUTBOX.proved == bindparam("proved"), _OUTBOX.due_at >= bindparam("moment"))
    .order_by(_OUTBOX.due_at)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast letters leave."""

    in_minute: int
    """How many have left in the last minute."""
    in_day: int
    """How many have left in the last 24 hours."""
    due: bool
    """Whether one waits whose time to leave has come."""


class Letters:
    """The letters of the outbox, for reading."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def by_key(self, key: str) -> OutboxLetter | None:
        """Return the letter of that key, or None."""
        with reading(self._engine) as connection:
            return next(map(_letter, connection.execute(_BY_KEY, {"key": key})), None)

    def by_message_id(self, message_ids: Sequence[str]) -> OutboxLetter | None:
        """Return the letter a mail answers: that of the first Message-ID in the list that is ours, or None."""
        with reading(self._engine) as connection:
            rows = connection.execute(_BY_MESSAGE_ID, {"ids": list(message_ids)})
            found = tuple(map(_letter, rows))
        return min(found, key=lambda letter: message_ids.index(letter.message_id), default=None)

    def raw(self, key: str) -> bytes:
        """Return a letter's bytes.

        Raises:
            KeyError: there is no letter of that key.
        """
        with reading(self._engine) as connection:
            return as_kept(connection, _CONTENT, {"key": key}, key)

    def listing(self, state: LetterState | None = None, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters, the newest first: in one state, or all."""
        statement = _WHOLE.order_by(_OUTBOX.id.desc()).limit(limit)
        return self._read(statement if state is None else statement.where(_OUTBOX.state == state.value))

    def to_person(self, kind: str, person: str, since: datetime) -> tuple[OutboxLetter, ...]:
        """Return the letters of that kind to one person (its key) decided since then, the newest first."""
        to_him = _WHOLE.where(_OUTBOX.kind == kind, _OUTBOX.person == person, _OUTBOX.queued_at >= since)
        return self._read(to_him.order_by(_OUTBOX.id.desc()))

    def of_cycle(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return every letter of a cycle in the order they were decided."""
        return self._read(_WHOLE.where(_OUTBOX.cycle == cycle).order_by(_OUTBOX.id))

    def addressees(self, cycle: str) -> frozenset[str]:
        """Return the keys of everybody that letters of a cycle are to."""
        with reading(self._engine) as connection:
            people = select(_OUTBOX.person).where(_OUTBOX.cycle == cycle).distinct()
            return frozenset(connection.execute(people).scalars())

    def unsent(self, cycle: str) -> tuple[str, ...]:
        """Return the keys of a cycle's letters that have neither left nor been given up (`TimePassed.unsent`)."""
        unsent = (row for row in self._not_over() if row.cycle == cycle and row.state != LetterState.GIVEN_UP.value)
        return tuple(row.key for row in unsent)

    def never_left(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return a cycle's letters that were given up, and whose errand no later letter has done.

        The errand is the kind, the unit, and the word that is asked for: a letter to a second or mended address has the
        same. One that was withdrawn has none.
        """
        given_up = self._read(_WHOLE.where(_OUTBOX.state == LetterState.GIVEN_UP.value, _OUTBOX.cycle == cycle))
        lost = tuple(letter for letter in given_up if not letter.withdrawn)
        if not lost:
            return ()
        errand = (_OUTBOX.kind, _OUTBOX.unit, _OUTBOX.step, _OUTBOX.version, _OUTBOX.asked_sha256)
        left = select(_OUTBOX.id, *errand).where(_OUTBOX.cycle == cycle, _OUTBOX.state == LetterState.SENT.value)
        with reading(self._engine) as connection:
            done = {tuple(row): number for number, *row in connection.execute(left.order_by(_OUTBOX.id))}
        return tuple(letter for letter in lost if done.get(_errand(letter), 0) < letter.id)

    def astray(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return a cycle's letters that were given up, came back for good, or have not left yet, the oldest first."""
        came_back = and_(_OUTBOX.state == LetterState.SENT.value, _OUTBOX.bounce.startswith("5"))
        astray = or_(_OUTBOX.state.in_((*WAITING, LetterState.GIVEN_UP)), came_back)
        return self._read(_WHOLE.where(_OUTBOX.cycle == cycle, astray).order_by(_OUTBOX.id))

    def undelivered(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters given up whose failure no decision has noted yet (`Changes.told`), the oldest first."""
        return self._of(lambda row: row.state == LetterState.GIVEN_UP.value, limit)

    def doubted(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters of which nobody knows whether they have left, and that may yet go once more."""
        return self._of(lambda row: row.state == LetterState.IN_DOUBT.value, limit)

    def held_in_doubt(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters of which nobody knows whether they have left, and that wait for the operator's word."""
        return self._of(lambda row: row.held_why == HeldWhy.IN_DOUBT.value, limit)

    def due(self, now: datetime, states: Collection[LetterState] = NOT_OVER) -> bool:
        """Say whether a letter waits whose time has come: to leave, to be tried again, or to be in doubt no more."""
        return any(row.state in states and row.due_at <= now for row in self._not_over())

    def pace(self, now: datetime) -> Pace:
        """Return how many letters have left lately, and whether the next one may be due."""
        with reading(self._engine) as connection:
            row = connection.execute(_PACE, {"now": now, "minute": now - _A_MINUTE, "day": now - _A_DAY}).one()
            return Pace(in_minute=row.in_minute, in_day=row.in_day, due=bool(row.due))

    def answers_due(self, moment: datetime, *, proved: bool) -> tuple[tuple[datetime, str], ...]:
        """Return when answers to proved, or to unproved, mail are due from then on, left or not, and their address.

        The earliest comes first; those that are put off are among them.
        """
        with reading(self._engine) as connection:
            rows = connection.execute(_ANSWERS, {"proved": proved, "moment": moment})
            return tuple((row.due_at, row.address) for row in rows)

    def latest_answers(self, address: str, moment: datetime, limit: int, *, proved: bool) -> tuple[str, ...]:
        """Return the kinds of the latest answers to one address decided since then, the newest first.

        Only those to proved mail, or only those to mail that is not proved.
        """
        to_him = select(_OUTBOX.kind).where(_OUTBOX.address == address, _OUTBOX.queued_at >= moment)
        alike = to_him.where(_OUTBOX.is_answer.is_(True), _OUTBOX.proved.is_(proved))
        latest = alike.order_by(_OUTBOX.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(connection.execute(latest).scalars())

    def held(self) -> bool:
        """Say whether the whole outbox is held."""
        with reading(self._engine) as connection:
            return bool(connection.execute(_ALL_HELD).scalar())

    def counts(self) -> OutboxCounts:
        """Return how many letters stand where."""
        with reading(self._engine) as connection:
            rows = connection.execute(_BY_STATE).all()
            held = bool(connection.execute(_ALL_HELD).scalar())
        return OutboxCounts.of({row.state: row.letters for row in rows}, all_held=held)

    def _not_over(self) -> Sequence[Row[Any]]:
        """Return a few cells of every letter that something may still become of, the oldest first."""
        return remembered(self._engine, _NOT_OVER, lambda connection: connection.execute(_NOT_OVER).all())

    def _of(self, wanted: Callable[[Row[Any]], bool], limit: int) -> tuple[OutboxLetter, ...]:
        """Return those of the letters that are not over, whole; nothing is asked for where there is none."""
        numbers = [row.id for row in self._not_over() if wanted(row)][:limit]
        return self._read(_WHOLE.where(_OUTBOX.id.in_(numbers)).order_by(_OUTBOX.id)) if numbers else ()

    def _read(self, statement: Select[Any]) -> tuple[OutboxLetter, ...]:
        """Return the letters of a statement."""
        with reading(self._engine) as connection:
            return tuple(map(_letter, connection.execute(statement)))


def _errand(letter: OutboxLetter) -> tuple[str, str, str, int, str]:
    """Return what a letter was to bring about: its kind, unit, and the word that it asks for."""
    asks = letter.asks
    word = (asks.step.value, asks.version, asks.docx_sha256) if asks is not None else ("", 0, "")
    return letter.kind, letter.unit, *word


def _letter(row: Row[Any]) -> OutboxLetter:
    """Return a letter from its row."""
    cells = row._asdict()
    step, version, file = cells.pop("step"), cells.pop("version"), cells.pop("asked_sha256")
    why = cells.pop("held_why")
    return OutboxLetter(
        sha256=cells.pop("file_sha256"),
        state=LetterState(cells.pop("state")),
        held_why=HeldWhy(why) if why else None,
        asks=Asked(step=Step(step), version=version, docx_sha256=file) if step else None,
        **cells,
    )


_GIVEN_BACK = (LetterState.QUEUED.value, LetterState.PUT_OFF.value, LetterState.HELD.value)
_DOUBTFUL = update(_TABLE).where(
    _OUTBOX.message_id == bindparam("spoken_of"),
    or_(
        _OUTBOX.state == LetterState.IN_DOUBT.value,
        # It was handed over at least once, and given back for another try, or held.
        and_(_OUTBOX.state.in_(_GIVEN_BACK), _OUTBOX.tries > 0),
    ),
)


def mark_proved(connection: Connection, proved: Sequence[tuple[str, str]], at: datetime) -> None:
    """Write down, inside a transaction, that letters nobody was sure of have left: a mail that came speaks of them."""
    for message_id, evidence in proved:
        sent = {"state": LetterState.SENT.value, "reply": evidence, "sent_at": at}
        unclaimed = {"phase": "", "claimed_by": "", "claimed_until": None, "held_why": ""}
        connection.execute(_DOUBTFUL, {"spoken_of": message_id, **sent, **unclaimed})


def mark_told(connection: Connection, keys: Sequence[str]) -> None:
    """Write down, inside a transaction, that a decision has taken note of these letters' failure."""
    if keys:
        connection.execute(update(_TABLE).where(_OUTBOX.key.in_(keys)).values(told=True))


def mark_bounced(connection: Connection, bounces: Sequence[tuple[str, str]]) -> None:
    """Write down, inside a transaction, what delivery reports said of letters, by key."""
    for key, status in bounces:
        connection.execute(update(_TABLE).where(_OUTBOX.key == key).values(bounce=status))


_MAY_LEAVE_AGAIN = or_(
    _OUTBOX.state.not_in((LetterState.SENDING.value, LetterState.SENT.value)),
    and_(_OUTBOX.state == LetterState.SENT.value, _OUTBOX.bounce != ""),
)
_FROM_THE_BEGINNING: dict[str, Any] = {
    "state": LetterState.QUEUED.value,
    "tries": 0,
    "doubts": 0,
    "held_why": "",
    "reply": "",
    "sent_at": None,
    "last_error": "",
    "bounce": "",
    "told": False,
}


def queue_again(connection: Connection, letters: Sequence[Readdressed], at: datetime) -> None:
    """Queue letters that did not arrive once more, inside a transaction, due now and with the bytes they have now."""
    for letter in letters:
        (sha256,) = write_files(connection, [KeptFile(content=letter.raw, media_type=MAIL)], at)
        anew = {"address": letter.address, "file_sha256": sha256, "due_at": at, **_FROM_THE_BEGINNING}
        connection.execute(update(_TABLE).where(_OUTBOX.key == letter.key, _MAY_LEAVE_AGAIN).values(**anew))
