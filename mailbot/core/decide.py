"""The one place where a reporting cycle moves (R1): a fact goes in, the new cycle, letters and journal lines come out.

What a fact does in which row stands in `core/procedure/table.py`; here it is looked up, done, and the cycle taken to
the row where it goes. Rules that hold for every case:
- the same cycle and the same fact always give the same outcome; the time stands in the fact (R4);
- a fact that does not fit the row changes nothing, and is answered;
- whatever the Sekretaris writes in row 1 is no silence, and only silence or his word ends that row;
- a word that can still be taken back moves nothing: the clock does, once its giver was listened to so long;
- a cycle that was cancelled moves no more: what is said to it is answered, and kept;
- a closed cycle stays closed, but where Subbag Program opens it by KOREKSI; what is done by hand is noted beside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never, cast

from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, Verdict, row_due_at
from mailbot.core.model.facts import CommandGiven, CycleOpened, TimePassed, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import Outcome, join
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.opening.cancelling import after_cancelling
from mailbot.core.orders.commands import proved
from mailbot.core.orders.no_silence import broken
from mailbot.core.orders.verdict_effects import told_to_revise
from mailbot.core.orders.verdicts import not_yours
from mailbot.core.procedure.acts import Act, Line, Move
from mailbot.core.procedure.addressing import Refusal, line, refused
from mailbot.core.procedure.obstacles import hindered
from mailbot.core.procedure.passage import Passage, after
from mailbot.core.procedure.row_beginnings import closing
from mailbot.core.procedure.seen_drafts import noticed
from mailbot.core.procedure.speakers import whose
from mailbot.core.procedure.table import COLUMNS, ROWS, TABLE
from mailbot.core.procedure.word_asked import awaits_draft, last_word, stands
from mailbot.core.recall.orders import remembered
from mailbot.core.recall.second_thoughts import put_off

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.facts import Fact, Spoken
    from mailbot.core.model.office import Office
    from mailbot.core.procedure.table import Key

_TELLS = frozenset({LetterKind.DATA_NEEDS.value, LetterKind.DATA_NEEDS_OBJECTED.value})
"""The letters of row 1: who was not told has not consented by being silent."""
_REQUESTS = frozenset({LetterKind.REQUEST.value, LetterKind.REQUEST_COPY.value})
"""Kinds of letter that row 2 waits to see leave."""


def decide(cycle: Cycle | None, fact: Fact, office: Office) -> Outcome:
    """Decide one fact.

    Args:
        cycle: the cycle the fact is about; None only for `CycleOpened`.
        fact: what happened.
        office: the office's frozen knowledge.

    Raises:
        ValueError: a fact other than `CycleOpened` came without a cycle; a fault of the program.
        KeyError: a cycle was opened that `cycles.yaml` does not name; a fault of the program.
    """
    if cycle is None:
        if isinstance(fact, CycleOpened):
            return _opened(fact.cycle, fact.at, office)
        raise ValueError(f"{type(fact).__name__} needs a cycle")
    if cycle.cancelled is not None:
        return after_cancelling(cycle, fact, cycle.cancelled, office)
    done = remembered(_decided(cycle, fact, office), cycle, fact, office)
    return noticed(put_off(broken(done, cycle, fact, office), fact, office), fact.at)


def _decided(cycle: Cycle, fact: Fact, office: Office) -> Outcome:
    """Look one fact up in the table, ask what is asked first, and do what stands there."""
    if isinstance(fact, VerdictGiven) and fact.said.word is not None and key_of(fact) not in TABLE:
        return not_yours(cycle, fact, whose(fact.said.word))
    found = TABLE[key_of(fact)]
    entry = found.entries[COLUMNS[None if cycle.closed else cycle.step]]
    for question in questions(found, entry):
        answer = question(cycle, fact, office)
        if answer is not None:
            return answer
    if isinstance(entry, Refusal):
        return refused(cycle, cast("Spoken", fact), entry)  # the table refuses nothing that nobody said
    return _done(entry, cycle, fact, office)


def questions(found: Line, entry: Act[Any] | Refusal) -> tuple[Callable[[Cycle, Any, Office], Outcome | None], ...]:
    """Return what is asked before an entry; what is refused whoever says it needs no code."""
    return tuple(question for question in found.first if isinstance(entry, Act) or question is not proved)


def key_of(fact: Fact) -> Key:
    """Return which line of the table is a fact's own."""
    match fact:
        case VerdictGiven() if fact.said.word is not None:
            return fact.said.word, fact.source.person.role
        case CommandGiven() if fact.said.word in TABLE:
            return fact.said.word
        case _:
            return type(fact)


def _done(act: Act[Any], cycle: Cycle, fact: Fact, office: Office) -> Outcome:
    """Do what the table says, take the cycle where it goes, and go on with the fact that this one became."""
    outcome = act.does(cycle, fact, office)
    if outcome.becomes is not None:
        return join(outcome, decide(outcome.cycle, outcome.becomes, office))
    if not outcome.done:
        return outcome
    moved = _moved(act.moves, replace(outcome, done=False), fact, office)
    return moved if act.after is None else act.after(moved, cycle, fact, office)


def _moved(move: Move, outcome: Outcome, fact: Fact, office: Office) -> Outcome:
    """Take the cycle to the row where it goes."""
    cycle, at = outcome.cycle, fact.at
    match move:
        case Move.STAYS:
            return outcome
        case Move.ON:
            return _on(outcome, at, office, clock=fact if isinstance(fact, TimePassed) else None)
        case Move.ANEW:
            return join(outcome, _entered(cycle, cycle.step, at, office))
        case Move.BACK:
            return _on(outcome, at, office)
        case Move.TO_CHECK:
            return _on(join(outcome, _entered(cycle, Step.CHECK, at, office)), at, office)
        case Move.TO_DRAFT:
            return join(outcome, _entered(cycle, Step.DRAFT, at, office))
        case Move.TO_REVIEW:
            return join(outcome, _entered(cycle, Step.REVIEW, at, office))
        case Move.ENDS:
            return _withdrawn(outcome, at)
        case _ as never:
            assert_never(never)


def _opened(key: str, at: datetime, office: Office) -> Outcome:
    """Open a cycle of `cycles.yaml`: every asked unit waits, and row 1 begins.

    Raises:
        KeyError: `cycles.yaml` names no such cycle; a fault of the program, which opens only what is named there.
    """
    plan = office.plan(key)
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    cycle = Cycle(
        key=key,
        period=plan.period,
        step=office.sop.rows[0].step,
        since=at,
        due_at=at,
        opened_at=at,
        units=tuple(UnitForm(unit=unit) for unit in units),
        row_days=plan.row_days,
    )
    begun = _begun(cycle, at, at, office)
    return replace(begun, journal=(line(at, "cycle_opened", cycle=key), *begun.journal))


def _entered(cycle: Cycle, step: Step, at: datetime, office: Office, when: Passage | None = None) -> Outcome:
    """Leave the present row and begin another (or begin the same one anew); its letters are meant here.

    Args:
        cycle: the cycle as it stands in the row it leaves.
        step: the row to begin.
        at: the moment of the fact.
        office: the office.
        when: what counts, where that is not `at`.
    """
    when = when or Passage(since=at)
    left = (cycle.step, cycle.since, cycle.due_at, when.left_at or when.since)
    moved = replace(
        cycle,
        step=step,
        since=when.since,
        closed_at=None,
        rows_done=cycle.rows_done if cycle.closed else (*cycle.rows_done, left),
        reminders=0,
        reminded_at=None,
        told_above=(),
        undecided=False,
    )
    return _begun(moved, at, when.counts_from or when.since, office)


def _begun(cycle: Cycle, at: datetime, counts_from: datetime, office: Office) -> Outcome:
    """Begin the row that the cycle now stands in: its round, its deadline, its letters."""
    rounds = 1 + sum(left is cycle.step for left, *_ in cycle.rows_done)
    timed = replace(cycle, round=rounds, due_at=row_due_at(cycle, cycle.step, counts_from, office))
    ready = ROWS[cycle.step].ready(timed, at, office)
    letters = ROWS[cycle.step].sends(ready, at, office)
    note = line(at, "row_entered", step=ready.step.value, round=str(rounds), due=ready.due_at.isoformat())
    return hindered(Outcome(cycle=ready, letters=letters, journal=(note,)), at, office)


def _on(outcome: Outcome, at: datetime, office: Office, *, clock: TimePassed | None = None) -> Outcome:
    """Go on to the following rows for as long as the present one is over.

    A row left by silence was over at its deadline, even if the clock was looked at later. One left by a word was done
    when that was given, and the next begins when it stands. A row that is over at once leaves its time to the next one:
    Subbag Program has the days of rows 5 and 6 for the draft.

    Args:
        outcome: what was decided so far.
        at: the moment of the fact.
        office: the office.
        clock: what the clock's look knows of letters that have not left, and of how long everybody was listened to;
            None where nobody looked at it: then no row ends by silence, nor for having sent its letters.
    """
    unsent, heard = (clock.unsent, clock.heard_until) if clock is not None else (None, None)
    while True:
        cycle = outcome.cycle
        refusal = _standing_refusal(cycle, heard)
        if refusal is not None:
            outcome = join(outcome, _back(cycle, refusal, at, office))
        elif _over(cycle, office, unsent, heard):
            following = office.sop.after(cycle.step)
            if following is None:
                return _closed(outcome, at, office)
            outcome = join(outcome, _next(cycle, following.step, at, office))
        else:
            return outcome
        unsent = None


def _next(cycle: Cycle, following: Step, at: datetime, office: Office) -> Outcome:
    """Leave a row that is over for the following one."""
    ending, word = office.sop.row(cycle.step).done_when, last_word(cycle)
    when = after(cycle, word, at)
    if ending is DoneWhen.UNOPPOSED and word is None:
        when = Passage(since=cycle.due_at)
    if ending is DoneWhen.AT_ONCE:
        when = Passage(since=at, counts_from=cycle.due_at)
    return _entered(cycle, following, at, office, when)


def _standing_refusal(cycle: Cycle, heard: datetime | None) -> Verdict | None:
    """Return the refusal that leads the present row back, once it stands; None where there is none."""
    word = last_word(cycle)
    leads_back = cycle.step in {Step.REVIEW, Step.RATIFY} and word is not None and not word.approved
    return word if word is not None and leads_back and stands(word, heard) else None


def _back(cycle: Cycle, refusal: Verdict, at: datetime, office: Office) -> Outcome:
    """Take the cycle back to where a refusal of the row leads; Subbag Program gets its remarks."""
    back = office.sop.row(cycle.step).back or Step.DRAFT
    entered = _entered(cycle, back, at, office, after(cycle, refusal, at))
    return told_to_revise(entered, cycle, refusal, at, office)


def _over(cycle: Cycle, office: Office, unsent: tuple[str, ...] | None, heard: datetime | None) -> bool:
    """Say whether the present row is over."""
    word = last_word(cycle)
    agreed = word is not None and word.approved and stands(word, heard)
    match office.sop.row(cycle.step).done_when:
        case DoneWhen.AT_ONCE:
            return True
        case DoneWhen.UNOPPOSED:
            if word is not None:
                return agreed
            told = not any(key.split("/", 1)[0] in _TELLS for key in unsent or ())
            return told and not cycle.undecided and heard is not None and heard >= cycle.due_at
        case DoneWhen.ALL_SENT:
            return unsent is not None and not any(key.split("/", 1)[0] in _REQUESTS for key in unsent)
        case DoneWhen.ALL_RECEIVED:
            return all(form.attempts or form.state is UnitState.ACCEPTED for form in cycle.units)
        case DoneWhen.ALL_ACCEPTED:
            return all(form.settled for form in cycle.units)
        case DoneWhen.APPROVED | DoneWhen.ACKNOWLEDGED:
            return agreed and not awaits_draft(cycle) and awaited(cycle, office) is None
        case _ as never:
            assert_never(never)


def _withdrawn(outcome: Outcome, at: datetime) -> Outcome:
    """End a cycle that was cancelled."""
    cycle = outcome.cycle
    left = (cycle.step, cycle.since, cycle.due_at, at)
    return replace(outcome, cycle=replace(cycle, closed_at=at, rows_done=(*cycle.rows_done, left)))


def _closed(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Close the cycle: the report is acknowledged."""
    cycle = outcome.cycle
    closed = replace(cycle, closed_at=at, rows_done=(*cycle.rows_done, (cycle.step, cycle.since, cycle.due_at, at)))
    told, note = closing(closed, at, office), line(at, "cycle_closed", cycle=cycle.key)
    return join(outcome, Outcome(cycle=closed, letters=told, journal=(note,)))
