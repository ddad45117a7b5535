"""Words that ask for something: everybody's STATUS, FORM, DRAF, ASAL, BANTUAN; a unit's TUNDA, SALAH, BENAR, NIHIL."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.form_arrived import head_told, planning_told
from mailbot.core.forms.helping import help_asked_for
from mailbot.core.forms.merge_lines import open_codes
from mailbot.core.forms.reopening import back_to_check, may_reopen, pulled_back_told, reopened
from mailbot.core.language.reply_words import ASKS_ONLY, Word
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.letters import Enclosure, EnclosureKind, Reason
from mailbot.core.model.letters_in_answer import (
    DraftAgain,
    Extended,
    FormAgain,
    Guide,
    NotYours,
    Origin,
    OutOfTurn,
    Status,
    Unclear,
    VerdictNoted,
)
from mailbot.core.model.letters_of_rows import Reopened
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.orders.planning_orders import PLANNING_ACTS
from mailbot.core.procedure.addressing import in_answer, line
from mailbot.core.procedure.answering import answered, challenge, unproved
from mailbot.core.procedure.row_beginnings import draft_enclosure
from mailbot.core.procedure.rows import advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.form import Entry, Submission
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.letters_in_answer import ToWord, WhyNotNow
    from mailbot.core.model.office import Office

_DAYS = re.compile(r"\d{1,2}")
_OF_THE_UNIT = frozenset({Word.TUNDA, Word.SALAH, Word.BENAR})
_OUTSIDER = frozenset({Word.BANTUAN})
"""All that Bappeda Litbang may ask for: what is not yet ratified stays in the house."""


def command_given(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """Do what a word asks for, or answer why it cannot be done."""
    word, source = fact.said.word, fact.source
    act = _ACTS.get(word) if word is not None else None
    if word is None or act is None:
        return _answered(Guide(word=word), cycle, fact)
    if not _theirs(word, fact):
        return _not_yours(cycle, fact, word, Role.PLANNING if word in PLANNING_ACTS else Role.DIVISION_HEAD)
    if word not in ASKS_ONLY and unproved(source, office):
        return challenge(cycle, source, fact.at, word, office, fact.said.remarks)
    return act(cycle, fact, office)


def _theirs(word: Word, fact: CommandGiven) -> bool:
    """Say whether a word is the sender's to say."""
    person = fact.source.person
    if word in PLANNING_ACTS:
        return person.role is Role.PLANNING or fact.source.proof is Proof.OPERATOR
    if word in _OF_THE_UNIT:
        return bool(fact.unit) and person.unit == fact.unit and person.role in {Role.DIVISION_HEAD, Role.SECTION_HEAD}
    return person.role is not Role.PLANNING_BOARD or word in _OUTSIDER


def _answered(about: ToWord, cycle: Cycle, fact: CommandGiven) -> Outcome:
    """Answer a command without moving anything."""
    form = cycle.form_of(fact.unit)
    return answered(about, cycle, fact.source, fact.at, unit=form.unit if form else "")


def _not_yours(cycle: Cycle, fact: CommandGiven, word: Word, role: Role) -> Outcome:
    """Answer a word that is another role's."""
    return _answered(NotYours(word=word, role=(role,)), cycle, fact)


def _out_of_turn(cycle: Cycle, fact: CommandGiven, word: Word, why: WhyNotNow) -> Outcome:
    """Answer a word that does not fit now."""
    return _answered(OutOfTurn(word=word, reason=why), cycle, fact)


def _status(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """STATUS: where the cycle stands, whose move it is, what every unit still owes."""
    del office
    return _answered(Status(word=fact.said.word), cycle, fact)


def _guide(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BANTUAN: the words that can be used; a unit whose form went back also gets a person of Subbag Program."""
    guide = _answered(Guide(word=Word.BANTUAN), cycle, fact)
    form = cycle.form_of(fact.unit)
    if form is None or form.state is not UnitState.RETURNED or cycle.closed:
        return guide
    asked = help_asked_for(cycle, form, fact.at, office, person=fact.source.person, remarks=fact.said.remarks)
    return replace(guide, letters=(*guide.letters, *asked))


def _form(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """FORM: the unit's own form once more; whoever speaks for no unit gets every form."""
    del office
    own = cycle.form_of(fact.unit)
    units = (own.unit,) if own else tuple(form.unit for form in cycle.units)
    forms = tuple(Enclosure(kind=EnclosureKind.FORM, unit=unit) for unit in units)
    done = _answered(FormAgain(word=Word.FORM), cycle, fact)
    return _with(done, replace(done.letters[0], enclosures=forms, due_at=own.due_at if own else cycle.due_at))


def _draft(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """DRAF: the report as it stands today, at any hour from the first form that counts on."""
    del office
    if not any(form.counted for form in cycle.units):
        return _answered(Status(word=fact.said.word), cycle, fact)
    compiled = cycle.draft is not None and bool(cycle.draft.docx_sha256)
    version = cycle.draft.version if cycle.draft is not None and compiled else None
    done = _answered(DraftAgain(word=Word.DRAF, version=version), cycle, fact)
    return _with(done, replace(done.letters[0], enclosures=(draft_enclosure(cycle),)))


def _origin(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """ASAL kode: where a figure of the report comes from."""
    del office
    code = fact.said.arguments.strip()
    for form in cycle.units:
        counting = form.counting
        entry = counting.data.figure(code) if counting else None
        if counting is not None and entry is not None:
            found = _answered(_origin_of(code, counting, entry), cycle, fact)
            return _with(found, replace(found.letters[0], unit=form.unit, submission=counting))
    return _answered(Unclear(word=Word.ASAL, reason=Reason.UNKNOWN_CODE), cycle, fact)


def _origin_of(code: str, counting: Submission, entry: Entry) -> Origin:
    """Return what is told about where a figure comes from."""
    return Origin(
        word=Word.ASAL,
        code=code.upper(),
        number=counting.number,
        file_name=counting.file_name,
        sha_short=counting.file_sha256[:12],
        sender=counting.sender,
        received_at=counting.received_at,
        sheet=entry.sheet,
        cell=entry.cell,
        text=entry.text,
        value=entry.value,
    )


def _snooze(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """TUNDA n HARI: no reminder for up to the office's limit of working days; the deadline itself stays."""
    form = cycle.form_of(fact.unit)
    if form is None or form.state is UnitState.ACCEPTED or cycle.closed:
        return _out_of_turn(cycle, fact, Word.TUNDA, Reason.NOTHING_TO_EXTEND)
    days = _DAYS.search(fact.said.arguments)
    if days is None or not 1 <= int(days.group()) <= office.policy.snooze_max_days:
        limit = office.policy.snooze_max_days
        return _answered(Unclear(word=Word.TUNDA, reason=Reason.BAD_DAYS, count=limit), cycle, fact)
    until = office.calendar.add_days(fact.at, int(days.group()))
    done = _answered(Extended(word=Word.TUNDA, reason=Reason.SNOOZE, count=int(days.group())), cycle, fact)
    told = _with(done, replace(done.letters[0], due_at=until))
    return replace(told, cycle=cycle.with_unit(replace(form, snoozed_until=until)))


def _wrong(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """SALAH: within the correction window an accepted form is opened again."""
    form = cycle.form_of(fact.unit)
    if form is None or form.accepted_at is None:
        return _out_of_turn(cycle, fact, Word.SALAH, Reason.NOTHING_ACCEPTED)
    in_time = fact.at <= office.calendar.add_days(form.accepted_at, office.policy.correction_days)
    if not in_time or not may_reopen(cycle):
        return _out_of_turn(cycle, fact, Word.SALAH, Reason.WINDOW_CLOSED)
    moved = reopened(cycle, form, fact.at, office)
    said = tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)
    letter = in_answer(
        Reopened(person=fact.source.person.key),
        fact.source,
        cycle,
        unit=form.unit,
        due_at=moved.unit(form.unit).due_at,
        remarks=said,
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
    )
    told = (*head_told(letter, fact.source, fact.at, office), *pulled_back_told(cycle, letter, fact, office))
    letters = (letter, *told)
    note = line(fact.at, "form_reopened", fact.source.person.key, form.unit, reason=" / ".join(said))
    return back_to_check(Outcome(cycle=moved, letters=letters, journal=(note,)), fact.at, office)


def _confirmed(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BENAR: the figures asked about are right. Of two differing forms the later one counts if the head says so."""
    form = cycle.form_of(fact.unit)
    if form is None or form.rival is None:
        return _answered(VerdictNoted(word=Word.BENAR, step=cycle.step), cycle, fact)
    if fact.source.person.role is not Role.DIVISION_HEAD:
        return _not_yours(cycle, fact, Word.BENAR, Role.DIVISION_HEAD)
    if not may_reopen(cycle):
        return _out_of_turn(cycle, fact, Word.BENAR, Reason.WINDOW_CLOSED)
    return _chosen(cycle, form, form.rival, fact, office)


def _chosen(cycle: Cycle, form: UnitForm, chosen: Submission, fact: CommandGiven, office: Office) -> Outcome:
    """Let the later of two forms count; if the draft was already under way, it is made anew."""
    kept = form.accepting(chosen, fact.at)
    moved = cycle.with_unit(kept)
    noted = _answered(VerdictNoted(word=Word.BENAR, step=moved.step), moved, fact)
    told = planning_told(moved, kept, fact.at, office)
    note = line(fact.at, "conflict_decided", fact.source.person.key, form.unit, number=str(chosen.number))
    outcome = Outcome(cycle=moved, letters=(*noted.letters, *told), journal=(*noted.journal, note))
    return advance(back_to_check(outcome, fact.at, office), fact.at, office)


def _nil(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """NIHIL alone says of no indicator that it is nil; it is asked back, with the codes still open, never guessed."""
    done = _answered(Unclear(word=Word.NIHIL, reason=Reason.NIL_NEEDS_CODE), cycle, fact)
    form = cycle.form_of(fact.unit)
    codes = open_codes(form, cycle.period, office) if form is not None else ()
    return _with(done, replace(done.letters[0], open_rows=codes))


def _with(outcome: Outcome, letter: Letter) -> Outcome:
    """Return the outcome of an answer with that letter in place of its one letter."""
    return replace(outcome, letters=(letter,))


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
