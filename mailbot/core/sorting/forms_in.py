"""The forms a mail carries: whose each one is, for which cycle, which sheets and lines belong to it (SOP row 3)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from mailbot.core.model.facts import FormArrived, UnreadableArrived
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, Severity, Unreadable
from mailbot.core.model.form_layout import HEADERS
from mailbot.core.model.mail import MEANT_AS_FORM, evidence_in
from mailbot.core.model.people import Role
from mailbot.core.procedure.table import forms_count
from mailbot.core.sorting.placing import (
    OF_A_UNIT,
    Desk,
    answered_cycle,
    matter,
    source_of,
    speaker,
    speaks_for,
    unit_of,
    units_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact, Source
    from mailbot.core.model.form import BudgetAnswer, IndicatorAnswer, Narrative, ReadForm, ReadLines, Stamp


def form_facts(desk: Desk, lines: tuple[tuple[str, Fact], ...] = ()) -> tuple[tuple[str, Fact], ...]:
    """Make the facts of every form in the mail; what is nobody's we know makes none.

    `lines` is the fact of answers in lines beside them: a form that was filled in counts alone, and is told which lines
    said something else; beside the form as it was sent out, the lines count.
    """
    usable = [form for form in desk.mail.forms if form.unreadable is None and not (lines and form.untouched)]
    refused = [form for form in desk.mail.forms if form.unreadable in MEANT_AS_FORM]
    facts = _merged([fact for form in (*usable, *refused) if (fact := _form_fact(desk, form)) is not None])
    if not any(isinstance(fact, FormArrived) for _, fact in facts):
        return (*facts, *lines)
    return tuple((key, _told_of_lines(desk, fact)) for key, fact in put_together(facts))


def _told_of_lines(desk: Desk, fact: Fact) -> Fact:
    """Let a form's answer say which lines of its mail were not used."""
    if not isinstance(fact, FormArrived) or desk.mail.lines is None:
        return fact
    notes = unused_lines(desk.mail.lines, fact.form.data)
    return replace(fact, form=replace(fact.form, faults=(*fact.form.faults, *notes)))


def _form_fact(desk: Desk, form: ReadForm) -> tuple[str, Fact] | None:
    """Make the fact of one form; None where it is nobody's we know."""
    stamp = form.stamp if form.stamp is not None and form.stamp.valid else None
    cycle = cycle_of(desk, stamp)
    if cycle is None:
        return None
    stamped = stamp.unit if stamp is not None and cycle.form_of(stamp.unit) is not None else ""
    unit = stamped or unit_of(desk, cycle)
    source = _source(desk, cycle, unit, stamp)
    if source is None:
        return None
    own = units_of(desk, cycle)
    foreign = bool(own) and unit not in own and all(person.role in OF_A_UNIT for person in desk.people)
    reason = form.unreadable or (Unreadable.WRONG_UNIT if foreign else None)
    if reason is None and not unit:
        reason = Unreadable.NOT_A_FORM
    if reason is not None:
        place = own[0] if foreign else unit
        return cycle.key, UnreadableArrived(
            at=desk.at,
            source=source,
            unit=place,
            reason=reason,
            file_name=form.file_name,
            evidence=evidence_in(desk.mail),
        )
    return cycle.key, FormArrived(
        at=desk.at,
        source=source,
        unit=unit,
        form=form,
        received_at=desk.mail.received_at,
        last=desk.last.get(cycle.key, {}),
        evidence=evidence_in(desk.mail),
        sent_from="" if desk.people else desk.mail.sender,
    )


def cycle_of(desk: Desk, stamp: Stamp | None) -> Cycle | None:
    """Return the cycle a form is for.

    The stamp's, while it is open or the mail answers it; else the one the mail answers; else the one that waits for
    this unit's form. So last period's form, sent for this period, is told to be the wrong one.
    """
    stamped = next((cycle for cycle in desk.cycles if stamp is not None and cycle.key == stamp.cycle), None)
    answered = answered_cycle(desk)
    if stamped is not None and (not stamped.closed or stamped == answered):
        return stamped
    if answered is not None and not answered.closed:
        return answered
    waiting = (cycle for cycle in desk.cycles if forms_count(cycle) and _asks(desk, cycle, stamp))
    return next(waiting, None) or stamped or matter(desk)


def _asks(desk: Desk, cycle: Cycle, stamp: Stamp | None) -> bool:
    """Say whether a cycle asks the unit a form is stamped for, or one of the sender's."""
    return cycle.form_of(stamp.unit) is not None if stamp is not None else bool(units_of(desk, cycle))


def _source(desk: Desk, cycle: Cycle, unit: str, stamp: Stamp | None) -> Source | None:
    """Say who gets the answer: the sender in the post that fits the unit; for a stranger with our stamp, its head."""
    if desk.people:
        return source_of(desk, speaker(desk, cycle, speaks_for(unit)))
    day = desk.office.calendar.local(desk.at).date()
    head = desk.office.roster.holder(Role.DIVISION_HEAD, day, stamp.unit) if stamp is not None else None
    return source_of(desk, head, head.addresses[0]) if head is not None else None


def _merged(facts: list[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    """Put files that are of no use for one and the same reason into one fact, so that one answer names them all."""
    kept: list[tuple[str, Fact]] = []
    unread: dict[tuple[str, str, Unreadable], list[UnreadableArrived]] = {}
    for key, fact in facts:
        if isinstance(fact, UnreadableArrived):
            unread.setdefault((key, fact.unit, fact.reason), []).append(fact)
        else:
            kept.append((key, fact))
    for (key, *_), same in unread.items():
        kept.append((key, replace(same[0], file_name=", ".join(file.file_name for file in same))))
    return tuple(kept)


def put_together(facts: Iterable[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    """Return the facts of a mail, those of tables without our stamp joined where they are parts of one unit's form."""
    kept: list[tuple[str, Fact]] = []
    for key, fact in facts:
        place = next((at for at, (other, known) in enumerate(kept) if other == key and _belong(known, fact)), None)
        first = None if place is None else kept[place][1]
        if place is not None and isinstance(first, FormArrived) and isinstance(fact, FormArrived):
            kept[place] = (key, _joined(first, fact))
        else:
            kept.append((key, fact))
    return tuple(kept)


def _belong(first: Fact, second: Fact) -> bool:
    """Say whether two tables are sheets of one form: of one unit, without a stamp, asked different things."""
    if not (isinstance(first, FormArrived) and isinstance(second, FormArrived)) or first.unit != second.unit:
        return False
    left, right = first.form, second.form
    if left.stamp is not None or right.stamp is not None or left.data.codes & right.data.codes:
        return False
    both = zip(left.data.narrative.entries, right.data.narrative.entries, strict=True)
    return all(told.blank or told_again.blank for told, told_again in both)


def _joined(first: FormArrived, second: FormArrived) -> FormArrived:
    """Return two sheets as one form, under the digest of the first file; the mail keeps them all."""
    left, right = first.form, second.form
    data = FormData(
        indicators=(*left.data.indicators, *right.data.indicators),
        budget=(*left.data.budget, *right.data.budget),
        narrative=left.data.narrative.over(right.data.narrative),
        filled_by=left.data.filled_by or right.data.filled_by,
    )
    form = replace(
        left,
        file_name=f"{left.file_name}, {right.file_name}",
        data=data,
        faults=(*left.faults, *right.faults),
        untouched=left.untouched and right.untouched,
        years=tuple(dict.fromkeys((*left.years, *right.years))),
        personal_data=left.personal_data or right.personal_data,
    )
    return replace(first, form=form)


def unused_lines(read: ReadLines, data: FormData) -> tuple[Fault, ...]:
    """Name every line beside a form that says something else than the form, or something the form does not say."""
    form, lines = _entries(data), _entries(read.form.data)
    return tuple(
        Fault(
            code=FaultCode.LINE_UNUSED,
            severity=Severity.NOTE,
            row=code,
            column=HEADERS.get(field, ""),
            given=entry.text,
        )
        for (code, field), entry in lines.items()
        if not _same(entry, form.get((code, field), Entry()))
    )


def _entries(data: FormData) -> dict[tuple[str, str], Entry]:
    """Return every entry that says something, by code and field."""
    rows: list[tuple[str, IndicatorAnswer | BudgetAnswer | Narrative]] = [("", data.narrative)]
    rows += [(row.code, row) for row in data.indicators]
    rows += [(row.code, row) for row in data.budget]
    named = ((code, field.name, getattr(row, field.name)) for code, row in rows for field in fields(row))
    return {(code, name): entry for code, name, entry in named if isinstance(entry, Entry) and not entry.blank}


def _same(first: Entry, second: Entry) -> bool:
    """Say whether two entries say the same: one figure, NIHIL both, or one text whatever its blanks."""
    if first.value is not None or first.nil:
        return (first.value, first.nil) == (second.value, second.nil)
    return " ".join(first.text.casefold().split()) == " ".join(second.text.casefold().split())
