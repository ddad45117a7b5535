"""The outbox: the only way out (R3), one letter at a time, each claimed, handed over and marked in commits of its own.

    queued ──claim──> sending(connect) ──mark_data──> sending(data) ──mark_sent──> sent
    put_off ─claim─┘        │                               │
                            ├─ put_off (4xx): due again by `next_try`, without stopping any other letter
                            ├─ give_up (5xx, or five days over): the core is told, then `told`
                            ├─ put_back: the server could not be reached; this try is not counted
                            └─ doubt: cut in phase data ──> in_doubt ──resolve──> queued once, the same bytes; else held

A claim is a conditional UPDATE with a lease and a fencing number: two claimants never get the same letter, and whoever
lost his claim can no longer mark it. `recover` takes back what a dead sender left: in phase connect it cannot have been
handed over and is queued again; in phase data it may have been, and is in doubt.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select, update

from mailbot.ledger.columns import adding, table_of
from mailbot.ledger.elsewhere.fetching import CONTENT, as_kept
from mailbot.ledger.engine import writing
from mailbot.ledger.files_and_notes import HELD, MAIL, write_files, write_notes
from mailbot.ledger.tables import NoteRow, OutboxRow
from mailbot.ledger.values import WITHDRAWN, ClaimedLetter, HeldWhy, KeptFile, LetterState, Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Row
    from sqlalchemy.sql.dml import ReturningUpdate

FIRST_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
LATER_PAUSE = timedelta(hours=4)
MOST_DOUBTS = 2
"""A letter in doubt is repeated once; in doubt again, it waits for somebody who looks."""
LONGEST = timedelta(days=5)
"""After this long a letter is given up and the operator told (Postfix's maximal_queue_lifetime)."""
CONNECT, DATA = "connect", "data"
_WAITING = (LetterState.QUEUED.value, LetterState.PUT_OFF.value)
_LEAVING_OR_LEFT = (LetterState.SENDING.value, LetterState.SENT.value)
_ANEW: dict[str, Any] = {"state": LetterState.QUEUED.value, "tries": 0, "doubts": 0, "held_why": ""}
_AS_IT_SAYS = (
    *("key", "kind", "cycle", "unit", "person", "address", "message_id", "is_answer", "proved", "number"),
    *("answers_mail", "due_at"),
)
_NO_CLAIM = {"phase": "", "claimed_by": "", "claimed_until": None}
_TABLE = table_of(OutboxRow)
_OUTBOX, _NOTE = _TABLE.c, table_of(NoteRow).c
_HELD_ALL = select(_NOTE.name).where(_NOTE.name == HELD, _NOTE.value != "").exists()
MACHINERY = ("morning", "alarm", "set_aside")  # kinds that speak of the machine: what a cycle says leaves before them
_DUE_FIRST = (
    select(_OUTBOX.id)
    .where(_OUTBOX.state.in_(_WAITING), _OUTBOX.due_at <= bindparam("now"), ~_HELD_ALL)
    .order_by(case((_OUTBOX.kind.in_(MACHINERY), 1), else_=0), _OUTBOX.due_at, _OUTBOX.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(_TABLE)
    .where(_OUTBOX.id == _DUE_FIRST.scalar_subquery())
    .values(
        state=LetterState.SENDING.value,
        phase=CONNECT,
        claimed_by=bindparam("who"),
        claimed_until=bindparam("until"),
        fence=_OUTBOX.fence + 1,
        tries=_OUTBOX.tries + 1,
    )
    .returning(*_OUTBOX)
)
_WITHDRAWN = and_(_OUTBOX.state == LetterState.GIVEN_UP.value, _OUTBOX.last_error.startswith(WITHDRAWN))
_KNOWN = select(_OUTBOX.key, _WITHDRAWN).where(_OUTBOX.key.in_(bindparam("keys", expanding=True)))
_CLAIMED = and_(
    _OUTBOX.id == bindparam("claimed"),
    _OUTBOX.state == LetterState.SENDING.value,
    _OUTBOX.fence == bindparam("by_fence"),
)
"""This very claim still stands."""
_OURS = update(_TABLE).where(_CLAIMED).returning(_OUTBOX.id)
_NOBODY_ELSES = (
    update(_TABLE)
    .where(_OUTBOX.id == bindparam("claimed"), or_(_CLAIMED, _OUTBOX.state.not_in(_LEAVING_OR_LEFT)))
    .returning(_OUTBOX.id)
)
"""Statements put together once: they are asked with every letter, and making one costs more than running it."""


def next_try(tries: int) -> timedelta | None:
    """Return the pause after the `tries`-th refusal for now: 1, 5, 15, 60 minutes, then 4 hours; None: give it up."""
    if tries <= len(FIRST_PAUSES):
        return FIRST_PAUSES[tries - 1]
    waited = sum(FIRST_PAUSES, start=timedelta()) + LATER_PAUSE * (tries - len(FIRST_PAUSES))
    return LATER_PAUSE if waited <= LONGEST else None


class Outbox:
    """What leaves. `commit` queues letters; everything else that happens to them is here; `letters` looks at them."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def claim_due(self, now: datetime, who: str, lease: timedelta) -> ClaimedLetter | None:
        """Take the letter that is due first, the machinery's after all others; None if nothing is due.

        `who` is the same after a restart, so that `recover` takes back its own at once; `lease` is longer than handing
        over one letter may take. Raises `FileSpoilt`, `of` its key, and claims nothing, where its bytes have changed.
        """
        asked = {"now": now, "who": who, "until": now + lease}
        with writing(self._engine) as connection:
            rows: list[Row[Any]] = list(connection.execute(_CLAIM, asked))
            return _claimed(connection, rows[0]) if rows else None

    def mark_data(self, letter: ClaimedLetter) -> bool:
        """Write down that the next byte sent is the letter's own. False: the claim was lost, send nothing."""
        return self._mark(letter, phase=DATA)

    def mark_sent(self, letter: ClaimedLetter, reply: str, at: datetime) -> bool:
        """Write down the server's 250, whatever became of the claim meanwhile.

        False: somebody else is handing it over at this moment or has done so, and there are two copies on the way.
        """
        sent = {"state": LetterState.SENT.value, "reply": reply, "sent_at": at, "held_why": "", **_NO_CLAIM}
        return self._mark_as(_NOBODY_ELSES, letter, **sent)

    def put_off(self, letter: ClaimedLetter, next_at: datetime, error: str) -> bool:
        """Write down a refusal for now; the letter is due again at `next_at`. False: the claim was lost."""
        return self._mark(letter, state=LetterState.PUT_OFF.value, due_at=next_at, last_error=error, **_NO_CLAIM)

    def put_back(self, letter: ClaimedLetter, error: str, due_at: datetime | None = None) -> bool:
        """Undo the claim, try included: the server could not be reached, which says nothing about this letter.

        It is due again at `due_at`, else at once: then whoever calls must pause the account. False: the claim was lost.
        """
        uncounted = _OURS.values(tries=_OUTBOX.tries - 1, due_at=due_at or _OUTBOX.due_at)
        return self._mark_as(uncounted, letter, state=LetterState.QUEUED.value, last_error=error, **_NO_CLAIM)

    def give_up(self, letter: ClaimedLetter, error: str, *, told: bool = False) -> bool:
        """Write down that it never leaves; unless `told`, it is `undelivered` until a decision has taken note of it."""
        return self._mark(letter, state=LetterState.GIVEN_UP.value, told=told, last_error=error, **_NO_CLAIM)

    def doubt(self, letter: ClaimedLetter, resolve_at: datetime, error: str) -> bool:
        """Write down that the line broke after the first byte; without evidence, `resolve` takes it at `resolve_at`."""
        doubted = {"state": LetterState.IN_DOUBT.value, "due_at": resolve_at, "last_error": error, **_NO_CLAIM}
        return self._mark_as(_OURS.values(doubts=_OUTBOX.doubts + 1), letter, **doubted)

    def found(self, message_id: str, evidence: str, at: datetime) -> bool:
        """Mark a letter as sent because a copy, a delivery report or an answer proves it, so that it is not sent again.

        False: that was known, or it is being handed over, or no letter has this Message-ID.
        """
        open_still = and_(_OUTBOX.message_id == message_id, _OUTBOX.state.not_in(_LEAVING_OR_LEFT))
        sent = {"state": LetterState.SENT.value, "reply": evidence, "sent_at": at, "held_why": ""}
        return self._change(open_still, **sent) == 1

    def resolve(self, now: datetime, hold_kinds: Iterable[str] = ()) -> int:
        """Queue again, byte for byte, every letter in doubt whose wait is over, once; return how many.

        Those repeated before, and those of `hold_kinds` (the report to Bappeda), are held for the operator instead.
        """
        waited = and_(_OUTBOX.state == LetterState.IN_DOUBT.value, _OUTBOX.due_at <= now)
        hold = or_(_OUTBOX.kind.in_(list(hold_kinds)), _OUTBOX.doubts >= MOST_DOUBTS)
        state = case((hold, LetterState.HELD.value), else_=LetterState.QUEUED.value)
        why = case((hold, HeldWhy.IN_DOUBT.value), else_="")
        resolved = update(_TABLE).where(waited).values(state=state, held_why=why).returning(_OUTBOX.state)
        with writing(self._engine) as connection:
            return list(connection.execute(resolved).scalars()).count(LetterState.QUEUED.value)

    def recover(self, now: datetime, doubt_wait: timedelta, who: str = "", *, everybody: bool = False) -> int:
        """Take back letters whose sender is dead: its lease is over, or it was `who`, who has just started anew.

        With `everybody` it was anybody. Evidence of a letter whose first byte had left is sought during `doubt_wait`.
        """
        dead = or_(_OUTBOX.claimed_until <= now, *((_OUTBOX.claimed_by == who,) if who else ()))
        left = and_(_OUTBOX.state == LetterState.SENDING.value, *([] if everybody else [dead]))
        died = {"last_error": "the sender died while it had this letter", **_NO_CLAIM}
        doubt = {"state": LetterState.IN_DOUBT.value, "due_at": now + doubt_wait, **died}
        in_doubt = self._change(and_(left, _OUTBOX.phase == DATA), doubts=_OUTBOX.doubts + 1, **doubt)
        return in_doubt + self._change(and_(left, _OUTBOX.phase == CONNECT), state=LetterState.QUEUED.value, **died)

    def hold_all(self) -> None:
        """Let nothing leave until `release_all`: the big red button. What is being handed over now is finished."""
        with writing(self._engine) as connection:
            write_notes(connection, [(HELD, "yes")])

    def release_all(self) -> None:
        """Let letters leave again; those held one by one stay held."""
        with writing(self._engine) as connection:
            write_notes(connection, [(HELD, "")])

    def hold(self, key: str) -> bool:
        """Hold one letter that has not left. False: there is none such, or it is not waiting."""
        waiting = _OUTBOX.state.in_((*_WAITING, LetterState.IN_DOUBT.value))
        why = case((_OUTBOX.state == LetterState.IN_DOUBT.value, HeldWhy.IN_DOUBT.value), else_=HeldWhy.BY_HAND.value)
        return self._change(and_(_OUTBOX.key == key, waiting), state=LetterState.HELD.value, held_why=why) == 1

    def wait(self, key: str, until: datetime, why: str) -> bool:
        """Put off a letter that nobody has claimed. False: it does not wait."""
        later = {"state": LetterState.PUT_OFF.value, "due_at": until, "last_error": why}
        return self._change(and_(_OUTBOX.key == key, _OUTBOX.state.in_(_WAITING)), **later) == 1

    def release(self, key: str) -> bool:
        """Let one held letter go its way, due when it was. False: it is not held by itself."""
        held = and_(_OUTBOX.key == key, _OUTBOX.state == LetterState.HELD.value)
        return self._change(held, state=LetterState.QUEUED.value, held_why="") == 1

    def retry(self, key: str, now: datetime) -> bool:
        """Queue a letter again, due now, its tries forgotten. False: it was sent, is being sent, or there is none."""
        return self._change(and_(_OUTBOX.key == key, _OUTBOX.state.not_in(_LEAVING_OR_LEFT)), due_at=now, **_ANEW) == 1

    def withdraw(self, cycle: str, why: str, besides: str) -> int:
        """Give up every letter of a cycle that still waits, but for one kind; return how many there were."""
        waits = and_(_OUTBOX.cycle == cycle, _OUTBOX.kind != besides, _OUTBOX.state.in_((*_WAITING, "held")))
        return self._change(waits, state=LetterState.GIVEN_UP.value, told=True, last_error=why)

    def _mark(self, letter: ClaimedLetter, **values: Any) -> bool:  # noqa: ANN401 - cells of several types
        return self._mark_as(_OURS, letter, **values)

    def _mark_as(self, statement: ReturningUpdate[Any], letter: ClaimedLetter, **values: Any) -> bool:  # noqa: ANN401 - as above
        """Change a letter in one commit, if the statement's condition holds."""
        with writing(self._engine) as connection:
            marked = connection.execute(statement, {"claimed": letter.id, "by_fence": letter.fence, **values})
            return marked.scalar() is not None

    def _change(self, condition: ColumnElement[bool], **values: Any) -> int:  # noqa: ANN401 - cells of several types
        """Change the letters of a condition in one commit; return how many there were."""
        changed = update(_TABLE).where(condition).values(**values).returning(_OUTBOX.id)
        with writing(self._engine) as connection:
            return len(connection.execute(changed).all())


def queue(connection: Connection, letters: Sequence[Outgoing], at: datetime) -> tuple[list[str], list[str]]:
    """Add letters whose key is new, inside a transaction; return the keys that are new and those that were known.

    One that was withdrawn before it left, and is decided anew, is as good as new.
    """
    if not (keys := [letter.key for letter in letters]):
        return [], []
    known: dict[str, bool] = dict(row[:] for row in connection.execute(_KNOWN, {"keys": keys}))
    new: list[str] = []
    for letter in letters:
        if known.get(letter.key, True):
            (sha256,) = write_files(connection, [KeptFile(content=letter.raw, media_type=MAIL)], at)
            row = _row(letter, sha256, at)
            # Somebody else may have queued it since we looked.
            ours = adding(connection.dialect.name, OutboxRow, ("key",), unless=("key",))
            taken = _taken_back(connection, row) if letter.key in known else connection.execute(ours, row).scalars()
            new.extend(taken)
            known[letter.key] = False
    return new, [key for key in keys if key not in new]


def _taken_back(connection: Connection, row: dict[str, Any]) -> Sequence[str]:
    """Queue a letter again that was withdrawn; its claims and doubts are not forgotten. Return its key, if it was."""
    anew = {name: cell for name, cell in row.items() if name not in {"key", "fence", "doubts"}}
    withdrawn = update(_TABLE).where(_OUTBOX.key == row["key"], _WITHDRAWN)
    return connection.execute(withdrawn.values(**anew).returning(_OUTBOX.key)).scalars().all()


def _row(letter: Outgoing, sha256: str, at: datetime) -> dict[str, Any]:
    """Return the row of a letter that has just been decided."""
    return {
        **{name: getattr(letter, name) for name in _AS_IT_SAYS},
        "file_sha256": sha256,
        "step": letter.asks.step.value if letter.asks is not None else "",
        "version": letter.asks.version if letter.asks is not None else 0,
        "asked_sha256": letter.asks.docx_sha256 if letter.asks is not None else "",
        "queued_at": at,
        **_ANEW,
        **_NO_CLAIM,
        "fence": 0,
        "reply": "",
        "sent_at": None,
        "last_error": "",
        "bounce": "",
        "told": False,
    }


def _claimed(connection: Connection, row: Row[Any]) -> ClaimedLetter:
    """Return a claimed letter with its bytes."""
    return ClaimedLetter(
        id=row.id,
        fence=row.fence,
        key=row.key,
        kind=row.kind,
        cycle=row.cycle,
        unit=row.unit,
        person=row.person,
        address=row.address,
        message_id=row.message_id,
        raw=as_kept(connection, CONTENT, {"sha256": row.file_sha256}, row.key),
        queued_at=row.queued_at,
        tries=row.tries,
    )
