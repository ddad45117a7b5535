"""Reserved letter numbers (nomor surat): each Surat Pengantar takes the next one when it is decided, and keeps it.

A number is never invented: where none is reserved, or none is left, its place stays open for the office's register.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.clerk.telling import to_operator
from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_of_rows import WithNumber
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine

_GIVEN = "letter_number/"
"""Name of the note of a number: this, the year, the number; its value says which paper bears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Letters with their numbers, and what is written down with them."""

    letters: tuple[Letter, ...]
    given: tuple[tuple[str, str], ...] = ()
    """Notes of the numbers newly given, which nobody else may have given meanwhile (`Changes.claims`)."""
    journal: tuple[tuple[str, JournalLine], ...] = ()


def number(clerk: Clerk, letters: tuple[Letter, ...], at: datetime) -> Numbered:
    """Give every new letter that encloses a Surat Pengantar its number, in the order of the letters.

    The copy for a Kepala Seksi bears the number of the letter it is a copy of; so does one sent to a second address.
    """
    reserved = clerk.office.letter_numbers.reserved
    if not reserved or not any(isinstance(letter.about, WithNumber) for letter in letters):
        return Numbered(letters=letters)
    held = dict(clerk.ledger.notes.beginning(_GIVEN))
    finished: list[Letter] = []
    given: dict[str, str] = {}
    journal: list[tuple[str, JournalLine]] = []
    lacking: dict[str, Letter] = {}
    for letter in letters:
        if not isinstance(letter.about, WithNumber) or clerk.ledger.letters.by_key(letter.key) is not None:
            finished.append(letter)
            continue
        paper, year = _paper(letter), str(clerk.office.calendar.local(letter.send_after or at).year)
        known = held | given
        name = next((one for one, bearer in known.items() if bearer == paper), "") or next(
            (one for text in reserved if (one := f"{_GIVEN}{year}/{text}") not in known), ""
        )
        if not name:
            finished.append(letter)
            lacking.setdefault(year, letter)
            continue
        text = name.removeprefix(_GIVEN).partition("/")[2]
        if name not in known:
            given[name] = paper
            detail = {"letter": letter.key, "number": text, "year": year}
            journal.append((letter.cycle, line(at, "letter_numbered", unit=letter.unit, **detail)))
        finished.append(replace(letter, about=replace(letter.about, letter_number=text)))
    alarms = [alarm for year in lacking for alarm in _used_up(clerk, year, len(reserved), at)]
    return Numbered(letters=(*finished, *alarms), given=tuple(given.items()), journal=tuple(journal))


def _paper(letter: Letter) -> str:
    """Return which paper a letter encloses: the request to one unit, or one version of the report."""
    if letter.unit:
        return f"{LetterKind.REQUEST.value}/{letter.cycle}/{letter.unit}"
    return letter.key.replace("/second/", "/")


def _used_up(clerk: Clerk, year: str, count: int, at: datetime) -> tuple[Letter, ...]:
    """Tell the operator that no reserved number is left; once for as many numbers as were reserved."""
    about = Alarm(what=AlarmCode.NUMBERS_USED_UP, detail=year)
    return to_operator(clerk, at, about, about.what.value, year, count)
