"""An edited draft without a word: the next version, laid before Subbag Program again."""

from __future__ import annotations

from mailbot.core.draft.draft_facts import DraftEdited
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.letters_in_answer import DOCX, Challenge, OutOfTurn, VerdictNoted
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.sop import Step
from tests.core.play import Play, drafting, reviewing, value_of

FIRST_DRAFT = Asked(step=Step.DRAFT, version=1)


def edits(play: Play, person: str = "perencanaan", about: Asked = FIRST_DRAFT, proof: Proof = Proof.CODE) -> Outcome:
    """Send an edited DOCX and no word."""
    source = play.source(person, proof=proof)
    return play.happens(DraftEdited(at=play.at, source=source, about=about, document_sha256="e" * 64))


def test_an_edited_draft_becomes_the_next_version_and_waits_for_teruskan() -> None:
    """It is confirmed, compiled, and comes back to its author; only then it goes to the Sekretaris."""
    play = drafting()
    edits(play)
    draft = play.cycle.draft
    assert draft is not None
    assert (draft.version, draft.docx_sha256, draft.passed_on) == (2, "e" * 64, False)
    assert value_of(play.letter(LetterKind.VERDICT_NOTED), "word") == DOCX
    play.compiles()
    assert play.step() is Step.DRAFT
    assert play.letter(LetterKind.DRAFT).key == "draft/2025/2"
    play.says("perencanaan", Word.TERUSKAN)
    assert play.step() is Step.REVIEW


def test_the_answer_to_the_former_version_s_letter_is_void_after_that() -> None:
    """A second edit must be made on version 2."""
    play = drafting()
    edits(play)
    before = play.cycle
    outcome = edits(play)
    assert outcome.cycle is before
    assert outcome.letters[0].about == OutOfTurn(word=DOCX, reason=Reason.OLD_VERSION)


def test_the_draft_is_its_author_s_alone() -> None:
    """A Kepala Bidang's edited copy changes nothing."""
    play = drafting()
    before = play.cycle
    outcome = edits(play, "kabid-capil")
    assert outcome.cycle is before
    assert outcome.letters[0].kind is LetterKind.NOT_YOURS


def test_after_it_was_passed_on_the_draft_is_not_edited_any_more() -> None:
    """Row 6b has it."""
    play = reviewing()
    before = play.cycle
    outcome = edits(play)
    assert outcome.cycle is before
    assert outcome.letters[0].about == OutOfTurn(word=DOCX, reason=Reason.ALREADY)


def test_an_unproved_edit_is_challenged() -> None:
    """Nobody else's text enters the report."""
    play = drafting()
    before = play.cycle
    outcome = edits(play, proof=Proof.NONE)
    assert outcome.cycle is before
    assert outcome.letters[0].about == Challenge(word=DOCX)


def test_what_was_taken_is_confirmed_and_written_down_whole() -> None:
    """The answer names the file, its digest and the version it becomes; the journal who sent it, and how proved."""
    play = drafting()
    source = play.source("perencanaan", proof=Proof.CODE)
    fact = DraftEdited(
        at=play.at,
        source=source,
        about=FIRST_DRAFT,
        document_sha256="e" * 64,
        document_name="Draf suntingan.docx",
        beside=Word.SETUJU,
    )
    outcome = play.happens(fact)
    (letter,) = outcome.letters
    assert letter.about == VerdictNoted(
        word=DOCX,
        step=Step.DRAFT,
        version=2,
        sha_short="e" * 12,
        file_name="Draf suntingan.docx",
        beside=Word.SETUJU,
    )
    assert (letter.to, letter.address, letter.answers) == ("perencanaan", source.address, source.answers)
    assert outcome.cycle.draft is not None
    assert outcome.cycle.draft.edited_by == source.address
    (line,) = outcome.journal
    assert (line.at, line.event, line.actor, line.unit) == (play.at, "draft_edited", "perencanaan", "")
    assert dict(line.detail) == {"version": "2", "docx": "e" * 64, "proof": "code"}


def test_only_the_first_draft_since_the_figures_were_gathered_brings_them() -> None:
    """What its author edits rests on the figures that he has."""
    play = drafting()
    edits(play)
    play.compiles()
    assert [value_of(letter, "figures") for letter in play.all_letters(LetterKind.DRAFT)] == [True, False]
