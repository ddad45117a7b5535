"""What was ordered beside the cycles' own course, and whether it is done: cancelled, put off, called off, edited.

The judge knows what was ordered from who ordered it: the operator at the machine, Subbag Program by mail, the admin in
his editor; and what came of it from the wire.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailbot.core.model.office import Policy
    from tests.years.account import Account
    from tests.years.wire import Told

_OF_THE_END = frozenset({LetterKind.CYCLE_CANCELLED, LetterKind.UNDELIVERED})
"""What may be said of a cycle that was cancelled: that it was, and whom that did not reach."""
_SLACK = 2
"""Working days, on which the daemon could do what it should, by which something may come late."""


@dataclass(slots=True, kw_only=True)
class Cancelled:
    """A cycle that the operator cancelled."""

    to_tell: dict[str, set[str]]
    """Who has heard of it, by address: one letter does for all posts of a person."""
    told: Counter[str] = field(default_factory=Counter)
    """Letters that say so, by the key of their addressee."""
    waited: int = 0


@dataclass(slots=True, kw_only=True)
class Announced:
    """A cycle of which Subbag Program was told that it opens."""

    day: date
    off: bool = False
    """It was called off."""
    waited: int = 0


@dataclass(slots=True, kw_only=True)
class Said:
    """TUNDA or BATAL in answer to such a letter."""

    days: int
    """By so many working days; 0: it is called off."""
    opens: dict[str, date]
    """What the letter that it answers said: cycles, and their day."""
    heard: bool = False
    """It was answered."""
    waited: int = 0


@dataclass(slots=True, kw_only=True)
class Moved:
    """An edit of somebody's address, which counts once the operator has answered BENAR."""

    person: str
    former: str
    now: str
    allowed: bool = False
    told: int = 0
    """Letters to the former address that say so, or in its place to the second one."""
    waited: int = 0


@dataclass(slots=True, kw_only=True)
class Orders:
    """Looks at every letter that leaves, and at every evening, as the judge does."""

    account: Account
    policy: Policy
    _reached: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who has had a letter of a cycle."""
    _cancelled: dict[str, Cancelled] = field(default_factory=dict)
    _announced: dict[str, Announced] = field(default_factory=dict)
    _said: list[Said] = field(default_factory=list)
    _moved: list[Moved] = field(default_factory=list)

    def cancels(self, cycle: str, today: date) -> None:
        """Enter that the operator has cancelled a cycle."""
        planning = self.account.roster.holder(Role.PLANNING, today)
        keys = self._reached[cycle] | ({planning.key} if planning is not None else set())
        to_tell: dict[str, set[str]] = defaultdict(set)
        for one in self.account.roster.people:
            if one.key in keys and one.in_office(today) and one.role is not Role.OPERATOR:
                to_tell[one.addresses[0]].add(one.key)
        self._cancelled[cycle] = Cancelled(to_tell=to_tell)
        self.account.cancelled(cycle)

    def says(self, letter: Told, days: int) -> None:
        """Enter that Subbag Program answers the letter about an opening; `days`: of TUNDA, 0 of BATAL."""
        named = {key: self.account.today(at) for key, at in letter.opens}
        self._said.append(Said(days=days, opens=named))

    def moves(self, person: str, former: str, now: str) -> None:
        """Enter that somebody's address was edited; before the first cycle opens nobody need allow it."""
        self._moved.append(Moved(person=person, former=former, now=now, allowed=not self._reached))

    def allows(self) -> None:
        """Enter that the operator has written BENAR to what was edited last."""
        for moved in self._moved[-1:]:
            moved.allowed = True

    def letter_left(self, letter: Told) -> Iterator[str]:
        """Judge a letter that left by rules 11 to 13, then enter it."""
        cancelled = self._cancelled.get(letter.cycle)
        if cancelled is not None and letter.kind not in _OF_THE_END:
            yield f"11: {letter.person} is written to about {letter.cycle}, which was cancelled"
        if letter.cycle and letter.cycle not in self._reached:
            yield from self._opens(letter.cycle, self.account.today(letter.at))
        yield from self._goes_to(letter)
        if letter.cycle:
            self._reached[letter.cycle].add(letter.person)
        if letter.kind is LetterKind.OPENING_AHEAD:
            self._announced |= {key: Announced(day=self.account.today(at)) for key, at in letter.opens}
        yield from self.tried(letter)
        if cancelled is not None and cancelled.told[letter.person] > 1:
            yield f"11: {letter.person} is told again that {letter.cycle} was cancelled"

    def tried(self, letter: Told) -> Iterator[str]:
        """Note a letter that left, or was refused for good: more cannot be done for who was to be told."""
        if letter.kind is LetterKind.OPENING_NOTED:
            yield from self._is_noted(letter)
        cancelled = self._cancelled.get(letter.cycle)
        if cancelled is not None and letter.kind is LetterKind.CYCLE_CANCELLED and not letter.answers:
            cancelled.told[letter.person] += 1
        for moved in self._moved:
            # Where the former address takes no mail, it goes to the second one; of two edits each has its own letter.
            own = letter.kind is LetterKind.HOLDER_CHANGED and letter.person == moved.person
            others = {one.former for one in self._moved if one.person == moved.person} - {moved.former}
            moved.told += own and letter.to not in {moved.now, *others}

    def day_over(self, day: date, *, well: bool) -> Iterator[str]:
        """Judge an evening; `well`: on that day the daemon could do what it should."""
        if not (well and self.account.days.works(day)):
            return
        for cycle, cancelled in self._cancelled.items():
            cancelled.waited += 1
            told = cancelled.told.keys()
            missing = [address for address, keys in cancelled.to_tell.items() if not keys & told]
            if cancelled.waited == _SLACK + 1 and missing:
                yield f"11: {missing[0]} has had letters of {cycle}, and is not told that it was cancelled"
        yield from self._still_to_open(day)
        for said in self._said:
            said.waited += 1
            if said.waited == _SLACK + 1 and not said.heard:
                yield f"12: nothing was said to {'TUNDA' if said.days else 'BATAL'} about {sorted(said.opens)}"
        for moved in self._moved:
            moved.waited += moved.allowed
            if moved.waited == _SLACK + 1 and moved.told != 1:
                yield f"13: {moved.former} was told {moved.told} times that {moved.person} has another address"

    def _opens(self, cycle: str, today: date) -> Iterator[str]:
        """Rule 12, of a cycle of which the first letter leaves."""
        told = self._announced.get(cycle)
        if told is not None and told.off:
            yield f"12: {cycle} was called off, and opens"
        elif told is not None and today < told.day:
            yield f"12: {cycle} opens before {told.day}"

    def _still_to_open(self, day: date) -> Iterator[str]:
        """Rule 12, of what was announced and has not opened."""
        for cycle, told in self._announced.items():
            if told.off or cycle in self._reached or day <= told.day:
                continue
            told.waited += 1
            missed = (day - told.day).days >= self.policy.opens_within_days
            if told.waited == _SLACK + 1 and not missed:
                yield f"12: {cycle} was announced for {told.day}, and has not opened"

    def _is_noted(self, letter: Told) -> Iterator[str]:
        """Rule 12, of what Subbag Program reads in answer to TUNDA or BATAL."""
        said = next((one for one in reversed(self._said) if one.opens.keys() & dict(letter.opens).keys()), None)
        if said is None:
            yield "12: an answer to what was not said"
            return
        said.heard = True
        for key, at in letter.opens:
            day = self.account.today(at)
            if letter.fate == "called_off":
                self._announced[key].off = True
            elif letter.fate == "put_off":
                expected = self.account.days.after(said.opens[key], said.days)
                if day != expected:
                    yield f"12: {key} was to open on {expected}, and is put off to {day}"
                self._announced[key] = Announced(day=day)

    def _goes_to(self, letter: Told) -> Iterator[str]:
        """Rule 13."""
        for moved in self._moved:
            if letter.to == moved.now and not moved.allowed:
                yield f"13: a letter goes to {moved.now}, which nobody has allowed"
            late = moved.waited >= _SLACK and letter.reminds and letter.person == moved.person
            if late and letter.to == moved.former:
                yield f"13: {moved.person} is still reminded at {moved.former}"
