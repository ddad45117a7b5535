"""How a letter number is printed: `000.8.6.3/0121/425.111/2026`, with an open place where the register gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters_of_rows import WithNumber

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases


def full_number(letter: Letter, office: Office, day: date) -> str:
    """Return a letter's whole number on the day it bears; empty where it was given none."""
    own = letter.about.letter_number if isinstance(letter.about, WithNumber) else ""
    return _whole(own, office, day) if own else ""


def open_number(office: Office, phrases: Phrases, day: date) -> str:
    """Return the number with its place left open, `000.8.6.3/___/425.111/2026`."""
    return _whole(phrases.word("open_number"), office, day)


def _whole(own: str, office: Office, day: date) -> str:
    """Put classification, number, office and year together."""
    numbers = office.letter_numbers
    return f"{numbers.classification}/{own}/{numbers.office_code}/{day.year}"
