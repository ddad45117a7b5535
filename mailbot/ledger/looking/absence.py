"""When a mail that was shown and never kept has vanished: two good looks apart in time must both miss it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mailbot.ledger.looking.uid_sets import uids_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

APART = timedelta(minutes=10)
"""So far apart are the two good looks that must both miss a mail before it has vanished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Mails that a look does not find any more, though they were never kept."""

    gone: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()
    since: datetime | None = None


def absence_after(former: Row[Any] | None, missed: frozenset[int], at: datetime) -> Absence:
    """Hold what a good look misses against what the ones before it missed."""
    since = former.absent_since if former is not None else None
    before = uids_of(former.absent) & missed if former is not None else frozenset[int]()
    if before and since is not None and at - since < APART:
        return Absence(absent=before, since=since)
    rest = missed - before
    return Absence(gone=before, absent=rest, since=at if rest else None)


def absence_before(former: Row[Any] | None) -> Absence:
    """Return the absences as they stood: a look that is not good says nothing of them."""
    if former is None:
        return Absence()
    return Absence(absent=uids_of(former.absent), since=former.absent_since)
