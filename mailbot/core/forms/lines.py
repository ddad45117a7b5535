"""Answers in lines of a mail: read back to their unit as a filled form, and a form at its word BENAR (SOP row 3)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from mailbot.core.forms.checks import findings_of
from mailbot.core.forms.judging import blank_rows, differences, joined, only_blank
from mailbot.core.forms.merge_lines import merge_lines
from mailbot.core.forms.unusable import unusable
from mailbot.core.language.nik import masked
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import WaitingLines
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import FaultCode, ReadForm, Severity, Submission
from mailbot.core.model.letters import Enclosure, EnclosureKind, Reason
from mailbot.core.model.letters_in_answer import LinesDropped, LinesRead, NotYours
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.addressing import Refusal, answered, in_answer, line, make_letter, refused

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import LinesAnswered, LinesArrived
    from mailbot.core.model.form import ReadLines
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office

_LEFT_OUT = frozenset({FaultCode.LINE_UNKNOWN_CODE, FaultCode.LINE_OTHER_UNIT, FaultCode.LINE_NOT_FILLED_IN})
"""Findings about lines that are simply not used: they are named, and the rest can be confirmed without them."""
_OF_THE_UNIT = frozenset({Role.DIVISION_HEAD, Role.SECTION_HEAD})
NO_LINES = Refusal(Reason.NO_LINES, names_unit=True)
"""No lines wait for a word: they count, were dropped, a form took their place, or the cycle is closed."""


def lines_arrived(cycle: Cycle, fact: LinesArrived, office: Office) -> Outcome:
    """Lay the lines over what the unit sent before, keep them, and read everything back; nothing counts yet."""
    form = cycle.form_of(fact.unit)
    if form is None or _known(form, fact):
        return _unread(cycle, form, fact)
    waiting = _read(cycle, form, fact, office)
    read = waiting.read
    kept = replace(form.with_evidence(fact.evidence), line_mails=read.number, waiting=waiting)
    moved = cycle.with_unit(kept)
    letter = _read_back(moved, kept, waiting, fact, office, ignored=fact.lines.ignored)
    note = line(
        fact.at,
        "lines_read",
        fact.source.person.key,
        fact.unit,
        number=str(read.number),
        faults=",".join(sorted({fault.code.value for fault in read.faults})),
        file=read.file_sha256,
    )
    return Outcome(cycle=moved, letters=(letter,), journal=(note,))


def lines_past(cycle: Cycle, fact: LinesArrived, office: Office) -> Outcome:
    """Take lines that came after the end as a form that did: nothing can wait for a word any more."""
    form = cycle.form_of(fact.unit)
    if form is None or _known(form, fact):
        return _unread(cycle, form, fact)
    return Outcome(cycle=cycle, becomes=_as_form(_read(cycle, form, fact, office), fact))


def _known(form: UnitForm, fact: LinesArrived) -> bool:
    """Say whether the lines of this very mail wait already."""
    return form.waiting is not None and form.waiting.mail_sha256 == fact.source.mail_sha256


def _unread(cycle: Cycle, form: UnitForm | None, fact: LinesArrived) -> Outcome:
    """Answer lines of a unit that is not asked; lines that wait already were answered."""
    if form is not None:
        return Outcome(cycle=cycle)
    return unusable(cycle, fact.source, fact.unit, Unreadable.WRONG_UNIT, fact.lines.form.file_name, fact.at)


def _read(cycle: Cycle, form: UnitForm, fact: LinesArrived, office: Office) -> WaitingLines:
    """Return the unit's lines together with what they are laid over."""
    words = words_so_far(form, fact.lines)
    together = merge_lines(form, fact.lines.form, cycle.period, office)
    read = Submission(
        number=form.line_mails + 1,
        file_sha256=sha256(words_file(words)).hexdigest(),
        file_name=fact.lines.form.file_name,
        sender=fact.source.address,
        message_id=fact.source.answers.message_id,
        received_at=fact.received_at,
        data=together.data,
        faults=together.faults,
    )
    return WaitingLines(read=read, mail_sha256=fact.source.mail_sha256, written=words)


def words_so_far(form: UnitForm, lines: ReadLines) -> str:
    """Return what the unit wrote since lines began to wait, these lines last; `words_file` of it is the form's file.

    A number like a NIK is masked: this text is kept as data.
    """
    written = masked(lines.written)
    return f"{form.waiting.written}\n\n{written}" if form.waiting is not None else written


def words_file(words: str) -> bytes:
    """Return words of a mail as the file they are kept as."""
    return words.encode("utf-8", "replace")


def of_its_unit(cycle: Cycle, fact: LinesAnswered, office: Office) -> Outcome | None:
    """Is it somebody of the unit whose lines they are?"""
    del office
    person = fact.source.person
    if person.unit == fact.unit and person.role in _OF_THE_UNIT:
        return None
    return answered(NotYours(word=fact.spoken), cycle, fact.source, fact.at)


def lines_answered(cycle: Cycle, fact: LinesAnswered, office: Office) -> Outcome:
    """BENAR in answer to the lines as they stand makes them a form, SALAH drops them; anything else reads them back.

    BENAR to an earlier reading, or without any, confirms nothing: whoever says it has not seen what would count.
    """
    cycle = cycle.with_evidence(fact.unit, fact.evidence)
    form = cycle.form_of(fact.unit)
    waiting = form.waiting if form is not None else None
    if form is None or waiting is None:
        return refused(cycle, fact, NO_LINES)
    if fact.word is Word.SALAH and fact.number in {0, waiting.read.number}:
        return _dropped(cycle, form, fact)
    if fact.word is Word.BENAR and fact.number == waiting.read.number and not waiting.read.data.blank:
        return _confirmed(cycle, waiting, fact)
    letter = _read_back(cycle, form, waiting, fact, office)
    note = line(fact.at, "lines_read_again", fact.source.person.key, fact.unit, number=str(waiting.read.number))
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))


def _confirmed(cycle: Cycle, waiting: WaitingLines, fact: LinesAnswered) -> Outcome:
    """Let the lines be a form of whoever confirmed them; from here on they go the way of every form."""
    note = line(fact.at, "lines_confirmed", fact.source.person.key, fact.unit, number=str(waiting.read.number))
    return Outcome(cycle=cycle, journal=(note,), becomes=_as_form(waiting, fact))


def _dropped(cycle: Cycle, form: UnitForm, fact: LinesAnswered) -> Outcome:
    """Forget lines that are wrong; new ones, or a form, may come."""
    letter = make_letter(
        LinesDropped(),
        cycle,
        in_answer(fact.source),
        unit=form.unit,
        due_at=_ahead(form, fact.at),
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=form.unit),),
    )
    note = line(fact.at, "lines_dropped", fact.source.person.key, form.unit, number=str(form.line_mails))
    return Outcome(cycle=cycle.with_unit(replace(form, waiting=None)), letters=(letter,), journal=(note,))


def _as_form(waiting: WaitingLines, fact: LinesArrived | LinesAnswered) -> FormArrived:
    """Return the fact of the form that lines make once they are confirmed."""
    read = waiting.read
    faults = tuple(fault for fault in read.faults if fault.code not in _LEFT_OUT)
    return FormArrived(
        at=fact.at,
        source=replace(fact.source, received_at=read.received_at),
        unit=fact.unit,
        form=ReadForm(file_sha256=read.file_sha256, file_name=read.file_name, data=read.data, faults=faults),
        last=fact.last,
        evidence=fact.evidence,
    )


def _read_back(
    cycle: Cycle,
    form: UnitForm,
    waiting: WaitingLines,
    fact: LinesArrived | LinesAnswered,
    office: Office,
    *,
    ignored: tuple[str, ...] = (),
) -> Letter:
    """Return the letter that shows every figure as read, what a form like that would be told, and asks for BENAR."""
    read = waiting.read
    data = joined(form, read.data)
    findings = findings_of(cycle, _as_form(waiting, fact), data, office)
    open_rows = blank_rows(data, findings)
    told = tuple(fault for fault in findings if not only_blank(fault, open_rows))
    grave = any(fault.severity is not Severity.NOTE for fault in told)
    left_out = (fault for fault in read.faults if fault.code in _LEFT_OUT)
    before = form.submissions[-1] if form.submissions else None
    about = LinesRead(
        number=before.number if before is not None else None,
        word=None if grave or data.blank else Word.BENAR,
        unread=masked("\n".join(ignored)),
    )
    return make_letter(
        about,
        cycle,
        in_answer(fact.source),
        fact.unit,
        read.number,
        fact.source.mail_sha256[:16],
        unit=fact.unit,
        number=read.number,
        due_at=_ahead(form, fact.at),
        submission=read,
        faults=(*left_out, *told),
        open_rows=open_rows,
        changes=differences(before, read) if before is not None else (),
        enclosures=(Enclosure(kind=EnclosureKind.FILLED_FORM, unit=fact.unit),),
    )


def _ahead(form: UnitForm, at: datetime) -> datetime | None:
    """Return a unit's deadline if it has not passed."""
    return form.due_at if form.due_at is not None and form.due_at > at else None
