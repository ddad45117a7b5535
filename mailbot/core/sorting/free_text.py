"""Words that are no reply word: remarks of whoever's move it is, and what a person of Subbag Program should read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import VERDICTS, WITH_REASON, Said, Word
from mailbot.core.model.facts import AnswerUnclear, CommandGiven, MailUnplaced, UnreadableArrived
from mailbot.core.model.letters import Reason
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.orders.hearing import quotable
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.speakers import may_say
from mailbot.core.procedure.word_asked import current
from mailbot.core.sorting.placing import Sorted, cycle_meant, source_of, speaker, word_wanted
from mailbot.core.sorting.said import is_courtesy

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk

_SPOKEN_BESIDE = frozenset(Word) - WITH_REASON
"""Commands whose answer shows nobody what else was written."""
_ON_A_FORM = frozenset({MailOutcome.FORM, MailOutcome.LINES, MailOutcome.EVIDENCE})
_NOTHING_SENT = frozenset({Unreadable.UNFILLED, Unreadable.NO_ATTACHMENT})
_A_SENTENCE = 3
"""So many words of a line make more than a greeting of it."""


def remarks_of_mover(desk: Desk) -> Sorted | None:
    """Is it free text of somebody whose move it is, in answer to the letter that asks for the word of the row?"""
    cycle = cycle_meant(desk)
    about = word_wanted(desk, cycle) if cycle is not None else None
    said = desk.said
    if cycle is None or not current(cycle, about) or said.word is not None or not _remarks(said):
        return None
    person = in_turn(desk, cycle)
    if person is None:
        return None
    fact = AnswerUnclear(
        at=desk.at,
        source=source_of(desk, person),
        said=said,
        about=about,
        reason=Reason.REMARKS,
        courtesy=is_courtesy(desk.mail, desk.office, desk.people),
    )
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.REMARKS.value)


def _remarks(said: Said) -> bool:
    """Say whether what was written may be remarks: no word sounds in it, or it tells more than an unclear word."""
    return bool(said.remarks) and (not said.unclear or (said.meant is None and _tells(said)))


def in_turn(desk: Desk, cycle: Cycle) -> Person | None:
    """Return whoever wrote in a post whose word the row waits for, None if nobody did."""
    person = speaker(desk, cycle)
    awaited = any(may_say(person.role, word, cycle.step) for word in VERDICTS)
    return person if awaited and not cycle.closed else None


def kept_for(desk: Desk, said: Said) -> Desk | None:
    """Return the desk of the mail that our question was about, where a refusal answers it: nothing is written twice.

    Only what the same person wrote, and is proved to have written where the office asks for a proof, is kept for it.
    """
    asked = desk.asked
    if asked is None or said.word not in VERDICTS & WITH_REASON:
        return None
    earlier = replace(desk, mail=asked, asked=None)
    same = {person.key for person in earlier.people} & {person.key for person in desk.people}
    return earlier if same and quotable(("",), asked.proof, desk.office) else None


def is_free_text(desk: Desk, found: Sorted) -> bool:
    """Say whether a listed person wrote something that no answer of ours is about: a person should read it.

    What Subbag Program writes is theirs already; remarks of whoever's move it is are shown at once, and not again.
    """
    if not desk.people or any(person.role is Role.PLANNING for person in desk.people):
        return False
    facts = [fact for _, fact in found.facts]
    if any(isinstance(fact, MailUnplaced) and fact.in_turn for fact in facts):
        return False
    match found.outcome:
        case MailOutcome.UNPLACED:
            return True
        case MailOutcome.UNCLEAR:
            return not any(isinstance(fact, AnswerUnclear) and fact.reason is not None for fact in facts)
        case MailOutcome.COMMAND:
            given = (fact.said for fact in facts if isinstance(fact, CommandGiven))
            return any(said.word in _SPOKEN_BESIDE and _tells(said) for said in given)
        case MailOutcome.UNREADABLE:
            sent = {fact.reason for fact in facts if isinstance(fact, UnreadableArrived)}
            return sent <= _NOTHING_SENT and _tells(desk.said)
        case outcome:
            return outcome in _ON_A_FORM and any("?" in line for line in desk.said.remarks)


def heard_line(desk: Desk, found: Sorted) -> tuple[tuple[str, JournalLine], ...]:
    """Return the journal's line of a mail that a person should read; from it Subbag Program's daily letter is made."""
    if not is_free_text(desk, found):
        return ()
    proved = bool(quotable(("",), desk.mail.proof, desk.office))
    detail = {
        "mail": desk.mail.sha256,
        "answers": desk.about[0].kind if desk.about else "",
        "proved": "yes" if proved else "no",
    }
    return (("", line(desk.at, "free_text", desk.people[0].key, **detail)),)


def _tells(said: Said) -> bool:
    """Say whether something stands there that is more than a greeting."""
    return any(len(line.split()) >= _A_SENTENCE for line in said.remarks)
