"""The judge's own calendar: days that are worked, and hours as minutes of a day, in a zone without summer time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

ZONES = {"WIB": ("Asia/Jakarta", 7), "WITA": ("Asia/Makassar", 8), "WIT": ("Asia/Jayapura", 9)}
"""Label -> zone, and its hours ahead of UTC."""
_SATURDAY, _FRIDAY = 5, 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When an office works."""

    label: str
    closed: frozenset[date]
    worked: frozenset[date]
    """Saturdays on which it works."""
    fasting: frozenset[date]
    usual: tuple[time, time]
    friday: tuple[time, time]
    fast: tuple[time, time]

    def here(self, moment: datetime) -> datetime:
        """Return what the clock on the wall shows, without a zone."""
        return moment.replace(tzinfo=None) + timedelta(hours=ZONES[self.label][1])

    def there(self, shown: datetime) -> datetime:
        """Return what the clock on the wall of Greenwich shows then."""
        return shown - timedelta(hours=ZONES[self.label][1])

    def works(self, day: date) -> bool:
        """Say whether the office works on a day."""
        return (day.weekday() < _SATURDAY or day in self.worked) and day not in self.closed

    def hours(self, day: date) -> tuple[time, time]:
        """Return the first and the last moment of a working day."""
        if day in self.fasting:
            return self.fast
        return self.friday if day.weekday() == _FRIDAY else self.usual

    def is_open(self, moment: datetime) -> bool:
        """Say whether somebody sits in the office."""
        shown = self.here(moment)
        opens, closes = self.hours(shown.date())
        return self.works(shown.date()) and opens <= shown.time() < closes

    def after(self, day: date, number: int = 1) -> date:
        """Return the n-th working day after a day."""
        while number:
            day += _DAY
            number -= self.works(day)
        return day

    def between(self, earlier: date, later: date) -> int:
        """Return how many working days lie after one day, up to another."""
        return sum(self.works(earlier + timedelta(days=one)) for one in range(1, (later - earlier).days + 1))
