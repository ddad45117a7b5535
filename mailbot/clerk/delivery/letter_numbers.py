"""Numbers of letters at the commit: which the register has given, which are given now, and to which paper (rows 2, 8).

A Surat Pengantar that stays in the house takes the next number of its own block when it is decided, and keeps it; the
core gives the cover letter of row 8 its number. A number is never invented: where none is left, its place stays open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_of_rows import ReportSubmitted, WithNumber
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine

_GIVEN = "letter_number/"
"""Name of the note of a number: this, the year, the number; its value says which paper bears it."""
_FROM_ROW_7_ON = frozenset({Step.RATIFY, Step.SUBMIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLetters:
    """Letters with their numbers, and what is written down with them."""

    letters: tuple[Letter, ...]
    given: tuple[tuple[str, str], ...] = ()
    """Notes of the numbers newly given, which nobody else may have given meanwhile (`Changes.claims`)."""
    journal: tuple[tuple[str, JournalLine], ...] = ()


def knowing_numbers(books: Books, cycles: Iterable[Cycle | None], at: datetime) -> Books:
    """Return the books with an office that knows which numbers of last year and this are used, where one is wanted."""
    if not any(cycle is not None and cycle.step in _FROM_ROW_7_ON for cycle in cycles):
        return books
    year = books.office.calendar.local(at).year
    known = (note for one in (year - 1, year, year + 1) for note in books.ledger.notes.beginning(f"{_GIVEN}{one}/"))
    used = {name.removeprefix(_GIVEN).casefold(): paper for name, paper in known}
    return replace(books, office=replace(books.office, letter_numbers=replace(books.office.letter_numbers, used=used)))


def taken_by(before: Mapping[str, Cycle | None], after: Mapping[str, Cycle]) -> dict[str, str]:
    """Return the notes of the numbers that cover letters of row 8 have come to bear: name and paper."""
    taken: dict[str, str] = {}
    for key, cycle in after.items():
        now, then = cycle.delivery, former.delivery if (former := before.get(key)) is not None else None
        if now is not None and now.agenda and now.day is not None and (then is None or then.agenda != now.agenda):
            taken[f"{_GIVEN}{now.day.year}/{now.agenda}"] = f"{LetterKind.SUBMISSION.value}/{key}/{now.version}"
    return taken


def numbered_letters(
    books: Books, letters: Sequence[Letter], taken: Mapping[str, str], at: datetime
) -> NumberedLetters:
    """Give every new letter that encloses a Surat Pengantar of the house its number, in the order of the letters.

    The copy for a Kepala Seksi bears the number of the letter it is a copy of; so does one sent to a second address.

    Args:
        books: what is decided with.
        letters: all that a decision means.
        taken: notes of the numbers that the core has given in this decision.
        at: the moment.
    """
    reserved = books.office.letter_numbers.reserved_inside
    journal = [_core_gave(name, paper, at) for name, paper in taken.items()]
    if not reserved or not any(_stays(letter) for letter in letters):
        return NumberedLetters(letters=tuple(letters), given=tuple(taken.items()), journal=tuple(journal))
    block = _Block(books=books, reserved=reserved, known=dict(books.ledger.notes.beginning(_GIVEN)) | dict(taken))
    finished = tuple(_numbered(letter, block, journal, at) for letter in letters)
    alarms = [alarm for year in block.lacking for alarm in _used_up(books.office, year, len(reserved), at)]
    return NumberedLetters(
        letters=(*finished, *alarms), given=(*taken.items(), *block.given.items()), journal=tuple(journal)
    )


@dataclass(slots=True, kw_only=True)
class _Block:
    """The numbers that are set aside for the house, as a decision takes them one by one."""

    books: Books
    reserved: tuple[str, ...]
    known: dict[str, str]
    """Notes of all numbers that some paper bears."""
    given: dict[str, str] = field(default_factory=dict)
    lacking: dict[str, None] = field(default_factory=dict)
    """The years in which none was left."""

    def take(self, paper: str, year: str) -> str:
        """Return the name of the note of a paper's number: the one it bears, else the next; empty if none is left."""
        name = next((name for name, bearer in self.known.items() if bearer == paper), "") or next(
            (free for text in self.reserved if (free := f"{_GIVEN}{year}/{text}") not in self.known), ""
        )
        if not name:
            self.lacking.setdefault(year)
        elif name not in self.known:
            self.known[name] = self.given[name] = paper
        return name


def _numbered(letter: Letter, block: _Block, journal: list[tuple[str, JournalLine]], at: datetime) -> Letter:
    """Return a letter with its number, if it encloses a Surat Pengantar of the house and was not written before."""
    about, books = letter.about, block.books
    if not isinstance(about, WithNumber) or not _stays(letter) or books.ledger.letters.by_key(letter.key):
        return letter
    year, before = str(books.office.calendar.local(letter.send_after or at).year), len(block.given)
    name = block.take(_paper(letter), year)
    number = name.removeprefix(_GIVEN).partition("/")[2]
    if len(block.given) > before:
        detail = {"letter": letter.key, "number": number, "year": year}
        journal.append((letter.cycle, line(at, "letter_numbered", unit=letter.unit, **detail)))
    return replace(letter, about=replace(about, letter_number=number))


def with_its_number(books: Books, letter: Letter) -> Letter:
    """Return a letter that is written once more with the number that its Surat Pengantar bears, if it bears one."""
    if not isinstance(letter.about, WithNumber) or not _stays(letter):
        return letter
    given = books.ledger.notes.beginning(_GIVEN)
    name = next((name for name, bearer in given if bearer == _paper(letter)), "")
    number = name.removeprefix(_GIVEN).partition("/")[2]
    return replace(letter, about=replace(letter.about, letter_number=number)) if number else letter


def _core_gave(name: str, paper: str, at: datetime) -> tuple[str, JournalLine]:
    """Return the journal's line of a number that a cover letter of row 8 bears from now on."""
    year, _, number = name.removeprefix(_GIVEN).partition("/")
    return paper.split("/")[1], line(at, "letter_numbered", letter=paper, number=number, year=year)


def _stays(letter: Letter) -> bool:
    """Say whether a letter encloses a Surat Pengantar that stays in the house."""
    return isinstance(letter.about, WithNumber) and not isinstance(letter.about, ReportSubmitted)


def _paper(letter: Letter) -> str:
    """Return which paper a letter encloses: the request to one unit."""
    return f"{LetterKind.REQUEST.value}/{letter.cycle}/{letter.unit}"


def _used_up(office: Office, year: str, count: int, at: datetime) -> tuple[Letter, ...]:
    """Tell the operator that no reserved number is left; once for as many numbers as were reserved."""
    about = Alarm(what=AlarmCode.NUMBERS_USED_UP, detail=year)
    return to_operator(office, at, about, about.what.value, year, count)
