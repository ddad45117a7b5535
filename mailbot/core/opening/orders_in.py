"""Does a mail answer the letter that said what opens on the next working day?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.opening.ordering import OpeningOrder
from mailbot.core.sorting.placing import Sorted, source_of
from mailbot.core.sorting.said import is_courtesy

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk, SentLetter

_WORDS = frozenset({Word.TUNDA, Word.BATAL})


def opening_order(desk: Desk) -> Sorted | None:
    """Does Subbag Program put off, or call off, what our letter said will open? Thanks for it are not answered."""
    letter = next((one for one in desk.about if one.kind in _ABOUT), None)
    planning = next((person for person in desk.people if person.role is Role.PLANNING), None)
    if letter is None or planning is None or any(one.cycle for one in desk.about):
        return None
    word = desk.said.word
    if word not in _WORDS:
        polite = is_courtesy(desk.mail, desk.office, desk.people)
        return Sorted(outcome=MailOutcome.UNPLACED, detail="courtesy") if polite else None
    order = OpeningOrder(
        at=desk.at,
        source=source_of(desk, planning),
        word=word,
        arguments=desk.said.arguments,
        day=day_of(letter),
    )
    return Sorted(outcome=MailOutcome.COMMAND, detail=word.value, opening=order)


_ABOUT = frozenset({LetterKind.OPENING_AHEAD.value})


def day_of(letter: SentLetter) -> date:
    """Return the day that a letter about openings is about; its key holds it."""
    return date.fromisoformat(letter.key.rpartition("/")[2])
