"""What is told of cycles that are still to open or were missed, and what Subbag Program says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import unwritten
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.opening.openings import arrangements, missed_cycles
from mailbot.core.opening.announcing import ahead, reminded
from mailbot.core.opening.arranged import arranged_text
from mailbot.core.opening.ordering import ordered
from mailbot.ledger.files_and_notes import ARRANGED, OPENINGS_TOLD
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.opening.ordering import OpeningOrder


def tell_openings(books: Books, maker: MakesLetters) -> bool:
    """Tell Subbag Program, once a working day, what opens on the next one and what was missed; say whether it was told.

    Nothing is looked up twice a day.
    """
    at, calendar = books.clock(), books.office.calendar
    today = calendar.local(at).date().isoformat()
    if not calendar.in_office_hours(at) or books.ledger.notes.read(OPENINGS_TOLD) == today:
        return False
    wanted = (
        *ahead(at, books.office, arrangements(books), books.ledger.cycles.openings),
        *reminded(missed_cycles(books, at), at, books.office),
    )
    letters = unwritten(books.ledger, wanted)
    beside = Changes(at=at, notes=((OPENINGS_TOLD, today),))
    write_down(books, maker, partial(Decision, beside=beside, letters=letters))
    return bool(letters)


def said_of_openings(
    books: Books, order: OpeningOrder | None
) -> tuple[tuple[Letter, ...], tuple[tuple[str, str], ...], tuple[tuple[str, JournalLine], ...]]:
    """Return the letter, the notes and the journal lines that an order about an opening comes to; nothing of none."""
    if order is None:
        return (), (), ()
    arranged = arrangements(books)
    done = ordered(order, books.office, arranged, books.ledger.cycles.openings())
    now = {**arranged, **{one.key: one for one in done.arranged}}
    notes = ((ARRANGED, arranged_text(now)),) if done.arranged else ()
    return (done.letter,), notes, tuple(("", line) for line in done.journal)
