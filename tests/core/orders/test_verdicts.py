"""Deciding words: whose they are, when they count, on which version, with which proof; and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest

from mailbot.core.chasing.debts import debts
from mailbot.core.draft.draft_facts import DraftEdited
from mailbot.core.draft.letters_of_drafts import Revision
from mailbot.core.language.reply_words import VERDICTS, Word
from mailbot.core.model.letters import AlarmCode, Asked, EnclosureKind, Letter, LetterKind
from mailbot.core.model.letters_in_answer import Challenge, VerdictNoted, why
from mailbot.core.model.letters_of_rows import DataNeedsObjected
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.mail import Proof
from mailbot.core.model.office import Office
from mailbot.core.model.people import Acting, Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.acts import Act
from mailbot.core.procedure.speakers import decides, may_say
from mailbot.core.procedure.table import TABLE
from tests.core.play import (
    FIRST_FILE,
    Play,
    closed,
    collecting,
    drafting,
    ratifying,
    reviewing,
    submitted,
    value_of,
    with_policy,
)
from tests.offices.small import OFFICE, wib


def opened() -> Play:
    """Return the annual cycle in row 1."""
    return Play(at=wib(5, 9)).opens()


def test_every_verdict_word_is_somebody_s_and_every_row_that_waits_for_a_word_has_one() -> None:
    """The table is whole."""
    said = {key: line.entries for key, line in TABLE.items() if isinstance(key, tuple)}
    assert {word for word, _ in said} == VERDICTS
    columns = zip(*said.values(), strict=True)
    waiting = {step for step, column in zip(Step, columns, strict=False) if any(isinstance(e, Act) for e in column)}
    assert waiting == {Step.INFORM, Step.DRAFT, Step.REVIEW, Step.RATIFY, Step.SUBMIT}


def test_who_decides_and_who_does_not() -> None:
    """Heads of units and the operator decide about no row."""
    assert {role for role in Role if decides(role)} == {
        Role.PLANNING,
        Role.SECRETARY,
        Role.AGENCY_HEAD,
        Role.PLANNING_BOARD,
    }
    assert may_say(Role.SECRETARY, Word.SETUJU, Step.REVIEW)
    assert not may_say(Role.SECRETARY, Word.SETUJU, Step.RATIFY)
    assert may_say(Role.AGENCY_HEAD, Word.SETUJU)
    assert not may_say(Role.SECRETARY, Word.DISAHKAN)


def test_a_recorded_verdict_is_bound_to_the_very_bytes_it_was_given_on() -> None:
    """Step, person, address, word, version, digest, time, mail and proof."""
    play = reviewing()
    play.says("sekretaris", Word.SETUJU, "Baik sekali.")
    verdict = play.cycle.verdicts[-1]
    draft = play.cycle.draft
    assert draft is not None
    assert (verdict.step, verdict.person, verdict.word, verdict.approved) == (
        Step.REVIEW,
        "sekretaris",
        "SETUJU",
        True,
    )
    assert (verdict.draft_version, verdict.docx_sha256) == (1, draft.docx_sha256)
    assert (verdict.given_at, verdict.proof) == (play.at, Proof.AUTHENTICATED)
    assert verdict.remarks == ("Baik sekali.",)
    written = next(line for line in reversed(play.journal) if line.event == "verdict")
    assert (written.actor, dict(written.detail)) == (
        "sekretaris",
        {
            "step": "review",
            "word": "SETUJU",
            "version": "1",
            "docx": draft.docx_sha256,
            "proof": "authenticated",
            "mail": verdict.mail_sha256,
        },
    )
    noted = play.letter(LetterKind.VERDICT_NOTED, "sekretaris")
    assert noted.remarks == ()
    assert noted.about == VerdictNoted(word=Word.SETUJU, step=Step.REVIEW, version=1, sha_short=draft.docx_sha256[:12])


def test_consent_to_the_data_needs_is_not_about_a_version() -> None:
    """Row 1 has no draft."""
    play = opened()
    play.says("sekretaris", Word.SETUJU)
    assert value_of(play.letter(LetterKind.VERDICT_NOTED), "version") is None
    assert play.cycle.verdicts[-1].draft_version == 1


def test_an_objection_stops_the_request_until_subbag_program_passes_the_matter_on_again() -> None:
    """KEBERATAN, silence for days, TERUSKAN: a second round with a letter of its own."""
    play = opened()
    play.says("sekretaris", Word.KEBERATAN, "IKU-14 belum ada.")
    told = play.letter(LetterKind.DATA_NEEDS_OBJECTED)
    assert (told.to, told.remarks, told.key) == ("perencanaan", ("IKU-14 belum ada.",), "data_needs_objected/2025/1/1")
    assert told.about == DataNeedsObjected(person="sekretaris")
    play.clock(wib(9, 9))
    assert play.step() is Step.INFORM
    play.says("perencanaan", Word.TERUSKAN)
    assert (play.step(), play.cycle.round) == (Step.INFORM, 2)
    assert play.letter(LetterKind.DATA_NEEDS).key == "data_needs/2025/2"
    play.clock(wib(12, 16))
    assert play.step() is Step.REQUEST


def test_every_objection_of_a_round_is_told() -> None:
    """The second has a key of its own; consent afterwards lifts them."""
    play = opened()
    play.says("sekretaris", Word.PERBAIKI, "Pertama.")
    play.says("sekretaris", Word.KEBERATAN, "Kedua.")
    told = play.all_letters(LetterKind.DATA_NEEDS_OBJECTED)
    assert [(letter.key, letter.remarks) for letter in told] == [
        ("data_needs_objected/2025/1/1", ("Pertama.",)),
        ("data_needs_objected/2025/2/1", ("Kedua.",)),
    ]
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.REQUEST


def test_passing_on_what_nobody_objected_to_is_not_yet_in_turn() -> None:
    """TERUSKAN in row 1 without an objection."""
    play = opened()
    before = play.cycle
    outcome = play.says("perencanaan", Word.TERUSKAN, about=Asked(step=Step.INFORM, version=1))
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("out_of_turn", "not_yet")


def test_remarks_of_the_secretary_lead_back_to_row_6_and_the_version_stays() -> None:
    """PERBAIKI with two remarks: they are told with the deadline of the row, and the draft as it is comes along."""
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.", "Tabel 3.", document="c" * 64)
    assert (play.step(), play.cycle.round) == (Step.DRAFT, 2)
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.cycle.draft.docx_sha256) == (1, f"d{1:063x}")
    told = play.letter(LetterKind.REVISION)
    assert (told.to, told.key, told.due_at) == ("perencanaan", "revision/2025/review/1/1", play.cycle.due_at)
    assert [(one.number, one.remark.text) for one in play.cycle.remarks] == [(1, "Ringkas."), (2, "Tabel 3.")]
    assert (told.remarks, told.numbers) == ((), (1, 2))
    assert told.about == Revision(person="sekretaris", version=1)
    assert [(enclosure.kind, enclosure.sha256, enclosure.name) for enclosure in told.enclosures] == [
        (EnclosureKind.DRAFT, f"d{1:063x}", ""),
        (EnclosureKind.FILE, "c" * 64, "marked_draft"),
    ]
    assert play.letter(LetterKind.VERDICT_NOTED, "sekretaris").numbers == (1, 2)


def test_a_refused_ratification_leads_back_to_the_draft_and_needs_a_review_again() -> None:
    """It goes to the Sekretaris first; his word of the first time does not count for it."""
    play = ratifying()
    play.says("kadis", Word.PERBAIKI, "Sampul.")
    assert play.step() is Step.DRAFT
    assert play.letter(LetterKind.REVISION).key == "revision/2025/ratify/1/1"
    play.compiles(same=True)
    play.says("perencanaan", Word.TERUSKAN, confirms=True)
    assert play.step() is Step.REVIEW
    assert play.letter(LetterKind.REVIEW).key == "review/2025/1/1"
    play.says("sekretaris", Word.SETUJU)
    play.says("kadis", Word.SETUJU)
    assert play.step() is Step.SUBMIT


def test_the_letter_of_remarks_may_itself_be_answered_with_the_edited_draft() -> None:
    """TERUSKAN with a DOCX in answer to the remarks: version 2 is the edited one."""
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    play.says("perencanaan", Word.TERUSKAN, about=play.letter(LetterKind.REVISION).asks, document="e" * 64)
    draft = play.cycle.draft
    assert draft is not None
    assert (draft.version, draft.docx_sha256, draft.passed_on) == (2, "e" * 64, True)
    assert draft.edited_by == "perencanaan@example.go.id"
    play.compiles()
    assert play.step() is Step.REVIEW
    assert value_of(play.letter(LetterKind.REVIEW), "sha_short") == "e" * 12


def test_a_refusal_that_leads_back_to_rows_already_done_goes_through_them_again() -> None:
    """An office whose row 7 leads back to row 4: all forms are accepted, so a new draft is wanted at once."""
    rows = tuple(replace(row, back=Step.CHECK) if row.step is Step.RATIFY else row for row in OFFICE.sop.rows)
    play = ratifying(replace(OFFICE, sop=replace(OFFICE.sop, rows=rows)))
    play.says("kadis", Word.KEBERATAN, "Hitung ulang.")
    assert (play.step(), play.cycle.round) == (Step.DRAFT, 2)
    assert play.cycle.draft is not None
    assert (play.cycle.draft.renew, play.cycle.draft.compiled_at) == (True, None)


def reason(letter: Letter) -> tuple[str, str]:
    """Return a letter's kind and its reason."""
    return letter.kind.value, str(why(letter.about) or "")


REFUSED: dict[str, tuple[Callable[[], Play], str, Word, Asked | Literal[""] | None, str, str]] = {
    "a head of a unit cannot ratify": (ratifying, "kabid-dafduk", Word.DISAHKAN, "", "not_yours", ""),
    "the Sekretaris cannot ratify": (ratifying, "sekretaris", Word.DISAHKAN, None, "not_yours", ""),
    "Bappeda cannot review": (reviewing, "bappeda", Word.SETUJU, "", "not_yours", ""),
    "the Sekretaris before the draft is there": (collecting, "sekretaris", Word.SETUJU, None, "out_of_turn", "not_yet"),
    "the Kepala Dinas before the review": (reviewing, "kadis", Word.DISAHKAN, "", "out_of_turn", "not_yet"),
    "Bappeda before anything was sent": (drafting, "bappeda", Word.DITERIMA, "", "out_of_turn", "not_yet"),
    "the Sekretaris a second time": (ratifying, "sekretaris", Word.SETUJU, None, "out_of_turn", "already"),
    "Subbag Program a second time": (reviewing, "perencanaan", Word.TERUSKAN, None, "out_of_turn", "already"),
    "the Kepala Dinas after all is over": (closed, "kadis", Word.DISAHKAN, None, "out_of_turn", "already"),
    "Bappeda a second time": (closed, "bappeda", Word.DITERIMA, None, "out_of_turn", "already"),
    "no thread": (reviewing, "sekretaris", Word.SETUJU, "", "unclear", "no_thread"),
    "another version": (
        reviewing,
        "sekretaris",
        Word.SETUJU,
        Asked(step=Step.REVIEW, version=2),
        "out_of_turn",
        "old_version",
    ),
    "another row": (
        reviewing,
        "sekretaris",
        Word.SETUJU,
        Asked(step=Step.INFORM, version=1),
        "out_of_turn",
        "old_version",
    ),
    "a refusal without a reason": (reviewing, "sekretaris", Word.PERBAIKI, None, "unclear", "no_reason"),
    "a paper receipt without a reason": (submitted, "perencanaan", Word.DITERIMA, None, "unclear", "no_reason"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_word_that_does_not_count_is_answered_and_leaves_the_very_same_cycle(case: str) -> None:
    """Not theirs, not now, another version, no thread, no reason."""
    begun, person, word, about, kind, why = REFUSED[case]
    play = begun()
    before = play.cycle
    outcome = play.says(person, word, about=about)
    assert outcome.cycle is before
    (letter,) = outcome.letters
    assert reason(letter) == (kind, why)
    assert (letter.to, value_of(letter, "word")) == (person, word)
    assert [(line.at, line.event, line.actor) for line in outcome.journal] == [(play.at, "answered", person)]


def test_a_verdict_without_a_word_is_asked_back() -> None:
    """Nothing plain was said."""
    play = reviewing()
    before = play.cycle
    outcome = play.says("sekretaris", None)
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("unclear", "")


def test_the_question_for_the_exact_word_may_itself_be_answered() -> None:
    """PERBAIKI without a reason is asked back; the answer to that question counts."""
    play = reviewing()
    asked = play.says("sekretaris", Word.PERBAIKI).letters[0]
    assert asked.key.endswith("/review/1")
    play.says("sekretaris", Word.PERBAIKI, "Tabel 3.", about=asked.asks)
    assert play.step() is Step.DRAFT


def test_a_question_about_an_unknown_letter_cannot_stand_for_the_draft() -> None:
    """Nobody can tell which version was before the reader's eyes: the draft's own letter must be answered."""
    play = reviewing()
    asked = play.says("sekretaris", Word.SETUJU, about="").letters[0]
    assert len(asked.key.split("/")) == 3


def test_a_marked_document_is_a_reason() -> None:
    """PERBAIKI with a DOCX and no further word."""
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, document="c" * 64)
    assert play.step() is Step.DRAFT


@pytest.mark.parametrize(
    ("begun", "person", "word"), [(reviewing, "sekretaris", Word.SETUJU), (ratifying, "kadis", Word.DISAHKAN)]
)
def test_consent_beside_another_document_is_asked_back(begun: Callable[[], Play], person: str, word: Word) -> None:
    """Comments in a DOCX and SETUJU in the mail: which is meant?"""
    play = begun()
    before = play.cycle
    outcome = play.says(person, word, document="c" * 64)
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("unclear", "with_document")


def test_a_draft_that_is_still_being_compiled_cannot_be_passed_on() -> None:
    """Version 2 is edited, and its PDF is not there."""
    play = drafting()
    play.happens(
        DraftEdited(
            at=play.at,
            source=play.source("perencanaan"),
            about=Asked(step=Step.DRAFT, version=1),
            document_sha256="e" * 64,
        )
    )
    before = play.cycle
    outcome = play.says("perencanaan", Word.TERUSKAN, about=Asked(step=Step.DRAFT, version=2))
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("out_of_turn", "not_ready")


@pytest.mark.parametrize("proof", [Proof.AUTHENTICATED, Proof.CODE, Proof.OPERATOR])
def test_a_proved_word_counts(proof: Proof) -> None:
    """By the mail server's finding, by the code, or at the office's own machine."""
    play = reviewing()
    play.says("sekretaris", Word.SETUJU, proof=proof)
    assert play.step() is Step.RATIFY
    assert play.cycle.verdicts[-1].proof is proof


def test_a_word_given_at_the_machine_answers_no_letter() -> None:
    """The operator has no thread."""
    play = reviewing()
    play.says("sekretaris", Word.SETUJU, about="", proof=Proof.OPERATOR)
    assert play.step() is Step.RATIFY


def test_an_unproved_word_is_challenged_at_the_registered_address() -> None:
    """From whichever of his addresses it came; the cycle stays the very same."""
    play = reviewing()
    before = play.cycle
    outcome = play.says("sekretaris", Word.SETUJU, "Mantap.", proof=Proof.NONE, address="sekretaris@surel.example")
    assert outcome.cycle is before
    (letter,) = outcome.letters
    assert (letter.kind, letter.address) == (LetterKind.CHALLENGE, "sekretaris@example.go.id")
    sha256 = f"{play.mails:08x}" * 8
    assert letter.key == f"challenge/2025/sekretaris/{sha256}/review/1"
    assert (letter.asks, letter.answers_mail) == (Asked(step=Step.REVIEW, version=1, docx_sha256=FIRST_FILE), sha256)
    assert (letter.about, letter.remarks) == (Challenge(word=Word.SETUJU), ())
    play.says("sekretaris", Word.SETUJU, about=letter.asks, proof=Proof.CODE)
    assert play.step() is Step.RATIFY


def test_an_office_may_trust_its_list_alone() -> None:
    """proof_required: false; a mail that our server found to be another's is no word of his even then."""
    play = reviewing(with_policy(replace(OFFICE.policy, proof_required=False)))
    play.says("sekretaris", Word.SETUJU, proof=Proof.FAILED)
    assert (play.step(), play.letters[-1].kind) == (Step.REVIEW, LetterKind.CHALLENGE)
    play.says("sekretaris", Word.SETUJU, proof=Proof.NONE)
    assert play.step() is Step.RATIFY


def test_who_reviewed_may_not_ratify_under_whichever_post() -> None:
    """The Sekretaris is Plh. Kepala Dinas that day, with the same address."""
    acting = replace(OFFICE.roster.person("kadis"), key="plh-kadis", addresses=("sekretaris@example.go.id",))
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, acting)))
    play = ratifying(office)
    before = play.cycle
    outcome = play.says("plh-kadis", Word.DISAHKAN, about=Asked(step=Step.RATIFY, version=1))
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("unclear", "same_person")
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT
    assert AlarmCode.OWN_REVIEW not in dict(
        next(note for note in reversed(play.journal) if note.event == "verdict").detail
    )


def acting_office(*, allowed: bool) -> Office:
    """Return the office whose Sekretaris is also its Plt. Kepala Dinas."""
    kadis = OFFICE.roster.person("kadis")
    acting = replace(kadis, key="plt-kadis", addresses=("sekretaris@example.go.id",), acting=Acting.ACTING)
    people = tuple(person for person in OFFICE.roster.people if person is not kadis)
    office = with_policy(replace(OFFICE.policy, acting_head_may_ratify_own_review=allowed))
    return replace(office, roster=replace(office.roster, people=(*people, acting)))


def test_a_plt_who_reviewed_is_told_so_and_the_operator_with_him() -> None:
    """The letter of row 7 bears the mark, the operator hears once, and nobody is reminded of what would not count."""
    play = ratifying(acting_office(allowed=False))
    letters = {letter.kind: letter for letter in play.letters[-3:]}
    assert value_of(letters[LetterKind.RATIFY], "own_review") is True
    alarm = letters[LetterKind.ALARM]
    assert (alarm.key, alarm.to) == ("alarm/2025/own_review/ratify/1", "operator")
    assert alarm.about == Alarm(what=AlarmCode.OWN_REVIEW, person="plt-kadis")
    assert [note.actor for note in play.journal if note.event == AlarmCode.OWN_REVIEW] == ["plt-kadis"]
    assert debts(play.cycle, play.at, play.office) == ()
    before = play.cycle
    assert play.says("plt-kadis", Word.DISAHKAN).cycle is before


def test_an_office_may_let_its_plt_ratify_what_he_reviewed() -> None:
    """By its own policy; the journal says that one person did both."""
    play = ratifying(acting_office(allowed=True))
    assert all(letter.kind is not LetterKind.ALARM for letter in play.letters)
    play.says("plt-kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT
    verdict = next(note for note in reversed(play.journal) if note.event == "verdict")
    assert dict(verdict.detail)[AlarmCode.OWN_REVIEW] == "yes"


def test_subbag_program_may_give_a_paper_receipt_with_a_reason() -> None:
    """DITERIMA in answer to nothing, with where the receipt is."""
    play = submitted()
    play.says("perencanaan", Word.DITERIMA, "Tanda terima 23 Januari, map 4.", about="")
    assert play.cycle.closed
    assert play.cycle.verdicts[-1].remarks == ("Tanda terima 23 Januari, map 4.",)


def test_a_clock_set_back_loses_no_verdict() -> None:
    """The word comes an hour before the row began, by the clock; it counts all the same."""
    play = reviewing()
    play.at = wib(12, 8)
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.RATIFY
    assert play.cycle.verdicts[-1].given_at == wib(12, 9)


def test_remarks_go_nowhere_where_nobody_is_in_subbag_program() -> None:
    """The row goes back all the same."""
    play = reviewing()
    people = tuple(person for person in OFFICE.roster.people if person.role is not Role.PLANNING)
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    assert play.step() is Step.DRAFT
    assert play.all_letters(LetterKind.REVISION) == []
