"""Lays the deputies whom principals have named by mail over the office's people, for a whole pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.recall.deputies import Deputy

_latest: list[tuple[Office, tuple[Deputy, ...], Office]] = []
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
    """Return the books with the deputies of the cycles that run, or are still to be archived, among the people."""
    kept = books.ledger.cycles
    closed = (cycle for key in kept.unarchived() if (cycle := kept.get(key)) is not None)
    cycles = (*kept.open(), *closed)
    named = tuple(one for cycle in cycles for one in cycle.deputies)
    if not named:
        return books
    for office, deputies, known in _latest:
        if office is books.office and deputies == named:
            return replace(books, office=known)
    from mailbot.core.recall.deputies import with_deputies as laid_over  # noqa: PLC0415 - where nobody deputises

    known = laid_over(books.office, cycles)
    _latest[:] = [(books.office, named, known)]
    return replace(books, office=known)
