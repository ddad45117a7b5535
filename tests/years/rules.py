"""What must hold of a year, on the wire, in thirteen sentences.

 1  Nobody is reminded of what he was not asked for, or has given.
 2  Nobody is reminded on the day he was asked, nor on the next working day, unless it is due.
 3  One person gets one reminding mail a day, and one a day about his people.
 4  Nobody is reminded of one thing more often than the office says.
 5  Nothing leaves outside office hours but answers, and what tells the operator of the machinery.
 6  Who has asked for time, and was given it, is not reminded before it is over.
 7  A reminder goes to who holds the post that day, or stands in for him.
 8  A superior hears only of what is owed, and of one thing at most once for each reason.
 9  Nobody who owes something is forgotten: he is told of it week by week, and once late every so many days.
10  Who stands above him hears of it when it is late, rung by rung, and when his reminders have come to their end.
11  Of a cycle that was cancelled nothing is said but that it was, once to everybody who had heard of it.
12  What is announced opens on its day; what was put off, on the other; what was called off does not. TUNDA and BATAL
    are answered.
13  An address that was edited counts once the operator has allowed it, and then the former one is told, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from tests.years.account import Account, Owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.office import Policy
    from mailbot.core.model.people import Person
    from tests.years.orders import Orders
    from tests.years.wire import Told

LADDER = {
    Role.DIVISION_HEAD: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.PLANNING: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.SECRETARY: (Role.AGENCY_HEAD,),
    Role.PLANNING_BOARD: (Role.PLANNING,),
    Role.AGENCY_HEAD: (Role.SECRETARY, Role.PLANNING),
}
"""Who stands above whom in these matters."""
_A_WEEK, _SLACK = 7, 2
"""Working days within which a weekly reminder comes round, and by which one may be late for that of another debt."""
_REASONS = 6
"""For so many reasons a superior may hear of one thing: late, returned, stopped, and his absences."""


@dataclass(slots=True, kw_only=True)
class Judge:
    """Looks at every letter that leaves, and at every evening."""

    account: Account
    orders: Orders
    """Rules 11 to 13."""
    policy: Policy
    doubted: set[str]
    """Message-IDs of letters of which mailbot cannot know whether they were taken."""
    breaches: list[str] = field(default_factory=list)
    _mails: dict[tuple[str, date, bool], str] = field(default_factory=dict)
    """Who had a reminding mail on which day, and who one about his people; with its Message-ID."""
    _seen: set[tuple[str, str]] = field(default_factory=set)
    unreachable: set[str] = field(default_factory=set)
    """Keys of people whom no mail reaches at present, or who are away."""

    def letter_left(self, letter: Told, *, arrives: bool) -> None:
        """Judge a letter that left, then enter it; `arrives`: it does not come back."""
        again = (letter.message_id, letter.to) in self._seen
        self._seen.add((letter.message_id, letter.to))
        self.account.reads_of_more_time(letter)
        found = [] if again else [*self._hours(letter), *self._chased(letter), *self.orders.letter_left(letter)]
        self.breaches += [
            f"{said} ({letter.kind.value} {letter.message_id}, {letter.at:%d %b %Y %H.%M} UTC)" for said in found
        ]
        self.account.takes(letter, arrives=arrives)
        if arrives and not again:
            self.account.reached(letter)
        elif not arrives:
            self.account.in_vain(letter)

    def refused(self, letter: Told) -> None:
        """Judge a letter that was refused for good by what it says was done."""
        day = self.account.today(letter.at)
        self.breaches += [f"{said} ({day:%d %b %Y})" for said in self.orders.tried(letter)]

    def day_over(self, day: date, *, well: bool) -> None:
        """Judge an evening; `well`: on that day the daemon could do what it should."""
        account = self.account
        self.breaches += [f"{said} ({day:%d %b %Y})" for said in self.orders.day_over(day, well=well)]
        if not account.days.works(day):
            return
        for matter, owed in account.owed.items():
            if owed.over or owed.given_at is not None:
                continue
            person = account.holder(matter, day)
            if (
                not (well and owed.arrived)
                or person is None
                or person.key in self.unreachable
                or _put_off(owed, account, day)
            ):
                owed.silent = 0
                owed.late_in_a_row = 0
                continue
            if day > owed.asked_on:
                owed.silent += 1
            if day > owed.due:
                owed.late += 1
                owed.late_in_a_row += 1
            self.breaches += [f"{said} ({day:%d %b %Y})" for said in self._forgotten(owed, person, day)]

    def _hours(self, letter: Told) -> Iterator[str]:
        """Rule 5."""
        operator = any(one.key == letter.person and one.role is Role.OPERATOR for one in self.account.roster.people)
        machinery = operator and not letter.cycle
        if not letter.answers and not machinery and not self.account.days.is_open(letter.at):
            yield f"5: a letter to {letter.person} leaves when the office is closed"

    def _chased(self, letter: Told) -> Iterator[str]:
        """Rules 1 to 4 and 6 to 8, of a letter that reminds or tells a superior."""
        above = letter.kind is LetterKind.ESCALATION
        if not letter.reminds and not above:
            return
        today, known = self.account.today(letter.at), self.account.owed
        day = (letter.to.casefold(), today, above)
        if self._mails.get(day, letter.message_id) not in {letter.message_id, *self.doubted}:
            yield f"3: {letter.to} gets a second such mail on {today}"
        self._mails[day] = letter.message_id
        for matter in sorted(letter.names):
            owed = known.get(matter)
            if owed is None or owed.given(letter.at):
                yield f"{8 if above else 1}: {matter} is not owed"
                continue
            if letter.reminds and owed.new and today <= self.account.days.after(owed.asked_on) and today < owed.due:
                yield f"2: {matter} was asked for on {owed.asked_on} and is due on {owed.due}"
            if above and owed.above[letter.person] >= _REASONS:
                yield f"8: {letter.person} hears of {matter} again"
            if not above and owed.put_off_until is not None and letter.at < owed.put_off_until:
                yield f"6: {matter} was put off until {owed.put_off_until:%d %b %H.%M} UTC"
        if letter.reminds and letter.about in known and not known[letter.about].given(letter.at):
            yield from self._lead(letter, known[letter.about], today)

    def _lead(self, letter: Told, owed: Owed, today: date) -> Iterator[str]:
        """Rules 4 and 7, of what a letter reminds of before all else."""
        before = len(owed.leads - self.doubted - {letter.message_id})
        if before >= self.policy.most_per_debt:
            yield f"4: {letter.person} was reminded of {owed.matter} {before} times"
        holder = self.account.holder(owed.matter, today)
        unit = [one.key for one in self.account.roster.people if one.unit == owed.matter[1] and one.in_office(today)]
        if holder is None or letter.person not in {holder.key, *unit}:
            yield f"7: {letter.person} is reminded of {owed.matter}"

    def _forgotten(self, owed: Owed, person: Person, day: date) -> Iterator[str]:
        """Rules 9 and 10."""
        policy, rungs = self.policy, self._rungs(person, day)
        every = policy.late_every_days + _SLACK if owed.late else _A_WEEK + _SLACK
        silent = owed.late_in_a_row if owed.late else owed.silent
        if owed.named < policy.most_per_debt and silent > every:
            yield f"9: {owed.matter} was not spoken of for {silent} working days"
            owed.silent = owed.late_in_a_row = -999
        days = [policy.superior_after_days, policy.agency_head_after_days]
        if person.role is Role.AGENCY_HEAD:
            days = [policy.agency_head_after_days]
        for above, after in zip(rungs, days, strict=False):
            if owed.late > after + _SLACK and above.key not in self.unreachable and not owed.above[above.key]:
                yield f"10: {above.key} has not heard of {owed.matter}, late by {owed.late} working days"
                owed.above[above.key] = 1
        stopped = (
            person.role is not Role.AGENCY_HEAD and len(owed.leads) >= policy.most_per_debt and owed.silent > _SLACK
        )
        if rungs and stopped and not owed.above and rungs[0].key not in self.unreachable:
            yield f"10: {owed.matter}: reminders have come to their end, and nobody above has heard"
            owed.above[rungs[0].key] = 1

    def _rungs(self, person: Person, day: date) -> list[Person]:
        """Return who stands above somebody, the nearest first, each but once."""
        known, found = {person.addresses[0]}, []
        for role in LADDER.get(person.role, ()):
            above = self.account.roster.holder(role, day)
            if above is not None and above.addresses[0] not in known:
                known.add(above.addresses[0])
                found.append(above)
        return found


def _put_off(owed: Owed, account: Account, day: date) -> bool:
    """Say whether he has asked for time, and it is not over on that day."""
    return owed.put_off_until is not None and account.today(owed.put_off_until) >= day
