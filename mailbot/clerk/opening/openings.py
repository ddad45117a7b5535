"""Cycles that open: those whose day has come, one by hand; and which of them were missed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.facts import CycleOpened
from mailbot.core.opening.arranged import arranged_in
from mailbot.core.opening.days import due, missed, next_key
from mailbot.ledger.files_and_notes import ARRANGED, ASKED, BEGAN_AT
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.office import Office
    from mailbot.core.opening.arranged import Arranged
    from mailbot.core.opening.days import Missed


def due_cycles(books: Books, at: datetime) -> tuple[str, ...]:
    """Return the keys of the cycles that open now; a day long gone by is told, and left to `mailbot open`."""
    found = due(at, books.office, arrangements(books), books.ledger.cycles.openings)
    return tuple(key for key, _ in found)


def missed_cycles(books: Books, at: datetime) -> tuple[Missed, ...]:
    """Return the cycles that should have opened since mailbot began to work here, and did not."""
    openings = books.ledger.cycles.openings()
    return missed(at, books.office, arrangements(books), began_at=began_at(books, at), openings=openings)


def arrangements(books: Books) -> dict[str, Arranged]:
    """Return what was said of openings to come, by cycle."""
    return arranged_in(books.ledger.notes.read(ARRANGED))


def began_at(books: Books, at: datetime) -> datetime:
    """Return when mailbot began to work with this ledger; `at` where it begins now."""
    noted = books.ledger.notes.read(BEGAN_AT)
    return datetime.fromisoformat(noted) if noted else at


def note_beginning(books: Books, at: datetime) -> bool:
    """Note when mailbot began to work here, once: with an older ledger, when its first cycle was opened."""
    if books.ledger.notes.read(BEGAN_AT):
        return False
    first = books.ledger.cycles.first_opened_at()
    books.ledger.notes.write(BEGAN_AT, (at if first is None else min(at, first)).isoformat())
    return False


def open_cycle(books: Books, maker: MakesLetters, key: str, at: datetime) -> bool:
    """Open a cycle, if it is not open; return whether it was opened now."""
    if books.ledger.cycles.get(key) is not None:
        return False
    fact = CycleOpened(at=at, cycle=key)
    asked = (f"{ASKED}{key}", json.dumps(_asked(books.office, key)))
    write_down(books, maker, lambda: Decision(beside=Changes(at=at, notes=(asked,)), facts=((key, fact),)))
    return True


def open_by_hand(books: Books, maker: MakesLetters, key: str, at: datetime) -> str:
    """Open a planned cycle whatever its day, anew where it was cancelled; return its key, empty if it is open."""
    wanted = next_key(key, books.ledger.cycles.openings())
    return wanted if wanted is not None and open_cycle(books, maker, wanted, at) else ""


def _asked(office: Office, key: str) -> dict[str, tuple[str, ...]]:
    """Return what each unit is asked in a cycle, by code: later configurations are held against it."""
    plan = office.plan(key)
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    return {unit: office.asked_codes(unit, plan.period) for unit in units}
