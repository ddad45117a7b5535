"""Every kind of letter with sample values, full and bare, and once for every code its words may turn on."""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, get_origin

from mailbot.core.configuration import letters_of_configuration
from mailbot.core.daily import news, weekly
from mailbot.core.delivery import letters_of_delivery
from mailbot.core.draft import letters_of_drafts
from mailbot.core.draft.document import (
    STAMPED,
    ChangeKind,
    Difference,
    DifferenceKind,
    Examined,
    TrackedChange,
)
from mailbot.core.language.reply_words import Word
from mailbot.core.model import letters_in_answer, letters_of_rows, letters_to_operator
from mailbot.core.model.letters import About, AlarmCode, Change, Letter, LetterKind, Part
from mailbot.core.model.letters_to_operator import Away, DayCount, Glance, HeardMail, Matters
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening import letters_of_opening
from mailbot.core.opening.letters_of_opening import Coming
from mailbot.core.recall import letters_of_recall
from mailbot.core.remarks.remark import Marked
from mailbot.core.rollup import letters_of_rollup
from mailbot.writing.selfcheck.sample_cycle import begun, trial_cycle, trial_faults
from mailbot.writing.selfcheck.sample_debts import sample_debt, sample_told
from mailbot.writing.selfcheck.sample_offices import sample_rolled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.opening.plans import CyclePlan

K = LetterKind
KINDS: tuple[type[About], ...] = tuple(
    kind
    for module in (
        letters_of_rows,
        letters_of_drafts,
        news,
        weekly,
        letters_of_rollup,
        letters_of_recall,
        letters_of_delivery,
        letters_of_opening,
        letters_of_configuration,
        letters_in_answer,
        letters_to_operator,
    )
    for kind in vars(module).values()
    if isinstance(kind, type) and "letter_kind" in vars(kind) and kind.__module__ == module.__name__
)
"""The class of every kind of letter."""
# fmt: off
_TO: dict[Role, frozenset[LetterKind]] = {
    Role.SECRETARY: frozenset({K.DATA_NEEDS, K.ESCALATION, K.REVIEW, K.VERDICT_NOTED, K.UNCLEAR, K.ORIGIN, K.RECALLED,
        K.DEPUTY_ECHO, K.DEPUTY_TOLD,
    }),
    Role.AGENCY_HEAD: frozenset({
        K.WEEKLY,
        K.RATIFY, K.PAPER_WANTED, K.PAPER_NOTED, K.OUT_OF_TURN, K.CHALLENGE, K.CORRECTION_TOLD,
    }),
    Role.PLANNING: frozenset({
        K.DATA_NEEDS_OBJECTED, K.HELP_WANTED, K.LATE, K.DIGEST, K.RECAP, K.DRAFT, K.REVISION, K.CLOSED,
        K.DRAFT_AGAIN, K.HELD_BACK, K.HELD_NOTED, K.FILE_SHOWN, K.HEARD, K.ANSWERS_NOTED, K.DRAFT_HELD, K.OPEN_CHANGES,
        K.SIGNER_CHANGED, K.RECALL_TOLD, K.NUMBER_WANTED, K.RECEIPT_UNPROVED, K.PAPER_SHOWN, K.HARD_COPY_WANTED,
        K.PUBLICATION_WANTED, K.OPENING_AHEAD, K.OPENING_NOTED, K.OPENING_MISSED,
    }),
    Role.PLANNING_BOARD: frozenset({K.SUBMISSION}),
    Role.COPIED: frozenset({K.COPY_SENT}),
    Role.OVERSEER: frozenset({K.ROLLUP}),
    Role.OPERATOR: frozenset({K.UNDELIVERED, K.SET_ASIDE, K.MORNING, K.ALARM, K.CONFIG_WAITS, K.CONFIG_ANSWERED}),
}
# fmt: on
"""To whom a kind goes; all others go to the head of a unit."""
_ROW = {
    K.DATA_NEEDS: Step.INFORM,
    K.DATA_NEEDS_OBJECTED: Step.INFORM,
    K.REVIEW: Step.REVIEW,
    K.RATIFY: Step.RATIFY,
    K.RECALLED: Step.REVIEW,
}
_WITH_FAULTS = frozenset({K.RETURNED, K.HELP_WANTED})
_MIDWAY = frozenset({K.REQUEST, K.REQUEST_COPY, K.PARTIAL, K.REMINDER, K.ESCALATION, K.STATUS, K.CONFLICT})
_ANY_WILL_DO = frozenset({Word, LetterKind})
"""Codes that words print and do not turn on: one sample of each is enough."""
_WORDS = "contoh"
_COUNT = 2
_FIGURE = Decimal("98.12")
_OF_A_DRAFT = frozenset({K.DRAFT, K.DRAFT_HELD, K.OPEN_CHANGES, K.VERDICT_NOTED, K.REVIEW, K.RATIFY})
_EXAMINED = Examined(
    differences=tuple(Difference(kind=kind, code=_WORDS, in_draft="67,50", in_data="69,50") for kind in DifferenceKind),
    open_changes=tuple(TrackedChange(kind=kind, author=_WORDS, at="", words=_WORDS) for kind in ChangeKind),
    unstamped=STAMPED,
    of_version="1",
    damaged=(_WORDS,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A sample letter, and the cycle it is written in."""

    letter: Letter
    cycle: Cycle | None


def trial_letters(plan: CyclePlan, office: Office) -> Iterator[Trial]:
    """Yield every sample letter, in that cycle and to the office's own people; nothing of them is ever sent or kept."""
    for kind in KINDS:
        whole = trial_cycle(plan, office, _ROW.get(kind.letter_kind, Step.DRAFT))
        cycle = begun(whole) if kind.letter_kind in _MIDWAY else whole
        full = _full(kind, cycle, office)
        yield Trial(letter=full, cycle=cycle)
        bare = _bare(full)
        yield Trial(letter=bare, cycle=cycle if Part.CYCLE in kind.needs else None)
        for field in fields(kind):
            for code in _codes(field.type):
                turned = replace(full.about, **{field.name: code})
                yield Trial(letter=replace(bare, about=turned), cycle=cycle if Part.CYCLE in kind.needs else None)


def _full(kind: type[About], cycle: Cycle, office: Office) -> Letter:
    """Return a letter with everything such a letter can carry."""
    form = cycle.units[0]
    person = _addressee(kind.letter_kind, form.unit, office, cycle)
    codes = tuple(indicator.code for indicator in office.asked_indicators(form.unit, cycle.period))[:1]
    return Letter(
        key=f"{kind.letter_kind.value}/trial",
        about=kind(**{field.name: _sample(field, person, cycle, office) for field in fields(kind)}),
        to=person.key,
        address=person.addresses[0],
        cycle=cycle.key,
        unit=form.unit,
        due_at=cycle.due_at,
        submission=form.submissions[0],
        faults=trial_faults() if kind.letter_kind in _WITH_FAULTS else (),
        remarks=(_WORDS,),
        numbers=tuple(one.number for one in cycle.remarks),
        changes=tuple(Change(code=code, old="98.02", new="98.12") for code in codes),
        open_rows=codes,
        examined=_EXAMINED if kind.letter_kind in _OF_A_DRAFT else Examined(),
    )


def _bare(full: Letter) -> Letter:
    """Return the barest letter of the kind: nothing that it does not insist on."""
    about, needs = full.about, full.about.needs
    insists = {
        field.name: getattr(about, field.name)
        for field in fields(about)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return replace(
        full,
        about=type(about)(**insists),
        cycle=full.cycle if Part.CYCLE in needs else "",
        unit=full.unit if Part.UNIT in needs else "",
        due_at=full.due_at if Part.DUE in needs else None,
        submission=full.submission if Part.SUBMISSION in needs else None,
        faults=(),
        remarks=(),
        numbers=(),
        changes=(),
        open_rows=(),
        examined=Examined(),
    )


def _addressee(kind: LetterKind, unit: str, office: Office, cycle: Cycle) -> Person:
    """Return who gets such a letter; where nobody holds the post, anybody will do to try the words on."""
    day = office.calendar.local(cycle.since).date()
    role = next((role for role, kinds in _TO.items() if kind in kinds), None)
    people = office.roster.people
    if role is not None:
        return office.roster.holder(role, day) or people[0]
    return next((person for person in people if person.unit == unit), people[0])


def _codes(annotation: Any) -> Iterator[object]:  # noqa: ANN401 - whatever a field is declared as
    """Yield every code that a field declared so can have, if words may turn on it."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (() if annotation in _ANY_WILL_DO else annotation)
    elif get_origin(annotation) is not tuple:
        for part in get_args(annotation):
            yield from _codes(part)


def _news(cycle: Cycle, office: Office) -> news.CycleNews:
    """Return what a day may bring in a cycle."""
    form = cycle.units[0]
    told = tuple(
        news.Told(news=what, at=cycle.since, unit=form.unit, actor=form.unit, detail=(("number", "1"), ("to", _WORDS)))
        for what in news.News
    )
    return news.news_of(cycle, told, cycle.since, office)


def _sample(field: Field[Any], person: Person, cycle: Cycle, office: Office) -> Any:  # noqa: ANN401 - of any type
    """Return a sample of one value: by its name where that says more than its type, else by its type."""
    by_name = {
        "person": person.key,
        "first": person.key,
        "second": person.addresses[0],
        "code": office.indicators[0].code if office.indicators else _WORDS,
        "cycles": (_glance(person, cycle),),
        "news": (_news(cycle, office),),
        "along": _news(cycle, office),
        "mails": (_heard(person, cycle),),
        "openings": (_coming(cycle),),
        "days": (DayCount(at=cycle.due_at, new=_COUNT, received=_COUNT, on_server=_COUNT, difference=_COUNT),) * _COUNT,
        "beside": (sample_debt(person, cycle), replace(sample_debt(person, cycle), unit="")),
        "told": sample_told(office, cycle),
        "rolled": sample_rolled(cycle),
        "silent": (letters_of_rollup.Silent(name=_WORDS, since=cycle.since),),
        "ended": (cycle.period,)
        if "Period" in str(field.type)
        else (sample_debt(person, cycle), replace(sample_debt(person, cycle), unit="")),
        "matters": (Matters(cause=AlarmCode.DIFFERENCE.value, count=_COUNT, details=(_WORDS,)),),
        "role": (person.role,) if get_origin(field.type) is tuple else person.role,
        "defects": (),
        "what": AlarmCode.LOGIN_REFUSED,
        "marked": Marked(remarks=tuple(one.remark for one in cycle.remarks), more=_COUNT, damaged=(_WORDS,)),
    }
    return by_name[field.name] if field.name in by_name else _of_type(field.type, cycle)


def _of_type(annotation: Any, cycle: Cycle) -> Any:  # noqa: ANN401 - whatever a field is declared as
    """Return a sample of a type; of a choice between several, one of the first."""
    if get_origin(annotation) is Literal or (isinstance(annotation, type) and issubclass(annotation, StrEnum)):
        return next(iter(get_args(annotation) or annotation))
    if is_dataclass(annotation):
        return cast("Any", annotation)()  # a value with something to say is in the letters that the tests write
    if get_origin(annotation) is tuple:
        return (_of_type(get_args(annotation)[0], cycle),)
    due = cycle.due_at
    samples = {str: _WORDS, int: _COUNT, bool: True, datetime: due, date: due.date(), Decimal: _FIGURE}
    return samples[annotation] if annotation in samples else _of_type(get_args(annotation)[0], cycle)


def _heard(person: Person, cycle: Cycle) -> HeardMail:
    """Return a mail that somebody should read."""
    return HeardMail(
        person=person.key,
        address=person.addresses[0],
        at=cycle.due_at,
        subject=_WORDS,
        answers=LetterKind.REQUEST,
        words=(_WORDS,),
    )


def _coming(cycle: Cycle) -> Coming:
    """Return the cycle as if it were still to open."""
    return Coming(
        key=cycle.key,
        period=cycle.period,
        opens_at=cycle.due_at,
        units=tuple(form.unit for form in cycle.units),
        forms_due_at=cycle.due_at,
        ends_at=cycle.due_at,
    )


def _glance(person: Person, cycle: Cycle) -> Glance:
    """Return the cycle at a glance, one unit's head being away."""
    return Glance(
        period=cycle.period,
        step=cycle.step,
        due_at=cycle.due_at,
        late_days=_COUNT,
        role=person.role,
        people=(person.key,),
        units=tuple((form.unit, form.state) for form in cycle.units),
        away=(Away(unit=cycle.units[0].unit, until=cycle.due_at, deputy=person.key),),
    )
