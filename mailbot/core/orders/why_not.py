"""Why an order about a unit's form comes to nothing, more exactly than its answer by mail says it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import Reason
from mailbot.core.orders.planning_orders import read_date

if TYPE_CHECKING:
    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.cycle import UnitForm


class WhyNot(StrEnum):
    """Why nothing came of an order, by the code of its words (`templates/check`)."""

    NO_REASON = "or_no_reason"
    TOO_LONG = "or_too_long"
    NO_DATE = "or_no_date"
    CLOSED_DAY = "or_closed_day"
    PAST_DAY = "or_past_day"
    NOTHING_CAME = "or_nothing_came"
    """No form has come from the unit."""
    ACCEPTED = "or_accepted"
    """Its form is accepted: nothing is asked of it any more."""
    LOCKED = "or_locked"
    """The figures are being worked on, or beyond."""
    UNCHANGED = "or_unchanged"


def why_not(word: Word, rest: str, reason: str, form: UnitForm, calendar: WorkCalendar) -> WhyNot:
    """Return why an order came to nothing.

    Args:
        word: what was ordered.
        rest: the reason or date that it gave.
        reason: why it would be refused by mail; empty where nothing would have changed.
        form: the unit's part, as it stands.
        calendar: of the office.
    """
    if reason == Reason.NO_REASON.value:
        return WhyNot.NO_REASON
    if reason == Reason.BAD_DATE.value:
        day = read_date(rest)
        if day is None:
            return WhyNot.NO_DATE
        return WhyNot.PAST_DAY if calendar.is_working_day(day) else WhyNot.CLOSED_DAY
    if not reason:
        return WhyNot.UNCHANGED
    if word is Word.PERPANJANG:
        return WhyNot.ACCEPTED if form.state is UnitState.ACCEPTED else WhyNot.LOCKED
    return WhyNot.LOCKED if form.submissions else WhyNot.NOTHING_CAME
