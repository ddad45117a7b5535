"""What a plan tells: each mail with its moment, reader, name and reason, daily ones as one line, and totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mailbot.writing.plan.why import Reasons, SentLetter
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter, LetterKind
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_OFTEN, _NEARLY = 5, 0.9
"""What comes to somebody at least so often, and nearly always on the next working day, is told in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One mail that will leave."""

    at: datetime
    letter: Letter
    cycle: Cycle | None
    """As it stood when the letter was meant; None outside of every cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of a plan."""

    at: datetime
    when: str
    who: str
    letter: str
    because: str
    cycle: str
    estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One way in which things may go."""

    title: str
    about: str
    lines: tuple[PlanLine, ...]
    daily: tuple[str, ...]
    """Mails that come every working day, one sentence a reader and kind."""
    totals: tuple[tuple[str, int], ...]
    """Reader and number of mails, most first, without those that come every working day."""
    ends: tuple[str, ...]
    """Where each cycle stands at the end."""
    days_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Puts plans into words."""

    office: Office
    folders: tuple[Path, ...]
    names: Mapping[date, str]
    """Holidays and cuti bersama by day."""

    @property
    def words(self) -> dict[str, Any]:
        """Return the words of plans; raises TemplateProblem where they are missing."""
        return read_words(find_template(self.folders, "plan.yaml"))

    def plan(self, code: str, mails: Sequence[Coming], cycles: Sequence[Cycle], watched_days: int) -> Plan:
        """Return one plan.

        Args:
            code: which scenario of `plan.yaml`.
            mails: every mail, in order.
            cycles: the cycles as they stand at the end.
            watched_days: for how long cycles without an answer were watched.

        Raises:
            TemplateProblem: a word is missing.
        """
        phrases, reasons = read_phrases(self.folders, self.office.calendar), Reasons(self.office, self.folders)
        daily = self._every_day(mails)
        shown = [mail for mail in mails if (mail.letter.to, mail.letter.kind) not in daily]
        lines = tuple(self._line(mail, phrases, reasons) for mail in shown)
        counts = Counter(reasons.who(mail.letter.to) for mail in shown)
        return Plan(
            title=self.words["scenarios"][code],
            about=self.words["scenario_about"][code].format(days=watched_days),
            lines=lines,
            daily=tuple(self._daily(daily, reasons)),
            totals=tuple(counts.most_common()),
            ends=tuple(self._end(cycle, phrases) for cycle in cycles),
            days_off=tuple(self._days_off(shown, phrases)),
        )

    def _line(self, mail: Coming, phrases: Phrases, reasons: Reasons) -> PlanLine:
        """Return one mail as a line."""
        letter, cycle, calendar = mail.letter, mail.cycle, self.office.calendar
        here = calendar.local(mail.at)
        opened = cycle.opened_at if cycle is not None else mail.at
        sent = SentLetter(kind=letter.kind.value, person=letter.to, unit=letter.unit, at=mail.at, due_at=letter.due_at)
        return PlanLine(
            at=mail.at,
            when=f"{phrases.day(mail.at)} {here:%H.%M}",
            who=reasons.who(letter.to),
            letter=reasons.letter(letter.kind.value),
            because=reasons.because(sent, cycle),
            cycle=letter.cycle,
            estimate=calendar.is_estimate(opened, max(mail.at, letter.due_at or mail.at)),
        )

    def _every_day(self, mails: Sequence[Coming]) -> dict[tuple[str, LetterKind], None]:
        """Return reader and kind of what comes on nearly every working day, at least while a cycle runs."""
        moments: dict[tuple[str, LetterKind], list[datetime]] = {}
        for mail in mails:
            moments.setdefault((mail.letter.to, mail.letter.kind), []).append(mail.at)
        days = self.office.calendar.working_days_between
        return {
            one: None
            for one, at in moments.items()
            if len(at) >= _OFTEN and sum(days(*both) == 1 for both in pairwise(at)) >= _NEARLY * (len(at) - 1)
        }

    def _daily(self, daily: Iterable[tuple[str, LetterKind]], reasons: Reasons) -> list[str]:
        """Return a line for each reader and kind of what comes every working day."""
        return [
            str(self.words["daily"]).format(who=reasons.who(person), letter=reasons.letter(kind.value))
            for person, kind in daily
        ]

    def _end(self, cycle: Cycle, phrases: Phrases) -> str:
        """Return where a cycle stands at the end."""
        calendar = self.office.calendar
        if cycle.closed_at is None:
            return str(self.words["open"]).format(cycle=cycle.key, row=phrases.word("step", cycle.step.value))
        days = calendar.working_days_between(cycle.opened_at, cycle.closed_at)
        return str(self.words["closed"]).format(cycle=cycle.key, day=phrases.day(cycle.closed_at), days=days)

    def _days_off(self, mails: Sequence[Coming], phrases: Phrases) -> list[str]:
        """Return the weekdays off between the first mail and the last, with their names."""
        if not mails:
            return []
        calendar = self.office.calendar
        first, last = calendar.local(mails[0].at).date(), calendar.local(mails[-1].at).date()
        return [
            f"{phrases.day(day)}: {name}"
            for day, name in sorted(self.names.items())
            if first <= day <= last and not calendar.is_working_day(day)
        ]
