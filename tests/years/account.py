"""Who owes what, from what left and what was heard alone: no state of mailbot is looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from tests.years.wire import ASKS_FOR_FORM, ASKS_FOR_WORD, Matter, Told

if TYPE_CHECKING:
    from mailbot.core.model.people import Person, Roster
    from tests.years.days import Days

UNREAD_FOR = timedelta(hours=1)
"""What lies in the mailbox for so long is answered, read or not: nobody is reminded meanwhile."""
OWES = {
    Step.INFORM.value: Role.PLANNING,
    Step.DRAFT.value: Role.PLANNING,
    Step.REVIEW.value: Role.SECRETARY,
    Step.RATIFY.value: Role.AGENCY_HEAD,
    Step.SUBMIT.value: Role.PLANNING_BOARD,
}
"""Whose word a row waits for; a form is owed by the head of its unit."""
_KNOWN_TO_HIM = frozenset({LetterKind.REOPENED, LetterKind.RETURNED_BY_PLANNING, LetterKind.DRAFT_HELD})
"""Letters that ask again for what he has just given, or taken back."""


@dataclass(slots=True, kw_only=True)
class Owed:
    """Something that was asked for on the wire."""

    matter: Matter
    asked_by: str
    """Message-ID of the letter that asked."""
    asked_on: date
    due: date
    new: bool = True
    """He had not heard of it before."""
    arrived: bool = True
    """The letter that asked for it did not come back."""
    given_at: datetime | None = None
    """When the mail arrived that settles it."""
    heard: bool = False
    """That mail was read."""
    over: bool = False
    """The cycle went back, or ended."""
    leads: set[str] = field(default_factory=set)
    """Message-IDs of the reminders of it before all else, since it was asked for or its deadline was moved."""
    named: int = 0
    """Reminders that speak of it, likewise."""
    above: Counter[str] = field(default_factory=Counter)
    """Letters to superiors that speak of it, by person, likewise."""
    moved_by: str = ""
    """Message-ID of the letter that moved its deadline last: a copy of it, repeated after a doubt, moves nothing."""
    more_time: bool = False
    """Subbag Program has written that he has more time; how much he reads in whatever letter leaves first."""
    put_off_until: datetime | None = None
    """He has asked for time (TUNDA), and was given it."""
    silent: int = 0
    """Working days since anybody was told of it, on which the daemon could have told."""
    late: int = 0
    """Working days after its deadline on which the daemon could have told."""
    late_in_a_row: int = 0
    """The same, since anybody was told of it."""

    def given(self, at: datetime) -> bool:
        """Say whether it is given at a moment, as far as anybody could know."""
        return self.over or self.heard or (self.given_at is not None and self.given_at < at - UNREAD_FOR)

    def begins_anew(self, due: date) -> None:
        """Let its deadline be moved: reminders, and what superiors hear, are counted anew."""
        self.due = due
        self.more_time = False
        self.named = self.silent = self.late = self.late_in_a_row = 0
        self.above.clear()
        self.leads.clear()


@dataclass(slots=True, kw_only=True)
class Account:
    """All that is owed, kept by who stands outside."""

    days: Days
    roster: Roster
    owed: dict[Matter, Owed] = field(default_factory=dict)

    def today(self, at: datetime) -> date:
        """Return which day it is in the office."""
        return self.days.here(at).date()

    def holder(self, matter: Matter, on: date) -> Person | None:
        """Return who owes something on a day, by his post."""
        role = OWES.get(matter[1])
        if role is not None:
            return self.roster.holder(role, on)
        return self.roster.holder(Role.DIVISION_HEAD, on, matter[1])

    def takes(self, letter: Told, *, arrives: bool) -> None:
        """Enter a letter that left; `arrives`: it does not come back."""
        if letter.kind is LetterKind.CLOSED:
            self._over(lambda matter: matter[0] == letter.cycle)
        known = self.owed.get(letter.about) if letter.about is not None else None
        if letter.about is None or (known is not None and known.asked_by == letter.message_id):
            return
        today = self.today(letter.at)
        due = self.today(letter.due_at) if letter.due_at is not None else known.due if known is not None else today
        for_information = letter.kind is LetterKind.REOPENED and not letter.answers
        if (letter.kind in ASKS_FOR_FORM and not for_information) or letter.kind in ASKS_FOR_WORD:
            # Whatever row waited for its word waits no more.
            self._over(lambda matter: matter[0] == letter.cycle and matter[1] in OWES)
            owed = Owed(matter=letter.about, asked_by=letter.message_id, asked_on=today, due=due)
            if known is not None and letter.kind is LetterKind.DRAFT_HELD:
                owed = replace(known, asked_by=letter.message_id, given_at=None, heard=False, over=False)
            owed.new = letter.kind not in _KNOWN_TO_HIM
            owed.arrived = arrives
            self.owed[letter.about] = owed
        elif known is not None and letter.kind is LetterKind.EXTENDED and letter.answers:
            known.put_off_until = letter.due_at
        elif known is not None and letter.kind is LetterKind.EXTENDED:
            if known.moved_by != letter.message_id:
                known.moved_by = letter.message_id
                known.begins_anew(due)
        elif known is not None:
            known.due = max(known.due, due)

    def reached(self, letter: Told) -> None:
        """Note that somebody was told of what is owed."""
        for matter in letter.names:
            known = self.owed.get(matter)
            if known is None:
                continue
            known.arrived = True
            known.silent = known.late_in_a_row = 0
            known.named += letter.reminds
            if letter.reminds and matter == letter.about:
                known.leads.add(letter.message_id)
            known.above[letter.person] += letter.kind is LetterKind.ESCALATION
        if letter.about in self.owed and letter.kind is not LetterKind.REQUEST_COPY:
            self.owed[letter.about].silent = self.owed[letter.about].late_in_a_row = 0

    def in_vain(self, letter: Told) -> None:
        """Note a letter that was refused for good, or came back: it was a try, and the operator hears of it.

        Who has taken his form back owes it, and who has sent a draft with open changes its word, whether the answer
        reached him or not.
        """
        if letter.kind in {LetterKind.REOPENED, LetterKind.DRAFT_HELD} and letter.answers:
            self.takes(letter, arrives=False)
        for matter in letter.names & self.owed.keys():
            self.owed[matter].named += letter.reminds
            self.owed[matter].above[letter.person] += letter.kind is LetterKind.ESCALATION

    def arrives(self, matter: Matter, at: datetime, answers: str = "") -> None:
        """Enter a proved mail that settles something; a word settles only what the letter asked that it answers."""
        known = self.owed.get(matter)
        if known is not None and known.given_at is None and (not answers or answers == known.asked_by):
            known.given_at = at

    def gives_more_time(self, matter: Matter) -> None:
        """Enter that Subbag Program has written that somebody has more time."""
        if matter in self.owed:
            self.owed[matter].more_time = True

    def reads_of_more_time(self, letter: Told) -> None:
        """Let a reminder tell him of his new deadline, where it leaves before the letter that is about that."""
        known = self.owed.get(letter.about) if letter.about is not None and letter.reminds else None
        if known is not None and known.more_time and letter.due_at is not None:
            due = self.today(letter.due_at)
            if due > known.due:
                known.begins_anew(due)

    def cancelled(self, cycle: str) -> None:
        """Enter that a cycle was withdrawn: nobody owes anything in it."""
        self._over(lambda matter: matter[0] == cycle)

    def looked(self) -> None:
        """Enter that everything that has arrived was read."""
        for known in self.owed.values():
            known.heard |= known.given_at is not None

    def _over(self, which: object) -> None:
        """Close what nobody waits for any more."""
        for matter, known in self.owed.items():
            if which(matter):  # type: ignore[operator]  # a condition
                known.over = True
