"""The facts of the forms in a mail: which cycle, unit and post each is for, and what of it is of no use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.facts import FormArrived, UnreadableArrived
from mailbot.core.model.mail import MEANT_AS_FORM, Proof, evidence_in
from mailbot.core.model.people import Role, unlisted
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.table import forms_count
from mailbot.core.sorting.forms_chosen import one_for_each_unit, submitting
from mailbot.core.sorting.forms_together import put_together, told_of_lines
from mailbot.core.sorting.placing import (
    OF_A_UNIT,
    answered_cycle,
    cycle_meant,
    source_of,
    speaker,
    speaks_for,
    unit_of,
    units_of,
)

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import ReadForm, Stamp
    from mailbot.core.model.mail import Source
    from mailbot.core.sorting.placing import Desk


def form_facts(desk: Desk, lines: tuple[tuple[str, Fact], ...] = ()) -> tuple[tuple[str, Fact], ...]:
    """Make the facts of every form in the mail; what is nobody's we know makes none.

    `lines` is the fact of answers in lines beside them: a form that was filled in counts alone, and is told which lines
    said something else; beside the form as it was sent out, the lines count. One form counts for each unit.
    """
    readable = [form for form in desk.mail.forms if form.unreadable is None and not (lines and form.untouched)]
    usable = submitting(readable, desk)
    refused = [form for form in desk.mail.forms if form.unreadable in MEANT_AS_FORM]
    facts = _merged([fact for form in (*usable, *refused) if (fact := _form_fact(desk, form)) is not None])
    if not any(isinstance(fact, FormArrived) for _, fact in facts):
        return (*facts, *lines)
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    together = one_for_each_unit(put_together(facts), cycles, desk.office) if len(facts) > 1 else facts
    beside = desk.mail.lines
    if beside is None:
        return together
    return tuple(
        (key, told_of_lines(fact, beside) if isinstance(fact, FormArrived) else fact) for key, fact in together
    )


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
        last=desk.last.get(cycle.key, {}),
        evidence=evidence_in(desk.mail),
        sent_from="" if desk.people and desk.mail.proof is not Proof.FAILED else desk.mail.sender,
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
    return next(waiting, None) or stamped or cycle_meant(desk)


def _asks(desk: Desk, cycle: Cycle, stamp: Stamp | None) -> bool:
    """Say whether a cycle asks the unit a form is stamped for, or one of the sender's."""
    return cycle.form_of(stamp.unit) is not None if stamp is not None else bool(units_of(desk, cycle))


def _source(desk: Desk, cycle: Cycle, unit: str, stamp: Stamp | None) -> Source | None:
    """Say who sent a form: the sender in the post that fits the unit; a stranger with our stamp only as himself.

    His form waits for the word of the unit's head; where there is none, nobody could ever say it.
    """
    if desk.people:
        return source_of(desk, speaker(desk, cycle, speaks_for(unit)))
    if stamp is None or not desk.mail.sender or not unit:
        return None
    day = desk.office.calendar.local(desk.at).date()
    head = desk.office.roster.holder(Role.DIVISION_HEAD, day, unit)
    return source_of(desk, unlisted(desk.mail.sender, unit)) if head is not None else None


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
