"""Who held a post by the former configuration and is told that it passes to somebody else, or to another address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.configuration.change import Changed
from mailbot.core.model.people import Acting, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

DECIDES = frozenset(set(Role) - {Role.SECTION_HEAD, Role.COPIED, Role.OVERSEER})
"""Roles whose word ends a row, counts for a unit, or looks after the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What one former holder is told, at his former address."""

    person: Person
    """As the former configuration has him."""
    what: Changed
    """HOLDER, ADDRESS, ALIASES or ACTING."""
    now: str
    """To whom it passes, or the address that counts now; empty where nobody follows."""
    since: date | None = None
    until: date | None = None


def handovers(old: Office, new: Office, on: date) -> tuple[Handover, ...]:
    """Return what former holders of deciding posts are told of a new configuration, each at most one thing.

    Args:
        old: the configuration that was in force.
        new: the one that counts now.
        on: the day.
    """
    found: dict[str, Handover] = {}
    for person in old.roster.people:
        if person.role in DECIDES and person.in_office(on):
            for told in _of_person(person, new, on):
                found.setdefault(person.key, told)
    for told in _of_deputies(old, new, on):
        found.setdefault(told.person.key, told)
    return tuple(found.values())


def _of_person(person: Person, new: Office, on: date) -> Iterator[Handover]:
    """Give what one person is told of his own entry, the weightiest first."""
    now = next((one for one in new.roster.people if one.key == person.key), None)
    same_post = now is not None and (now.role, now.unit) == (person.role, person.unit) and now.in_office(on)
    if now is None or not same_post:
        follows = new.roster.holder(person.role, on, person.unit)
        yield Handover(person=person, what=Changed.HOLDER, now=follows.name if follows is not None else "")
        return
    if now.name != person.name:
        yield Handover(person=person, what=Changed.HOLDER, now=now.name)
    if now.addresses[0].casefold() != person.addresses[0].casefold():
        yield Handover(person=person, what=Changed.ADDRESS, now=now.addresses[0])
    others = [one for one in (*now.addresses[1:], now.second_address) if one and not person.owns(one)]
    if others:
        yield Handover(person=person, what=Changed.ALIASES, now=", ".join(others))


def _of_deputies(old: Office, new: Office, on: date) -> Iterator[Handover]:
    """Give what the holders of posts are told of somebody who stands in for them, from now on or later."""
    known = {one.key: (one.since, one.until) for one in old.roster.people if one.acting is not Acting.FULL}
    for deputy in new.roster.people:
        fresh = deputy.acting is not Acting.FULL and known.get(deputy.key, ()) != (deputy.since, deputy.until)
        if not fresh or deputy.role not in DECIDES or (deputy.until is not None and deputy.until < on):
            continue
        for person in old.roster.people:
            his = (person.role, person.unit) == (deputy.role, deputy.unit) and person.key != deputy.key
            if his and person.in_office(on) and person.acting is Acting.FULL:
                yield Handover(
                    person=person, what=Changed.ACTING, now=deputy.name, since=deputy.since, until=deputy.until
                )
