"""A word waits to stand, and whoever gave it writes again: it waits until it is known what he means (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AnswerUnclear, CommandGiven, MailUnplaced, VerdictGiven
from mailbot.core.model.mail import Proof
from mailbot.core.procedure.word_asked import waiting_word
from mailbot.core.recall.recalls import is_his

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Verdict
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome


def put_off(outcome: Outcome, fact: Fact, office: Office) -> Outcome:
    """Let a word stand later where whoever gave it writes something that decides nothing: once, and for no courtesy.

    He is asked what he means, and has a window of his own to say so. Who is not proved may be somebody else, and can
    put it off all the same, but a forger no more than once; what our server found false changes nothing.
    """
    cycle, source = outcome.cycle, _written(fact)
    word = waiting_word(cycle, source.received_at) if source is not None else None
    if source is None or word is None or source.proof is Proof.FAILED or not is_his(word, source.person):
        return outcome
    if word.mail_sha256 == source.mail_sha256 or (isinstance(fact, VerdictGiven) and fact.said.word == word.word):
        return outcome  # it is this mail that gave it, or one that says the same
    later = _later(word, source, office)
    if later is word:
        return outcome
    verdicts = tuple(later if one is word else one for one in cycle.verdicts)
    return replace(outcome, cycle=replace(cycle, verdicts=verdicts))


def _written(fact: Fact) -> Source | None:
    """Return where words came from that may be a second thought; None of what is no words, or asks for something."""
    match fact:
        case AnswerUnclear() | MailUnplaced():
            return None if fact.courtesy else fact.source
        case VerdictGiven():
            return fact.source
        case CommandGiven() if fact.said.word is Word.BATAL:
            return fact.source
        case _:
            return None


def _later(word: Verdict, source: Source, office: Office) -> Verdict:
    """Return the word as it stands a window after that mail, but never later than two windows after it was given."""
    minutes = office.policy.recall_minutes

    def after(moment: datetime) -> datetime:
        return office.calendar.add_minutes(moment, minutes)

    stands_at = min(after(source.received_at), after(after(word.given_at)))
    return replace(word, stands_at=stands_at) if word.stands_at is None or stands_at > word.stands_at else word
