"""What only Subbag Program may order about a unit's form: TERIMA, KEMBALIKAN, PERPANJANG (SOP row 4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.forms.form_owed import form_owed, shown_figures
from mailbot.core.forms.reopening import reopened
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.letters import Enclosure, EnclosureKind, Reason
from mailbot.core.model.letters_in_answer import Extended, OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.letters_of_rows import ReturnedByPlanning, UnitAccepted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import (
    answered,
    holder,
    in_answer,
    line,
    make_letter,
    on_initiative,
    repeating,
    unproved_form,
)
from mailbot.core.remarks.answer_lines import named_remarks
from mailbot.core.remarks.listed import passed_to_unit

if TYPE_CHECKING:
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import About, Letter
    from mailbot.core.model.letters_in_answer import WhatLacks, WhyNotNow
    from mailbot.core.model.office import Office

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[^\W\d_]{3,9})[-/. ](\d{4})")
_MONTHS = {
    name: number
    for names in (
        ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"),
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    )
    for number, name in enumerate(names, start=1)
}
"""How the names of months begin, in both languages that letters print them in."""


def named_unit(arguments: str, office: Office) -> tuple[str, str]:
    """Split `DAFDUK alasan ...` into the unit's key and the rest; the key is empty if no unit is named."""
    head, _, rest = arguments.strip().partition(" ")
    for unit in office.roster.units:
        if unit.key.casefold() == head.strip(".,:;").casefold():
            return unit.key, rest.strip()
    return "", arguments.strip()


def read_date(text: str) -> date | None:
    """Read the first date of a text, `2026-01-15`, `15-1-2026` or `15 Januari 2026`; None if there is none."""
    iso, local = _ISO.search(text), _LOCAL.search(text)
    if iso is not None:
        year, month, day = iso.groups()
    elif local is not None:
        day, month, year = local.groups()
    else:
        return None
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    """Return the number of a month given in figures or by its name; 0 for what is no month."""
    return int(text) if text.isdecimal() else _MONTHS.get(text.casefold()[:3], 0)


def names_a_unit(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Does the order name a unit that is asked in this cycle?"""
    unit, _ = named_unit(fact.said.arguments, office)
    if cycle.form_of(unit) is not None:
        return None
    return _unclear(cycle, fact, Reason.UNKNOWN_UNIT)


def _ordered(cycle: Cycle, fact: CommandGiven, office: Office) -> tuple[UnitForm, str]:
    """Return the part of the unit that an order names, and the reason or date it gives."""
    unit, rest = named_unit(fact.said.arguments, office)
    return cycle.unit(unit), " ".join(text for text in (rest, *fact.said.remarks) if text)


def _out_of_turn(cycle: Cycle, fact: CommandGiven, why: WhyNotNow) -> Outcome:
    """Answer an order that does not fit now."""
    return answered(OutOfTurn(word=fact.spoken, reason=why), cycle, fact.source, fact.at)


def _unclear(cycle: Cycle, fact: CommandGiven, lacks: WhatLacks, unit: str = "") -> Outcome:
    """Ask an order back that lacks something."""
    return answered(Unclear(word=fact.spoken, reason=lacks), cycle, fact.source, fact.at, unit=unit)


def accept(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """TERIMA unit alasan: the newest form counts in spite of its faults, a proved one first; the reason is recorded."""
    form, reason = _ordered(cycle, fact, office)
    if not form.submissions:
        return _out_of_turn(cycle, fact, Reason.NOTHING_TO_ACCEPT)
    if not reason:
        return _unclear(cycle, fact, Reason.NO_REASON, form.unit)
    newest = next(
        (sent for sent in reversed(form.submissions) if not unproved_form(sent, office)), form.submissions[-1]
    )
    taken = replace(newest, accepted=True, reason=reason)
    forms = tuple(taken if sent is newest else sent for sent in form.submissions)
    kept = replace(form, submissions=forms).accepting(taken, fact.at)
    return _carried_out(UnitAccepted(), cycle.with_unit(kept), kept, reason, fact, office)


def send_back(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """KEMBALIKAN unit alasan: a form goes back for a reason no check can see."""
    form, whole = _ordered(cycle, fact, office)
    if not form.submissions:
        return _out_of_turn(cycle, fact, Reason.NOTHING_TO_RETURN)
    if not whole:
        return _unclear(cycle, fact, Reason.NO_REASON, form.unit)
    numbers, reason = named_remarks(whole, frozenset(one.number for one in cycle.remarks))
    judged = form.counting or form.submissions[-1]
    noted = tuple(replace(sent, reason=whole) if sent is judged else sent for sent in form.submissions)
    passed = passed_to_unit(cycle, numbers, form.unit, fact.at) if numbers else cycle
    moved = reopened(passed, replace(form, submissions=noted), fact.at, office)
    return _carried_out(ReturnedByPlanning(), moved, moved.unit(form.unit), reason, fact, office, numbers=numbers)


def extend_row(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG unit tanggal, where units are waited for: the row's own deadline is never before that unit's."""
    outcome = extend(cycle, fact, office)
    if not outcome.done:
        return outcome
    form, _ = _ordered(outcome.cycle, fact, office)
    return replace(outcome, cycle=replace(outcome.cycle, due_at=max(cycle.due_at, form.due_at or cycle.due_at)))


def extend(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG unit tanggal: that unit's deadline moves to the close of that working day."""
    form, reason = _ordered(cycle, fact, office)
    if form.state is UnitState.ACCEPTED:
        return _out_of_turn(cycle, fact, Reason.NOTHING_TO_EXTEND)
    day = read_date(reason)
    if day is None or not office.calendar.is_working_day(day):
        return _unclear(cycle, fact, Reason.BAD_DATE, form.unit)
    until = office.calendar.cut_off(day)
    if until <= fact.received_at:
        return _unclear(cycle, fact, Reason.BAD_DATE, form.unit)
    # Whoever may decide has decided: reminders, and what superiors hear, begin anew with the new deadline.
    kept = replace(form, due_at=until, reminders=0, told_above=())
    return _carried_out(Extended(), cycle.with_unit(kept), kept, "", fact, office)


def _carried_out(  # noqa: PLR0913 - what an order comes to has this many parts
    about: About,
    cycle: Cycle,
    form: UnitForm,
    reason: str,
    fact: CommandGiven,
    office: Office,
    *,
    numbers: tuple[int, ...] = (),
) -> Outcome:
    """Confirm to Subbag Program and tell the unit's head."""
    remarks = (reason,) if reason else ()
    noted = VerdictNoted(word=fact.spoken, step=cycle.step)
    confirmed = make_letter(noted, cycle, in_answer(fact.source), unit=form.unit, remarks=remarks)
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    told: tuple[Letter, ...] = ()
    if head is not None:
        last = form.submissions[-1] if form.submissions else None
        laid = _laid(about, form, office)
        letter = make_letter(
            about,
            cycle,
            on_initiative(head, office, fact.at),
            form.unit,
            fact.source.mail_sha256[:16],
            unit=form.unit,
            due_at=form.due_at,
            remarks=remarks,
            submission=(
                shown_figures(form, office) if EnclosureKind.FILLED_FORM in {one.kind for one in laid} else last
            ),
            enclosures=laid,
        )
        told = (letter,)
    event, proof = about.letter_kind.value, fact.source.proof.value
    named = {"remarks": " ".join(map(str, numbers))} if numbers else {}
    note = line(fact.at, event, fact.source.person.key, form.unit, reason=reason, proof=proof, **named)
    letters = tuple(repeating(letter, numbers) for letter in (confirmed, *told))
    return Outcome(cycle=cycle, letters=letters, journal=(note,), done=True)


def _laid(about: About, form: UnitForm, office: Office) -> tuple[Enclosure, ...]:
    """Return the form that the unit's head gets: with more time the one to go on with, as a reminder would carry."""
    if isinstance(about, UnitAccepted):
        return ()
    if isinstance(about, Extended):
        return (form_owed(form, office),)
    return (Enclosure(kind=EnclosureKind.FORM, unit=form.unit),)
