"""A cycle opened by mistake: everybody who was asked is told once, and what comes later is answered and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.core.decide import decide
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Verdict
from mailbot.core.model.facts import CommandGiven, MailUnplaced, TimePassed, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.opening.cancelling import ratified
from mailbot.core.opening.letters_of_opening import CycleCancelledTold
from mailbot.core.opening.opening_facts import Cancelled, CycleCancelled
from tests.core.play import Play, collecting
from tests.offices.small import OFFICE

REASON = "Tanggal mulai keliru sebulan."


def cancelled(play: Play, *written_to: str) -> None:
    """Withdraw the cycle."""
    play.happens(CycleCancelled(at=play.at, reason=REASON, by="operator", written_to=frozenset(written_to)))


def test_everybody_who_was_asked_is_told_once_with_the_reason() -> None:
    """One letter a person, in office hours; whoever heard nothing hears nothing, but for Subbag Program."""
    play = collecting()
    before = len(play.letters)
    cancelled(play, "sekretaris", "kabid-dafduk", "kabid-capil", "kabid-dafduk", "operator")
    told = play.letters[before:]
    assert sorted(letter.to for letter in told) == ["kabid-capil", "kabid-dafduk", "perencanaan", "sekretaris"]
    assert {letter.kind for letter in told} == {LetterKind.CYCLE_CANCELLED}
    assert {letter.remarks for letter in told} == {(REASON,)}
    assert all(letter.send_after is not None for letter in told)
    assert play.cycle.cancelled == Cancelled(at=play.at, reason=REASON, by="operator")
    assert play.cycle.closed


def test_what_comes_afterwards_is_answered_and_moves_nothing() -> None:
    """A form, a word, a question, an order of Subbag Program: each is answered, kept with its mail, and that is all."""
    play = collecting()
    cancelled(play, "kabid-dafduk")
    gone, before = play.cycle, len(play.letters)
    play.sends("DAFDUK")
    for fact in (
        VerdictGiven(at=play.at, source=play.source("sekretaris"), said=Said(word=Word.KEBERATAN)),
        MailUnplaced(at=play.at, source=play.source("kabid-capil")),
        CommandGiven(at=play.at, source=play.source("perencanaan"), said=Said(word=Word.KOREKSI, arguments="Keliru.")),
        CycleCancelled(at=play.at, reason="lagi", by="operator", written_to=frozenset({"kabid-dafduk"})),
        TimePassed(at=play.at, heard_until=play.at),
    ):
        play.happens(fact)
    answers = play.letters[before:]
    assert [letter.to for letter in answers] == ["kabid-dafduk", "sekretaris", "kabid-capil", "perencanaan"]
    assert {type(letter.about) for letter in answers} == {CycleCancelledTold}
    assert all(letter.answers is not None and letter.remarks == (REASON,) for letter in answers)
    assert play.cycle is gone


def test_nobody_is_reminded_of_it() -> None:
    """A month goes by in silence."""
    play = collecting()
    cancelled(play, "kabid-dafduk")
    before = len(play.letters)
    for _ in range(30):
        play.clock(play.at + timedelta(days=1))
    assert play.letters[before:] == []


@pytest.mark.parametrize("word", [Word.DISAHKAN, Word.PERBAIKI])
def test_a_ratified_report_cannot_be_cancelled(word: Word) -> None:
    """KOREKSI is for that; a refusal ratifies nothing."""
    play, approved = collecting(), word is Word.DISAHKAN
    verdict = Verdict(
        step=Step.RATIFY,
        person="kadis",
        address="kadis@example.go.id",
        word=word,
        approved=approved,
        draft_version=1,
        docx_sha256="d" * 64,
        given_at=play.at,
        message_id="<x@example.go.id>",
        mail_sha256="e" * 64,
        proof=Proof.AUTHENTICATED,
    )
    cycle = replace(play.cycle, step=Step.RATIFY, verdicts=(verdict,))
    fact = CycleCancelled(at=play.at, reason=REASON, by="operator", written_to=frozenset({"kadis"}))
    outcome = decide(cycle, fact, OFFICE)
    assert (outcome.cycle is cycle, outcome.letters == (), ratified(cycle)) == (approved, approved, approved)
    handed = replace(play.cycle, step=Step.SUBMIT)
    assert decide(handed, fact, OFFICE).cycle is handed
