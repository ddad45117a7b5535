"""The calendar of mails: how many each person gets, month by month over the year and week by week in each cycle."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

from mailbot.core.model.people import Role
from mailbot.writing.archive.printed import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailbot.writing.rehearsed.told import Rehearsed, SentMail

_GROUPS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (
        "people",
        (
            Role.AGENCY_HEAD,
            Role.SECRETARY,
            Role.DIVISION_HEAD,
            Role.SECTION_HEAD,
            Role.PLANNING_BOARD,
            Role.COPIED,
            Role.OVERSEER,
        ),
    ),
    ("planning", (Role.PLANNING,)),
    ("operator", (Role.OPERATOR,)),
)
"""Who is counted together; Subbag Program and operator stand apart."""
_NAME_SHARE, _COUNT_SHARE = 36, 6
_MOST_WEEKS = 10
"""So many weeks stand in one table of a cycle."""


def day_of(mail: SentMail, told: Rehearsed) -> date:
    """Return the office's day on which a letter left."""
    return told.office.calendar.local(mail.at).date()


def most_a_day(told: Rehearsed, key: str) -> int:
    """Return how many letters a person got on the day with the most."""
    return max(Counter(day_of(mail, told) for mail in told.mails if mail.person == key).values(), default=0)


def year_table(told: Rehearsed) -> Table:
    """Return everybody's letters month by month, with totals and the fullest day."""
    words = told.words["kalender"]
    months = sorted({day_of(mail, told).replace(day=1) for mail in told.mails})
    headers = [words["orang"], *(_month(month) for month in months), words["jumlah"], words["sehari"]]
    rows = list(_grouped(told, told.mails, months, lambda day: day.replace(day=1), with_most=True))
    return Table(
        name=words["setahun"],
        headers=tuple(headers),
        rows=tuple(rows),
        shares=(_NAME_SHARE, *(_COUNT_SHARE,) * len(months), 7, 9),
        notes=(words["catatan"],),
    )


def cycle_tables(told: Rehearsed) -> Iterator[Table]:
    """Yield everybody's letters week by week, a table for each cycle."""
    words = told.words["kalender"]
    for plan in told.plans:
        mails = [mail for mail in told.mails if mail.cycle == plan.key]
        weeks = sorted({_week(day_of(mail, told)) for mail in mails})
        if not weeks:
            continue
        shown, rest = weeks[:_MOST_WEEKS], weeks[_MOST_WEEKS:]
        headers = [words["orang"], *(told.phrases.day_month(week) for week in shown)]
        headers += [words["sesudahnya"]] if rest else []
        columns = [*shown, *([date.max] if rest else [])]

        def place(day: date, last: date = shown[-1]) -> date:
            return min(_week(day), date.max) if _week(day) <= last else date.max

        rows = list(_grouped(told, mails, columns, place))
        yield Table(
            name=words["siklus"].format(period=told.period(plan.key)),
            headers=(*headers, words["jumlah"]),
            rows=tuple(rows),
            shares=(_NAME_SHARE, *(_COUNT_SHARE,) * len(columns), 7),
        )


def _grouped(
    told: Rehearsed,
    mails: Sequence[SentMail],
    columns: Sequence[date],
    place: Callable[[date], date],
    *,
    with_most: bool = False,
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each person who got a letter, and one for each group."""
    for group, roles in _GROUPS:
        people = sorted(
            (person for person in told.office.roster.people if person.role in roles),
            key=lambda person: roles.index(person.role),
        )
        counted = [
            (person.key, Counter(place(day_of(mail, told)) for mail in mails if mail.person == person.key))
            for person in people
        ]
        for key, counts in counted:
            if counts:
                most = (str(most_a_day(told, key)),) if with_most else ()
                yield (told.title(key), *_cells(counts, columns), str(counts.total()), *most)
        if group == "people":
            together = sum((counts for _, counts in counted), Counter[date]())
            label = told.words["kalender"]["jumlah_orang"]
            yield (label, *_cells(together, columns), str(together.total()), *(("",) if with_most else ()))


def _cells(counts: Counter[date], columns: Sequence[date]) -> tuple[str, ...]:
    """Return the counts as they are printed: nothing where there is none."""
    return tuple(str(counts[column]) if counts[column] else "" for column in columns)


def _week(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _month(day: date) -> str:
    """Return `Jan`."""
    return format_date(day, "MMM", locale="id")
