"""Who takes which cycle how: dealt from the habits by a seed, so that two rehearsals of one office are the same."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.post.account import Account
from mailbot.rehearsal.habits import answers_well, only_reads
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.staff import Case, Member
from mailbot.rehearsal.whole_year.colleague import Colleague
from mailbot.rehearsal.whole_year.temper import (
    DRAFTS,
    RATIFIES,
    RECEIVES,
    REVIEWS,
    UNIT_TEMPERS,
    is_on_leave,
    passes_it_down,
)
from mailbot.writing.packing import steady_package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.rehearsal.filling import Script
    from mailbot.rehearsal.staff import Deed
    from mailbot.rehearsal.whole_year.mail_in_memory import MailInMemory
    from mailbot.rehearsal.whole_year.temper import Habit

_NOWHERE = Account(host="127.0.0.1", port=0, security="plain", user="", password="")
"""Where nothing listens: the mail of a rehearsed year lies in memory."""
_FIRST_NUMBER, _NUMBERS_BETWEEN = 118, 37
"""The register's number in the first cycle, and how many other letters are entered before the next one's."""
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_NEED_A_COLLEAGUE = frozenset({is_on_leave, passes_it_down})


@dataclass(slots=True, kw_only=True)
class Casting:
    """Deals habits to people and cycles."""

    office: Office
    post: MailInMemory
    now: Callable[[], datetime]
    cycles: Sequence[CyclePlan]
    scripts: dict[str, Script]
    """By cycle: what staff know."""
    seed: int = 1
    calm: bool = False
    """Everybody answers at once, and without a mistake."""
    thorough: bool = True
    """Subbag Program edits the drafts of one cycle."""
    cases: dict[tuple[str, str], Case] = field(default_factory=dict)
    """By cycle and unit."""

    def colleagues(self) -> tuple[Colleague, ...]:
        """Give everybody of the list a keyboard and his ways."""
        return tuple(self._colleague(person) for person in self.office.roster.people)

    def deeds(self) -> tuple[Deed, ...]:
        """Return all that was done beside answering at once, in order."""
        found = (deed for case in self.cases.values() for deed in case.deeds)
        return tuple(sorted(found, key=lambda deed: (deed.at, deed.cycle, deed.person)))

    def _colleague(self, person: Person) -> Colleague:
        """Give one person a keyboard."""
        keyboard = Keyboard(
            address=person.addresses[0].lower(),
            display=person.name,
            owner=person.key,
            imap=_NOWHERE,
            smtp=_NOWHERE,
            post=self.post,
            now=self.now,
        )
        return Colleague(person=person, keyboard=keyboard, taking=partial(self._member, person, keyboard))

    def _member(self, person: Person, keyboard: Keyboard, cycle: str) -> Member:
        """Return one person in one cycle, its key in small letters; empty: in what is about none."""
        unit = person.unit or ""
        plan = next((one for one in self.cycles if one.key.casefold() == cycle), None)
        key = plan.key if plan is not None else ""
        return Member(
            person=person,
            keyboard=keyboard,
            script=self.scripts.get(key) or next(iter(self.scripts.values())),
            calendar=self.office.calendar,
            unit_name=self.office.roster.unit(unit).name if unit else "",
            colleague=self._colleague_of(person),
            habit=self._habit(person, plan) if plan is not None else only_reads,
            case=self.cases.setdefault((key, unit), Case(cycle=key)),
            saving=_without_moment,
            form_days=self._form_days(plan),
            register_number=_FIRST_NUMBER + _NUMBERS_BETWEEN * len({one for one, _ in self.cases}),
        )

    def _habit(self, person: Person, plan: CyclePlan) -> Habit:
        """Return how a person takes a cycle."""
        if person.role in {Role.DIVISION_HEAD, Role.SECTION_HEAD}:
            head, section = self._dealt(plan.key, person.unit or "")
            return head if person.role is Role.DIVISION_HEAD else section
        ways = {
            Role.SECRETARY: REVIEWS,
            Role.AGENCY_HEAD: RATIFIES,
            Role.PLANNING_BOARD: RECEIVES,
            Role.PLANNING: DRAFTS if self.thorough else DRAFTS[:1] * 2,
        }.get(person.role)
        if ways is None:
            return only_reads
        return ways[0 if self.calm else self._is_turn(person.role, plan)]

    def _is_turn(self, role: Role, plan: CyclePlan) -> bool:
        """Say whether it is in this cycle that somebody does not act at once: one in two, a different one for each."""
        place = [one.key for one in self.cycles].index(plan.key)
        first = random.Random(f"{self.seed}/{role}").randrange(2)  # noqa: S311 - invented staff keep no secret
        return len(self.cycles) == 1 or (place + first) % 2 == 0

    def _dealt(self, cycle: str, unit: str) -> tuple[Habit, Habit]:
        """Return how a unit takes a cycle: each habit once, before one comes again."""
        units = [one.key for one in self.office.roster.units]
        if self.calm:
            return UNIT_TEMPERS[0]
        deck = list(UNIT_TEMPERS)
        random.Random(self.seed).shuffle(deck)  # noqa: S311 - as above
        turn = [one.key for one in self.cycles].index(cycle) * len(units) + units.index(unit)
        dealt = deck[turn % len(deck)]
        alone = dealt[0] in _NEED_A_COLLEAGUE and not self._below(unit)
        return (answers_well, only_reads) if alone else dealt

    def _below(self, unit: str) -> list[str]:
        """Return the addresses of a unit's section heads."""
        people = self.office.roster.people
        return [one.addresses[0] for one in people if one.role is Role.SECTION_HEAD and one.unit == unit]

    def _colleague_of(self, person: Person) -> str:
        """Return the address of the first section head of a unit head's unit."""
        if person.role is not Role.DIVISION_HEAD:
            return ""
        return next(iter(self._below(person.unit or "")), "")

    def _form_days(self, plan: CyclePlan | None) -> int:
        """Return how many working days a unit has for its form."""
        own = dict(plan.row_days).get(Step.COLLECT) if plan is not None else None
        return own if own is not None else self.office.sop.row(Step.COLLECT).days


def _without_moment(package: bytes) -> bytes:
    """Return an office file as if its program did not write down when it was saved."""
    return steady_package(package, {"docProps/core.xml": _PROPERTIES})
