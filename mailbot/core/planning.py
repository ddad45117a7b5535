"""What only Subbag Program may order about a unit's form: TERIMA, KEMBALIKAN, PERPANJANG (SOP row 4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.addressing import holder, in_answer, line, on_initiative
from mailbot.core.collecting import OPEN_FOR_FORMS, replaced
from mailbot.core.cycle import Cycle, UnitForm, UnitState
from mailbot.core.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.reopening import REOPENS_IN, answered, back_to_check, reopen
from mailbot.core.rows import advance
from mailbot.core.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.facts import CommandGiven
    from mailbot.core.letters import Letter
    from mailbot.core.office import Office

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


def named_unit(arguments: str, office: Office) -> tuple[str, str]:
    """Split `DAFDUK alasan ...` into the unit's key and the rest; the key is empty if no unit is named."""
    head, _, rest = arguments.strip().partition(" ")
    for unit in office.roster.units:
        if unit.key.casefold() == head.strip(".,:;").casefold():
            return unit.key, rest.strip()
    return "", arguments.strip()


def _by_planning(
    act: Callable[[Cycle, UnitForm, str, CommandGiven, Office], Outcome],
) -> Callable[[Cycle, CommandGiven, Office], Outcome]:
    """Wrap one of Subbag Program's acts: it names a unit first, and an unknown one is asked back."""

    def named(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
        unit, rest = named_unit(fact.said.arguments, office)
        forms = [form for form in cycle.units if form.unit == unit]
        if not forms:
            return answered(LetterKind.UNCLEAR, cycle, fact, "unknown_unit")
        reason = " ".join(text for text in (rest, *fact.said.remarks) if text)
        return act(cycle, forms[0], reason, fact, office)

    return named


def _accept(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """TERIMA unit alasan: the newest form counts in spite of its faults; the reason is recorded."""
    if not form.submissions or cycle.step not in OPEN_FOR_FORMS:
        return answered(LetterKind.OUT_OF_TURN, cycle, fact, "nothing_to_accept")
    if not reason:
        return answered(LetterKind.UNCLEAR, cycle, fact, "no_reason")
    taken = replace(form.submissions[-1], accepted=True, reason=reason)
    kept = replace(
        form,
        state=UnitState.ACCEPTED,
        submissions=(*form.submissions[:-1], taken),
        counted=taken.number,
        accepted_at=fact.at,
    )
    outcome = _told_unit(LetterKind.UNIT_ACCEPTED, replaced(cycle, kept), kept, reason, fact, office)
    return advance(outcome, fact.at, office)


def _send_back(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """KEMBALIKAN unit alasan: an accepted form goes back for a reason no check can see."""
    if not form.submissions or cycle.step not in REOPENS_IN or cycle.closed:
        return answered(LetterKind.OUT_OF_TURN, cycle, fact, "nothing_to_return")
    if not reason:
        return answered(LetterKind.UNCLEAR, cycle, fact, "no_reason")
    noted = replace(form, submissions=(*form.submissions[:-1], replace(form.submissions[-1], reason=reason)))
    reopened = reopen(cycle, noted)
    outcome = _told_unit(LetterKind.RETURNED_BY_PLANNING, reopened, reopened.unit(form.unit), reason, fact, office)
    return back_to_check(outcome, fact, office)


def _extend(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG unit tanggal: that unit's deadline moves to the close of that working day."""
    day = read_date(reason)
    if day is None or not office.calendar.is_working_day(day):
        return answered(LetterKind.UNCLEAR, cycle, fact, "bad_date")
    until = office.calendar.at(day, office.calendar.closes)
    if until <= fact.at:
        return answered(LetterKind.UNCLEAR, cycle, fact, "bad_date")
    kept = replace(form, due_at=until)
    return _told_unit(LetterKind.EXTENDED, replaced(cycle, kept), kept, "", fact, office)


def read_date(text: str) -> date | None:
    """Read the first date of a text, `2026-01-15` or `15-1-2026`; None if there is none."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_LOCAL, (3, 2, 1))):
        found = pattern.search(text)
        if found:
            try:
                return date(*(int(found.group(place)) for place in order))
            except ValueError:
                return None
    return None


def _told_unit(
    kind: LetterKind, cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office
) -> Outcome:
    """Confirm to Subbag Program and tell the unit's head."""
    confirmed = in_answer(
        LetterKind.VERDICT_NOTED,
        fact.source,
        cycle,
        unit=form.unit,
        remarks=(reason,) if reason else (),
        about=(("word", str(fact.said.word)), ("step", cycle.step.value)),
    )
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    told: tuple[Letter, ...] = ()
    if head is not None:
        letter = on_initiative(
            kind,
            head,
            office,
            cycle,
            fact.at,
            form.unit,
            fact.source.mail_sha256[:16],
            unit=form.unit,
            due_at=form.due_at,
            remarks=(reason,) if reason else (),
            about=(("reason", "planning"), ("word", str(fact.said.word))),
            submission=form.submissions[-1] if form.submissions else None,
            enclosures=()
            if kind is LetterKind.UNIT_ACCEPTED
            else (Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
        )
        told = (letter,)
    note = line(fact.at, kind.value, fact.source.person.key, form.unit, reason=reason, proof=fact.source.proof.value)
    return Outcome(cycle=cycle, letters=(confirmed, *told), journal=(note,))


PLANNING_ACTS: dict[Word, Callable[[Cycle, CommandGiven, Office], Outcome]] = {
    Word.TERIMA: _by_planning(_accept),
    Word.KEMBALIKAN: _by_planning(_send_back),
    Word.PERPANJANG: _by_planning(_extend),
}
