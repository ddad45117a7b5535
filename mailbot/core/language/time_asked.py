"""How people ask for time: `TUNDA 2 HARI`, `tunda dua hari`, `mohon waktu 2 hari`, `minta waktu sampai Kamis`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.language.plain_line import plain

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.calendar.work_calendar import WorkCalendar

_NUMBERS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat")
_NEAR = {"besok": 1, "lusa": 2, "besok lusa": 2}
_NAMED = "|".join((*_DAYS, "jum'at", *_NEAR))
_COUNT = re.compile(rf"(\d{{1,2}}|se|{'|'.join(_NUMBERS)})(?: ?hari(?: kerja)?)?(?: lagi)?")
_UNTIL = re.compile(rf"(?:sampai|hingga|s\.?/?d\.?)(?: dengan)?(?: hari)? ({_NAMED})")
_ASKS = re.compile(
    r"(?:\w{4} )?(?:mo(?=h)\w{3}|minta|meminta|me(?=moh)\w{5}|perlu|butuh)(?: izin| diberi| diberikan)?(?: tambahan)?"
    r"(?: waktu| penundaan| tunda| ditunda)(?: tambahan)? (.+)"
)
_A_WEEK = 7


def time_in(tail: str) -> bool:
    """Say whether what follows TUNDA names for how long, or until which day."""
    said = plain(tail)
    return _COUNT.fullmatch(said) is not None or _UNTIL.fullmatch(said) is not None


def time_asked(line: str) -> tuple[str, str] | None:
    """Return for how long, or until when, a line asks for time in other words than TUNDA, and what stands behind it."""
    wish, _, rest = line.partition(",")
    asked = _ASKS.fullmatch(plain(wish))
    return (asked[1], rest.strip()) if asked is not None and time_in(asked[1]) else None


def days_asked(arguments: str, today: date, calendar: WorkCalendar) -> int | None:
    """Return for how many working days time is asked; None where that is not said.

    Args:
        arguments: what stands behind the word, as written.
        today: the day on which it came.
        calendar: the office's; until a day means to the end of that day.
    """
    said = plain(arguments)
    until = _UNTIL.search(said)
    if until is None:
        counted = re.search(rf"\d{{1,2}}|\bse(?=hari)|\b(?:{'|'.join(_NUMBERS)})\b", said)
        if counted is None:
            return None
        return int(counted[0]) if counted[0].isdecimal() else 1 + max(0, _place(counted[0]))
    day, named = today, until[1].replace("'", "")
    ahead = _NEAR.get(named) or (_DAYS.index(named) - today.weekday()) % _A_WEEK or _A_WEEK
    return sum(calendar.is_working_day(day + timedelta(days=one)) for one in range(1, ahead + 1))


def _place(number: str) -> int:
    """Return the place of a number in words in the list of them; before it for what is none of them (`sehari`)."""
    return _NUMBERS.index(number) if number in _NUMBERS else -1
