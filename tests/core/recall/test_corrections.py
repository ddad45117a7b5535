"""KOREKSI of Subbag Program opens what was handed over once more, from row 6, as the next version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.core.draft.draft_facts import DraftEdited
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from tests.core.play import Play, closed, ratifying, submitted, value_of
from tests.offices.small import OFFICE, wib


@pytest.mark.parametrize("handed_over", [submitted, closed])
def test_koreksi_opens_the_next_version_from_row_6(handed_over: Callable[[], Play]) -> None:
    """Compiled anew even if nothing has changed; it is reviewed, ratified and handed over once more, and closes."""
    play = handed_over()
    before = play.cycle
    play.at = wib(20, 9)
    play.asks("perencanaan", Word.KOREKSI, "", "Realisasi IKU-05 tertukar.")
    assert (play.step(), play.cycle.closed, play.cycle.corrected) == (Step.DRAFT, False, 1)
    assert play.cycle.verdicts == before.verdicts
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.cycle.draft.docx_sha256) == (2, "")
    told = play.all_letters(LetterKind.CORRECTION_TOLD)
    assert {(one.to, one.remarks) for one in told} == {
        (who, ("Realisasi IKU-05 tertukar.",)) for who in ("sekretaris", "kadis")
    }
    play.compiles()
    keys = [letter.key for letter in play.letters]
    for who, word in (("perencanaan", Word.TERUSKAN), ("sekretaris", Word.SETUJU), ("kadis", Word.DISAHKAN)):
        play.says(who, word)
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed
    assert play.cycle.archive_key == f"{play.cycle.key}-koreksi-1"
    new = [letter for letter in play.letters if letter.key not in keys]
    assert LetterKind.SUBMISSION in {letter.kind for letter in new}
    assert LetterKind.CLOSED in {letter.kind for letter in new}
    steps = [step for step, *_ in play.cycle.rows_done]
    assert steps[-8:] == [
        *(Step.DRAFT, Step.REVIEW, Step.RATIFY, Step.SUBMIT),
        *(Step.DRAFT, Step.REVIEW, Step.RATIFY, Step.SUBMIT),
    ]


def test_an_edited_report_is_corrected_from_its_edit() -> None:
    """What hands have written is not compiled over: the next version grows from the very file."""
    play = closed()
    draft = play.cycle.draft
    assert draft is not None
    play.now = replace(play.cycle, draft=replace(draft, edited_by="perencanaan@example.go.id"))
    play.asks("perencanaan", Word.KOREKSI, "salah ketik")
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.cycle.draft.grown_from) == (2, draft.docx_sha256)
    about = play.last_asked("perencanaan")
    assert about is not None
    late = DraftEdited(at=play.at, source=play.source("perencanaan"), about=about, document_sha256="e" * 64)
    play.happens(late)
    assert value_of(play.letters[-1], "reason") is Reason.OLD_VERSION


def test_koreksi_needs_a_reason_a_proof_and_subbag_program() -> None:
    """And something that was handed over."""
    play = submitted()
    for who, reason, proof, kind in (
        ("perencanaan", "", Proof.AUTHENTICATED, LetterKind.UNCLEAR),
        ("perencanaan", "keliru", Proof.NONE, LetterKind.CHALLENGE),
        ("kadis", "keliru", Proof.AUTHENTICATED, LetterKind.NOT_YOURS),
    ):
        play.asks(who, Word.KOREKSI, reason, proof=proof)
        assert (play.letters[-1].kind, play.step()) == (kind, Step.SUBMIT)
    play = ratifying()
    play.asks("perencanaan", Word.KOREKSI, "keliru")
    assert value_of(play.letters[-1], "reason") is Reason.NOT_YET


def test_of_what_is_gone_from_the_configuration_no_report_is_made() -> None:
    """A unit, or an indicator that a form has answered: it is said, and the closed cycle stays closed."""
    units = replace(OFFICE.roster, units=OFFICE.roster.units[1:])
    for changed in (replace(OFFICE, roster=units), replace(OFFICE, indicators=OFFICE.indicators[1:])):
        play = closed()
        play.office = changed
        play.asks("perencanaan", Word.KOREKSI, "keliru")
        assert value_of(play.letters[-1], "reason") is Reason.NO_LONGER_ASKED
        assert play.cycle.closed


def test_a_unit_s_data_can_be_corrected_on_the_way() -> None:
    """KEMBALIKAN acts in row 6 again, and leads back to row 4."""
    play = closed()
    play.asks("perencanaan", Word.KOREKSI, "keliru")
    play.compiles()
    play.asks("perencanaan", Word.KEMBALIKAN, "DAFDUK angka keliru")
    assert play.step() is Step.CHECK
