"""The judge's account of who owes what: a copy of a letter, repeated after a doubt, is that letter."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.core.model.letters import LetterKind
from tests.years.sample import settings
from tests.years.wire import Told
from tests.years.year import Year


def letter(kind: LetterKind, day: int, message_id: str, due: int) -> Told:
    """Return a letter to a unit of a day in August 2026, which names a deadline in that month."""
    return Told(
        at=datetime(2026, 8, day, 2, tzinfo=UTC),
        message_id=message_id,
        to="unit@example.go.id",
        person="unit",
        kind=kind,
        cycle="2026-tw2",
        about=("2026-tw2", "UNIT"),
        names=frozenset(),
        due_at=datetime(2026, 8, due, 8, tzinfo=UTC),
        answers=False,
    )


def test_a_copy_of_a_letter_that_moved_a_deadline_begins_nothing_anew() -> None:
    """Two reminders after the first copy are two after the second; another letter of more time begins anew."""
    year = Year(0, settings())
    account = year.account
    account.takes(letter(LetterKind.REQUEST, 3, "<request>", 7), arrives=True)
    moved = letter(LetterKind.EXTENDED, 5, "<moved>", 14)
    account.takes(moved, arrives=True)
    (owed,) = account.owed.values()
    owed.named = 2
    account.takes(moved, arrives=True)
    assert owed.named == 2
    account.takes(letter(LetterKind.EXTENDED, 14, "<moved-again>", 21), arrives=True)
    assert owed.named == 0
