"""Words that ask for something: everybody's STATUS, FORM, DRAF; a unit's TUNDA and SALAH; Subbag Program's own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.addressing import in_answer, line
from mailbot.core.beginnings import draft_enclosure
from mailbot.core.collecting import replaced
from mailbot.core.cycle import Cycle, UnitState
from mailbot.core.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.core.mail import Proof
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.planning import PLANNING_ACTS
from mailbot.core.reopening import REOPENS_IN, answered, back_to_check, reopen
from mailbot.core.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.facts import CommandGiven
    from mailbot.core.office import Office

_DAYS = re.compile(r"\d{1,2}")


def command_given(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """Do what a word asks for, or answer why it cannot be done."""
    word = fact.said.word
    if (
        word in PLANNING_ACTS
        and fact.source.person.role is not Role.PLANNING
        and fact.source.proof is not Proof.OPERATOR
    ):
        return answered(LetterKind.NOT_YOURS, cycle, fact, "not_yours")
    if word in PLANNING_ACTS and office.policy.proof_required and fact.source.proof is Proof.NONE:
        return answered(LetterKind.UNCLEAR, cycle, fact, "no_proof")
    act = _ACTS.get(word) if word is not None else None
    return act(cycle, fact, office) if act else answered(LetterKind.GUIDE, cycle, fact, "")


def _status(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """STATUS: where the cycle stands, whose move it is, what every unit still owes."""
    del office
    return answered(LetterKind.STATUS, cycle, fact, "")


def _guide(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BANTUAN: the words that can be used."""
    del office
    return answered(LetterKind.GUIDE, cycle, fact, "")


def _form(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """FORM: the unit's own form once more; whoever speaks for no unit gets every form."""
    del office
    units = (fact.unit,) if fact.unit else tuple(form.unit for form in cycle.units)
    done = answered(LetterKind.FORM_AGAIN, cycle, fact, "")
    forms = tuple(Enclosure(kind=EnclosureKind.FORM, unit=unit) for unit in units)
    due = cycle.unit(fact.unit).due_at if fact.unit else cycle.due_at
    return replace(done, letters=(replace(done.letters[0], enclosures=forms, due_at=due),))


def _draft(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """DRAF: the report as it stands today, at any hour from the first accepted form on."""
    del office
    if not any(form.counted for form in cycle.units):
        return answered(LetterKind.STATUS, cycle, fact, "no_draft")
    version = cycle.draft.version if cycle.draft else 0
    done = answered(LetterKind.DRAFT_AGAIN, cycle, fact, "", ("version", str(version)))
    return replace(done, letters=(replace(done.letters[0], enclosures=(draft_enclosure(cycle),)),))


def _origin(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """ASAL kode: where a figure of the report comes from."""
    del office
    for form in cycle.units:
        counting = form.counting
        entry = counting.data.figure(fact.said.arguments.strip()) if counting else None
        if counting is not None and entry is not None:
            about = (
                ("code", fact.said.arguments.strip().upper()),
                ("number", str(counting.number)),
                ("file_name", counting.file_name),
                ("sha_short", counting.file_sha256[:12]),
                ("sender", counting.sender),
                ("received_at", counting.received_at.isoformat()),
                ("sheet", entry.sheet),
                ("cell", entry.cell),
                ("text", entry.text),
                ("value", "" if entry.value is None else str(entry.value)),
            )
            found = answered(LetterKind.ORIGIN, cycle, fact, "", *about)
            return replace(found, letters=(replace(found.letters[0], unit=form.unit, submission=counting),))
    return answered(LetterKind.UNCLEAR, cycle, fact, "unknown_code")


def _snooze(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """TUNDA n HARI: no reminder for up to the office's limit of working days; the deadline itself stays."""
    days = _DAYS.search(fact.said.arguments)
    if not fact.unit or days is None or not 1 <= int(days.group()) <= office.policy.snooze_max_days:
        return answered(LetterKind.UNCLEAR, cycle, fact, "bad_days", ("count", str(office.policy.snooze_max_days)))
    until = office.calendar.add_days(fact.at, int(days.group()))
    moved = replaced(cycle, replace(cycle.unit(fact.unit), snoozed_until=until))
    done = answered(LetterKind.EXTENDED, moved, fact, "snooze", ("count", days.group()))
    return replace(done, letters=(replace(done.letters[0], due_at=until),))


def _wrong(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """SALAH: within the correction window an accepted form is opened again."""
    form = cycle.unit(fact.unit) if fact.unit else None
    if form is None or form.accepted_at is None or form.state is not UnitState.ACCEPTED:
        return answered(LetterKind.OUT_OF_TURN, cycle, fact, "nothing_accepted")
    in_time = fact.at <= office.calendar.add_days(form.accepted_at, office.policy.correction_days)
    if not in_time or cycle.step not in REOPENS_IN or cycle.closed:
        return answered(LetterKind.OUT_OF_TURN, cycle, fact, "window_closed")
    reopened = reopen(cycle, form)
    letter = replace(
        in_answer(
            LetterKind.REOPENED, fact.source, cycle, unit=form.unit, due_at=form.due_at, remarks=fact.said.remarks
        ),
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
    )
    note = line(fact.at, "form_reopened", fact.source.person.key, form.unit, reason=" / ".join(fact.said.remarks))
    return back_to_check(Outcome(cycle=reopened, letters=(letter,), journal=(note,)), fact, office)


def _confirmed(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BENAR: the receipt was read and is right; nothing moves."""
    del office
    return answered(LetterKind.VERDICT_NOTED, cycle, fact, "")


def _nil(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """NIHIL alone says of no indicator that it is nil; it is asked back, never guessed."""
    del office
    return answered(LetterKind.UNCLEAR, cycle, fact, "nil_needs_code")


_ACTS: dict[Word, Callable[[Cycle, CommandGiven, Office], Outcome]] = {
    Word.STATUS: _status,
    Word.BANTUAN: _guide,
    Word.FORM: _form,
    Word.DRAF: _draft,
    Word.ASAL: _origin,
    Word.TUNDA: _snooze,
    Word.SALAH: _wrong,
    Word.BENAR: _confirmed,
    Word.NIHIL: _nil,
    **PLANNING_ACTS,
}
"""Every word that asks for something, and what is done."""
