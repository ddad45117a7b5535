"""Lays the figures of former periods beside what is configured, for whoever decides or writes a cycle's papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.past import YEARS_BACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.clerk.parts import Books
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office

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
