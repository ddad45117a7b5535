"""NOMOR: Subbag Program tells the number of the cover letter, from the office's register (SOP row 8)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.delivery import ToldNumber
from mailbot.core.delivery.leaving import gone_on, left, letters
from mailbot.core.delivery.letter_numbers import GAP, GivenNumber, Numbered, NumberFault
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.orders.planning_orders import read_date
from mailbot.core.procedure.addressing import answered, in_answer, line, make_letter
from mailbot.core.recall.letters_of_recall import Recalled

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.delivery.delivery import Delivery
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters_in_answer import WhatLacks
    from mailbot.core.model.office import Office

_DATED = re.compile(r"[,;(\s]*\b(?:tanggal|tertanggal|tgl)\b\.?:?(.*)$", re.IGNORECASE)
_LACKS: dict[NumberFault, WhatLacks] = {
    NumberFault.PATTERN: Reason.NUMBER_PATTERN,
    NumberFault.YEAR: Reason.NUMBER_YEAR,
    NumberFault.MONTH: Reason.NUMBER_MONTH,
    NumberFault.USED: Reason.NUMBER_USED,
}


def numbered(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """NOMOR nomor [tanggal ...]: the cover letter bears that number once it stands; till then another takes its place.

    Then what is still wanting is asked, or the report leaves.
    """
    delivery = cycle.delivery
    if delivery is None or delivery.agenda or delivery.leaves_at is not None:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    text, day = _written(fact, office)
    if day is None or not _fits(day, cycle, fact, office):
        return _asked_back(cycle, fact, Reason.NUMBER_DAY, office, day)
    given = office.letter_numbers.read(text, Numbered.SUBMISSION, day)
    if not isinstance(given, GivenNumber):
        return _asked_back(cycle, fact, _LACKS[given], office, day)
    return _taken(cycle, delivery, given, day, fact, office)


def _written(fact: CommandGiven, office: Office) -> tuple[str, date | None]:
    """Return the number as written, and the day that the register has for it: today's where it names none."""
    whole = " ".join((fact.said.arguments, *fact.said.remarks))
    dated = _DATED.search(whole)
    if dated is None:
        return fact.said.arguments.strip(), office.calendar.local(fact.received_at).date()
    return whole[: dated.start()].strip(), read_date(dated[1])


def _fits(day: date, cycle: Cycle, fact: CommandGiven, office: Office) -> bool:
    """Say whether a letter may bear that day: not before the report was ratified, nor after the next working day."""
    ratified, received = (office.calendar.local(moment).date() for moment in (cycle.since, fact.received_at))
    return ratified <= day <= office.calendar.next_working_day(received)


def _asked_back(cycle: Cycle, fact: CommandGiven, lacks: WhatLacks, office: Office, day: date | None) -> Outcome:
    """Say what is wrong with the number, and how one looks."""
    shown = day or office.calendar.local(fact.received_at).date()
    example = office.letter_numbers.whole(GAP, Numbered.SUBMISSION, shown)
    about = Unclear(word=fact.spoken, reason=lacks, nearest=example)
    return answered(about, cycle, fact.source, fact.at)


def _taken(
    cycle: Cycle, delivery: Delivery, given: GivenNumber, day: date, fact: CommandGiven, office: Office
) -> Outcome:
    """Give the cover letter its number, and go on with what is wanting next."""
    told = _told(given, day, fact, office)
    borne = delivery.numbered(given, day) if told is None else replace(delivery, told=told)
    moved = gone_on(replace(cycle, delivery=borne), fact.at, office)
    until = told.stands_at if told is not None else None
    noted = VerdictNoted(word=fact.spoken, step=cycle.step, number=given.whole, until=until)
    confirmed = make_letter(noted, moved, in_answer(fact.source))
    note = line(
        fact.at,
        "number_given",
        fact.source.person.key,
        number=given.whole,
        day=day.isoformat(),
        proof=fact.source.proof.value,
        mail=fact.source.mail_sha256,
    )
    return Outcome(
        cycle=moved, letters=(confirmed, *letters(moved, fact.at, office)), journal=(note, *left(cycle, moved, fact.at))
    )


def _told(given: GivenNumber, day: date, fact: CommandGiven, office: Office) -> ToldNumber | None:
    """Return the number as one that can still be taken back; None where the office has no window, or at its machine."""
    if not office.policy.recall_minutes or fact.source.proof is Proof.OPERATOR:
        return None
    return ToldNumber(
        agenda=given.agenda,
        number=given.whole,
        day=day,
        person=fact.source.person.key,
        address=fact.source.address,
        given_at=fact.at,
        stands_at=office.calendar.add_minutes(fact.at, office.policy.recall_minutes),
    )


def not_numbered(cycle: Cycle, told: ToldNumber, fact: CommandGiven, office: Office) -> Outcome:
    """BATAL: the number that was told is taken back before it stands; the right one is asked for in the answer."""
    delivery = cycle.delivery
    without = replace(delivery, told=None) if delivery is not None else None
    moved = gone_on(replace(cycle, delivery=without), fact.at, office)
    about = Recalled(word=fact.spoken, said=Word.NOMOR.value, step=cycle.step)
    answer = make_letter(about, moved, in_answer(fact.source), due_at=moved.due_at)
    proof, mail = fact.source.proof.value, fact.source.mail_sha256
    note = line(fact.at, "number_recalled", fact.source.person.key, number=told.number, proof=proof, mail=mail)
    return Outcome(cycle=moved, letters=(answer,), journal=(note,))
