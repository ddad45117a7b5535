"""Questions about the office's days and hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from mailbot.settings.files.calendar import CalendarBlock
    from mailbot.settings.sections import Part


def hours_in_order(calendar: Part[CalendarBlock]) -> Iterator[Mistake]:
    """The office opens before it closes, on Fridays and in Ramadan too, and its cut-off lies between the two."""
    block = calendar.value
    spans: list[tuple[tuple[str, ...], time, time]] = [(("closes",), block.opens, block.closes)]
    if block.friday is not None:
        spans.append((("friday", "closes"), block.friday.opens, block.friday.closes))
    if block.ramadan is not None:
        spans.append((("ramadan", "closes"), block.ramadan.opens, block.ramadan.closes))
        spans.append((("ramadan", "friday_closes"), block.ramadan.opens, block.ramadan.friday_closes))
    for place, opens, closes in spans:
        if opens >= closes:
            yield calendar.problem(*place, what=said("closes_before_opening", closes=closes, opens=opens))
    first = max(opens for _, opens, _ in spans)
    if block.cutoff is not None and block.cutoff <= first:
        yield calendar.problem(
            "cutoff",
            what=said("cutoff_before_opening", cutoff=block.cutoff, first=first),
            hint=said("something_in_time"),
        )


def days_stand_once(calendar: Part[CalendarBlock]) -> Iterator[Mistake]:
    """A day is either closed or open, and stands once; a holiday that moves leaves one day open and closes another."""
    seen: set[date] = set()
    for place, day in _days(calendar.value):
        if day in seen:
            lists = ("calendar.closed", "calendar.open", *(("calendar.moved",) if calendar.value.moved else ()))
            yield calendar.problem(*place, what=said("day_twice", day=day, lists=lists))
        seen.add(day)


def _days(block: CalendarBlock) -> Iterator[tuple[tuple[str | int, ...], date]]:
    """Yield every day that the office's own lists name, with its place."""
    for name, days in (("closed", block.closed), ("open", block.open)):
        for place, entry in enumerate(days):
            yield (name, place), entry.day
    for place, moved in enumerate(block.moved):
        yield ("moved", place), moved.day
        yield ("moved", place, "to"), moved.to


def ramadan_in_order(calendar: Part[CalendarBlock]) -> Iterator[Mistake]:
    """A Ramadan begins before it ends."""
    block = calendar.value.ramadan
    for place, span in enumerate(block.dates if block is not None else ()):
        if span.first > span.last:
            yield calendar.problem(
                "ramadan", "dates", place, "last", what=said("ramadan_turned", last=span.last, first=span.first)
            )
