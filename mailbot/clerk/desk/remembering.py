"""Lays beside what is configured what the ledger knows: figures of former periods, deputies named by mail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.past import YEARS_BACK
from mailbot.ledger.files_and_notes import DEPUTISING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.recall.deputies import Deputy
    from mailbot.ledger.ledger import Ledger

_latest: list[tuple[Office, Office]] = []
"""The last office as configured, and the one that remembers: what is reckoned of it is reckoned once."""


def remembering(books: Books, periods: Mapping[str, Period]) -> Books:
    """Return the books with an office that knows the ledger's figures of some years and of those before.

    Args:
        books: what is decided with.
        periods: key -> period of the cycles that are decided about; their own figures are no past.
    """
    years = {period.year - back for period in periods.values() for back in range(YEARS_BACK + 1)}
    if not years:
        return books
    past = books.ledger.cycles.past(tuple(sorted(years)), besides=periods.keys())
    for office, known in _latest:
        if office is books.office and known.past is past:
            return replace(books, office=known)
    known = replace(books.office, past=past)
    _latest[:] = [(books.office, known)]
    return replace(books, office=known)


_with_deputies: list[tuple[Office, tuple[Deputy, ...], Office]] = []
"""The last office as configured, the deputies of its cycles, and the office with them."""


def with_new_deputies(office: Office, before: Mapping[str, Cycle | None], after: Mapping[str, Cycle]) -> Office:
    """Return the office with the deputies that a decision has put in force: its letters may go to them."""
    former = {key: cycle.deputies for key, cycle in before.items() if cycle is not None}
    moved = [cycle for key, cycle in after.items() if cycle.deputies != former.get(key, ())]
    if not moved:
        return office
    from mailbot.core.recall.deputies import with_deputies as laid_over  # noqa: PLC0415 - where nobody deputises

    return laid_over(office, moved)


def with_deputies(books: Books) -> Books:
    """Return the books with the deputies that were named by mail among the people, in whichever cycle they are kept.

    One whose days are not over stands in although the cycle in which he was named is closed and archived.
    """
    today = books.office.calendar.local(books.clock()).date().isoformat()
    kept, running = books.ledger.cycles, books.ledger.cycles.open()
    keys = {key for key, last in _noted(books.ledger).items() if last >= today} - {cycle.key for cycle in running}
    closed = (cycle for key in sorted(keys) if (cycle := kept.get(key)) is not None)
    cycles = (*running, *closed)
    named = tuple(one for cycle in cycles for one in cycle.deputies)
    if not named:
        return books
    for office, deputies, known in _with_deputies:
        if office is books.office and deputies == named:
            return replace(books, office=known)
    from mailbot.core.recall.deputies import with_deputies as laid_over  # noqa: PLC0415 - where nobody deputises

    known = laid_over(books.office, cycles)
    _with_deputies[:] = [(books.office, named, known)]
    return replace(books, office=known)


def deputies_noted(ledger: Ledger, after: Mapping[str, Cycle]) -> tuple[tuple[str, str], ...]:
    """Return the note of the cycles that know a deputy, where one of these has come to it or changed."""
    if not any(cycle.deputies for cycle in after.values()):
        return ()
    before = _noted(ledger)
    now = {key: max(one.until for one in cycle.deputies).isoformat() for key, cycle in after.items() if cycle.deputies}
    text = " ".join(f"{key}={last}" for key, last in sorted((before | now).items()))
    return () if before | now == before else ((DEPUTISING, text),)


def _noted(ledger: Ledger) -> dict[str, str]:
    """Return the cycles that know a deputy, each with the last day of that."""
    return dict(one.rsplit("=", 1) for one in ledger.notes.read(DEPUTISING).split())


def last_values(ledger: Ledger, cycle: Cycle) -> dict[str, Decimal]:
    """Return indicator code -> accepted value of the nearest earlier quarter of the same year.

    They are shown in the form, and what comes is compared with them. A whole year has none.
    """
    if not cycle.period.quarter:
        return {}
    of_year = ledger.cycles.of_year(cycle.period.year)
    earlier = [other for other in of_year if 0 < other.period.quarter < cycle.period.quarter]
    values: dict[str, Decimal] = {}
    for other in sorted(earlier, key=lambda other: other.period.quarter):
        for form in other.units:
            for row in form.counting.data.indicators if form.counting else ():
                if row.actual.value is not None:
                    values[row.code] = row.actual.value
    return values
