"""Faults planted on purpose, one for each kind of breach; the judge must find every one within few years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import time
from typing import TYPE_CHECKING, Any

from mailbot.clerk.chasing import leaving, looking
from mailbot.clerk.opening import telling, withdrawing
from mailbot.core.chasing import gathering
from mailbot.core.configuration import comparing
from mailbot.core.opening import ordering
from mailbot.core.opening.days import working_days_after
from tests.given import given
from tests.simulation.machine import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mailbot.clerk.parts import Clerk
    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.office import Office

Planted = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault, the rule that it breaks, and a year that is known to show it."""

    name: str
    rule: int
    parts: Parts = field(default_factory=Parts)
    planted: Planted = nullcontext
    likely: int = 0


def _never_closed(clerk: Clerk) -> Clerk:
    """Let the office be open all night."""
    calendar = replace(clerk.books.office.calendar, opens=time(0), closes=time(23, 59), special=())
    return given(clerk, office=replace(clerk.books.office, calendar=calendar))


def _friday_like_monday(clerk: Clerk) -> Clerk:
    """Let mailbot know the usual hours alone, and neither those of Friday nor those of Ramadan."""
    calendar = replace(clerk.books.office.calendar, special=())
    return given(clerk, office=replace(clerk.books.office, calendar=calendar))


def _policy(**changed: Callable[[int], int]) -> Parts:
    """Let mailbot go by other numbers than the office says."""

    def bent(clerk: Clerk) -> Clerk:
        policy = clerk.books.office.policy
        numbers: dict[str, Any] = {name: change(getattr(policy, name)) for name, change in changed.items()}
        other = replace(policy, **numbers)
        return given(clerk, office=replace(clerk.books.office, policy=other))

    return Parts(clerk=bent)


@contextmanager
def _instead(room: object, name: str, other: object) -> Iterator[None]:
    """Put something in the place of a function while a year is played."""
    real = getattr(room, name)
    setattr(room, name, other)
    try:
        yield
    finally:
        setattr(room, name, real)


def _each_apart(owed: Iterable[Debt]) -> dict[str, list[Debt]]:
    """Take each debt for that of a person of its own."""
    return {f"{debt.cycle}/{debt.unit}": [debt] for debt in owed}


@contextmanager
def _a_mail_for_each() -> Iterator[None]:
    """Let nobody gather what one person owes, nor look again at what leaves."""
    with _instead(gathering, "_by_person", _each_apart), _instead(leaving, "says_what_holds", lambda *_: True):
        yield


def _a_day_too_many(day: date, count: int, office: Office) -> date:
    """Count working days, and one more."""
    return working_days_after(day, count + 1, office)


FAULTS = (
    Fault(name="a reminder knows no night", rule=5, parts=Parts(clerk=_never_closed)),
    Fault(name="one reminder too many", rule=4, parts=_policy(most_per_debt=lambda most: most + 1), likely=1),
    Fault(name="whoever is late is left in peace", rule=9, parts=_policy(late_every_days=lambda days: days + 12)),
    Fault(name="superiors hear too late", rule=10, parts=_policy(superior_after_days=lambda days: days + 12), likely=1),
    Fault(name="a mail for each debt", rule=3, planted=_a_mail_for_each, likely=23),
    Fault(
        name="reminded as soon as asked",
        rule=2,
        planted=lambda: _instead(looking, "_just_now", lambda *_: False),
        likely=23,
    ),
    Fault(name="Friday and Ramadan hours are not known", rule=5, parts=Parts(clerk=_friday_like_monday), likely=4),
    Fault(
        name="a cycle that was cancelled goes on",
        rule=11,
        planted=lambda: _instead(withdrawing, "write_down", lambda *_: None),
        likely=3,
    ),
    Fault(
        name="only Subbag Program hears that a cycle was cancelled",
        rule=11,
        planted=lambda: _instead(withdrawing, "_may_have_left", lambda _: False),
        likely=3,
    ),
    Fault(
        name="what was called off is forgotten",
        rule=12,
        planted=lambda: _instead(telling, "arranged_text", lambda _: ""),
    ),
    Fault(
        name="TUNDA counts a day too many",
        rule=12,
        planted=lambda: _instead(ordering, "working_days_after", _a_day_too_many),
    ),
    Fault(
        name="an edited address waits for nobody",
        rule=13,
        planted=lambda: _instead(comparing, "_waits", lambda *_, **__: False),
        likely=2,
    ),
)
"""Fault by fault."""
