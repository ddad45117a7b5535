"""Row 1 ends by the Sekretaris' silence; whatever he writes that decides nothing is none (SOP row 1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import row_due_at
from mailbot.core.model.facts import AnswerUnclear, CommandGiven, MailUnplaced, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen
from mailbot.core.procedure.row_beginnings import data_needs
from mailbot.core.procedure.word_asked import given_in_row

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact, TimePassed
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office

_ASKS_TO_SEE = frozenset({Word.STATUS, Word.FORM, Word.DRAF, Word.ASAL})
"""Who asks to see something has said nothing about it."""


def broken(outcome: Outcome, before: Cycle, fact: Fact, office: Office) -> Outcome:
    """Return row 1 as it stands once the Sekretaris has written something that decides nothing.

    Anything may be an objection: from here on the row waits for his word. After a mere courtesy, and after what is not
    proved to be his, it only begins anew; what our server found false changes nothing.
    """
    cycle, written = outcome.cycle, _written(fact)
    if written is None or not _by_silence(before, office) or given_in_row(cycle) is not None:
        return outcome
    source, courtesy = written
    if cycle.step is not before.step or source.proof is Proof.FAILED or not _secretary(source, office):
        return outcome
    waits = cycle.undecided or (not courtesy and office.policy.believes(source.proof))
    due_at = max(cycle.due_at, _anew(cycle, source, office))
    return replace(outcome, cycle=replace(cycle, due_at=due_at, undecided=waits))


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Row 1: go on where silence ends it; who has become Sekretaris since is told, and has the time to object anew.

    The time to object runs from when the letter of row 1 left: while it cannot leave, its end moves along.
    """
    waits = any(key.split("/", 1)[0] == LetterKind.DATA_NEEDS.value for key in fact.unsent)
    since = fact.at if waits or fact.untold else fact.asked_at
    if since is not None:
        due_at = row_due_at(cycle, cycle.step, since, office)
        cycle = replace(cycle, due_at=due_at) if due_at > cycle.due_at else cycle
    if not fact.untold or waits or given_in_row(cycle) is not None:
        return Outcome(cycle=cycle, done=True)
    letters = tuple(replace(one, key=f"{one.key}/{one.to}") for one in data_needs(cycle, fact.at, office))
    return Outcome(cycle=cycle, letters=letters)  # the row does not end in the moment in which he is told


def _secretary(source: Source, office: Office) -> bool:
    """Say whether the Sekretaris wrote, whichever of his posts a mail is taken for."""
    day = office.calendar.local(source.received_at).date()
    listed = office.roster.senders(source.address, day)
    return any(person.role is Role.SECRETARY for person in (source.person, *listed))


def _by_silence(cycle: Cycle, office: Office) -> bool:
    """Say whether the present row ends by silence."""
    return not cycle.closed and office.sop.row(cycle.step).done_when is DoneWhen.UNOPPOSED


def _written(fact: Fact) -> tuple[Source, bool] | None:
    """Return where words came from, and whether they are a mere courtesy; None of what is no words about the row."""
    match fact:
        case AnswerUnclear() | MailUnplaced():
            return fact.source, fact.courtesy
        case VerdictGiven():
            return fact.source, False
        case CommandGiven() if fact.said.word not in _ASKS_TO_SEE:
            return fact.source, False
        case _:
            return None


def _anew(cycle: Cycle, source: Source, office: Office) -> datetime:
    """Return until when the row's time runs if it begins anew; who is not proved can put it off once, not for ever."""

    def due_at(since: datetime) -> datetime:
        return row_due_at(cycle, cycle.step, since, office)

    anew = due_at(source.received_at)
    return anew if office.policy.believes(source.proof) else min(anew, due_at(due_at(cycle.since)))
