"""Steps 6 to 8 of the walk: facts are decided, letters numbered, all committed in one stroke, or decided anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.clerk.composing import compose_all
from mailbot.clerk.delivery.letter_numbers import knowing_numbers, numbered_letters, taken_by
from mailbot.clerk.desk.remembering import deputies_noted, remembering, with_new_deputies
from mailbot.core.model.facts import CycleOpened
from mailbot.errors import StaleCycle
from mailbot.ledger.files_and_notes import BY_HAND
from mailbot.ledger.values import Changes, CycleChange

if TYPE_CHECKING:
    from collections.abc import Callable

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be decided, and what is written down with it."""

    beside: Changes
    """What is certain already; its moment is that of the facts. The cycles and letters below come to it."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """Each with the key of its cycle, in order."""
    letters: tuple[Letter, ...] = ()
    """Letters that no fact means (to the operator)."""
    about: tuple[Cycle, ...] = ()
    """The cycles that those letters speak of and no fact is about."""


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
    books = knowing_numbers(remembering(books, _periods(books, before)), before.values(), at)
    letters: list[Letter] = list(decision.letters)
    journal: list[tuple[str, JournalLine]] = list(beside.journal)
    for key, fact in decision.facts:
        outcome = decide(after.get(key, before[key]), fact, books.office)
        after[key] = outcome.cycle
        letters.extend(outcome.letters)
        journal.extend((key, noted) for noted in outcome.journal)
    books = replace(books, office=with_new_deputies(books.office, before, after))
    numbered = numbered_letters(books, one_answer(letters), taken_by(before, after), at)
    spoken_of = {cycle.key: cycle for cycle in decision.about} | after
    composed = compose_all(books, maker, numbered.letters, spoken_of, at)
    return replace(
        beside,
        # A cycle that did not move is compared all the same: an answer must not rest on a view that is out of date.
        cycles=tuple(CycleChange(before=before[key], after=cycle) for key, cycle in after.items()),
        letters=composed.outgoing,
        journal=(*journal, *numbered.journal, *composed.journal),
        notes=(*beside.notes, *composed.notes, *_by_hand(books, after), *deputies_noted(books.ledger, after)),
        claims=numbered.given,
    )


def _by_hand(books: Books, after: dict[str, Cycle]) -> tuple[tuple[str, str], ...]:
    """Return the note of the closed cycles whose clock goes on, where one of these has come to it or left it."""
    from mailbot.core.delivery.afterwards import owed_by_hand  # noqa: PLC0415 - where no cycle runs, nothing is decided

    if not any(cycle.closed for cycle in after.values()):
        return ()
    before = books.ledger.notes.read(BY_HAND).split()
    others = [key for key in before if key not in after]
    now = [*others, *(key for key, cycle in after.items() if owed_by_hand(cycle))]
    return () if sorted(now) == sorted(before) else ((BY_HAND, " ".join(now)),)


def _periods(books: Books, cycles: dict[str, Cycle | None]) -> dict[str, Period]:
    """Return the period of every cycle that is decided about; one that is being opened is planned."""
    return {key: books.office.plan(key).period if cycle is None else cycle.period for key, cycle in cycles.items()}


def changes_something(cycle: Cycle, fact: Fact, office: Office) -> bool:
    """Say whether deciding a fact would move the cycle or send anything; a look, nothing is written."""
    from mailbot.core.decide import decide  # noqa: PLC0415 - where no cycle runs, nothing is decided

    outcome = decide(cycle, fact, office)
    return bool(outcome.cycle is not cycle or outcome.letters or outcome.journal or isinstance(fact, CycleOpened))
