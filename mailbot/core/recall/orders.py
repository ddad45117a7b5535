"""BATAL for an order about a unit's form: what it changed is put back, while nothing has come of it (rows 2 to 4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import CommandGiven
from mailbot.core.remarks.listed import not_passed

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.core.model.people import Person

_TAKES = frozenset({Word.TUNDA, Word.SALAH, Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG})
"""Orders that change what a unit owes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an order may change of a unit's form."""

    state: UnitState
    due_at: datetime | None
    counted: int
    accepted_at: datetime | None
    snoozed_until: datetime | None
    reopened: int
    marks: tuple[tuple[bool, str], ...] = ()
    """Of each form that came: whether it was accepted, and the reason that Subbag Program gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The last order about a unit's form: who gave it, and what stood before and after it."""

    person: str
    address: str
    word: str
    given_at: datetime
    since: datetime
    """Of the row it was given in: an order that has moved the cycle cannot be put back."""
    before: Standing
    after: Standing
    row_before: datetime | None = None
    row_after: datetime | None = None
    """The deadline of the row, where the order has moved it."""


def remembered(outcome: Outcome, before: Cycle, fact: Fact, office: Office) -> Outcome:
    """Return the outcome of an order with what it has changed noted at the unit's form, and its answer says how long.

    Nothing is noted where the office has no window, or where the order has moved the cycle to another row.
    """
    if not isinstance(fact, CommandGiven) or fact.said.word not in _TAKES or not office.policy.recall_minutes:
        return outcome
    cycle = outcome.cycle
    if (cycle.step, cycle.since) != (before.step, before.since):
        return outcome
    for form in cycle.units:
        former = before.form_of(form.unit)
        if former is not None and _standing(former) != _standing(form):
            order = Order(
                person=fact.source.person.key,
                address=fact.source.address,
                word=fact.spoken.value,
                given_at=fact.at,
                since=before.since,
                before=_standing(former),
                after=_standing(form),
                row_before=before.due_at if before.due_at != cycle.due_at else None,
                row_after=cycle.due_at if before.due_at != cycle.due_at else None,
            )
            cycle = cycle.with_unit(replace(form, ordered=order))
    if cycle is outcome.cycle:
        return outcome
    until = office.calendar.add_minutes(fact.at, office.policy.recall_minutes)
    letters = (replace(one, recall_until=until) if one.answers is not None else one for one in outcome.letters)
    return replace(outcome, cycle=cycle, letters=tuple(letters))


def last_order(cycle: Cycle, person: Person, at: datetime, office: Office) -> UnitForm | None:
    """Return the form that somebody's last order was about, where it can still be taken back at that moment."""
    given = [form for form in cycle.units if form.ordered is not None and _is_his(form.ordered, person)]
    form = max(given, key=lambda one: one.ordered.given_at if one.ordered is not None else cycle.since, default=None)
    if form is None or form.ordered is None or cycle.closed:
        return None
    order = form.ordered
    untouched = _standing(form) == order.after and cycle.since == order.since
    until = office.calendar.add_minutes(order.given_at, office.policy.recall_minutes)
    return form if untouched and at < until else None


def put_back(cycle: Cycle, form: UnitForm, order: Order) -> Cycle:
    """Return the cycle with a unit's form as it stood before an order; so do the row's deadline and the remarks."""
    was = order.before
    if order.row_before is not None and cycle.due_at == order.row_after:
        cycle = replace(cycle, due_at=order.row_before)
    cycle = not_passed(cycle, form.unit, order.given_at)
    pairs = zip(form.submissions, was.marks, strict=True)
    return cycle.with_unit(
        replace(
            form,
            state=was.state,
            due_at=was.due_at,
            counted=was.counted,
            accepted_at=was.accepted_at,
            snoozed_until=was.snoozed_until,
            reopened=was.reopened,
            submissions=tuple(replace(sent, accepted=accepted, reason=why) for sent, (accepted, why) in pairs),
            ordered=None,
        )
    )


def _is_his(order: Order, person: Person) -> bool:
    """Say whether somebody gave that order, under whichever post or address."""
    return order.person == person.key or person.owns(order.address)


def _standing(form: UnitForm) -> Standing:
    """Return what an order may change of a unit's form, as it is."""
    return Standing(
        state=form.state,
        due_at=form.due_at,
        counted=form.counted,
        accepted_at=form.accepted_at,
        snoozed_until=form.snoozed_until,
        reopened=form.reopened,
        marks=tuple((sent.accepted, sent.reason) for sent in form.submissions),
    )
