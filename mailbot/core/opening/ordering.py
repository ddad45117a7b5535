"""TUNDA and BATAL of Subbag Program, in answer to the letter that said what opens: what comes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Letter, letter_key
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.opening.announcing import foreseen
from mailbot.core.opening.arranged import Arranged
from mailbot.core.opening.days import last_day, next_key, opens_at, working_days_after
from mailbot.core.opening.letters_of_opening import Coming, OpeningFate, OpeningNoted
from mailbot.core.opening.plans import planned_near
from mailbot.core.orders.planning_orders import read_date
from mailbot.core.procedure.addressing import line, unproved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.core.model.letters import About
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.opening.days import Openings
    from mailbot.core.opening.plans import CyclePlan

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9})[-/. ]\d{4}")
"""The year of a date is no key of a cycle."""
_DAYS = re.compile(r"(?<![\d-])(\d{1,2})(?=\s*(?:hari|hr|hk)|\s*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningOrder:
    """Subbag Program answered the letter about a day's openings with TUNDA or BATAL."""

    at: datetime
    source: Source
    word: Word
    arguments: str
    """What stands behind the word."""
    day: date
    """The day that the letter is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What came of it."""

    letter: Letter
    arranged: tuple[Arranged, ...] = ()
    """What is to be remembered; it takes the place of what was said of the same cycle before."""
    journal: tuple[JournalLine, ...] = ()


def ordered(order: OpeningOrder, office: Office, arranged: Mapping[str, Arranged], openings: Openings) -> Ordered:
    """Do as was said, and confirm it; ask back, or for a code, where that cannot be done.

    Args:
        order: what was said.
        office: the office.
        arranged: what was said of openings before.
        openings: which cycles were ever opened.
    """
    if unproved(order.source, office):
        return _challenged(order, office)
    meant = _meant(order, office, arranged)
    waiting = tuple(plan for plan in meant if next_key(plan.key, openings) is not None)
    if not waiting:
        return _answered(order, OpeningFate.OPENED, meant, office, arranged)
    if order.word is Word.BATAL:
        said = tuple(_said(order, plan, None) for plan in waiting)
        return _answered(order, OpeningFate.CALLED_OFF, waiting, office, arranged, said)
    days = tuple(_put_off_to(order, plan, office) for plan in waiting)
    if None in days:
        return _answered(order, OpeningFate.NO_DAY, waiting, office, arranged)
    said = tuple(_said(order, plan, day) for plan, day in zip(waiting, days, strict=True))
    return _answered(order, OpeningFate.PUT_OFF, waiting, office, arranged, said)


def _meant(order: OpeningOrder, office: Office, arranged: Mapping[str, Arranged]) -> tuple[CyclePlan, ...]:
    """Return the cycles that are meant: the one that is named, else all that the letter named."""
    near = planned_near(order.day, office)
    words = {word.strip(".,:;").casefold() for word in _DATE.sub(" ", order.arguments).split()}
    if named := tuple(plan for plan in near if plan.key.casefold() in words):
        return named
    calendar = office.calendar
    return tuple(
        plan
        for plan in near
        if (plan.key in arranged and arranged[plan.key].of_day == order.day)
        or ((opens := opens_at(plan, office, arranged)) is not None and calendar.local(opens).date() == order.day)
    )


def _put_off_to(order: OpeningOrder, plan: CyclePlan, office: Office) -> date | None:
    """Return the working day to which a cycle is put off; None where none is named, or it lies too far ahead.

    Days are counted from the day that the letter named; the limit from the day that is planned.
    """
    calendar = office.calendar
    words = " ".join(word for word in order.arguments.split() if word.casefold().strip(".,:;") != plan.key.casefold())
    until, days = read_date(words), _DAYS.search(words)
    if until is not None:
        day = calendar.next_working_day(until - timedelta(days=1))
    elif days is not None and int(days[1]):
        day = working_days_after(order.day, int(days[1]), office)
    else:
        return None
    return day if order.day < day <= last_day(plan, office) and day > calendar.local(order.at).date() else None


def _said(order: OpeningOrder, plan: CyclePlan, day: date | None) -> Arranged:
    """Return what is remembered of one cycle."""
    reason = order.arguments.strip() or str(order.word)
    return Arranged(
        key=plan.key, starts_on=day, by=order.source.person.key, at=order.at, reason=reason, of_day=order.day
    )


def _answered(
    order: OpeningOrder,
    fate: OpeningFate,
    plans: tuple[CyclePlan, ...],
    office: Office,
    arranged: Mapping[str, Arranged],
    said: tuple[Arranged, ...] = (),
) -> Ordered:
    """Return the answer, with what is remembered."""
    now = {**arranged, **{one.key: one for one in said}}
    named = tuple(_named(plan, office, now) for plan in plans)
    about = OpeningNoted(word=order.word, fate=fate, openings=named, limit=office.policy.opening_put_off_days)
    proof = order.source.proof.value
    journal = tuple(
        line(
            order.at,
            "opening_called_off" if one.starts_on is None else "opening_put_off",
            one.by,
            cycle=one.key,
            until=one.starts_on.isoformat() if one.starts_on is not None else "",
            proof=proof,
            mail=order.source.mail_sha256,
        )
        for one in said
    )
    return Ordered(letter=_letter(about, order), arranged=said, journal=journal)


def _named(plan: CyclePlan, office: Office, arranged: Mapping[str, Arranged]) -> Coming:
    """Return a cycle as the answer names it: with its new day, or (called off) the one that it would have had."""
    opens = opens_at(plan, office, arranged) or opens_at(plan, office, {})
    return foreseen(plan, opens or office.calendar.opening(plan.starts_on), office)


def _challenged(order: OpeningOrder, office: Office) -> Ordered:
    """Ask for the one-time code at the registered address before the word of somebody unproved counts."""
    mail, person = order.source.mail_sha256, order.source.person
    asked = _letter(Challenge(word=order.word), order, "opening", person.key, mail)
    due_at = order.at + timedelta(days=office.policy.code_valid_days)
    letter = replace(asked, address=person.addresses[0], answers_mail=mail, due_at=due_at)
    return Ordered(letter=letter, journal=(line(order.at, "word_unproved", person.key, word=str(order.word)),))


def _letter(about: About, order: OpeningOrder, *parts: object) -> Letter:
    """Return a letter in answer to what was said."""
    key = letter_key(about.letter_kind, *(parts or (order.source.mail_sha256[:16],)))
    source = order.source
    return Letter(key=key, about=about, to=source.person.key, address=source.address, answers=source.answers)
