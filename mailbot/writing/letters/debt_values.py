"""What letters say of debts: those beside the one that a reminder is about, and those that a superior hears of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from mailbot.core.chasing.debt import Why
from mailbot.core.daily.news import Digest
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Escalation, Reminder
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.writing.letters.letter_context import token_of
from mailbot.writing.values.cycle_values import title

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.chasing.debt import Debt, ToldAbove
    from mailbot.writing.letters.letter_context import LetterContext

Row = dict[str, object]
_AHEAD = 5
"""So many working days ahead lies the day that an example names."""


def beside(here: LetterContext) -> tuple[Row, ...]:
    """Return what else the addressee of a reminder owes; where one word could mean two, what the letter is about too.

    Each has its own way to be answered: the form that is enclosed, or the subject by which the answer finds its letter.
    """
    about = here.letter.about
    if not isinstance(about, Reminder):
        return ()
    return tuple(_beside(debt, here) for debt in about.beside)


def asked_apart(here: LetterContext) -> str:
    """Return the subject under which the word is said that a reminder is about, where it speaks of two words."""
    about = here.letter.about
    if not isinstance(about, Reminder) or here.letter.unit or about.wanting is not None or here.letter.asks is not None:
        return ""
    return _subject(here.phrases.word("owed_short", about.step), here.letter.cycle, about.reference, here)


def told(here: LetterContext) -> tuple[Row, ...]:
    """Return each debt that a superior hears of."""
    about = here.letter.about
    return tuple(_told(one, here) for one in about.told) if isinstance(about, Escalation) else ()


def _beside(debt: Debt, here: LetterContext) -> Row:
    """Return one debt beside the one that a reminder is about."""
    enclosed = bool(debt.unit) and debt.cycle == here.letter.cycle
    subject = "" if enclosed else _subject(_owed("owed_short", debt, here), debt.cycle, debt.reference, here)
    return {**_debt(debt, here), "enclosed": enclosed, "subject": subject, "link": _link(subject, here)}


def _debt(debt: Debt, here: LetterContext) -> Row:
    """Return what is owed, in words, with its deadline and how it stands."""
    calendar, phrases = here.office.calendar, here.phrases
    late = calendar.working_days_between(debt.due_at, here.written_at)
    unit = here.office.roster.unit(debt.unit) if debt.unit else None
    waits = phrases.word("lines_wait") if debt.lines_at is not None else ""
    state = phrases.word("unit_state", debt.state.value) if isinstance(debt.state, UnitState) else ""
    what = _owed("owed", debt, here)
    what = phrases.word("debt", "of_unit").format(what=what, unit=unit.name) if unit else what
    period = phrases.period(debt.period)
    return {
        "what": what,
        "name": phrases.word("debt", "of_period").format(what=f"{what[:1].upper()}{what[1:]}", period=period),
        "short": " - ".join(filter(None, (_owed("owed_short", debt, here), unit.key.upper() if unit else ""))),
        "period": period,
        "due": phrases.deadline(debt.due_at, here.written_at),
        "late_days": late,
        "state": "; ".join(filter(None, (state, waits))),
        "unit_key": unit.key.upper() if unit else "",
        "came": debt.came,
        "of_this": debt.cycle == here.letter.cycle,
    }


def ended(here: LetterContext) -> tuple[Row, ...]:
    """Return each debt that Subbag Program is told is not reminded of any more."""
    about = here.letter.about
    owed = about.ended if isinstance(about, Digest) else ()
    return tuple(
        {**_debt(debt, here), "whose": title(debt.person), "own": debt.person.role is Role.PLANNING} for debt in owed
    )


def example_date(here: LetterContext) -> str:
    """Return a working day some days ahead, as people type it: the deadline that an example of PERPANJANG names."""
    calendar = here.office.calendar
    return f"{calendar.local(calendar.add_days(here.written_at, _AHEAD)):%d-%m-%Y}"


def _told(one: ToldAbove, here: LetterContext) -> Row:
    """Return one debt with all that a superior is to know of it."""
    debt, phrases = one.debt, here.phrases
    people = {person.key: person for person in here.office.roster.people}
    return {
        **_debt(debt, here),
        "late_days": one.late_days,
        "whose": title(debt.person),
        "of_head": debt.person.role is Role.AGENCY_HEAD,
        "of_board": debt.person.role is Role.PLANNING_BOARD,
        "asked": phrases.day(debt.asked_at),
        "reminders": debt.reminders,
        "reminded": phrases.day(debt.reminded_at) if debt.reminded_at is not None else "",
        "returns": debt.returns,
        "stopped": Why.STOPPED in one.why,
        "away_only": one.why == (Why.AWAY,),
        "away_until": phrases.day(debt.away_until) if debt.away_until is not None else "",
        "deputy": title(people[debt.deputy]) if debt.deputy in people else "",
    }


def _owed(words: str, debt: Debt, here: LetterContext) -> str:
    """Return what is owed, in words; of a form that went back, that it is to be mended."""
    if debt.wanting is not None:
        return here.phrases.word(f"awaited_{words}", debt.wanting.value)
    went_back = debt.state is UnitState.RETURNED
    step = Step.CHECK if went_back else Step.COLLECT if debt.unit else debt.step
    return here.phrases.word(words, step.value)


def _subject(matter: str, cycle: str, reference: str, here: LetterContext) -> str:
    """Return the subject by which an answer finds the letter that asked; empty where that is not known."""
    return f"Re: {matter} [{token_of(cycle, here.office)}] {reference}" if reference else ""


def _link(subject: str, here: LetterContext) -> str:
    """Return the link that opens a mail under a subject, with nothing in it yet; empty where there is no subject."""
    return f"mailto:{quote(here.office.mailbox, safe='@.-_+')}?subject={quote(subject, safe='')}" if subject else ""


VALUES: dict[str, Callable[[LetterContext], object]] = {
    "beside": beside,
    "asked_apart": asked_apart,
    "apart_link": lambda here: _link(asked_apart(here), here),
    "told": told,
    "ended": ended,
    "example_date": example_date,
    "is_today": lambda here: here.letter.kind is LetterKind.REMINDER_TODAY,
}
"""Name -> how it is made, for the words of letters."""
