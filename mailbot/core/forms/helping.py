"""Asking a person of Subbag Program to help a unit with its form: it went back too often, or the unit asks (row 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form import FaultCode
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import HelpWanted
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative, unproved, unproved_form

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def help_after_returns(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Ask for help with a form that has gone back too often, and again each time it has done so as often once more."""
    times, rest = divmod(form.returned, office.policy.help_after_returns)
    return () if rest else _help_wanted(cycle, form, at, office, "returns", *([times] if times > 1 else []))


def help_with_same(cycle: Cycle, form: UnitForm, number: int, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Ask for help with a form that comes back as it went, once for each such form (the key says so)."""
    return _help_wanted(cycle, form, at, office, "same", number)


def help_asked_for(cycle: Cycle, form: UnitForm, fact: CommandGiven, office: Office) -> tuple[Letter, ...]:
    """Pass a unit's request for help on; once for each form that came. Only what is proved is quoted."""
    remarks = () if unproved(fact.source, office) else fact.said.remarks
    person = fact.source.person
    return _help_wanted(cycle, form, fact.at, office, "asked", form.attempts, person=person, remarks=remarks)


def _help_wanted(
    cycle: Cycle,
    form: UnitForm,
    at: datetime,
    office: Office,
    *parts: object,
    person: Person | None = None,
    remarks: tuple[str, ...] = (),
) -> tuple[Letter, ...]:
    """Make the letter to Subbag Program, with the last form that came, marked; nothing of one that is not proved."""
    planning = holder(Role.PLANNING, office, at)
    if planning is None:
        return ()
    last = form.submissions[-1] if form.submissions else None
    private = last is not None and any(fault.code is FaultCode.PERSONAL_DATA for fault in last.faults)
    strange = last is not None and unproved_form(last, office)
    shown = last if not (private or strange) else None  # what holds a NIK goes to nobody but its sender
    marked = Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=form.unit, sha256=shown.file_sha256) if shown else None
    letter = make_letter(
        HelpWanted(person=person.key if person else ""),
        cycle,
        on_initiative(planning, office, at),
        form.unit,
        *parts,
        unit=form.unit,
        due_at=form.due_at,
        submission=last,
        faults=last.faults if last and not strange else (),
        remarks=remarks,
        enclosures=(marked,) if marked else (),
    )
    return (letter,)
