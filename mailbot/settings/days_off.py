"""When the office is closed, and when its hours are others: Indonesia's holidays, changed by the office's own lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.calendar.work_calendar import SpecialHours, WorkCalendar
from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.calendar import CalendarBlock, RamadanBlock
    from mailbot.settings.files.cycles import CyclesFile

_ESTIMATED = "(perkiraan)"
_IDUL_FITRI = "Hari Raya Idul Fitri"
_SATURDAY, _FRIDAY = 5, 4
_DAY = timedelta(days=1)
_FASTING_BEGAN = {2024: date(2024, 3, 12), 2025: date(2025, 3, 1), 2026: date(2026, 2, 19)}
"""First day of Ramadan as the government announced it; of other years it is reckoned, and an estimate."""
_LONGEST_FAST = timedelta(days=30)
_AROUND_A_HOLIDAY, _AROUND_IDUL_FITRI = _DAY, 5 * _DAY
"""So near to a holiday a cuti bersama may yet be put, as the decrees of 2024 to 2027 put them."""
LONGEST_CYCLE = timedelta(days=60)
"""How far ahead of a cycle's first day is looked for what might touch it."""


_WITHOUT_END = 40
"""So many years are looked ahead of the first year of a cycle that comes back without end."""


def years_touched(cycles: CyclesFile) -> range:
    """Return every year that a cycle reports on or opens in, and one on either side."""
    years = [year for cycle in cycles.cycles for year in (cycle.year, cycle.starts_on.year)]
    for each in cycles.recurring:
        years += [each.from_year, 1 + (each.until_year or each.from_year + _WITHOUT_END)]
    return range(min(years) - 1, max(years) + 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """The days on which the office is closed; a year's holidays are made out when somebody asks about it."""

    years: range
    """What another process is told of: those that a cycle touches."""
    open: frozenset[date]
    """National days on which the office works all the same."""
    closed: frozenset[date]
    """Further days of its own."""

    def __contains__(self, day: object) -> bool:
        """Say whether the office is closed on that day; its own days stand before the national ones."""
        if not isinstance(day, date):
            return False
        return day in self.closed or (
            day.weekday() < _SATURDAY and day not in self.open and day in national_days(day.year)
        )

    def __reduce__(self) -> tuple[type[frozenset[date]], tuple[tuple[date, ...]]]:
        """Become plain days where another process is told of the office: it need not know what makes them out."""
        return _as_plain_days(self, self.years, self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramadan:
    """The days of Ramadan: as the office has set them down, else as announced, else reckoned."""

    years: range
    own: tuple[tuple[date, date], ...]
    """First and last day, as the office has set them down; a year that has one is not reckoned."""

    def __contains__(self, day: object) -> bool:
        """Say whether a day is one of Ramadan."""
        return isinstance(day, date) and any(first <= day <= last for first, last in self.spans(day.year))

    def __reduce__(self) -> tuple[type[frozenset[date]], tuple[tuple[date, ...]]]:
        """Become plain days, likewise."""
        return _as_plain_days(self, self.years)

    def spans(self, year: int) -> list[tuple[date, date]]:
        """Return first and last day of every Ramadan that touches a year."""
        own = [span for span in self.own if year in {span[0].year, span[1].year}]
        reckoned = [(first, last) for first, last, _ in (*fasts(year), *fasts(year + 1))]
        return own or [span for span in reckoned if year in {span[0].year, span[1].year}]

    def is_guess(self, day: date) -> bool:
        """Say whether it is a guess if the hours of that day are those of Ramadan."""
        if any(day.year in {first.year, last.year} for first, last in self.own):
            return False
        return day in _guessed(day.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """The days of which nobody can be sure yet: estimated holidays, and where a cuti bersama may yet be put."""

    years: range
    settled: frozenset[date]
    """The office has said itself what they are."""
    ramadan: Ramadan | None

    def __contains__(self, day: object) -> bool:
        """Say whether it is not certain that, or how long, the office works on that day."""
        if not isinstance(day, date) or day.weekday() >= _SATURDAY or day in self.settled:
            return False
        return day in _unsure(day.year) or (self.ramadan is not None and self.ramadan.is_guess(day))

    def __reduce__(self) -> tuple[type[frozenset[date]], tuple[tuple[date, ...]]]:
        """Become plain days, likewise."""
        return _as_plain_days(self, self.years)


def _as_plain_days(
    days: DaysOff | Ramadan | Estimated, years: range, further: frozenset[date] = frozenset()
) -> tuple[type[frozenset[date]], tuple[tuple[date, ...]]]:
    """Return how days that are made out when somebody asks become a plain set."""
    first, last = date(years.start, 1, 1), date(years.stop, 1, 1)
    all_days = (first + timedelta(days=number) for number in range((last - first).days))
    return frozenset, (tuple(sorted({day for day in all_days if day in days} | further)),)


@lru_cache(maxsize=64)
def _guessed(year: int) -> frozenset[date]:
    """Return the days of a year around a reckoned beginning or end of Ramadan."""
    ends = [end for first, last, guess in (*fasts(year), *fasts(year + 1)) if guess for end in (first, last)]
    return frozenset(end + by for end in ends for by in (-_DAY, timedelta(), _DAY))


@lru_cache(maxsize=64)
def national_days(year: int) -> dict[date, str]:
    """Return public holidays and cuti bersama of a year, with their Indonesian names."""
    return _known(year, "public", "government")


@lru_cache(maxsize=64)
def fasts(year: int) -> tuple[tuple[date, date, bool], ...]:
    """Return every Ramadan that ends in a year: first day, last day, and whether that is a guess."""
    feasts = [(day, name) for day, name in _known(year, "public").items() if name.startswith(_IDUL_FITRI)]
    return tuple(
        (_FASTING_BEGAN.get(day.year, day - _LONGEST_FAST), day - _DAY, day.year not in _FASTING_BEGAN)
        for day, _ in feasts
    )


@lru_cache(maxsize=64)
def _unsure(year: int) -> frozenset[date]:
    """Return the days of a year of which it is not certain whether they are worked.

    An estimated holiday may fall on the day before or after. Before the decree of the year is out, the working days
    beside any holiday may become cuti bersama, and those around Idul Fitri are sure to.
    """
    decreed = bool(_known(year, "government"))
    unsure: set[date] = set()
    for day, name in _known(year, "public").items():
        if decreed and _ESTIMATED not in name:
            continue
        around = _AROUND_IDUL_FITRI if not decreed and _IDUL_FITRI in name else _AROUND_A_HOLIDAY
        unsure |= {day + timedelta(days=number) for number in range(-around.days, around.days + 1)}
    return frozenset(unsure)


def _known(year: int, *categories: str) -> dict[date, str]:
    """Ask the library for the days of a year."""
    # It brings the days of 250 countries with it, 0.1 s: too much for a command that asks about no day.
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415 - the same

    return dict(Indonesia(years=year, categories=categories, language="id"))


def work_calendar(block: CalendarBlock, years: range) -> WorkCalendar:
    """Return the office's calendar; its own days, open, closed and moved, stand before the national ones."""
    opened = frozenset((*(entry.day for entry in block.open), *(moved.day for moved in block.moved)))
    closed = frozenset((*(entry.day for entry in block.closed), *(moved.to for moved in block.moved)))
    ramadan = _ramadan(block.ramadan, years) if block.ramadan is not None else None
    return WorkCalendar(
        zone=block.zone,
        zone_label=block.zone_label,
        opens=block.opens,
        closes=block.closes,
        closed=DaysOff(years=years, open=opened, closed=closed),
        worked=frozenset(day for day in opened if day.weekday() >= _SATURDAY),
        special=tuple(_special(block, ramadan)),
        cutoff=block.cutoff,
        estimated=Estimated(years=years, settled=opened | closed, ramadan=ramadan),
    )


def _ramadan(block: RamadanBlock, years: range) -> Ramadan:
    """Return the days of Ramadan."""
    return Ramadan(years=years, own=tuple((span.first, span.last) for span in block.dates))


def _special(block: CalendarBlock, ramadan: Ramadan | None) -> Iterator[SpecialHours]:
    """Yield the hours that differ, in the order in which they hold: Ramadan before the Fridays of all the year."""
    if block.ramadan is not None and ramadan is not None:
        opens = block.ramadan.opens
        yield SpecialHours(opens=opens, closes=block.ramadan.friday_closes, weekday=_FRIDAY, days=ramadan)
        yield SpecialHours(opens=opens, closes=block.ramadan.closes, days=ramadan)
    if block.friday is not None:
        yield SpecialHours(opens=block.friday.opens, closes=block.friday.closes, weekday=_FRIDAY)


def calendar_notes(block: CalendarBlock, cycles: CyclesFile, calendar: WorkCalendar) -> Iterator[Said]:
    """Say what about days is worth a look: lines without effect, estimated holidays, a start on a day off."""
    yield from _without_effect(block)
    settled = {day for pair in ((moved.day, moved.to) for moved in block.moved) for day in pair}
    settled |= {entry.day for entry in (*block.open, *block.closed)}
    for cycle in cycles.cycles:
        first, last = cycle.starts_on, cycle.starts_on + LONGEST_CYCLE
        if not calendar.is_working_day(first):
            yield said("opens_on_day_off", key=cycle.key, first=first, calendar=calendar.next_working_day(first))
        named = {day: name for year in range(first.year, last.year + 1) for day, name in national_days(year).items()}
        for day, name in sorted(named.items()):
            if first <= day <= last and _ESTIMATED in name and day not in settled:
                yield (said("estimated_holiday", key=cycle.key, day=day, name=name))
        for year in range(first.year, last.year + 1):
            if not _known(year, "government"):
                yield said("unknown_joint_leave", key=cycle.key, year=year)


def _without_effect(block: CalendarBlock) -> Iterator[Said]:
    """Say which lines of the office's own lists change nothing."""
    for entry in block.closed:
        if entry.day.weekday() >= _SATURDAY:
            yield said(
                "closed_on_weekend",
                day=entry.day,
                weekday=said("saturday" if entry.day.weekday() == _SATURDAY else "sunday"),
            )
    for name, days in (("open", [one.day for one in block.open]), ("moved", [one.day for one in block.moved])):
        for day in days:
            if day.weekday() < _SATURDAY and day not in national_days(day.year):
                yield said("open_without_effect", name=name, day=day)
