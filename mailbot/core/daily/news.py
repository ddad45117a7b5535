"""What a day brought in one cycle, unit by unit: made from the lines of its journal and from where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mailbot.core.codes.awaited import whose
from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.daily.policy import BESIDE, EVENTS, IN_ORDER, IN_ORDER_WAITS_DAYS
from mailbot.core.daily.policy import News as News  # noqa: PLC0414 - its callers take it from here
from mailbot.core.forms.judging import differences
from mailbot.core.language.reply_words import VERDICTS, WITH_REASON
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import About
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import unproved_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.letters import Change
    from mailbot.core.model.letters_to_operator import HeardMail
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine

_FORMS_COME = frozenset({Step.INFORM, Step.REQUEST, Step.COLLECT, Step.CHECK})
_CORRECTED = frozenset({*_FORMS_COME, Step.ANALYSE, Step.DRAFT})
"""Rows in which Subbag Program may still send a form back."""
_REFUSALS = VERDICTS & WITH_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the journal that the letter tells."""

    news: News
    at: datetime
    unit: str
    actor: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNews:
    """One unit: how its form stands, and what was told of it."""

    unit: str
    state: UnitState
    due_at: datetime | None
    late_days: int
    """Working days since its deadline, while its form is owed."""
    returned: int
    """How often its form went back."""
    away_until: datetime | None
    snoozed_until: datetime | None
    lines_wait: bool
    two_differ: bool
    """Another form waits beside the one that counts for the head's word."""
    told: tuple[Told, ...]
    forms: tuple[Submission, ...] = ()
    """The forms that are told of."""
    accepted: Submission | None = None
    """The form that counts, where it came since the last letter."""
    changes: tuple[Change, ...] = ()
    """What it says otherwise than the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleNews:
    """One cycle; while forms are awaited every unit stands in it, later only those of which there is news."""

    cycle: str
    period: Period
    step: Step
    closed: bool
    units: tuple[UnitNews, ...]
    told: tuple[Told, ...]
    """What is about no unit."""
    waits_for_it: datetime | None
    """Until when Subbag Program's own word is waited for; None: for another's."""

    @property
    def awaits_forms(self) -> bool:
        """Say whether units still owe their forms."""
        return not self.closed and self.step in _FORMS_COME

    @property
    def may_be_returned(self) -> bool:
        """Say whether Subbag Program may still send back a form that is told of as accepted."""
        return not self.closed and self.step in _CORRECTED and any(unit.accepted for unit in self.units)

    def count(self, *states: UnitState) -> int:
        """Return how many units are in one of these states."""
        return sum(unit.state in states for unit in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(About):
    """To Subbag Program: what came since the last one, over all cycles, and what people wrote that one should read."""

    letter_kind: ClassVar = LetterKind.DIGEST
    needs: ClassVar = ()
    news: tuple[CycleNews, ...] = ()
    mails: tuple[HeardMail, ...] = ()
    ended: tuple[Debt, ...] = ()
    """What is waited for and not reminded of any more: it stands in every such letter, and once a week is a reason."""


def told_of(lines: Sequence[JournalLine], office: Office) -> tuple[Told, ...]:
    """Return what the lines of a cycle's journal have to tell Subbag Program, in order.

    What it has said itself, and a refusal, which it has had at once, are no news to it.
    """
    own = {person.key for person in office.roster.people if person.role is Role.PLANNING}
    return tuple(
        Told(news=EVENTS[one.event], at=one.at, unit=one.unit, actor=one.actor, detail=one.detail)
        for one in lines
        if one.event in EVENTS and not _known(one, own)
    )


def _known(one: JournalLine, own: set[str]) -> bool:
    """Say whether Subbag Program knows of a line without being told."""
    detail = dict(one.detail)
    if EVENTS[one.event] is News.VERDICT:
        return one.actor in own or detail.get("word") in _REFUSALS
    return detail.get("to") in own


def is_reason(told: Sequence[Told]) -> bool:
    """Say whether one of these is a reason for a letter."""
    return any(one.news not in BESIDE and one.unit for one in told)


def may_wait(news: Sequence[CycleNews], at: datetime, office: Office) -> bool:
    """Say whether all of it is of forms in order, and the oldest of it so new that another letter may bring it."""
    units = [unit for one in news for unit in one.units if unit.told]
    if not all(_in_order(unit, office) for unit in units):
        return False
    oldest = min((one.at for unit in units for one in unit.told), default=at)
    return office.calendar.working_days_between(oldest, at) <= IN_ORDER_WAITS_DAYS


def _in_order(unit: UnitNews, office: Office) -> bool:
    """Say whether all that is told of a unit is a form that counts, of somebody on the list, and nothing is odd."""
    form = unit.accepted
    if form is None or form.faults or unit.changes or unit.two_differ or unproved_form(form, office):
        return False
    listed = any(person.owns(form.sender) for person in office.roster.people)
    return listed and all(one.news in IN_ORDER for one in unit.told)


def news_of(cycle: Cycle, told: Sequence[Told], at: datetime, office: Office) -> CycleNews:
    """Return what there is to tell of a cycle as it stands at that moment; a word taken back is left out."""
    recalled = {word.mail_sha256 for word in cycle.recalled}
    told = tuple(one for one in told if one.news is not News.VERDICT or dict(one.detail).get("mail") not in recalled)
    all_units = not cycle.closed and cycle.step in _FORMS_COME
    named = {one.unit for one in told}
    return CycleNews(
        cycle=cycle.key,
        period=cycle.period,
        step=cycle.step,
        closed=cycle.closed,
        units=tuple(
            _unit_news(form, tuple(one for one in told if one.unit == form.unit), at, office)
            for form in cycle.units
            if all_units or form.unit in named
        ),
        told=tuple(one for one in told if not one.unit),
        waits_for_it=cycle.due_at if _its_move(cycle) else None,
    )


def _its_move(cycle: Cycle) -> bool:
    """Say whether the cycle waits for Subbag Program's own word."""
    if cycle.closed:
        return False
    if cycle.step is Step.DRAFT:
        return cycle.draft is not None and cycle.draft.compiled_at is not None
    wants = cycle.delivery.wants if cycle.delivery is not None else None
    return cycle.step is Step.SUBMIT and wants is not None and whose(wants) is Role.PLANNING


def _unit_news(form: UnitForm, told: tuple[Told, ...], at: datetime, office: Office) -> UnitNews:
    """Return what there is to tell of one unit."""
    numbers = {dict(one.detail).get("number") for one in told}
    came = {dict(one.detail).get("number") for one in told if one.news in {News.ACCEPTED, News.DECIDED}}
    counting = form.counting
    accepted = counting if form.state is UnitState.ACCEPTED and counting and str(counting.number) in came else None
    before = _before(form, accepted)
    owes = form.state is not UnitState.ACCEPTED and form.due_at is not None and at > form.due_at
    return UnitNews(
        unit=form.unit,
        state=form.state,
        due_at=form.due_at,
        late_days=office.calendar.working_days_between(form.due_at, at) if owes and form.due_at else 0,
        returned=form.returned,
        away_until=_ahead(form.away_until, at),
        snoozed_until=_ahead(form.snoozed_until, at),
        lines_wait=form.waiting is not None,
        two_differ=form.rival is not None,
        told=told,
        forms=tuple(one for one in form.submissions if str(one.number) in numbers),
        accepted=accepted,
        changes=differences(before, accepted) if before is not None and accepted is not None else (),
    )


def _before(form: UnitForm, accepted: Submission | None) -> Submission | None:
    """Return the form that came before the one that counts now."""
    if accepted is None:
        return None
    return next((one for one in reversed(form.submissions) if one.number < accepted.number), None)


def _ahead(moment: datetime | None, at: datetime) -> datetime | None:
    """Return a moment that is still to come."""
    return moment if moment is not None and moment > at else None
