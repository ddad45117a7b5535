"""Steps 6 to 8 of the walk: facts are decided, letters numbered, all committed in one stroke, or decided anew.

Each Surat Pengantar takes the next reserved number (nomor surat) when it is decided, and keeps it. A number is never
invented: where none is reserved, or none is left, its place stays open for the office's register.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.clerk.composing import compose_all, to_operator
from mailbot.clerk.desk.remembering import remembering
from mailbot.core.model.facts import CycleOpened
from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_of_rows import WithNumber
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.procedure.addressing import line
from mailbot.errors import StaleCycle
from mailbot.ledger.values import Changes, CycleChange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.values import Committed

_ANEW = 5
"""How often a decision is made anew when somebody else has moved the cycle meanwhile."""
_GIVEN = "letter_number/"
"""Name of the note of a number: this, the year, the number; its value says which paper bears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be decided, and what is written down with it."""

    beside: Changes
    """What is certain already; its moment is that of the facts. The cycles and letters below come to it."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """Each with the key of its cycle, in order."""
    letters: tuple[Letter, ...] = ()
    """Letters that no fact means (to the operator)."""


def write_down(books: Books, maker: MakesLetters, made: Callable[[], Decision]) -> Committed:
    """Make a decision and commit it; where a cycle was moved meanwhile, make it anew from what stands now.

    Args:
        books: what it is decided with, and where it is written.
        maker: makes its letters.
        made: reads what it needs from the ledger and says what is to be decided; called again for every attempt.

    Raises:
        StaleCycle: it was overtaken every time.
        TemplateProblem: a letter cannot be written; nothing was written down.
        LedgerProblem: the database refused; nothing was written down.
    """
    for attempt in range(1, _ANEW + 1):
        try:
            return books.ledger.commit(_changes(books, maker, made()))
        except StaleCycle:
            if attempt == _ANEW:
                raise
    raise AssertionError


def _changes(books: Books, maker: MakesLetters, decision: Decision) -> Changes:
    """Decide every fact in order, each on the cycle as the one before left it, and write the letters."""
    from mailbot.core.decide import decide  # noqa: PLC0415 - where no cycle runs, nothing is decided
    from mailbot.core.procedure.one_answer import one_answer  # noqa: PLC0415 - a quiet pass writes nothing

    beside, at = decision.beside, decision.beside.at
    before = {key: books.ledger.cycles.get(key) for key in dict.fromkeys(key for key, _ in decision.facts)}
    after: dict[str, Cycle] = {}
    books = remembering(books, _periods(books, before))
    letters: list[Letter] = list(decision.letters)
    journal: list[tuple[str, JournalLine]] = list(beside.journal)
    for key, fact in decision.facts:
        outcome = decide(after.get(key, before[key]), fact, books.office)
        after[key] = outcome.cycle
        letters.extend(outcome.letters)
        journal.extend((key, noted) for noted in outcome.journal)
    numbered = _number(books, one_answer(letters), at)
    composed = compose_all(books, maker, numbered.letters, after, at)
    return replace(
        beside,
        # A cycle that did not move is compared all the same: an answer must not rest on a view that is out of date.
        cycles=tuple(CycleChange(before=before[key], after=cycle) for key, cycle in after.items()),
        letters=composed.outgoing,
        journal=(*journal, *numbered.journal, *composed.journal),
        notes=(*beside.notes, *composed.notes),
        claims=numbered.given,
    )


def _periods(books: Books, cycles: dict[str, Cycle | None]) -> dict[str, Period]:
    """Return the period of every cycle that is decided about; one that is being opened is planned."""
    return {key: books.office.plan(key).period if cycle is None else cycle.period for key, cycle in cycles.items()}


def changes_something(cycle: Cycle, fact: Fact, office: Office) -> bool:
    """Say whether deciding a fact would move the cycle or send anything; a look, nothing is written."""
    from mailbot.core.decide import decide  # noqa: PLC0415 - where no cycle runs, nothing is decided

    outcome = decide(cycle, fact, office)
    return bool(outcome.cycle is not cycle or outcome.letters or outcome.journal or isinstance(fact, CycleOpened))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    """Letters with their numbers, and what is written down with them."""

    letters: tuple[Letter, ...]
    given: tuple[tuple[str, str], ...] = ()
    """Notes of the numbers newly given, which nobody else may have given meanwhile (`Changes.claims`)."""
    journal: tuple[tuple[str, JournalLine], ...] = ()


def _number(books: Books, letters: Sequence[Letter], at: datetime) -> _Numbered:
    """Give every new letter that encloses a Surat Pengantar its number, in the order of the letters.

    The copy for a Kepala Seksi bears the number of the letter it is a copy of; so does one sent to a second address.
    """
    reserved = books.office.letter_numbers.reserved
    if not reserved or not any(isinstance(letter.about, WithNumber) for letter in letters):
        return _Numbered(letters=tuple(letters))
    held = dict(books.ledger.notes.beginning(_GIVEN))
    finished: list[Letter] = []
    given: dict[str, str] = {}
    journal: list[tuple[str, JournalLine]] = []
    lacking: dict[str, Letter] = {}
    for letter in letters:
        if not isinstance(letter.about, WithNumber) or books.ledger.letters.by_key(letter.key) is not None:
            finished.append(letter)
            continue
        paper, year = _paper(letter), str(books.office.calendar.local(letter.send_after or at).year)
        known = held | given
        name = next((name for name, bearer in known.items() if bearer == paper), "") or next(
            (free for text in reserved if (free := f"{_GIVEN}{year}/{text}") not in known), ""
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
    alarms = [alarm for year in lacking for alarm in _used_up(books.office, year, len(reserved), at)]
    return _Numbered(letters=(*finished, *alarms), given=tuple(given.items()), journal=tuple(journal))


def _paper(letter: Letter) -> str:
    """Return which paper a letter encloses: the request to one unit, or one version of the report."""
    if letter.unit:
        return f"{LetterKind.REQUEST.value}/{letter.cycle}/{letter.unit}"
    return letter.key.replace("/second/", "/")


def _used_up(office: Office, year: str, count: int, at: datetime) -> tuple[Letter, ...]:
    """Tell the operator that no reserved number is left; once for as many numbers as were reserved."""
    about = Alarm(what=AlarmCode.NUMBERS_USED_UP, detail=year)
    return to_operator(office, at, about, about.what.value, year, count)
