"""Everybody answers as asked: whole forms, plain words, each as a fact as if a proved mail had come (rows 1 to 8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import CommandGiven, FormArrived, VerdictGiven
from mailbot.core.model.form import BudgetAnswer, Entry, FormData, IndicatorAnswer, Narrative, ReadForm, Stamp
from mailbot.core.model.letters import Answers
from mailbot.core.model.mail import Proof, Source
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.procedure.word_asked import last_word
from mailbot.rehearsal.figures import planned_figures, written_figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_SPENT_PCT = 96
_SOON = timedelta(hours=1)
_WORDS: dict[Step, tuple[Role, Word]] = {
    Step.INFORM: (Role.SECRETARY, Word.SETUJU),
    Step.DRAFT: (Role.PLANNING, Word.TERUSKAN),
    Step.REVIEW: (Role.SECRETARY, Word.SETUJU),
    Step.RATIFY: (Role.AGENCY_HEAD, Word.DISAHKAN),
    Step.SUBMIT: (Role.PLANNING_BOARD, Word.DITERIMA),
}
"""Row -> who ends it, by which word."""


class Answering(StrEnum):
    """How people answer."""

    NOBODY = "nobody"
    AT_ONCE = "at_once"
    """An office hour after they were asked."""
    ON_TIME = "on_time"
    """An hour before their deadline."""


@dataclass(slots=True, kw_only=True)
class Staff:
    """Everybody of an office; what each owes is read off the cycle."""

    answering: Answering
    office: Office
    asked: dict[tuple[str, str], tuple[datetime, Asked]] = field(default_factory=dict)
    """Cycle and person -> when he was last asked for a deciding word, and for which."""
    mails: int = 0

    def answers_at(self, cycle: Cycle, since: datetime, due_at: datetime | None) -> datetime:
        """Return when what was asked at one moment is answered."""
        calendar = self.office.calendar
        soon = calendar.next_office_moment(since + _SOON)
        if self.answering is Answering.AT_ONCE:
            return soon
        due_at = due_at or cycle.due_at
        return max(soon, calendar.next_office_moment(due_at - _SOON) if due_at > soon + _SOON else soon)

    def owed(self, cycle: Cycle, at: datetime) -> Iterator[tuple[datetime, Fact]]:
        """Yield what people will answer as the cycle stands, each with its moment; the facts are of that moment."""
        if self.answering is Answering.NOBODY or cycle.closed:
            return
        if cycle.step in {Step.REQUEST, Step.COLLECT, Step.CHECK}:
            if cycle.step is not Step.REQUEST:
                yield from self._forms(cycle, at)
        elif (wanting := awaited(cycle, self.office)) is Awaited.NUMBER:
            yield from self._number(cycle, at)
        elif wanting is None and cycle.step in _WORDS:
            yield from self._word(cycle, at)

    def _forms(self, cycle: Cycle, at: datetime) -> Iterator[tuple[datetime, Fact]]:
        """Yield the form of every unit that owes one."""
        for form in cycle.units:
            head = holder(Role.DIVISION_HEAD, self.office, at, form.unit)
            if not form.settled and not form.submissions and head is not None:
                moment = self.answers_at(cycle, cycle.since, form.due_at)
                yield (
                    moment,
                    FormArrived(
                        at=moment,
                        source=self._source(head, moment),
                        unit=form.unit,
                        form=whole_form(cycle, form.unit, self.office),
                        last={},
                    ),
                )

    def _number(self, cycle: Cycle, at: datetime) -> Iterator[tuple[datetime, Fact]]:
        """Yield the number of the cover letter."""
        planning = holder(Role.PLANNING, self.office, at)
        if planning is not None:
            moment = self.answers_at(cycle, cycle.since, cycle.due_at)
            said = Said(word=Word.NOMOR, arguments=str(100 + self.mails))
            yield moment, CommandGiven(at=moment, source=self._source(planning, moment), said=said)

    def _word(self, cycle: Cycle, at: datetime) -> Iterator[tuple[datetime, Fact]]:
        """Yield the word that ends the row, where it was asked for and is not given."""
        if cycle.step is Step.INFORM and self.answering is Answering.ON_TIME:
            return  # silence is consent, and takes the whole time
        role, word = _WORDS[cycle.step]
        person = holder(role, self.office, at)
        found = self.asked.get((cycle.key, person.key)) if person is not None else None
        if person is None or found is None or found[1].step is not cycle.step or last_word(cycle) is not None:
            return
        moment = self.answers_at(cycle, found[0], cycle.due_at)
        yield (
            moment,
            VerdictGiven(at=moment, source=self._source(person, moment), said=Said(word=word), about=found[1]),
        )

    def _source(self, person: Person, moment: datetime) -> Source:
        """Return a proved mail of somebody."""
        self.mails += 1
        digest = hashlib.sha256(f"{person.key} {self.mails}".encode()).hexdigest()
        return Source(
            mail_sha256=digest,
            answers=Answers(message_id=f"<{digest[:16]}@plan.invalid>"),
            address=person.addresses[0],
            person=person,
            proof=Proof.AUTHENTICATED,
            received_at=moment,
        )


def whole_form(cycle: Cycle, unit: str, office: Office) -> ReadForm:
    """Return a unit's form in which every target is reached and every cell says something."""
    period = cycle.period
    reached, spent = planned_figures(office, unit, period, _SPENT_PCT * (period.quarter or 4) // 4)
    said = Entry(text="Sesuai rencana kerja tahun berjalan", sheet="Indikator", cell="L7")
    rows = []
    for indicator in office.asked_indicators(unit, period):
        value = reached.get(indicator.code)
        actual = (
            Entry(value=value, text=written_figure(indicator, value), sheet="Indikator", cell="J7")
            if value is not None
            else Entry(text="NIHIL", nil=True, sheet="Indikator", cell="J7")
        )
        words = dict.fromkeys(("enabling_factors", "obstacles", "follow_up", "data_source", "evidence", "remark"), said)
        rows.append(IndicatorAnswer(code=indicator.code, actual=actual, **words))
    money = tuple(
        BudgetAnswer(
            code=code,
            spent_idr=Entry(value=value, text=str(value), sheet="Anggaran", cell="E6"),
            note=Entry(text=said.text, sheet="Anggaran", cell="F6"),
        )
        for code, value in spent.items()
    )
    data = FormData(indicators=tuple(rows), budget=money, narrative=Narrative(analysis=said), filled_by="Kepala Bidang")
    return ReadForm(
        file_sha256=hashlib.sha256(f"{cycle.key} {unit}".encode()).hexdigest(),
        file_name=f"form-{unit}.xlsx",
        stamp=Stamp(cycle=cycle.key, unit=unit, template_version=1, valid=True),
        data=data,
    )
