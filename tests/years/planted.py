"""Faults planted on purpose, one for each kind of breach; the judge must find every one within few years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import time
from typing import TYPE_CHECKING, Any

from mailbot.clerk.chasing import leaving, looking
from mailbot.core.chasing import gathering
from tests.given import given
from tests.simulation.machine import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.clerk.parts import Clerk
    from mailbot.core.chasing.debt import Debt

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


FAULTS = (
    Fault(name="a reminder knows no night", rule=5, parts=Parts(clerk=_never_closed)),
    Fault(name="one reminder too many", rule=4, parts=_policy(most_per_debt=lambda most: most + 1)),
    Fault(name="whoever is late is left in peace", rule=9, parts=_policy(late_every_days=lambda days: days + 12)),
    Fault(name="superiors hear too late", rule=10, parts=_policy(superior_after_days=lambda days: days + 12), likely=3),
    Fault(name="a mail for each debt", rule=3, planted=_a_mail_for_each, likely=27),
    Fault(
        name="reminded as soon as asked",
        rule=2,
        planted=lambda: _instead(looking, "_just_now", lambda *_: False),
    ),
)
"""Fault by fault."""
