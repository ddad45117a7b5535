"""Who signs: where that changes before the report is ratified, a version of his own is made and reviewed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.core.decide import decide
from mailbot.core.draft.draft_facts import SignerChanged
from mailbot.core.draft.letters_of_drafts import SignerTold
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn
from mailbot.core.model.office import Office
from mailbot.core.model.people import Acting
from mailbot.core.model.sop import Step
from mailbot.core.procedure.seen_drafts import former_seen
from tests.core.play import FIRST_FILE, Play, collecting, drafting, ratifying, reviewing, value_of
from tests.offices.small import OFFICE, wib

ACTING = replace(
    OFFICE.roster.person("kadis"),
    key="plh-kadis",
    addresses=("plh@example.go.id",),
    acting=Acting.DAILY_ACTING,
    since=date(2026, 1, 13),
)


def office() -> Office:
    """Return the office in which a Plh. Kepala Dinas begins on Tuesday, 13 January."""
    return replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, ACTING)))


def changed(play: Play) -> Play:
    """Let the clock be looked at on the day the Plh. begins."""
    play.clock(wib(13, 9))
    return play


def another_signs() -> Play:
    """Return the cycle before the Plh., with the word of who was to sign before, which is no more his."""
    play = changed(ratifying(office()))
    play.compiles()
    play.says("sekretaris", Word.SETUJU)
    play.says("kadis", Word.DISAHKAN)
    return play


def test_a_change_before_ratification_leads_back_to_review_with_a_version_of_his_own() -> None:
    """Version 2 is wanted; Subbag Program and the Plh. hear why, the Sekretaris once it is there."""
    play = changed(ratifying(office()))
    draft = play.cycle.draft
    assert draft is not None
    assert (play.step(), draft.version, draft.signer, draft.signer_before) == (Step.REVIEW, 2, "plh-kadis", "kadis")
    assert draft.grown_from == f"d{1:063x}"
    told = play.all_letters(LetterKind.SIGNER_CHANGED)
    assert [letter.to for letter in told] == ["perencanaan", "plh-kadis"]
    assert told[0].about == SignerTold(person="plh-kadis", first="kadis", version=2)
    assert len(play.all_letters(LetterKind.REVIEW)) == 1
    play.compiles()
    review = play.letter(LetterKind.REVIEW)
    assert (review.key, value_of(review, "signer"), value_of(review, "former")) == ("review/2025/2", "plh-kadis", 1)


def test_in_review_the_row_begins_anew_and_in_the_draft_only_its_letter_says_so() -> None:
    """His word about the former version is void in the one, Subbag Program has the other."""
    play = changed(reviewing(office()))
    assert (play.step(), play.cycle.round) == (Step.REVIEW, 2)
    play = changed(drafting(office()))
    assert (play.step(), play.cycle.round) == (Step.DRAFT, 1)
    assert not play.all_letters(LetterKind.SIGNER_CHANGED)
    play.compiles()
    assert value_of(play.letter(LetterKind.DRAFT), "signer_before") == "kadis"


def test_who_signs_no_more_is_told_so_and_who_signs_now_ratifies() -> None:
    """The report bears the other's name."""
    play = another_signs()
    assert play.letters[-1].about == OutOfTurn(word=Word.DISAHKAN, reason=Reason.ANOTHER_SIGNS)
    play.says("plh-kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT


def test_his_last_word_is_read_before_another_signs() -> None:
    """He ratified on his last afternoon, and the mailbox could not be reached before the next morning."""
    play = ratifying(office())
    play.unheard(wib(13, 9), wib(12, 15))
    play.unheard(wib(13, 9), None)
    assert (play.step(), play.cycle.draft and play.cycle.draft.version) == (Step.RATIFY, 1)
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT


def test_where_there_is_nothing_to_sign_nothing_is_wanted() -> None:
    """Before the first draft, and while one is being compiled."""
    play = collecting()
    for step in (Step.DRAFT, Step.REVIEW):
        cycle = replace(play.cycle, step=step)
        outcome = decide(cycle, SignerChanged(at=play.at, person=ACTING), office())
        assert outcome.cycle is cycle
    waiting = drafting(office())
    waiting.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    before = waiting.cycle.draft
    waiting.clock(wib(13, 9))
    assert waiting.cycle.draft == before


def test_a_draft_that_nobody_is_known_to_sign_is_left_alone() -> None:
    """It came before mailbot knew."""
    play = drafting(office())
    draft = play.cycle.draft
    assert draft is not None
    play.now = replace(play.cycle, draft=replace(draft, signer=""))
    changed(play)
    assert play.cycle.draft is not None
    assert play.cycle.draft.version == 1


def test_a_version_that_never_left_is_none_that_its_reader_got() -> None:
    """Version 2 waits for Tuesday's opening when somebody else is to sign: what the Sekretaris has is version 1."""
    play = reviewing(office())
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    play.at = wib(12, 18)
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    play.compiles()
    assert value_of(play.letter(LetterKind.REVIEW), "former") == 1
    play.clock(wib(13, 0.2))
    play.compiles()
    review = play.letter(LetterKind.REVIEW)
    assert (value_of(review, "version"), value_of(review, "former")) == (3, 1)
    assert (review.enclosures[1].former, play.cycle.seen[-1].former_version) == (FIRST_FILE, 1)
    first = drafting()
    first.now = replace(first.cycle, draft=replace(first.cycle.draft, docx_sha256="e" * 64))  # type: ignore[type-var]  # it is there
    assert former_seen(first.cycle, "perencanaan", wib(12, 8)) is None
