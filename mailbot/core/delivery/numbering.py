"""NOMOR: Subbag Program tells the number of the cover letter, from the office's register (SOP row 8)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.leaving import gone_on, left, letters
from mailbot.core.delivery.letter_numbers import GAP, GivenNumber, Numbered, NumberFault
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.orders.planning_orders import read_date
from mailbot.core.procedure.addressing import answered, in_answer, line, make_letter

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
    """NOMOR nomor [tanggal ...]: the cover letter bears that number; what is still wanting is asked, or it leaves."""
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
    moved = gone_on(replace(cycle, delivery=delivery.numbered(given, day)), fact.at, office)
    noted = VerdictNoted(word=fact.spoken, step=cycle.step, number=given.whole)
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
