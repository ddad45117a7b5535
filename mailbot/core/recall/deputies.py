"""Who stands in for whom by a mail of the principal himself: read from it, laid over the office's list (all rows)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.people import Acting, Role
from mailbot.core.orders.planning_orders import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person, Roster

MOST_DAYS = 30
"""So long a deputy may be named by mail; longer is the office's to write down in `recipients.yaml`."""
NAMES_ONE = frozenset({Role.AGENCY_HEAD, Role.SECRETARY, Role.DIVISION_HEAD, Role.PLANNING})
"""Posts whose holder may name a deputy for himself."""
_DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9})[-/. ]\d{4})"
_UNTIL = r"\s*(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|-|–|until|to)\s*"
_SPAN = re.compile(rf"({_DATE}){_UNTIL}({_DATE})", re.IGNORECASE)
_DAYS = re.compile(rf"\b(\d{{1,2}}){_UNTIL}(\d{{1,2}})(\s+[^\W\d_]{{3,9}}\s+\d{{4}})", re.IGNORECASE)
_ONE = re.compile(rf"(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|tanggal|until)?\s*({_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """Somebody of the list who stands in for a principal from the one day to the other, by the principal's own mail."""

    principals: tuple[str, ...]
    """Keys of the posts that the principal holds in his own right."""
    person: str
    """Key of who stands in, in a post of his own."""
    since: date
    until: date
    mail_sha256: str
    """Of the mail that named him."""
    named_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When the principal said BENAR to our echo; before that nothing of it is in force."""
    ended_at: datetime | None = None
    """When the principal took it back, or named somebody else for those days."""

    @property
    def last_at(self) -> datetime | None:
        """Return when the principal spoke of him last: named him, or said BENAR to it."""
        return self.confirmed_at or self.named_at


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that a text names, from today on where it names one; None if it names none."""
    days, span = _DAYS.search(text), _SPAN.search(text)
    if span is not None:
        first, last = read_date(span[1]), read_date(span[2])
    elif days is not None:
        first, last = (read_date(f"{day}{days[3]}") for day in (days[1], days[2]))
    else:
        one = _ONE.search(text)
        first, last = (today, read_date(one[1])) if one is not None else (None, None)
    if first is None or last is None:
        return None
    first = max(first, today)
    return (first, last) if first <= last < first + timedelta(days=MOST_DAYS) else None


def named_person(text: str, office: Office, day: date, besides: Iterable[Person]) -> Person | None:
    """Return the one person of the list whom a text names by address, name, title or key; None if none, or several."""
    said, own = text.casefold(), tuple(besides)
    found: dict[str, tuple[int, Person]] = {}
    for person in office.roster.people:
        if person.acting is not Acting.FULL or not person.in_office(day) or _same(person, own):
            continue
        lengths = [len(name) for name in _names(person) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]
        if lengths:
            longest = max(lengths)
            before = found.get(person.addresses[0])
            if before is None or before[0] < longest:
                found[person.addresses[0]] = (longest, person)
    best = max((length for length, _ in found.values()), default=0)
    people = [person for length, person in found.values() if length == best]
    return people[0] if len(people) == 1 else None


def _names(person: Person) -> tuple[str, ...]:
    """Return how a person may be named: addresses, name with and without degrees, title, key."""
    names = (*person.addresses, person.name, person.name.partition(",")[0], person.title, person.key)
    return tuple(name.casefold() for name in names if name)


def _same(person: Person, others: tuple[Person, ...]) -> bool:
    """Say whether it is one of the others, under whichever post."""
    return any(other.key == person.key or other.owns(person.addresses[0]) for other in others)


def with_deputies(office: Office, cycles: Iterable[Cycle]) -> Office:
    """Return the office with the deputies that were named by mail among its people, each in his dates.

    Who was named last comes first, in whichever cycle: of two for the same days he stands in.
    """
    known = [(one.confirmed_at, one) for cycle in cycles for one in cycle.deputies if one.confirmed_at is not None]
    latest = sorted(known, key=lambda one: one[0], reverse=True)
    named = tuple(person for _, one in latest for person in acting_for(one, office))
    if not named:
        return office
    people = tuple({person.key: person for person in (*office.roster.people, *named)}.values())
    return replace(office, roster=replace(office.roster, people=people))


def acting_for(deputy: Deputy, office: Office) -> tuple[Person, ...]:
    """Return a deputy as the list would have him: Plh. of each post; nobody before he is confirmed, or if he left.

    No longer than he and the principal are in office themselves: a successor names his own.
    """
    if deputy.confirmed_at is None:
        return ()
    person = _listed(deputy.person, office.roster)
    ended = deputy.ended_at and office.calendar.local(deputy.ended_at).date() - timedelta(days=1)
    until = min(deputy.until, ended) if ended else deputy.until
    if person is not None and person.until is not None:
        until = min(until, person.until)
    posts = (_listed(key, office.roster) for key in deputy.principals)
    return tuple(
        replace(
            person,
            key=f"plh-{post.key}-{person.key}-{deputy.since:%Y%m%d}",
            role=post.role,
            unit=post.unit,
            title=post.title,
            acting=Acting.DAILY_ACTING,
            since=deputy.since,
            until=min(until, post.until) if post.until is not None else until,
        )
        for post in posts
        if post is not None and person is not None
    )


def _listed(key: str, roster: Roster) -> Person | None:
    """Return a person of the list, None where he is gone from it."""
    return next((person for person in roster.people if person.key == key), None)
