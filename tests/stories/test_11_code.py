"""Story 11: a word without proof counts once its one-time code comes back from the registered address, only then."""

from __future__ import annotations

import re
from datetime import timedelta

from mailbot.core.model.sop import Step
from tests.office import Seen, ToyOffice, requested, told_once
from tests.stories.test_03_secretary_sends_back import drafted, edits

SIGNED = ("LKjIP-bertanda-tangan.pdf", b"%PDF-1.4\nsigned\n%%EOF\n")


@told_once
def ratifying() -> ToyOffice:
    """Return the office with the reviewed draft before the Kepala Dinas."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    return office


def code_in(challenge: Seen) -> str:
    """Return the six digits a challenge asks back."""
    found = re.search(r"^ +(\d{6})$", challenge.text, re.MULTILINE)
    assert found is not None
    return found[1]


def challenged(office: ToyOffice) -> Seen:
    """Let the Kepala Dinas ratify without any proof, with the signed report; return what he is asked."""
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", SIGNED, proved=False)
    assert office.cycle().step is Step.RATIFY
    return office.letter("kadis", "challenge")


def test_the_code_alone_makes_the_earlier_word_count() -> None:
    """With the signed report that came with that word; the record names the mail that held it and how it was proved."""
    office = ratifying()
    challenge = challenged(office)
    said = office.ledger.inbox.listing()[0].sha256
    office.answers("kadis", challenge, code_in(challenge), proved=False)
    cycle = office.cycle()
    assert cycle.step is Step.SUBMIT
    verdict = cycle.verdicts[-1]
    assert (verdict.word, verdict.proof.value, verdict.mail_sha256) == ("DISAHKAN", "code", said)
    assert office.ledger.files.read(cycle.signed_pdf_sha256) == SIGNED[1]
    (line,) = [one.line for one in office.ledger.journal.read() if one.line.event == "code_returned"]
    assert (line.actor, dict(line.detail)["mail"]) == ("kadis", office.ledger.inbox.listing()[0].sha256)
    assert len(office.letters_to("kadis", "verdict_noted")) == 1


def test_a_slip_in_the_code_is_named_and_the_right_one_still_counts() -> None:
    """BENAR stands beside it, as the letter asks; nothing is asked but to copy the code once more."""
    office = ratifying()
    challenge = challenged(office)
    right = code_in(challenge)
    slip = f"{(int(right) + 1) % 1_000_000:06d}"
    office.answers("kadis", challenge, f"BENAR {slip}", proved=False)
    assert "Kode tersebut tidak sesuai" in office.letter("kadis", "unclear").text
    office.answers("kadis", challenge, f"BENAR {right}", proved=False)
    assert office.cycle().step is Step.SUBMIT


def test_the_word_once_more_beside_the_code_loses_nothing_of_the_first_mail() -> None:
    """The signed report hangs on the first mail only."""
    office = ratifying()
    challenge = challenged(office)
    office.answers("kadis", challenge, f"DISAHKAN\nKODE: {code_in(challenge)}", proved=False)
    assert office.cycle().step is Step.SUBMIT
    assert office.ledger.files.read(office.cycle().signed_pdf_sha256) == SIGNED[1]


def test_the_code_counts_in_a_mail_of_its_own() -> None:
    """Not everybody answers by the button; the code says which letter it belongs to."""
    office = ratifying()
    office.answers("kadis", None, code_in(challenged(office)), proved=False)
    assert office.cycle().step is Step.SUBMIT


def test_the_code_of_another_person_counts_for_nothing() -> None:
    """The Sekretaris has seen the Kepala Dinas's code and sends it from his own address: asked back, nothing moves."""
    office = ratifying()
    challenge = challenged(office)
    before = office.cycle()
    office.answers("sekretaris", challenge, code_in(challenge), proved=False)
    assert office.cycle() == before
    assert "Kode tersebut" in office.letter("sekretaris", "unclear").text


def test_a_code_that_is_only_quoted_counts_for_nothing() -> None:
    """The letter comes back with the code in its quotation, and the sender writes something else."""
    office = ratifying()
    challenge = challenged(office)
    before = office.cycle()
    office.answers("kadis", challenge, "Baik, sebentar.", proved=False)
    assert office.cycle() == before


def test_the_code_for_a_former_version_counts_for_nothing() -> None:
    """Between question and answer the draft went back and came again: he is asked for the version that stands."""
    office = ratifying()
    challenge = challenged(office)
    office.answers("kadis", office.letter("kadis", "ratify"), "PERBAIKI\nSampul belum mencantumkan tahun.")
    edits(office)
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    before = office.cycle()
    assert before.step is Step.RATIFY
    office.answers("kadis", challenge, code_in(challenge), proved=False)
    assert office.cycle() == before
    assert len(office.letters_to("kadis", "unclear")) == 1


def test_a_code_counts_once() -> None:
    """Sent again beside another word, it proves nothing: a fresh code is asked for."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU", proved=False)
    challenge = office.letter("sekretaris", "challenge")
    used = office.mail("sekretaris", challenge, code_in(challenge), proved=False)
    office.arrives(used)
    assert office.cycle().step is Step.RATIFY
    before = office.cycle()
    office.arrives(used)
    office.answers("sekretaris", challenge, code_in(challenge), proved=False)
    office.answers("sekretaris", challenge, f"PERBAIKI\nTabel 3.\nKODE {code_in(challenge)}", proved=False)
    assert office.cycle() == before


def test_a_used_code_orders_nothing_more_in_the_same_row() -> None:
    """A command leaves the row as it is, so the code would still fit: it is used up all the same."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    office.answers("perencanaan", None, "KEMBALIKAN PIAK\nMohon dicek.", proved=False)
    challenge = office.letter("perencanaan", "challenge")
    office.answers("perencanaan", challenge, code_in(challenge), proved=False)
    assert office.unit("PIAK").state.value == "returned"
    again = f"PERPANJANG PIAK 19-01-2026\nKODE {code_in(challenge)}"
    due_at = office.unit("PIAK").due_at
    office.answers("perencanaan", challenge, again, proved=False)
    assert office.unit("PIAK").due_at == due_at
    assert len(office.letters_to("perencanaan", "challenge")) == 2


def test_a_code_grows_old() -> None:
    """After the days the office allows it is answered, and counts for nothing."""
    office = ratifying()
    challenge = challenged(office)
    days = office.office.policy.code_valid_days
    before = office.cycle()
    office.clock.set_to(office.clock() + timedelta(days=days, minutes=1))
    office.answers("kadis", challenge, code_in(challenge), proved=False)
    assert (office.cycle().step, office.cycle().verdicts) == (Step.RATIFY, before.verdicts)
    assert len(office.letters_to("kadis", "unclear")) == 1


def test_a_code_is_not_found_by_trying() -> None:
    """Many codes in one mail are none, and after five wrong ones the right one is void; a new word has a new code."""
    office = ratifying()
    challenge = challenged(office)
    right = code_in(challenge)
    office.answers("kadis", challenge, f"000000\n{right}", proved=False)
    for wrong in range(5):
        office.answers("kadis", challenge, f"{wrong:06d}", proved=False)
    office.answers("kadis", challenge, right, proved=False)
    assert office.cycle().step is Step.RATIFY
    fresh = challenged(office)
    assert code_in(fresh) != right
    office.answers("kadis", fresh, code_in(fresh), proved=False)
    assert office.cycle().step is Step.SUBMIT


def test_every_unproved_word_is_answered_until_the_days_answers_are_used_up() -> None:
    """Each mail has a question of its own; a flood of them is put off to the next day, like any other."""
    office = ratifying()
    limit = office.clerk.books.pacing.answers_per_day
    for _ in range(limit + 3):
        office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", proved=False)
    assert len(office.letters_to("kadis", "challenge")) == limit
    challenge = office.letters_to("kadis", "challenge")[0]
    office.answers("kadis", challenge, code_in(challenge), proved=False)
    assert office.cycle().step is Step.SUBMIT


def test_the_word_and_its_code_on_one_line_count() -> None:
    """As whoever is in a hurry writes them."""
    office = ratifying()
    challenge = challenged(office)
    office.answers("kadis", challenge, f"Disahkan {code_in(challenge)}", proved=False)
    assert office.cycle().step is Step.SUBMIT
