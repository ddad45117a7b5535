"""How a letter number is printed: `000.8.6.3/0121/425.111/2026`, with an open place where the register gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.delivery.letter_numbers import Numbered
from mailbot.core.model.letters_of_rows import ReportSubmitted, WithNumber

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases


def full_number(letter: Letter, office: Office, day: date) -> str:
    """Return a letter's whole number on the day it bears; empty where it was given none."""
    about = letter.about
    if not isinstance(about, WithNumber) or not about.letter_number:
        return ""
    return about.whole_number or office.letter_numbers.whole(about.letter_number, _which(letter), day)


def open_number(letter: Letter, office: Office, phrases: Phrases, day: date) -> str:
    """Return the number with its place left open, `000.8.6.3/___/425.111/2026`."""
    return office.letter_numbers.whole(phrases.word("open_number"), _which(letter), day)


def _which(letter: Letter) -> Numbered:
    """Return which of the numbered letters it encloses."""
    return Numbered.SUBMISSION if isinstance(letter.about, ReportSubmitted) else Numbered.REQUEST
