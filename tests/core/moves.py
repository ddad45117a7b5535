"""What the table of the procedure allows a fact to do, held against what a decision did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mailbot.core.decide import key_of, questions
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import Fact, TimePassed
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_in_answer import why
from mailbot.core.model.office import Office
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.acts import Act, Move
from mailbot.core.procedure.addressing import Refusal
from mailbot.core.procedure.table import COLUMNS, TABLE, Key

Entry = Act[Any] | Refusal
Place = tuple[Key, int]
"""A cell of the table: its line and its column."""


def place_of(cycle: Cycle, fact: Fact) -> Place:
    """Return the cell of the table that is about this fact in this cycle."""
    return key_of(fact), COLUMNS[None if cycle.closed else cycle.step]


def entry_for(cycle: Cycle, fact: Fact, office: Office) -> Entry | Outcome | None:
    """Return the entry that decides; the answer of a question that is asked first; None where the word has no line."""
    key, column = place_of(cycle, fact)
    if key not in TABLE:
        return None
    entry = TABLE[key].entries[column]
    answers = (question(cycle, fact, office) for question in questions(TABLE[key], entry))
    return next((answer for answer in answers if answer is not None), entry)


def check_by_table(cycle: Cycle, fact: Fact, outcome: Outcome, office: Office) -> Place | None:
    """Hold a decision against the table; return the cell that decided it, None where something else did."""
    assert (outcome.done, outcome.becomes) == (False, None)
    if cycle.closed and outcome.cycle.corrected == cycle.corrected:
        # What is done by hand afterwards is noted beside it.
        assert replace(outcome.cycle, delivery=cycle.delivery) == cycle
    entry = entry_for(cycle, fact, office)
    if isinstance(entry, Act):
        assert way(cycle, outcome.cycle) in set(ways(entry, cycle, outcome.cycle, office))
        return place_of(cycle, fact)
    assert rests(cycle, outcome.cycle, fact, office)
    if isinstance(entry, Refusal):
        told = [(letter.kind, why(letter.about)) for letter in outcome.letters]
        assert told == [(LetterKind.OUT_OF_TURN, entry.reason)]
        return place_of(cycle, fact)
    if entry is None:
        assert [letter.kind for letter in outcome.letters] == [LetterKind.NOT_YOURS]
    else:
        assert replace(outcome, cycle=cycle) == entry
    return None


def rests(before: Cycle, after: Cycle, fact: Fact, office: Office) -> bool:
    """Say whether a refusal left the cycle as it was; what the Sekretaris writes in row 1 may put its end off."""
    source = getattr(fact, "source", None)
    theirs = {
        address for person in office.roster.people if person.role is Role.SECRETARY for address in person.addresses
    }
    if before.closed or before.step is not Step.INFORM or source is None or source.address not in theirs:
        return after is before
    put_off = replace(before, due_at=after.due_at, undecided=after.undecided)
    return after == put_off and after.due_at >= before.due_at and after.undecided >= before.undecided


def way(before: Cycle, after: Cycle) -> tuple[Step | None, ...]:
    """Return the rows a cycle has gone through by one decision, from the one it stood in; None is the end."""
    assert after.rows_done[: len(before.rows_done)] == before.rows_done
    left = [step for step, *_ in after.rows_done[len(before.rows_done) :]]
    if after.closed:
        return (*left, None)
    return (*left, after.step)


def ways(entry: Entry, before: Cycle, after: Cycle, office: Office) -> Iterator[tuple[Step | None, ...]]:
    """Give every way that an entry allows."""
    if before.closed:
        yield (Step.DRAFT,) if isinstance(entry, Act) and entry.moves is Move.TO_DRAFT else (None,)
        yield (None,)
        return
    yield (before.step,)
    if not isinstance(entry, Act):
        return
    if entry.becomes is not None:
        yield from ways(TABLE[entry.becomes].entries[COLUMNS[before.step]], before, after, office)
    following = [*list(Step)[COLUMNS[before.step] + 1 :], None]
    back = office.sop.row(before.step).back
    match entry.moves:
        case Move.STAYS:
            pass
        case Move.ON:
            yield from ((before.step, *following[:count]) for count in range(1, len(following) + 1))
            if back is Step.DRAFT and entry in TABLE[TimePassed].entries:
                yield before.step, back  # a refusal stands that could be taken back until now
        case Move.ANEW:
            yield before.step, before.step
        case Move.BACK:
            assert back is not None
            yield before.step, back
        case Move.TO_DRAFT:
            yield before.step, Step.DRAFT
        case Move.TO_REVIEW:
            yield before.step, Step.REVIEW
        case Move.ENDS:
            yield before.step, None
        case Move.TO_CHECK:
            yield before.step, Step.CHECK
            yield before.step, Step.CHECK, Step.ANALYSE, Step.DRAFT
