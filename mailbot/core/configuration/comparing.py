"""A changed configuration held against the one in force and the cycles under way: what it changes, thing by thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.configuration.change import Change, Changed
from mailbot.core.configuration.difference import differences
from mailbot.core.configuration.gravity import Waits, line_of
from mailbot.core.configuration.holders import DECIDES, handovers
from mailbot.core.configuration.replanning import replanned
from mailbot.core.configuration.telling import concerned
from mailbot.core.model.people import Role
from mailbot.core.opening.days import due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailbot.core.configuration.difference import Difference, Tables, Value
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan

_GONE = {
    Changed.PERSON_ADDED: Changed.PERSON_REMOVED,
    Changed.UNIT_ADDED: Changed.UNIT_REMOVED,
    Changed.DUTY_ADDED: Changed.DUTY_REMOVED,
    Changed.DAY_CLOSED: Changed.DAY_NOT_CLOSED,
    Changed.DAY_OPEN: Changed.DAY_NOT_OPEN,
    Changed.CYCLE_ADDED: Changed.CYCLE_REMOVED,
}
"""What an entry that came is, and what it is where it went."""
_NAMED_BY = {"people": ("title",), "units": ("name",), "rows": ("sop",), "indicators": ("code", "name")}
_NAMED_BY |= {"budget": ("code", "name")}
"""By which of its values an entry of a list is named."""
_BY_CODE = frozenset({Changed.INDICATOR_NAME, Changed.DUTY_ADDED})
"""What tells of a name, and so does not need it to say whose."""
_SAID_OF = {
    Changed.PERSON_ADDED: ("name", "address"),
    Changed.UNIT_ADDED: ("name",),
    Changed.DUTY_ADDED: ("name", "owner"),
    Changed.CYCLE_ADDED: ("starts_on",),
    Changed.DAY_CLOSED: ("day", "reason"),
    Changed.DAY_OPEN: ("day", "reason"),
}
"""What is told of an entry that came or went: these of its values; of others all that it says."""


_FINGERPRINTS, _SHOWN = frozenset({"files", "variables", "passwords"}), 16
"""Tables that hold fingerprints, and how many of their signs are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """One configuration: what its files say, and the office that comes of it."""

    tables: Tables
    office: Office


def changes(
    old: Configured, new: Configured, cycles: Iterable[Cycle], at: datetime, known: frozenset[str]
) -> tuple[Change, ...]:
    """Return all that a new configuration changes: each edit in the order of the files, then what comes of them.

    Whatever differs is among it. While one of them waits, none counts.

    Args:
        old: the configuration in force.
        new: the one to be taken.
        cycles: those under way: not closed, or closed and not archived.
        at: the moment.
        known: keys of every cycle that was ever opened.
    """
    running, begun = tuple(cycles), bool(known)
    edits = tuple(_edit(found, old, new, running, begun=begun) for found in differences(old.tables, new.tables))
    return (*edits, *_consequences(old.office, new.office, running, at, known)) if edits else ()


def _edit(found: Difference, old: Configured, new: Configured, running: tuple[Cycle, ...], *, begun: bool) -> Change:
    """Return one edit as a change."""
    line = line_of(found.path)
    entry = _entry(found.path, new.tables) or _entry(found.path, old.tables)
    said = _SAID_OF.get(line.what)
    names = _NAMED_BY.get(found.path[1], ())[: 1 if line.what in _BY_CODE else None]
    former, now = (_some(value, said) for value in (found.former, found.now))
    if found.path[0] in _FINGERPRINTS:
        former, now = (str(value)[:_SHOWN] if value is not None else None for value in (former, now))
    return Change(
        what=_GONE.get(line.what, line.what) if found.now is None else line.what,
        path=found.path,
        whom=" ".join(str(entry[name]) for name in names if entry.get(name)),
        former=former,
        now=now,
        cycle=found.path[2] if found.path[:2] == ("cycles", "cycles") else "",
        waits=_waits(line.waits, found, old, new, running, begun=begun),
    )


def _entry(path: tuple[str, ...], tables: Tables) -> Mapping[str, Value]:
    """Return the entry of a list in which a place lies; empty where it lies in none, or the entry is not there."""
    value: Value = tables
    for depth, key in enumerate(path):
        if isinstance(value, tuple):
            same = (one for one in value if isinstance(one, Mapping) and key in {str(part) for part in one.values()})
            return next(same, {})
        value = value.get(key) if isinstance(value, Mapping) else None
        if value is None and depth:
            return {}
    return {}


def _some(value: Value, names: tuple[str, ...] | None) -> Value:
    """Return what is told of an entry."""
    if names is None or not isinstance(value, Mapping):
        return value
    return tuple(value[name] for name in names if value.get(name))


def _waits(
    rule: Waits, found: Difference, old: Configured, new: Configured, running: tuple[Cycle, ...], *, begun: bool
) -> bool:
    """Say whether an edit waits for the operator's word."""
    match rule:
        case Waits.NEVER:
            return False
        case Waits.ALWAYS:
            return True
        case Waits.UNDER_WAY:
            return bool(running)
        case Waits.ITS_CYCLE:
            return found.path[2] in {cycle.key for cycle in running}
        case Waits.ITS_YEAR:
            return _of_open_year(found, old.office, new.office, running)
        case Waits.WHO_DECIDES:
            roles = _roles(found.path[2], old.office, new.office)
            return Role.OPERATOR in roles or (begun and bool(roles & DECIDES))


def _of_open_year(found: Difference, old: Office, new: Office, running: tuple[Cycle, ...]) -> bool:
    """Say whether a cycle under way is about the year that is edited, or asks what came or went."""
    year, code = found.path[-1], found.path[2]
    if year.isdigit() and len(found.path) > len(("indicators", "indicators", "code")):
        return any(cycle.period.year == int(year) for cycle in running)
    return any(
        code in office.asked_codes(form.unit, cycle.period)
        for office in (old, new)
        for cycle in running
        for form in cycle.units
    )


def _roles(person: str, *offices: Office) -> set[Role]:
    """Return the roles that somebody has by these configurations."""
    return {one.role for office in offices for one in office.roster.people if one.key == person}


def _consequences(
    old: Office, new: Office, running: tuple[Cycle, ...], at: datetime, known: frozenset[str]
) -> Iterator[Change]:
    """Give what comes of the edits: deadlines that move, cycles that open, and who gets a mail of it."""
    mailed = [told.person.title for told in handovers(old, new, old.calendar.local(at).date())]
    for cycle in running:
        anew, moves = replanned(cycle, old, new)
        for move in moves:
            row = new.sop.row(cycle.step)
            yield Change(
                what=Changed.DEADLINE if move.unit else Changed.ROW_DEADLINE,
                whom=new.roster.unit(move.unit).name if move.unit else row.sop,
                former=move.former,
                now=move.now,
                cycle=cycle.key,
                waits=move.now < move.former,
            )
        mailed += [person.title for person, _ in concerned(anew, moves, at, new)]
    few = old.policy.few_mails
    before = {plan.key for _, plan in due(at, old, {}, dict)}
    for _, plan in due(at, new, {}, dict):
        if plan.key not in known | before:
            asked = _asked_people(plan, new, at)
            yield Change(what=Changed.OPENS, whom=plan.key, now=asked, waits=asked > few)
    if mailed:
        told = tuple(dict.fromkeys(mailed))
        yield Change(what=Changed.MAILED, former=len(told), now=told, waits=len(told) > few)


def _asked_people(plan: CyclePlan, office: Office, at: datetime) -> int:
    """Return how many people a cycle writes to in rows 1 and 2."""
    day = office.calendar.local(at).date()
    units = set(plan.units or (unit.key for unit in office.roster.units))
    roles = {Role.DIVISION_HEAD, Role.SECTION_HEAD}
    return 1 + sum(one.role in roles and one.unit in units and one.in_office(day) for one in office.roster.people)


def weightiest_first(found: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return changes with those that wait before the others, else in their order."""
    return tuple(sorted((replace(one) for one in found), key=lambda one: not one.waits))
