"""What a look at a folder is: its list as the server gave it, what that is compared to, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.ledger.inbox import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One folder as its server has shown it under one UIDVALIDITY."""

    account: str
    folder: str
    uid_validity: int
    first_at: datetime
    """When it was first looked at under this UIDVALIDITY."""
    looked_at: datetime
    """When the server last listed it whole."""
    read_at: datetime | None
    """The last look after which no mail that it had shown was unread: all that came before is in the inbox."""
    shown: frozenset[int]
    """Every UID it has ever listed."""
    held: frozenset[int]
    """The UIDs it listed the last time."""
    overdue: frozenset[int]
    """UIDs it still holds of an earlier look that were not in the inbox when the last one began: they should be."""
    absent: frozenset[int] = frozenset()
    """UIDs of an earlier look that are not in the inbox, and that it has not listed since `absent_since`."""
    absent_since: datetime | None = None
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

    @property
    def whole(self) -> bool:
        """Whether the server has listed everything that it says it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a look at a folder found, in ascending order."""

    wanted: tuple[int, ...] = ()
    """UIDs the folder holds and the inbox has no bytes of."""
    gone: tuple[int, ...] = ()
    """UIDs that were shown and never kept, and that two good looks apart in time have missed."""
