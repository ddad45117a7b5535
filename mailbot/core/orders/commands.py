"""Words that ask for something: everybody's STATUS, FORM, DRAF, ASAL, BANTUAN; a unit's TUNDA, SALAH, BENAR, NIHIL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.helping import help_asked_for
from mailbot.core.forms.merge_lines import open_codes
from mailbot.core.forms.reopening import pulled_back_told, reopened
from mailbot.core.forms.telling import head_told
from mailbot.core.forms.waiting_forms import confirmed
from mailbot.core.language.time_asked import days_asked
from mailbot.core.model.cycle import Cycle, UnitState
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
    Withheld,
)
from mailbot.core.model.letters_of_rows import Reopened
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import OUTSIDE, Role
from mailbot.core.procedure.addressing import answered, challenge, in_answer, line, make_letter, unproved, unproved_form
from mailbot.core.procedure.row_beginnings import draft_enclosure, report_enclosures
from mailbot.core.report.origin import Awaited, Computed, nearest, trace

if TYPE_CHECKING:
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.letters_in_answer import ToWord, WhyNotNow
    from mailbot.core.model.office import Office

_OF_A_UNIT = frozenset({Role.DIVISION_HEAD, Role.SECTION_HEAD})


def of_the_house(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is it anybody but Bappeda Litbang and who gets copies? What is not yet ratified stays in the house."""
    del office
    outside = fact.source.person.role in OUTSIDE
    return _answered(NotYours(word=fact.spoken), cycle, fact) if outside else None


def of_the_unit(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is it somebody of the unit the word is about?"""
    del office
    person = fact.source.person
    own = bool(fact.unit) and person.unit == fact.unit and person.role in _OF_A_UNIT
    return None if own else _not_yours(cycle, fact, Role.DIVISION_HEAD)


def of_planning(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is it Subbag Program, or given at the office's own machine?"""
    del office
    theirs = fact.source.person.role is Role.PLANNING or fact.source.proof is Proof.OPERATOR
    return None if theirs else _not_yours(cycle, fact, Role.PLANNING)


def proved(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is the sender proved, where the office asks for it? A one-time code is asked for otherwise."""
    if not unproved(fact.source, office):
        return None
    return challenge(cycle, fact.source, fact.at, fact.spoken, office)


def its_form_counts(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is a form of the unit accepted, so that it can be wrong?"""
    del office
    form = cycle.form_of(fact.unit)
    if form is not None and form.accepted_at is not None:
        return None
    return _out_of_turn(cycle, fact, Reason.NOTHING_ACCEPTED)


def in_its_window(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Did it come within the correction window of the form that is accepted?"""
    accepted_at = cycle.unit(fact.unit).accepted_at or fact.at
    if fact.received_at <= office.calendar.add_days(accepted_at, office.policy.correction_days):
        return None
    return _out_of_turn(cycle, fact, Reason.WINDOW_CLOSED)


def its_forms_differ(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Does a form of the unit wait for its head's word, or differ from another, and is it the head who says which?

    Where nothing was asked, the word of whoever is proved is noted; a code that changes nothing is asked of nobody.
    """
    form = cycle.form_of(fact.unit)
    if form is None or (form.rival is None and not form.waiting_forms and not fact.number):
        if unproved(fact.source, office):
            return _out_of_turn(cycle, fact, Reason.ALREADY)
        return _answered(VerdictNoted(word=fact.spoken, step=cycle.step), cycle, fact)
    head = fact.source.person.role is Role.DIVISION_HEAD
    return None if head else _not_yours(cycle, fact, Role.DIVISION_HEAD)


def _answered(about: ToWord, cycle: Cycle, fact: CommandGiven) -> Outcome:
    """Answer a command without moving anything."""
    form = cycle.form_of(fact.unit)
    return answered(about, cycle, fact.source, fact.at, unit=form.unit if form else "")


def _out_of_turn(cycle: Cycle, fact: CommandGiven, why: WhyNotNow) -> Outcome:
    """Answer a word that does not fit now."""
    return _answered(OutOfTurn(word=fact.spoken, reason=why), cycle, fact)


def _not_yours(cycle: Cycle, fact: CommandGiven, role: Role) -> Outcome:
    """Answer a word that is another role's."""
    return _answered(NotYours(word=fact.spoken, role=(role,)), cycle, fact)


def status(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """STATUS: where the cycle stands, whose move it is, what every unit still owes."""
    del office
    return _answered(Status(word=fact.said.word), cycle, fact)


def guide(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """Answer with the words that can be used."""
    del office
    return _answered(Guide(word=fact.said.word), cycle, fact)


def guide_and_help(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BANTUAN: the words that can be used; a unit whose form went back also gets a person of Subbag Program."""
    guided = _answered(Guide(word=fact.said.word), cycle, fact)
    form = cycle.form_of(fact.unit)
    if form is None or form.state is not UnitState.RETURNED:
        return guided
    asked = help_asked_for(cycle, form, fact, office)
    return replace(guided, letters=(*guided.letters, *asked))


def form_again(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """FORM: the unit's own form once more; whoever speaks for no unit gets every form."""
    del office
    own = cycle.form_of(fact.unit)
    units = (own.unit,) if own else tuple(form.unit for form in cycle.units)
    forms = tuple(Enclosure(kind=EnclosureKind.FORM, unit=unit) for unit in units)
    done = _answered(FormAgain(word=fact.spoken), cycle, fact)
    return _with(done, replace(done.letters[0], enclosures=forms, due_at=own.due_at if own else cycle.due_at))


def draft_again(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """DRAF: the report as it stands today, at any hour from the first form that counts on."""
    del office
    if not any(form.counted for form in cycle.units):
        return _answered(Status(word=fact.spoken), cycle, fact)
    version = cycle.draft.version if cycle.draft is not None and draft_enclosure(cycle).sha256 else None
    done = _answered(DraftAgain(word=fact.spoken, version=version), cycle, fact)
    return _with(done, replace(done.letters[0], enclosures=(draft_enclosure(cycle),)))


def report_again(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """DRAF, once the report is ratified: the report as it was ratified."""
    del office
    done = _answered(DraftAgain(word=fact.spoken, ratified=True), cycle, fact)
    return _with(done, replace(done.letters[0], enclosures=report_enclosures(cycle)))


def origin(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """ASAL kode: where a figure of the report comes from, and the very mail and form that brought it.

    A mail that nobody proved, where the office asks for a proof, is not passed on as somebody's.
    """
    code = fact.said.arguments.strip()
    found = trace(code, cycle, office)
    if found is None:
        near = nearest(code, cycle, office)
        return _answered(Unclear(word=fact.spoken, reason=Reason.UNKNOWN_CODE, nearest=near), cycle, fact)
    if isinstance(found, Computed | Awaited):
        return _answered(Origin(word=fact.spoken, code=found.code), cycle, fact)
    sent = found.submission
    withheld = Withheld.UNPROVED if unproved_form(sent, office) else None
    told = _answered(Origin(word=fact.spoken, code=found.code, withheld=withheld), cycle, fact)
    unit = found.form.unit
    source = () if withheld else (Enclosure(kind=EnclosureKind.SOURCE, unit=unit, sha256=sent.file_sha256),)
    return _with(told, replace(told.letters[0], unit=unit, submission=sent, enclosures=source))


def snooze(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """TUNDA n HARI: no reminder for up to the office's limit of working days; the deadline itself stays."""
    form = cycle.form_of(fact.unit)
    if form is None or form.state is UnitState.ACCEPTED:
        return _out_of_turn(cycle, fact, Reason.NOTHING_TO_EXTEND)
    days = days_asked(fact.said.arguments, office.calendar.local(fact.received_at).date(), office.calendar)
    if days is None or not 1 <= days <= office.policy.snooze_max_days:
        limit = office.policy.snooze_max_days
        return _answered(Unclear(word=fact.spoken, reason=Reason.BAD_DAYS, count=limit), cycle, fact)
    until = office.calendar.add_days(fact.received_at, days)
    put_off = Extended(word=fact.spoken, reason=Reason.SNOOZE, count=days)
    done = _answered(put_off, cycle, fact)
    told = _with(done, replace(done.letters[0], due_at=until))
    return replace(told, cycle=cycle.with_unit(replace(form, snoozed_until=until)))


def open_again(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """SALAH: within the correction window an accepted form is opened again; what came in time is in time."""
    form = cycle.unit(fact.unit)
    moved = reopened(cycle, form, fact.at, office)
    said = tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)
    letter = make_letter(
        Reopened(person=fact.source.person.key),
        cycle,
        in_answer(fact.source),
        unit=form.unit,
        due_at=moved.unit(form.unit).due_at,
        remarks=said,
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
    )
    letters = (letter, *head_told(letter, fact.source, fact.at, office))
    note = line(fact.at, "form_reopened", fact.source.person.key, form.unit, reason=" / ".join(said))
    return Outcome(cycle=moved, letters=letters, journal=(note,), done=True)


def pull_back(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """SALAH, when the work on the report has begun: that stops, and Subbag Program is told."""
    outcome = open_again(cycle, fact, office)
    told = pulled_back_told(cycle, outcome.letters[0], fact, office)
    return replace(outcome, letters=(*outcome.letters, *told))


def choose(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BENAR of the unit's head: of two differing forms the later one counts; a form that waited goes its way."""
    del office
    form = cycle.unit(fact.unit)
    waiting = form.waiting_form(fact.number)
    if waiting is not None:
        return confirmed(cycle, form, waiting, fact)
    if fact.number:
        return _out_of_turn(cycle, fact, Reason.ALREADY)
    chosen = form.rival
    if chosen is None:
        return _answered(Unclear(word=fact.spoken, reason=Reason.NO_THREAD), cycle, fact)
    kept = form.accepting(chosen, fact.at)
    moved = cycle.with_unit(kept)
    noted = _answered(VerdictNoted(word=fact.spoken, step=moved.step), moved, fact)
    note = line(fact.at, "conflict_decided", fact.source.person.key, form.unit, number=str(chosen.number))
    return Outcome(cycle=moved, letters=noted.letters, journal=(*noted.journal, note), done=True)


def nil(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """NIHIL alone says of no indicator that it is nil; it is asked back, with the codes still open, never guessed."""
    done = _answered(Unclear(word=fact.spoken, reason=Reason.NIL_NEEDS_CODE), cycle, fact)
    form = cycle.form_of(fact.unit)
    codes = open_codes(form, cycle.period, office) if form is not None else ()
    return _with(done, replace(done.letters[0], open_rows=codes))


def _with(outcome: Outcome, letter: Letter) -> Outcome:
    """Return the outcome of an answer with that letter in place of its one letter."""
    return replace(outcome, letters=(letter,))
