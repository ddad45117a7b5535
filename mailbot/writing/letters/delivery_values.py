"""What letters say of numbers, of what is wanting in rows 7 and 8, and of the day that a letter bears."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.delivery.letter_numbers import GAP, Numbered
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters_of_rows import Owed, WithNumber
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.writing.values.cycle_values import role_words
from mailbot.writing.values.paper_values import paper_shown
from mailbot.writing.values.words_now import may_be_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mailbot.writing.letters.letter_context import LetterContext
    from mailbot.writing.values.paper_values import PaperShown


def wanting(here: LetterContext) -> Awaited | None:
    """Return what the letter says is wanting in place of the row's word."""
    about = here.letter.about
    return about.wanting if isinstance(about, Owed) else None


def owed(words: str, here: LetterContext) -> str:
    """Return what is owed, in words: the row's word, or what the letter says is wanting in its place."""
    about = here.letter.about
    if isinstance(about, Owed) and about.wanting is not None:
        return here.phrases.word(f"awaited_{words}", about.wanting.value)
    went_back = isinstance(about, Owed) and about.state is UnitState.RETURNED
    return here.phrases.word(words, Step.CHECK if went_back else here.step) if here.step is not None else ""


def offered(word: str, role: Role, here: LetterContext) -> bool:
    """Say whether a word would be done now; a number is given only where one is waited for."""
    if here.cycle is None:
        return True
    if word == Word.NOMOR and awaited(here.cycle, here.office) is not Awaited.NUMBER:
        return False
    return may_be_said(word, role, here.cycle)


def bears(here: LetterContext) -> date:
    """Return the day that the letter bears: when it may leave, unless it has one of its own."""
    about = here.letter.about
    if isinstance(about, WithNumber) and about.day is not None:
        return about.day
    return here.office.calendar.local(here.letter.send_after or here.written_at).date()


def number_example(here: LetterContext) -> str:
    """Return a number of the cover letter with a gap where the register's own belongs."""
    return here.office.letter_numbers.whole(GAP, Numbered.SUBMISSION, bears(here))


def papers_shown(here: LetterContext) -> tuple[PaperShown, ...]:
    """Return what was found in the papers that the letter is about."""
    planning = role_words(Role.PLANNING, here.office, here.phrases)
    return tuple(paper_shown(check, here.phrases, planning) for check in here.letter.papers)


def today_numbers(here: LetterContext) -> str:
    """Return the day on which the letter is written as figures, `09-01-2026`."""
    return f"{here.office.calendar.local(here.written_at):%d-%m-%Y}"


def today_date(here: LetterContext) -> str:
    """Return the day on which the letter is written, `9 Januari 2026`."""
    return here.phrases.long_date(here.written_at)


VALUES: dict[str, Callable[[LetterContext], object]] = {
    "today_numbers": today_numbers,
    "today_date": today_date,
    "papers_shown": papers_shown,
    "signed_paper": lambda here: partial(here.phrases.word, "signed_paper"),
    "ratified_by": lambda here: here.office.ratification.report.value,
    "number_example": number_example,
}
"""Name -> how it is made, for the words of letters."""
