"""The server's side of the books: what each folder has shown us, look by look, beside which the inbox is held.

A row of `look` is one folder under one UIDVALIDITY. `shown` only ever grows: every UID the server has listed there. It
is written before anything is fetched, and by nobody who writes the inbox, so that the two can disagree.

A look is good if the server listed the folder whole. Only good looks tell that a mail is gone, and only two of them,
apart in time: a server that stumbles shows less than it holds. What nobody listed was not read, and is not empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, func, select, tuple_, update

from mailbot.ledger.arrivals import INBOX, PLACE
from mailbot.ledger.columns import parts_of, put, table_of
from mailbot.ledger.engine import reading, remembered, writing
from mailbot.ledger.looking.absence import absence_after, absence_before
from mailbot.ledger.looking.looked import Compared, Look, Moment
from mailbot.ledger.looking.uid_sets import size_of, uid_set, uids_of, united
from mailbot.ledger.tables import InboxSizeRow, LookRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from sqlalchemy import Engine

    from mailbot.ledger.inbox import Place
    from mailbot.ledger.looking.absence import Absence
    from mailbot.ledger.looking.looked import Listed


_PLACE = ("account", "folder", "uid_validity")
_TABLE = table_of(LookRow)
_OF_LOOK, _SIZE = _TABLE.c, table_of(InboxSizeRow).c
_FEW: list[Any] = [_OF_LOOK[name] for name in ("account", "folder", "read_at", "shown", "overdue")]
_UNWORKED: Any = select(func.min(INBOX.received_at)).where(INBOX.outcome.is_(None)).scalar_subquery()
_GLANCE: Any = select(*_FEW, select(_SIZE.mails).scalar_subquery().label("mails"), _UNWORKED.label("unworked"))
_LOOK = select(*_OF_LOOK).where(*(_OF_LOOK[name] == bindparam(name) for name in _PLACE))
_ROWS = select(INBOX.uid, INBOX.file_sha256.is_(None).label("vanished"))
_KNOWN = _ROWS.where(*(INBOX[name] == bindparam(name) for name in _PLACE))

_BEFORE = timedelta(microseconds=1)


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What this process knows of a place since its last look there."""

    known: set[int]
    """UIDs that have a row in the inbox; a row once there stays."""
    vanished: frozenset[int] = frozenset()
    """Of those, the ones without bytes: shown again, they are wanted after all."""
    waiting: frozenset[int]
    """UIDs that were shown and had no row then."""
    uids: tuple[int, ...] = ()
    uid_next: int = 0
    shown: str = ""
    held: str = ""

    def is_the_same(self, listed: Listed) -> bool:
        """Say whether a folder shows what it showed then, all of which had its row."""
        return not self.waiting and listed.uid_next <= self.uid_next and listed.uids == self.uids


def _having_rows(connection: Connection, place: Place, uids: AbstractSet[int]) -> dict[int, bool]:
    """Return which of these UIDs of a place have a row in the inbox, and whether that is of a vanished mail."""
    found: dict[int, bool] = {}
    for some in parts_of(sorted(uids)):
        rows = _ROWS.where(tuple_(*PLACE[:3]) == place, INBOX.uid.in_(some))
        found.update((row.uid, row.vanished) for row in connection.execute(rows))
    return found


class Looks:
    """What the servers showed, and the inbox's own count of it."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine
        self._memory: dict[Place, _Memory] = {}

    def compare(self, place: Place, listed: Listed, at: datetime) -> Compared:
        """Hold what a folder shows against the inbox and the look before, and write it down.

        What an earlier look of this process found stays in mind, so that a folder in which nothing has changed costs
        one statement, however many mails it was ever shown with.

        Args:
            place: account, folder, UIDVALIDITY.
            listed: every UID the folder holds, and the UIDNEXT the server told with them.
            at: the moment the server was asked; where the inbox lacks nothing, the folder is read whole up to then.
        """
        memory = self._memory.get(place)
        same = listed.whole and memory is not None and memory.is_the_same(listed)
        if same and memory is not None and self._looked_again(place, memory, at):
            return Compared()
        with writing(self._engine) as connection:
            former = connection.execute(_LOOK, dict(zip(_PLACE, place, strict=True))).first()
            stood = _recalled(connection, place, memory, former.shown if former is not None else "")
            held = frozenset(listed.uids)
            asked = ((held | stood.waiting) - stood.known) | (held & stood.vanished)
            rows = _having_rows(connection, place, asked)
            vanished = (stood.vanished | rows.keys()) - {uid for uid, gone in rows.items() if not gone}
            known = stood.known | rows.keys()
            settled = known - (held & vanished)
            missing, wanted = stood.waiting - settled, held - settled
            absence = absence_after(former, missing - held, at) if listed.whole else absence_before(former)
            now = _Memory(
                known=known,
                vanished=frozenset(vanished),
                waiting=missing | wanted,
                uids=listed.uids,
                uid_next=max(listed.uid_next, former.uid_next if former is not None else 0),
                shown=united(stood.shown, listed.uids),
                held=uid_set(held),
            )
            put(connection, LookRow, _PLACE, [_row(place, now, missing & held, absence, _Times(listed, former, at))])
        self._memory[place] = now
        return Compared(wanted=tuple(sorted(wanted)), gone=tuple(sorted(absence.gone)))

    def read_whole(self, place: Place, at: datetime) -> None:
        """Write down that all that the look of that moment had shown has been kept."""
        found = tuple_(*(_OF_LOOK[name] for name in _PLACE)) == place
        of_then = (_OF_LOOK.looked_at == at, _OF_LOOK.absent == "")
        with writing(self._engine) as connection:
            connection.execute(update(_TABLE).where(found, *of_then).values(read_at=at))

    def _looked_again(self, place: Place, memory: _Memory, at: datetime) -> bool:
        """Write down that a folder shows the same; False if somebody else has written another look meanwhile."""
        same = update(_TABLE).where(
            tuple_(*(_OF_LOOK[name] for name in _PLACE)) == place,
            _OF_LOOK.shown == memory.shown,
            _OF_LOOK.held == memory.held,
            _OF_LOOK.overdue == "",
            _OF_LOOK.absent == "",
        )
        with writing(self._engine) as connection:
            return (
                connection.execute(same.values(looked_at=at, read_at=at).returning(_OF_LOOK.folder)).first() is not None
            )

    def is_new(self, place: Place) -> bool:
        """Say whether a folder was never looked at under this UIDVALIDITY."""
        return place not in self._memory and self.at(place) is None

    def at(self, place: Place) -> Look | None:
        """Return the last look at a place, or None."""
        with reading(self._engine) as connection:
            row = connection.execute(_LOOK, dict(zip(_PLACE, place, strict=True))).first()
            return None if row is None else _look(row)

    def all(self) -> tuple[Look, ...]:
        """Return every look, by account and folder, the latest UIDVALIDITY of a folder last."""
        order = (_OF_LOOK[name] for name in ("account", "folder", "looked_at", "uid_validity"))
        with reading(self._engine) as connection:
            return tuple(map(_look, connection.execute(select(*_OF_LOOK).order_by(*order))))

    def moments(self) -> tuple[Moment, ...]:
        """Return up to when each folder was read whole, and nothing else of it."""
        return tuple(
            Moment(account=look.account, folder=look.folder, read_at=look.read_at) for look in self._at_a_glance()
        )

    def heard_until(self, folders: Iterable[tuple[str, str]]) -> datetime | None:
        """Return up to when every mail has been read and worked that came into these folders (account, name).

        Whoever is silent after that moment may have spoken. None where a folder was never read whole, or none is named.
        """
        looks = self._at_a_glance()
        read: list[datetime] = []
        for account, folder in folders:
            whole = [
                look.read_at for look in looks if (look.account, look.folder) == (account, folder) and look.read_at
            ]
            if not whole:
                return None
            read.append(max(whole))
        unworked = [look.unworked - _BEFORE for look in looks[:1] if look.unworked is not None]
        return min((*read, *unworked), default=None)

    def in_balance(self) -> bool:
        """Say whether the inbox has as many rows as UIDs were ever shown, and nothing is overdue.

        Two numbers, whatever the inbox has grown to. One mail too many and one too few would hide each other here, but
        the one that lacks is overdue at the next look.
        """
        shown = [(look.shown, look.overdue, look.mails) for look in self._at_a_glance()]
        mails = shown[0][2] if shown else 0
        return not any(overdue for _, overdue, _ in shown) and mails == sum(size_of(uids) for uids, _, _ in shown)

    def _at_a_glance(self) -> Sequence[Row[Any]]:
        """Return a few cells of every look, and beside each the number of rows in the inbox."""
        return remembered(self._engine, _GLANCE, lambda connection: connection.execute(_GLANCE).all())


def _recalled(connection: Connection, place: Place, memory: _Memory | None, shown: str) -> _Memory:
    """Return what is known of a place: what this process remembers, unless another has looked there meanwhile."""
    if memory is not None and memory.shown == shown:
        return memory
    rows = connection.execute(_KNOWN, dict(zip(_PLACE, place, strict=True))).all()
    known = {row.uid for row in rows}
    vanished = frozenset(row.uid for row in rows if row.vanished)
    return _Memory(known=known, vanished=vanished, waiting=uids_of(shown) - known, shown=shown)


class _Times:
    """The moments of a look: one that is not whole leaves them as they were."""

    def __init__(self, listed: Listed, former: Row[Any] | None, at: datetime) -> None:
        """Take the look, and the row of the one before."""
        self.first_at = former.first_at if former is not None else at
        self.first_uid_next = former.first_uid_next if former is not None else listed.uid_next
        good = listed.whole or former is None
        self.looked_at = at if good else former.looked_at  # type: ignore[union-attr]  # there is a former one here
        self.read_at = former.read_at if former is not None else None
        self.whole, self.at = listed.whole, at


def _row(place: Place, now: _Memory, overdue: AbstractSet[int], absence: Absence, times: _Times) -> dict[str, Any]:
    """Return the row of a look; where nothing is wanted and nothing absent, all of it is kept."""
    kept = times.whole and not now.waiting
    return {
        **dict(zip(_PLACE, place, strict=True)),
        "first_at": times.first_at,
        "looked_at": times.looked_at,
        "read_at": times.at if kept else times.read_at,
        "shown": now.shown,
        "held": now.held,
        "overdue": uid_set(overdue),
        "absent": uid_set(absence.absent),
        "absent_since": absence.since,
        "first_uid_next": times.first_uid_next,
        "uid_next": now.uid_next,
    }


def _look(row: Row[Any]) -> Look:
    """Return a look from its row."""
    sets = {name: uids_of(getattr(row, name)) for name in ("shown", "held", "overdue", "absent")}
    return Look(**(row._asdict() | sets))
