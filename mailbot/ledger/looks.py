"""The server's side of the books: what each folder has shown us, look by look, beside which the inbox is held.

A row of `look` is one folder under one UIDVALIDITY. `shown` only ever grows: every UID the server has listed there. It
is written before anything is fetched, and by nobody who writes the inbox, so that the two can disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, Row, bindparam, func, select, tuple_, update

from mailbot.ledger.arrivals import INBOX, PLACE
from mailbot.ledger.columns import put, table_of
from mailbot.ledger.engine import reading, remembered, writing
from mailbot.ledger.inbox import Place
from mailbot.ledger.tables import InboxSizeRow, LookRow
from mailbot.ledger.uid_sets import size_of, uid_set, uids_of, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from sqlalchemy import Engine


_PLACE = ("account", "folder", "uid_validity")
_TABLE = table_of(LookRow)
_OF_LOOK, _SIZE = _TABLE.c, table_of(InboxSizeRow).c
_FEW: list[Any] = [_OF_LOOK[name] for name in ("account", "folder", "read_at", "shown", "overdue")]
_UNWORKED: Any = select(func.min(INBOX.received_at)).where(INBOX.outcome.is_(None)).scalar_subquery()
_GLANCE: Any = select(*_FEW, select(_SIZE.mails).scalar_subquery().label("mails"), _UNWORKED.label("unworked"))
_LOOK = select(*_OF_LOOK).where(*(_OF_LOOK[name] == bindparam(name) for name in _PLACE))
_KNOWN = select(INBOX.uid).where(*(INBOX[name] == bindparam(name) for name in _PLACE))
_AT_A_TIME = 500
"""So many UIDs are asked for in one statement; databases take a few thousand."""
_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One folder as its server has shown it under one UIDVALIDITY."""

    account: str
    folder: str
    uid_validity: int
    first_at: datetime
    """When it was first looked at under this UIDVALIDITY."""
    looked_at: datetime
    """When the server was last asked, and answered."""
    read_at: datetime | None
    """The last look after which no mail that it had shown was unread: all that came before is in the inbox."""
    shown: frozenset[int]
    """Every UID it has ever listed."""
    held: frozenset[int]
    """The UIDs it listed the last time."""
    overdue: frozenset[int]
    """UIDs of an earlier look that were not in the inbox when the last one began: they should have been."""
    first_uid_next: int
    """The lowest UID that could still come when it was first looked at."""
    uid_next: int
    """The same at the last look; 0 where the server does not tell."""

    @property
    def place(self) -> Place:
        """Where this is."""
        return (self.account, self.folder, self.uid_validity)

    @property
    def never_shown(self) -> int:
        """How many UIDs the server has passed over since the first look.

        They are mails that came and went between two looks, or numbers the server gives to something else: Zimbra
        counts the whole mailbox in one row. So this is told, and never added up.
        """
        passed = {uid for uid in self.shown if uid >= self.first_uid_next}
        return max(0, self.uid_next - self.first_uid_next - len(passed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Up to when a folder has been read whole (`Look.read_at`)."""

    account: str
    folder: str
    read_at: datetime | None


class Listed(Protocol):
    """A folder's list, as `post.fetched.Listing` is one."""

    @property
    def uids(self) -> tuple[int, ...]:
        """Every UID it holds."""

    @property
    def uid_next(self) -> int:
        """No UID below this can still come; 0 where the server does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a look at a folder found, in ascending order."""

    wanted: tuple[int, ...] = ()
    """UIDs the folder holds and the inbox does not."""
    gone: tuple[int, ...] = ()
    """UIDs of an earlier look that the folder holds no more, and that were never kept."""


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What this process knows of a place since its last look there."""

    known: set[int]
    """UIDs that have a row in the inbox; a row once there stays."""
    waiting: frozenset[int]
    """UIDs that were shown and had no row then."""
    uids: tuple[int, ...] = ()
    uid_next: int = 0
    shown: str = ""
    held: str = ""

    def is_the_same(self, listed: Listed) -> bool:
        """Say whether a folder shows what it showed then, all of which had its row."""
        return not self.waiting and listed.uid_next <= self.uid_next and listed.uids == self.uids


def _having_rows(connection: Connection, place: Place, uids: AbstractSet[int]) -> set[int]:
    """Return which of these UIDs of a place have a row in the inbox."""
    found: set[int] = set()
    wanted = sorted(uids)
    for first in range(0, len(wanted), _AT_A_TIME):
        some = wanted[first : first + _AT_A_TIME]
        rows = select(INBOX.uid).where(tuple_(*PLACE[:3]) == place, INBOX.uid.in_(some))
        found.update(connection.execute(rows).scalars())
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
        if memory is not None and memory.is_the_same(listed) and self._looked_again(place, memory, at):
            return Compared()
        with writing(self._engine) as connection:
            row = connection.execute(_LOOK, dict(zip(_PLACE, place, strict=True))).first()
            shown, uid_next = (row.shown, row.uid_next) if row is not None else ("", 0)
            begun: dict[str, Any] = {"first_at": at, "first_uid_next": listed.uid_next}
            former = row._asdict() if row is not None else begun
            if memory is None or memory.shown != shown:
                known = set(connection.execute(_KNOWN, dict(zip(_PLACE, place, strict=True))).scalars())
                memory = _Memory(known=known, waiting=uids_of(shown) - known)
            held = frozenset(listed.uids)
            known = memory.known | _having_rows(connection, place, (held | memory.waiting) - memory.known)
            overdue, wanted = memory.waiting - known, held - known
            now = _Memory(
                known=known,
                waiting=overdue | wanted,
                uids=listed.uids,
                uid_next=max(listed.uid_next, uid_next),
                shown=united(shown, listed.uids),
                held=uid_set(held),
            )
            put(connection, LookRow, _PLACE, [_row(place, now, uid_set(overdue), at, former)])
        self._memory[place] = now
        return Compared(wanted=tuple(sorted(wanted)), gone=tuple(sorted(overdue - held)))

    def _looked_again(self, place: Place, memory: _Memory, at: datetime) -> bool:
        """Write down that a folder shows the same; False if somebody else has written another look meanwhile."""
        same = update(_TABLE).where(
            tuple_(*(_OF_LOOK[name] for name in _PLACE)) == place,
            _OF_LOOK.shown == memory.shown,
            _OF_LOOK.held == memory.held,
            _OF_LOOK.overdue == "",
        )
        with writing(self._engine) as connection:
            return (
                connection.execute(same.values(looked_at=at, read_at=at).returning(_OF_LOOK.folder)).first() is not None
            )

    def read_whole(self, place: Place, at: datetime) -> None:
        """Write down that all that the look of that moment had shown has been kept."""
        found = tuple_(*(_OF_LOOK[name] for name in _PLACE)) == place
        with writing(self._engine) as connection:
            connection.execute(update(_TABLE).where(found, _OF_LOOK.looked_at == at).values(read_at=at))

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


def _row(place: Place, now: _Memory, overdue: str, at: datetime, former: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a look; `former` is the row before it, or what a first one begins with."""
    return {
        **dict(zip(_PLACE, place, strict=True)),
        "first_at": former["first_at"],
        "looked_at": at,
        "read_at": former.get("read_at") if now.waiting else at,
        "shown": now.shown,
        "held": now.held,
        "overdue": overdue,
        "first_uid_next": former["first_uid_next"],
        "uid_next": now.uid_next,
    }


def _look(row: Row[Any]) -> Look:
    """Return a look from its row."""
    sets = {name: uids_of(getattr(row, name)) for name in ("shown", "held", "overdue")}
    return Look(**(row._asdict() | sets))
