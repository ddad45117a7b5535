"""A new configuration held against the cycles that are under way: what they need, and it no longer has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.opening.plans import planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.office import Office


class Lacking(StrEnum):
    """What an open cycle needs and the configuration lacks."""

    CYCLE = "cycle"
    """Its own entry."""
    PERIOD = "period"
    """Its entry covers another period."""
    UNIT = "unit"
    CODE = "code"
    """An indicator or a budget line is no longer asked of the unit that was asked for it."""
    PERSON = "person"
    """Somebody it has written to, who may write or be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A cycle that is not closed and archived, and what was asked and written in it."""

    cycle: Cycle
    asked: Mapping[str, tuple[str, ...]]
    """Unit -> codes it was asked when the cycle opened; empty for one opened before that was noted."""
    written_to: frozenset[str]
    """Keys of everybody it has letters to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that one open cycle needs and the new configuration lacks."""

    cycle: str
    what: Lacking
    name: str
    """Key of the cycle, unit or person, or the code."""
    unit: str = ""
    """Which unit a code was asked of."""


def compare(old: Office | None, new: Office, under_way: Iterable[UnderWay]) -> tuple[Lack, ...]:
    """Return what a new configuration takes away from cycles under way, cycle by cycle; nothing: it may be taken.

    Who left a post keeps his entry with `until`, and whoever follows has one of his own: that is no lack. Nor is what a
    new configuration adds.

    Args:
        old: the configuration in force; None at the start, where only the ledger tells what there was.
        new: the one to be taken.
        under_way: every cycle that is not archived yet.
    """
    return tuple(lack for cycle in under_way for lack in _lacks(old, new, cycle))


def _lacks(old: Office | None, new: Office, under_way: UnderWay) -> Iterator[Lack]:
    """Give what one cycle would lack."""
    cycle = under_way.cycle
    plan = planned(cycle.key, new)
    if plan is None:
        yield Lack(cycle=cycle.key, what=Lacking.CYCLE, name=cycle.key)
    elif plan.period != cycle.period:
        yield Lack(cycle=cycle.key, what=Lacking.PERIOD, name=cycle.key)
    units = {unit.key for unit in new.roster.units}
    for form in cycle.units:
        if form.unit not in units:
            yield Lack(cycle=cycle.key, what=Lacking.UNIT, name=form.unit)
            continue
        asked = new.asked_codes(form.unit, cycle.period)
        for code in _codes(old, under_way, form):
            if code not in asked:
                yield Lack(cycle=cycle.key, what=Lacking.CODE, name=code, unit=form.unit)
    people = {person.key for person in new.roster.people}
    for person in sorted(under_way.written_to - people):
        yield Lack(cycle=cycle.key, what=Lacking.PERSON, name=person)


def _codes(old: Office | None, under_way: UnderWay, form: UnitForm) -> tuple[str, ...]:
    """Return the codes a unit was asked: as noted when the cycle opened, else as the configuration in force has it."""
    noted = under_way.asked.get(form.unit)
    if noted is not None:
        return noted
    return old.asked_codes(form.unit, under_way.cycle.period) if old is not None else ()
