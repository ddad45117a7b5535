"""The server's side of the books: what each folder has shown us, look by look, beside which the inbox is held.

A row of `look` is one folder under one UIDVALIDITY. `shown` only ever grows: every UID the server has listed there. It
is written before anything is fetched, and by nobody who writes the inbox, so that the two can disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from mailbot.ledger.engine import put, reading, writing
from mailbot.ledger.tables import InboxRow, LookRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Engine


def uid_set(uids: Iterable[int]) -> str:
    """Write UIDs as a sequence set (RFC 9051, `sequence-set`), ascending, runs joined; empty for none."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def uids_of(written: str) -> frozenset[int]:
    """Read such a set back."""
    uids: set[int] = set()
    for run in filter(None, written.split(",")):
        first, _, last = run.partition(":")
        uids.update(range(int(first), int(last or first) + 1))
    return frozenset(uids)


def size_of(written: str) -> int:
    """Return how many UIDs such a set holds, without spelling them out."""
    runs = (run.partition(":") for run in filter(None, written.split(",")))
    return sum(int(last or first) - int(first) + 1 for first, _, last in runs)


_PLACE = ("account", "folder", "uid_validity")
Place = tuple[str, str, int]
"""Account, folder, UIDVALIDITY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One folder as its server has shown it under one UIDVALIDITY."""

    account: str
    folder: str
    uid_validity: int
    first_at: datetime
    """When it was first looked at under this UIDVALIDITY."""
    looked_at: datetime
    """When the server last answered."""
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
class Tally:
    """What the inbox holds of one folder under one UIDVALIDITY."""

    uids: frozenset[int]
    by_outcome: dict[str, int]
    """Mails by final state, the empty word being those that wait for one; copies of a mail are none of these."""
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the server last answered for a folder."""

    account: str
    folder: str
    looked_at: datetime


class Listed(Protocol):
    """A folder's list, as `post.fetched.Listing` is one."""

    @property
    def uids(self) -> tuple[int, ...]:
        """Every UID it holds."""

    @property
    def uid_next(self) -> int:
        """No UID below this can still come; 0 where the server does not tell."""


class Looks:
    """What the servers showed, and the inbox's own count of it."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def note(self, place: Place, listed: Listed, known: frozenset[int], at: datetime) -> frozenset[int]:
        """Write down what a folder holds at this moment; return the UIDs that are gone and were never kept.

        Args:
            place: account, folder, UIDVALIDITY.
            listed: every UID the folder holds, and the UIDNEXT the server told with them.
            known: the UIDs of that place that have a row in the inbox.
            at: the present moment.
        """
        former = self.at(place)
        held = frozenset(listed.uids)
        shown = former.shown if former else frozenset[int]()
        row = {
            **dict(zip(_PLACE, place, strict=True)),
            "first_at": former.first_at if former else at,
            "looked_at": at,
            "shown": uid_set(shown | held),
            "held": uid_set(held),
            "overdue": uid_set(shown - known),
            "first_uid_next": former.first_uid_next if former else listed.uid_next,
            "uid_next": max(listed.uid_next, former.uid_next if former else 0),
        }
        with writing(self._engine) as connection:
            put(connection, LookRow, _PLACE, [row])
        return shown - known - held

    def at(self, place: Place) -> Look | None:
        """Return the last look at a place, or None."""
        with reading(self._engine) as session:
            row = session.get(LookRow, place)
            return _look(row) if row else None

    def all(self) -> tuple[Look, ...]:
        """Return every look, by account and folder, the latest UIDVALIDITY of a folder last."""
        order = (col(LookRow.account), col(LookRow.folder), col(LookRow.looked_at), col(LookRow.uid_validity))
        with reading(self._engine) as session:
            return tuple(_look(row) for row in session.exec(select(LookRow).order_by(*order)))

    def moments(self) -> tuple[Moment, ...]:
        """Return when each folder was last looked at, and nothing else of it."""
        rows = select(LookRow.account, LookRow.folder, LookRow.looked_at)
        with reading(self._engine) as session:
            return tuple(Moment(account=one, folder=two, looked_at=at) for one, two, at in session.exec(rows))

    def in_balance(self) -> bool:
        """Say whether the inbox has as many rows as UIDs were ever shown, and nothing is overdue.

        Two numbers, whatever the inbox has grown to. One mail too many and one too few would hide each other here, but
        the one that lacks is overdue at the next look.
        """
        with reading(self._engine) as session:
            looks = session.exec(select(LookRow.shown, LookRow.overdue)).all()
            rows = session.exec(select(func.count()).select_from(InboxRow)).one()
        return not any(overdue for _, overdue in looks) and rows == sum(size_of(shown) for shown, _ in looks)

    def tallies(self) -> dict[Place, Tally]:
        """Return what the inbox holds, by place."""
        columns = (InboxRow.account, InboxRow.folder, InboxRow.uid_validity, InboxRow.uid)
        rows = select_columns(*map(col, columns), col(InboxRow.outcome), col(InboxRow.same_as))
        uids: dict[Place, set[int]] = {}
        outcomes: dict[Place, Counter[str]] = {}
        copies: Counter[Place] = Counter()
        with reading(self._engine) as session:
            for row in session.connection().execute(rows):
                account, folder, uid_validity, uid, outcome, same_as = tuple(row)
                place = (account, folder, uid_validity)
                uids.setdefault(place, set()).add(uid)
                outcomes.setdefault(place, Counter())
                if same_as is None:
                    outcomes[place][outcome or ""] += 1
                else:
                    copies[place] += 1
        return {
            place: Tally(
                uids=frozenset(uids[place]), by_outcome=dict(sorted(outcomes[place].items())), copies=copies[place]
            )
            for place in uids
        }


def _look(row: LookRow) -> Look:
    """Return a look from its row."""
    sets = {name: uids_of(getattr(row, name)) for name in ("shown", "held", "overdue")}
    return Look(**(row.model_dump() | sets))
