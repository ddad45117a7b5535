"""Looking at the outbox: which letter an answer belongs to and proves, what still waits, how much left in a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, update
from sqlmodel import col, select

from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step
from mailbot.ledger.engine import reading
from mailbot.ledger.files_and_notes import HELD
from mailbot.ledger.tables import FileRow, NoteRow, OutboxRow
from mailbot.ledger.values import HeldWhy, LetterState, OutboxCounts, OutboxLetter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine
    from sqlmodel.sql.expression import SelectOfScalar


_OVER = (LetterState.SENT.value, LetterState.GIVEN_UP.value)
_NOT_OVER = (LetterState.QUEUED.value, LetterState.PUT_OFF.value, LetterState.IN_DOUBT.value)
_NO_FIELDS = {"file_sha256", "phase", "claimed_by", "claimed_until", "told", "step", "version"}
"""Columns that are the sender's own, or spelled in other fields."""


class Letters:
    """The letters of the outbox, for reading."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def by_key(self, key: str) -> OutboxLetter | None:
        """Return the letter of that key, or None."""
        return next(iter(self._read(select(OutboxRow).where(col(OutboxRow.key) == key))), None)

    def by_message_id(self, message_ids: Sequence[str]) -> OutboxLetter | None:
        """Return the letter a mail answers: that of the first Message-ID in the list that is ours, or None."""
        found = self._read(select(OutboxRow).where(col(OutboxRow.message_id).in_(message_ids)))
        return min(found, key=lambda letter: message_ids.index(letter.message_id), default=None)

    def raw(self, key: str) -> bytes:
        """Return a letter's bytes.

        Raises:
            KeyError: there is no letter of that key.
        """
        statement = select(FileRow.content).join(OutboxRow, col(OutboxRow.file_sha256) == col(FileRow.sha256))
        with reading(self._engine) as session:
            content = session.exec(statement.where(col(OutboxRow.key) == key)).one_or_none()
        if content is None:
            raise KeyError(key)
        return content

    def listing(self, state: LetterState | None = None, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters, the newest first: in one state, or all."""
        statement = select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(limit)
        return self._read(statement if state is None else statement.where(col(OutboxRow.state) == state.value))

    def to_person(self, kind: str, person: str, since: datetime) -> tuple[OutboxLetter, ...]:
        """Return the letters of that kind to one person (its key) decided since then, the newest first."""
        to_him = select(OutboxRow).where(col(OutboxRow.kind) == kind, col(OutboxRow.person) == person)
        return self._read(to_him.where(col(OutboxRow.queued_at) >= since).order_by(col(OutboxRow.id).desc()))

    def of_cycle(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return every letter of a cycle in the order they were decided."""
        return self._read(select(OutboxRow).where(col(OutboxRow.cycle) == cycle).order_by(col(OutboxRow.id)))

    def unsent(self, cycle: str) -> tuple[str, ...]:
        """Return the keys of a cycle's letters that have neither left nor been given up (`TimePassed.unsent`)."""
        statement = select(OutboxRow.key).where(col(OutboxRow.cycle) == cycle, col(OutboxRow.state).not_in(_OVER))
        with reading(self._engine) as session:
            return tuple(session.exec(statement.order_by(col(OutboxRow.id))))

    def undelivered(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters given up whose failure no decision has noted yet (`Changes.told`), the oldest first."""
        given_up = select(OutboxRow).where(col(OutboxRow.state) == LetterState.GIVEN_UP.value)
        return self._read(given_up.where(col(OutboxRow.told).is_(False)).order_by(col(OutboxRow.id)).limit(limit))

    def due(self, now: datetime) -> bool:
        """Say whether a letter waits whose time has come: to leave, to be tried again, or to be in doubt no more."""
        waits = col(OutboxRow.state).in_(_NOT_OVER)
        statement = select(OutboxRow.id).where(waits, col(OutboxRow.due_at) <= now).limit(1)
        with reading(self._engine) as session:
            return session.exec(statement).first() is not None

    def sent_since(self, moment: datetime) -> int:
        """Return how many letters have left since then (pacing by minute and day)."""
        with reading(self._engine) as session:
            return session.exec(select(func.count()).where(col(OutboxRow.sent_at) >= moment)).one()

    def answers_since(self, address: str, moment: datetime) -> int:
        """Return how many answers to one address were decided since then, whether they have left or not."""
        statement = select(func.count()).where(col(OutboxRow.address) == address, col(OutboxRow.queued_at) >= moment)
        with reading(self._engine) as session:
            return session.exec(statement.where(col(OutboxRow.is_answer).is_(True))).one()

    def answers_in_all_since(self, moment: datetime) -> int:
        """Return how many answers to whomever were decided since then, whether they have left or not."""
        statement = select(func.count()).where(col(OutboxRow.queued_at) >= moment)
        with reading(self._engine) as session:
            return session.exec(statement.where(col(OutboxRow.is_answer).is_(True))).one()

    def latest_answers(self, address: str, moment: datetime, limit: int) -> tuple[str, ...]:
        """Return the kinds of the latest answers to one address decided since then, the newest first."""
        statement = select(OutboxRow.kind).where(col(OutboxRow.address) == address, col(OutboxRow.queued_at) >= moment)
        latest = statement.where(col(OutboxRow.is_answer).is_(True)).order_by(col(OutboxRow.id).desc()).limit(limit)
        with reading(self._engine) as session:
            return tuple(session.exec(latest))

    def held(self) -> bool:
        """Say whether the whole outbox is held."""
        with reading(self._engine) as session:
            return bool(session.exec(select(NoteRow.value).where(col(NoteRow.name) == HELD)).one_or_none())

    def counts(self) -> OutboxCounts:
        """Return how many letters stand where."""
        with reading(self._engine) as session:
            rows = session.exec(select(OutboxRow.state, func.count()).group_by(col(OutboxRow.state))).all()
            held = bool(session.exec(select(NoteRow.value).where(col(NoteRow.name) == HELD)).one_or_none())
        return OutboxCounts.of(dict(rows), all_held=held)

    def _read(self, statement: SelectOfScalar[OutboxRow]) -> tuple[OutboxLetter, ...]:
        """Return the letters of a statement."""
        with reading(self._engine) as session:
            return tuple(_letter(row) for row in session.exec(statement))


def _letter(row: OutboxRow) -> OutboxLetter:
    """Return a letter from its row."""
    read = {
        "sha256": row.file_sha256,
        "state": LetterState(row.state),
        "held_why": HeldWhy(row.held_why) if row.held_why else None,
        "asks": Asked(step=Step(row.step), version=row.version) if row.step else None,
    }
    return OutboxLetter(**(row.model_dump(exclude=_NO_FIELDS) | read))


_GIVEN_BACK = (LetterState.QUEUED.value, LetterState.PUT_OFF.value, LetterState.HELD.value)


def mark_proved(connection: Connection, proved: Sequence[tuple[str, str]], at: datetime) -> None:
    """Write down, inside a transaction, that letters nobody was sure of have left: a mail that came speaks of them."""
    doubtful = or_(
        col(OutboxRow.state) == LetterState.IN_DOUBT.value,
        # It was handed over at least once, and given back for another try, or held.
        and_(col(OutboxRow.state).in_(_GIVEN_BACK), col(OutboxRow.tries) > 0),
    )
    for message_id, evidence in proved:
        sent = {"state": LetterState.SENT.value, "reply": evidence, "sent_at": at}
        unclaimed = {"phase": "", "claimed_by": "", "claimed_until": None, "held_why": ""}
        this = col(OutboxRow.message_id) == message_id
        connection.execute(update(OutboxRow).where(this, doubtful).values(**sent, **unclaimed))
