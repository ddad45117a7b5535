"""The kinds of things that are kept, and when each is due to go: by the office's settings, counted from one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is kept, as retention is set for it; each is a key of `retention` in `office.yaml`."""

    MAILS = "mails"
    """Mails of a cycle as they came, with their attachments."""
    STRAY_MAILS = "stray_mails"
    """Mails that belong to no cycle: of strangers, robots, or about nothing that runs."""
    HELD = "held"
    """Mails and files that hold numbers like a NIK; they lie encrypted."""
    FORMS = "forms"
    """Form files as received, and the names of evidence files."""
    DRAFTS = "drafts"
    """Versions of the report that were not the last."""
    LETTERS = "letters"
    """Letters of a cycle."""
    NOTICES = "notices"
    """Letters of no cycle: to the operator, to strangers."""
    RECORD = "record"
    """The record of a cycle: figures, texts, verdicts, and what the journal says of it."""
    LOG = "log"
    """What the journal says outside of any cycle."""
    ARCHIVE = "archive"
    """The archive of a cycle, its folder and its bytes in the ledger; it goes with the record, or stays without it."""
    CONFIGURATION = "configuration"
    """Settings files that were in force once."""
    SIGN_INS = "sign_ins"
    """Who was signed in to the board, from where, until when."""


OF_A_CYCLE = frozenset(
    {Kind.MAILS, Kind.HELD, Kind.FORMS, Kind.DRAFTS, Kind.LETTERS, Kind.RECORD, Kind.ARCHIVE},
)
"""Counted from the day the cycle closed; the others from the day the thing came or was written."""
BEFORE_THE_RECORD = (Kind.MAILS, Kind.HELD, Kind.FORMS, Kind.DRAFTS, Kind.LETTERS)
"""The record is needed to know whose these are: it goes no sooner than they."""
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long one kind is kept."""

    years: int | None = None
    days: int | None = None
    code: str = ""
    """Of the JRA, as printed beside it."""
    permanent: bool = False
    """It is never due, whatever years say."""

    @property
    def settled(self) -> bool:
        """Say whether an end is set."""
        return not self.permanent and not (self.years is None and self.days is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long every kind is kept; what is not named is kept, and said to be unsettled."""

    kept: Mapping[Kind, Keeping] = field(default_factory=dict)

    def of(self, kind: Kind) -> Keeping:
        """Return how long a kind is kept."""
        return self.kept.get(kind, Keeping())

    def due_before(self, kind: Kind, now: datetime) -> datetime | None:
        """Return the moment from before which a kind is due to go, or None where no end is set.

        The record waits for what can only be found by it; the archive goes with the record, never before.
        """
        wanted: tuple[Kind, ...] = (kind,)
        if kind in {Kind.RECORD, Kind.ARCHIVE}:
            with_it = (Kind.ARCHIVE,) if kind is Kind.ARCHIVE or self.of(Kind.ARCHIVE).settled else ()
            wanted = (*BEFORE_THE_RECORD, Kind.RECORD, *with_it)
        ends = [_before(self.of(one), now) for one in wanted]
        known = [end for end in ends if end is not None]
        return min(known) if len(known) == len(ends) else None


def _before(keeping: Keeping, now: datetime) -> datetime | None:
    """Return the moment from before which something kept so is due."""
    if not keeping.settled:
        return None
    at = now.astimezone(UTC)
    year = at.year - (keeping.years or 0)
    if year < 1:
        return None
    leap = (at.month, at.day) == _LEAP_DAY
    return (at.replace(year=year, day=28) if leap else at.replace(year=year)) - timedelta(days=keeping.days or 0)


UNSETTLED = Retention()
