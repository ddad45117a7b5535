"""What a number in a cell is under its number format, and how a person sees a date; Excel's own codes (ECMA-376)."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from mailbot.reading.workbook.workbook import Kind

_BUILT_IN = {
    **dict.fromkeys((9, 10), Kind.PERCENT),
    **dict.fromkeys((*range(14, 23), 45, 46, 47), Kind.DATE),
}
"""Formats that have a number and no code (18.8.30); all others of them show plain numbers or texts."""
_QUOTED = re.compile(r'"[^"]*"|\\.')
_NOT_SHOWN = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
"""What stands in quotes, and what stands in brackets but for hours, minutes and seconds beyond a day's."""
_PART_OF_A_DATE = re.compile(r"(?<![_\\])[dmhysDMHYS]")

FROM_1900, FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell's date has no zone
"""Days a workbook counts from; the first is a day early, because Excel knows a 29 February 1900."""
_THAT_DAY = 60
_DAY_MILLISECONDS = 86_400_000


@lru_cache(maxsize=1024)
def kind_of_format(number: str, code: str | None) -> Kind:
    """Return what a number is under a format.

    Args:
        number: of the format.
        code: the format's own code, where the workbook gives one.
    """
    if code is None:
        return _BUILT_IN.get(int(number), Kind.NUMBER)
    if "%" in _QUOTED.sub("", code):
        return Kind.PERCENT
    positive = _NOT_SHOWN.sub("", code.split(";")[0])
    return Kind.DATE if _PART_OF_A_DATE.search(positive) else Kind.NUMBER


def serial_date_text(number: float, since: datetime) -> str:
    """Return a date's serial number as a person sees it; one no calendar has stays the number.

    Args:
        number: days, and the part of a day.
        since: the day the workbook counts from.
    """
    try:
        day, part = divmod(number, 1)
        rest = timedelta(milliseconds=round(part * _DAY_MILLISECONDS))
        if day == 0 and rest.days == 0:
            return date_text((since + rest).time())
        missing = 1 if 0 < number < _THAT_DAY and since == FROM_1900 else 0
        return date_text(since + timedelta(days=day + missing) + rest)
    except (ValueError, OverflowError):
        return f"{number:g}"


def date_text(moment: object) -> str:
    """Return a date, a moment or a time as a person sees it: 12/01/2026."""
    if isinstance(moment, datetime):
        return f"{moment:%d/%m/%Y}" if moment.time() == time() else f"{moment:%d/%m/%Y %H:%M}"
    if isinstance(moment, time):
        return f"{moment:%H:%M}"
    return str(moment) if isinstance(moment, timedelta) else f"{moment:%d/%m/%Y}"
