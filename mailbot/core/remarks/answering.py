"""Subbag Program answers the remarks on its draft, by their numbers (SOP row 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.letters_of_drafts import AnswersNoted
from mailbot.core.language.nik import masked
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import challenge, in_answer, line, make_letter, repeating, unproved
from mailbot.core.procedure.word_asked import asked_now
from mailbot.core.remarks.listed import RemarkAnswer, answered, waiting

if TYPE_CHECKING:
    from mailbot.core.draft.draft_facts import RemarksAnswered
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine


def remarks_answered(cycle: Cycle, fact: RemarksAnswered, office: Office) -> Outcome:
    """Keep the answers to remarks, and say which still wait for one; the draft stays where it is."""
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    moved, notes = taken(cycle, fact.answers, fact.source, office)
    numbers, left = tuple(dict(fact.answers)), waiting(moved)
    to, drafting = in_answer(fact.source), moved.step is Step.DRAFT
    asks = asked_now(moved) if drafting else None
    about = AnswersNoted(word=fact.spoken, answered=numbers, left=left, unread="\n".join(fact.unread))
    parts = (*to.marks, asks.version) if asks is not None else to.marks
    letter = repeating(make_letter(about, moved, to, *parts, asks=asks), (*numbers, *left))
    return Outcome(cycle=moved, letters=(letter,), journal=notes)


def taken(
    cycle: Cycle, answers: tuple[tuple[int, str], ...], source: Source, office: Office
) -> tuple[Cycle, tuple[JournalLine, ...]]:
    """Return the cycle with answers to its remarks, and the journal's line of it; unchanged where nobody is believed.

    They are kept whatever else comes of the mail: they speak of remarks, not of a version.
    """
    known = {one.number for one in cycle.remarks}
    given = tuple((number, masked(text)) for number, text in answers if number in known)
    if not given or unproved(source, office):
        return cycle, ()
    like = RemarkAnswer(text="", person=source.person.key, given_at=source.received_at, mail_sha256=source.mail_sha256)
    numbers = " ".join(str(number) for number in dict(given))
    note = line(source.received_at, "remarks_answered", source.person.key, numbers=numbers, mail=source.mail_sha256)
    return answered(cycle, given, like), (note,)


def with_answers(outcome: Outcome, notes: tuple[JournalLine, ...]) -> Outcome:
    """Return what came of a mail, with the journal's line of the answers in it."""
    return replace(outcome, journal=(*notes, *outcome.journal)) if notes else outcome
