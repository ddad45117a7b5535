"""When somebody answers: at once, on the day, a minute before he would be reminded, late, once reminded, never."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.dice import Dice
    from tests.years.days import Days

_MINUTE = timedelta(minutes=1)


class Habit(StrEnum):
    """When somebody answers what he was asked."""

    AT_ONCE = "at_once"
    ON_THE_DAY = "on_the_day"
    JUST_BEFORE = "just_before"
    """A minute before the office opens on a day on which he might be reminded."""
    LATE = "late"
    REMINDED = "reminded"
    """When he was reminded so many times."""
    NEVER = "never"


_OFTEN = (
    *(Habit.AT_ONCE,) * 12,
    *(Habit.ON_THE_DAY,) * 2,
    *(Habit.JUST_BEFORE,) * 3,
    *(Habit.LATE,) * 3,
    *(Habit.REMINDED,) * 4,
    Habit.NEVER,
)


def drawn_habit(dice: Dice, *, silent: bool) -> Habit:
    """Draw a habit; in an office where everybody is silent nobody answers before he is reminded."""
    if silent:
        return dice.one_of((Habit.NEVER, Habit.NEVER, Habit.NEVER, Habit.LATE))
    return dice.one_of(_OFTEN)


def answers_at(habit: Habit, now: datetime, due: date, days: Days, dice: Dice) -> datetime | None:
    """Return when somebody answers of himself; None: he does not.

    Args:
        habit: his.
        now: when he was asked.
        due: the day of the deadline.
        days: when his office works.
        dice: chance.
    """
    today = days.here(now).date()
    if habit is Habit.AT_ONCE:
        return now + dice.hours(0.1, 30)
    if habit is Habit.ON_THE_DAY:
        return max(now + _MINUTE, _at(due, days, dice.number(0, 8 * 60), now))
    if habit is Habit.JUST_BEFORE:
        day = dice.one_of((due, days.after(due), days.after(today, dice.number(1, 8)), days.after(today, 2)))
        return max(now + _MINUTE, _at(day, days, -1, now))
    if habit is Habit.LATE:
        return _at(days.after(max(due, today), dice.number(1, 25)), days, dice.number(-60, 12 * 60), now)
    return None


def _at(day: date, days: Days, minutes: int, now: datetime) -> datetime:
    """Return the moment so many minutes after the office opens on a day."""
    opens = datetime.combine(day, days.hours(day)[0])
    return days.there(opens + timedelta(minutes=minutes)).replace(tzinfo=now.tzinfo)
