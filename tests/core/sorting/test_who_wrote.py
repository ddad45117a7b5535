"""Who wrote it: a signature vouches for what it covers, and posts are those of the day the mail came."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.model.facts import VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Mail, Proof
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of, sent
from tests.core.play import reviewing

REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))


def _proof(mail: Mail) -> Proof:
    """Give the proof of the word in a mail of the Sekretaris that answers the letter of his review."""
    found = sort(desk(REVIEWING.cycle, mail=mail, about=(REVIEW,)))
    ((_, fact),) = found.facts
    assert isinstance(fact, VerdictGiven)
    return fact.source.proof


def test_a_word_counts_by_a_signature_where_the_body_says_the_same() -> None:
    """What piece of the body is the text may be anybody's word."""
    mail = mail_of("sekretaris", "SETUJU")
    assert _proof(mail) is Proof.AUTHENTICATED
    assert _proof(replace(mail, words_of_body="Setuju\n")) is Proof.AUTHENTICATED
    assert _proof(replace(mail, words_of_body="Masih saya pelajari.")) is Proof.NONE
    assert _proof(replace(mail, words_of_body="Masih saya pelajari.", proof=Proof.CODE)) is Proof.CODE
