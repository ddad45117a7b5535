"""What a rehearsal tells of itself: who was written to and when, what people did, how each cycle went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.writing.words.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """One letter of ours, as it left."""

    at: datetime
    person: str
    """Key of whom it went to."""
    kind: str
    cycle: str
    unit: str
    raw: bytes
    file: str
    """Where it lies, from the folder of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that somebody did, or left undone, beside answering at once."""

    at: datetime
    person: str
    cycle: str
    unit: str
    what: str
    """Its code in `rehearsal.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One rehearsal, to its end."""

    office: Office
    phrases: Phrases
    words: Mapping[str, Any]
    """The table `laporan` of `rehearsal.yaml`."""
    plans: tuple[CyclePlan, ...]
    """What was played, in order."""
    without: tuple[CyclePlan, ...] = ()
    """What was left out, having no target for its period."""
    cycles: tuple[Cycle, ...]
    """Where each of them stands at the end; one that never opened is missing."""
    mails: tuple[SentMail, ...]
    """In the order they left."""
    answers: int
    """How many mails people wrote."""
    happenings: tuple[Happening, ...]
    troubles: tuple[tuple[datetime, str], ...]
    """What mailbot could not do, in its own words."""
    notes: tuple[str, ...]
    """What `check` says of the configuration."""
    since: datetime
    until: datetime
    documents: bool
    calm: bool

    def person(self, key: str) -> Person | None:
        """Return the person of that key, None if the office has none."""
        return next((person for person in self.office.roster.people if person.key == key), None)

    def title(self, key: str) -> str:
        """Return a person's post as printed; of an unknown one the key."""
        person = self.person(key)
        return f"{person.acting.value} {person.title}".strip() if person is not None else key

    def period(self, cycle: str) -> str:
        """Return what a cycle reports, `Triwulan I Tahun 2026`."""
        plan = next((plan for plan in self.plans if plan.key == cycle), None)
        return self.phrases.period(plan.period) if plan is not None else cycle

    def cycle(self, key: str) -> Cycle | None:
        """Return a cycle as it stands at the end, None if it never opened."""
        return next((cycle for cycle in self.cycles if cycle.key == key), None)

    def when(self, at: datetime) -> str:
        """Return a moment, short: `12 Jan 08.00`."""
        return f"{self.phrases.day_month(at)} {self.office.calendar.local(at):%H.%M}"
