"""When somebody is reminded: weekly, the working day before the deadline, the day itself, and after it, up to a cap.

Read from the top, the first line that fits is why:
- today is the day of the deadline;
- it is the last working day before it;
- the deadline has passed, and so many working days since it, or since the last word, as the office says; at once
  where he was never reminded;
- it is the office's weekday, and the deadline is still to come.
Nobody is reminded on the day he was asked, or answered, nor on the first working day after the request, unless the
deadline falls on that very day; nor once the office's most reminders of one debt were sent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.chasing.debt import When

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.office import Office

_APART = timedelta(days=6)
"""No two weekly reminders to one debtor lie closer together than this, whatever the clock says."""


def due_now(debt: Debt, at: datetime, office: Office) -> When | None:
    """Say why a reminder of a debt is due at a moment, once in a day; None: none is."""
    calendar = office.calendar
    told = calendar.local(debt.reminded_at).date() if debt.reminded_at is not None else None
    today, due = calendar.local(at).date(), calendar.local(debt.due_at).date()
    if not may_be_spoken_of(debt, at, office) or has_ended(debt, office):
        return None
    if told is not None and today <= told:
        return None  # once in a day; and a clock that was set back reminds nobody twice
    if today == due:
        return When.TODAY
    if today < due <= calendar.next_working_day(today):
        return When.TOMORROW
    if due < today:
        since = debt.due_at if debt.reminded_at is None else max(debt.due_at, debt.reminded_at)
        late = calendar.working_days_between(since, at) >= office.policy.late_every_days
        return When.LATE if late or not debt.reminders else None
    in_time = told is None or (told < _weekly(today, office) and today - told >= _APART)
    return When.WEEKLY if in_time and _asked_on(debt, office) < _weekly(today, office) <= today else None


def has_ended(debt: Debt, office: Office) -> bool:
    """Say whether the office's most reminders of a debt were sent: it is waited for, and not spoken of any more."""
    return debt.reminders >= office.policy.most_per_debt


def may_be_spoken_of(debt: Debt, at: datetime, office: Office) -> bool:
    """Say whether a letter may remind of a debt, if only beside another one: it is not of today, and not put off.

    Args:
        debt: what is owed.
        at: up to when everybody was heard.
        office: the office.
    """
    calendar = office.calendar
    today, due = calendar.local(at).date(), calendar.local(debt.due_at).date()
    if debt.snoozed_until is not None and at < debt.snoozed_until:
        return False
    if debt.answered_at is not None and today <= calendar.local(debt.answered_at).date():
        return False
    asked = _asked_on(debt, office)
    return today > asked and (today > calendar.next_working_day(asked) or due <= today)


def _asked_on(debt: Debt, office: Office) -> date:
    """Return the day on which the letter that asks for it could leave."""
    calendar = office.calendar
    return calendar.local(calendar.next_office_moment(debt.asked_at)).date()


def _weekly(today: date, office: Office) -> date:
    """Return the day of the weekly reminder in the week of `today`: the office's weekday, or the next day it works."""
    day = today + timedelta(days=office.policy.reminder_weekday - today.weekday())
    return day if office.calendar.is_working_day(day) else office.calendar.next_working_day(day)
