"""What only Subbag Program may order about a unit's form: TERIMA, KEMBALIKAN, PERPANJANG (SOP row 4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.forms.form_arrived import OPEN_FOR_FORMS
from mailbot.core.forms.reopening import back_to_check, may_reopen, reopened
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.letters import Enclosure, EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Extended, OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.letters_of_rows import ReturnedByPlanning, UnitAccepted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder, in_answer, line, on_initiative
from mailbot.core.procedure.answering import answered
from mailbot.core.procedure.rows import advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import About, Letter
    from mailbot.core.model.letters_in_answer import WhatLacks, WhyNotNow
    from mailbot.core.model.office import Office

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[^\W\d_]{3,9})[-/. ](\d{4})")
_WORDS = {
    LetterKind.UNIT_ACCEPTED: Word.TERIMA,
    LetterKind.RETURNED_BY_PLANNING: Word.KEMBALIKAN,
    LetterKind.EXTENDED: Word.PERPANJANG,
}
"""By which word a unit's head gets which letter."""
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")


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
    """Return the number of a month given in figures or by its name; raises ValueError for what is no month."""
    return int(text) if text.isdecimal() else 1 + _MONTHS.index(text.casefold()[:3])


def _by_planning(
    word: Word,
    act: Callable[[Cycle, UnitForm, str, CommandGiven, Office], Outcome],
) -> Callable[[Cycle, CommandGiven, Office], Outcome]:
    """Wrap one of Subbag Program's acts: it names a unit first, and an unknown one is asked back."""

    def named(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
        unit, rest = named_unit(fact.said.arguments, office)
        form = cycle.form_of(unit)
        if form is None:
            return _unclear(cycle, fact, word, Reason.UNKNOWN_UNIT)
        reason = " ".join(text for text in (rest, *fact.said.remarks) if text)
        return act(cycle, form, reason, fact, office)

    return named


def _out_of_turn(cycle: Cycle, fact: CommandGiven, word: Word, why: WhyNotNow) -> Outcome:
    """Answer an order that does not fit now."""
    return answered(OutOfTurn(word=word, reason=why), cycle, fact.source, fact.at)


def _unclear(cycle: Cycle, fact: CommandGiven, word: Word, lacks: WhatLacks, unit: str = "") -> Outcome:
    """Ask an order back that lacks something."""
    return answered(Unclear(word=word, reason=lacks), cycle, fact.source, fact.at, unit=unit)


def _accept(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """TERIMA unit alasan: the newest form counts in spite of its faults; the reason is recorded."""
    if not form.submissions or cycle.closed or cycle.step not in OPEN_FOR_FORMS:
        return _out_of_turn(cycle, fact, Word.TERIMA, Reason.NOTHING_TO_ACCEPT)
    if not reason:
        return _unclear(cycle, fact, Word.TERIMA, Reason.NO_REASON, form.unit)
    taken = replace(form.submissions[-1], accepted=True, reason=reason)
    kept = replace(form, submissions=(*form.submissions[:-1], taken)).accepting(taken, fact.at)
    outcome = _told_unit(UnitAccepted(), cycle.with_unit(kept), kept, reason, fact, office)
    return advance(outcome, fact.at, office)


def _send_back(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """KEMBALIKAN unit alasan: a form goes back for a reason no check can see."""
    if not form.submissions or not may_reopen(cycle):
        return _out_of_turn(cycle, fact, Word.KEMBALIKAN, Reason.NOTHING_TO_RETURN)
    if not reason:
        return _unclear(cycle, fact, Word.KEMBALIKAN, Reason.NO_REASON, form.unit)
    judged = form.counting or form.submissions[-1]
    noted = tuple(replace(one, reason=reason) if one is judged else one for one in form.submissions)
    moved = reopened(cycle, replace(form, submissions=noted), fact.at, office)
    outcome = _told_unit(ReturnedByPlanning(), moved, moved.unit(form.unit), reason, fact, office)
    return back_to_check(outcome, fact.at, office)


def _extend(cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG unit tanggal: that unit's deadline moves to the close of that working day; the row waits for it."""
    if form.state is UnitState.ACCEPTED or cycle.closed or cycle.step not in OPEN_FOR_FORMS:
        return _out_of_turn(cycle, fact, Word.PERPANJANG, Reason.NOTHING_TO_EXTEND)
    day = read_date(reason)
    if day is None or not office.calendar.is_working_day(day):
        return _unclear(cycle, fact, Word.PERPANJANG, Reason.BAD_DATE)
    until = office.calendar.at(day, office.calendar.closes)
    if until <= fact.at:
        return _unclear(cycle, fact, Word.PERPANJANG, Reason.BAD_DATE)
    kept = replace(form, due_at=until)
    waits = cycle.step in {Step.COLLECT, Step.CHECK}
    moved = replace(cycle.with_unit(kept), due_at=max(cycle.due_at, until) if waits else cycle.due_at)
    return _told_unit(Extended(), moved, kept, "", fact, office)


def _told_unit(about: About, cycle: Cycle, form: UnitForm, reason: str, fact: CommandGiven, office: Office) -> Outcome:
    """Confirm to Subbag Program and tell the unit's head."""
    remarks = (reason,) if reason else ()
    noted = VerdictNoted(word=_WORDS[about.letter_kind], step=cycle.step)
    confirmed = in_answer(noted, fact.source, cycle, unit=form.unit, remarks=remarks)
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    told: tuple[Letter, ...] = ()
    if head is not None:
        accepted = isinstance(about, UnitAccepted)
        letter = on_initiative(
            about,
            head,
            office,
            cycle,
            fact.at,
            form.unit,
            fact.source.mail_sha256[:16],
            unit=form.unit,
            due_at=form.due_at,
            remarks=remarks,
            submission=form.submissions[-1] if form.submissions else None,
            enclosures=() if accepted else (Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
        )
        told = (letter,)
    note = line(
        fact.at,
        about.letter_kind.value,
        fact.source.person.key,
        form.unit,
        reason=reason,
        proof=fact.source.proof.value,
    )
    return Outcome(cycle=cycle, letters=(confirmed, *told), journal=(note,))


PLANNING_ACTS: dict[Word, Callable[[Cycle, CommandGiven, Office], Outcome]] = {
    Word.TERIMA: _by_planning(Word.TERIMA, _accept),
    Word.KEMBALIKAN: _by_planning(Word.KEMBALIKAN, _send_back),
    Word.PERPANJANG: _by_planning(Word.PERPANJANG, _extend),
}
