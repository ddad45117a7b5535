"""Story 05: a verdict from the wrong person, too early, unproved or forged changes nothing."""

from __future__ import annotations

import re

from mailbot.core.model.sop import Step
from tests.office import ToyOffice, laid, requested, told_once
from tests.stories.test_03_secretary_sends_back import drafted


def test_a_head_of_unit_cannot_ratify() -> None:
    """DISAHKAN from a Kepala Bidang is answered and changes nothing."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    before = office.cycle()
    office.answers("kabid-piak", office.letter("kabid-piak", "receipt"), "DISAHKAN")
    assert office.cycle() == before
    assert len(office.letters_to("kabid-piak", "not_yours")) == 1


def test_a_word_before_its_turn_changes_nothing() -> None:
    """SETUJU of the Sekretaris while forms are collected is answered; the draft is not his yet."""
    office = requested()
    before = office.cycle()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    assert office.cycle() == before
    assert len(office.letters_to("sekretaris", "out_of_turn")) == 1


def test_a_word_without_proof_needs_the_one_time_code() -> None:
    """An unproved SETUJU is challenged at the registered address; the code that comes back makes it count."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU", proved=False)
    assert office.cycle().step is Step.REVIEW
    challenge = office.letter("sekretaris", "challenge")
    code = re.search(r"\b\d{6}\b", challenge.text)
    assert code is not None
    office.answers("sekretaris", challenge, f"SETUJU\nKODE {code.group()}", proved=False)
    assert office.cycle().step is Step.RATIFY
    assert office.cycle().verdicts[-1].proof.value == "code"


def test_a_stranger_gets_no_answer_and_moves_nothing() -> None:
    """An address on nobody's list is met with silence, and stands in the ledger."""
    office = drafted()
    before, sent = office.cycle(), len(office.post.delivered)
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU", address="sekretaris@evil.example")
    assert office.cycle() == before
    assert len(office.post.delivered) == sent
    assert office.ledger.inbox.counts().by_outcome["stranger"] == 1


def test_consent_in_quoted_text_is_no_consent() -> None:
    """Our own letter, quoted with all its words, decides nothing."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "Masih saya pelajari.")
    assert office.cycle().step is Step.REVIEW


@told_once
def late_form() -> ToyOffice:
    """Return the office after the figures are locked."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    return office


def test_a_form_after_the_lock_is_kept_answered_and_told_to_subbag_program() -> None:
    """The figures stay as they were; nothing can be done about it now, so it stands in the next day's letter."""
    office = late_form()
    counted = office.unit("PIAK").counted
    office.sends_form("kabid-piak", "PIAK")
    assert office.unit("PIAK").counted == counted
    assert len(office.letters_to("kabid-piak", "late")) == 1
    assert not office.letters_to("perencanaan", "late")
    office.days_pass(1)
    assert "PIAK: form dari" in office.letter("perencanaan", "digest").text
