"""What can still be called back in rows 7 and 8 because nothing has left yet, and what comes when it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.chasing.debts import debts
from mailbot.core.chasing.still_owed import overtaken
from mailbot.core.chasing.whose_move import whose_move
from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.delivery.delivery_facts import CoverMade
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Acting, Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperFlaw, Ratified
from mailbot.core.sorting.sorting import sort
from tests.core.delivery.test_row_8 import ASKING
from tests.core.delivery.test_signed_papers import COVER_PDF, checked, comes, looks, wanting
from tests.core.desks import desk, mail_of
from tests.core.play import Play, ratifying, reviewing, submitted, value_of
from tests.offices.small import OFFICE, person, wib


def unsigned(by: Ratified = Ratified.SIGNED_PDF) -> Play:
    """Return row 7 ratified at nine, at ten: the word stands, and its signature lacks."""
    play = ratifying(wanting(report=by))
    play.office = replace(play.office, policy=replace(OFFICE.policy, recall_minutes=30))
    play.says("kadis", Word.DISAHKAN)
    play.clock(wib(12, 10))
    assert (play.step(), awaited(play.cycle, play.office)) == (Step.RATIFY, awaited_of(by))
    return play


def awaited_of(by: Ratified) -> Awaited:
    """Return what row 7 waits for where the report is signed so."""
    return Awaited.SEAL if by is Ratified.SEALED else Awaited.SIGNED_REPORT


def overtakes(play: Play, letter: Letter) -> bool:
    """Say whether a letter that still waits is overtaken."""
    return overtaken(play.cycle, letter.kind.value, letter.key, letter.asks, play.office)


@pytest.mark.parametrize("by", [Ratified.SIGNED_PDF, Ratified.SCAN, Ratified.SEALED])
def test_who_ratified_and_does_not_sign_may_still_send_it_back(by: Ratified) -> None:
    """His word stands, and nothing has come of it: PERBAIKI leads back to row 6, and nobody waits for ever."""
    play = unsigned(by)
    play.says("kadis", Word.PERBAIKI, "Tabel 3.2 keliru.")
    play.clock(wib(12, 14))
    assert play.step() is Step.DRAFT
    assert play.letter(LetterKind.REVISION).to == "perencanaan"


def test_subbag_program_pulls_back_what_is_ratified_and_not_signed() -> None:
    """He has told them that he would have it back; while his word can be taken back by himself they cannot."""
    play = unsigned()
    play.asks("kadis", Word.BATAL, "keliru")
    assert value_of(play.letters[-2], "reason") is Reason.RECALL_OVER
    assert play.letters[-1].to == "perencanaan"
    waiting = play.letter(LetterKind.PAPER_WANTED)
    assert not overtakes(play, waiting)
    play.asks("perencanaan", Word.BATAL)
    assert play.step() is Step.DRAFT
    assert {one.to for one in play.all_letters(LetterKind.RECALL_TOLD)} >= {"kadis", "sekretaris"}
    assert overtakes(play, waiting)


def test_a_signature_is_asked_for_again_with_a_word_that_was_taken_back() -> None:
    """What waited for the morning does not leave; with the word once more it is asked for once more."""
    office = wanting(report=Ratified.SIGNED_PDF)
    play = ratifying(replace(office, policy=replace(OFFICE.policy, recall_minutes=0)))
    play.office = replace(office, policy=replace(OFFICE.policy, recall_minutes=30))
    play.at = wib(12, 20)
    play.says("kadis", Word.DISAHKAN)
    first = play.letter(LetterKind.PAPER_WANTED)
    play.asks("kadis", Word.BATAL)
    assert overtakes(play, first)
    play.says("kadis", Word.DISAHKAN)
    assert play.letter(LetterKind.PAPER_WANTED).key != first.key


def test_who_comes_while_the_signature_lacks_gets_a_version_of_his_own() -> None:
    """Who has left signs nothing any more: it is reviewed and ratified anew; before the word stands nothing changes."""
    play = unsigned()
    plh = replace(person("plh-kadis", Role.AGENCY_HEAD), acting=Acting.DAILY_ACTING)
    play.office = replace(play.office, roster=replace(play.office.roster, people=(*play.office.roster.people, plh)))
    play.clock(wib(13, 9))
    assert (play.step(), play.cycle.draft.signer if play.cycle.draft else "") == (Step.REVIEW, "plh-kadis")


def test_a_cover_letter_made_anew_is_asked_for_anew() -> None:
    """Whoever is Kepala Dinas now gets it; while yesterday's mail is unread it is not made anew."""
    play = ratifying(wanting(cover_letter=Ratified.SIGNED_PDF))
    play.says("kadis", Word.DISAHKAN)
    play.happens(CoverMade(at=play.at, number="", signer="kadis", docx_sha256="d" * 64, pdf_sha256=COVER_PDF))
    first = play.letter(LetterKind.PAPER_WANTED)
    plh = replace(person("plh-kadis", Role.AGENCY_HEAD), acting=Acting.DAILY_ACTING, since=date(2026, 1, 13))
    play.office = replace(play.office, roster=replace(play.office.roster, people=(*play.office.roster.people, plh)))
    play.unheard(wib(13, 9), wib(12, 16))
    assert awaited(play.cycle, play.office) is Awaited.SIGNED_COVER
    play.clock(wib(13, 9))
    assert awaited(play.cycle, play.office) is Awaited.COVER
    play.happens(CoverMade(at=play.at, number="", signer="plh-kadis", docx_sha256="e" * 64, pdf_sha256="9" * 64))
    asked = play.letter(LetterKind.PAPER_WANTED)
    assert (asked.to, asked.key == first.key) == ("plh-kadis", False)
    assert overtakes(play, play.letter(LetterKind.RATIFY)) is False


def test_koreksi_before_anything_left_corrects_nothing_outside() -> None:
    """Bappeda Litbang is told of no former report, the archive is the first, and the number is still to be used."""
    play = submitted(ASKING)
    play.at = wib(12, 17)
    play.asks("perencanaan", Word.NOMOR, "12")
    letters = (play.letter(LetterKind.SUBMISSION), play.letter(LetterKind.COPY_SENT))
    assert not any(overtakes(play, one) for one in letters)
    play.asks("perencanaan", Word.KOREKSI, "Tabel 3.2.")
    assert all(overtakes(play, one) for one in letters)
    assert (play.step(), play.cycle.corrected) == (Step.DRAFT, 0)
    assert value_of(play.letter(LetterKind.CORRECTION_TOLD), "left") is False
    play.clock(wib(13, 8))
    play.compiles()
    for who, word in (("perencanaan", Word.TERUSKAN), ("sekretaris", Word.SETUJU), ("kadis", Word.DISAHKAN)):
        play.says(who, word)
    sent = play.letter(LetterKind.SUBMISSION)
    assert (value_of(sent, "corrected"), value_of(sent, "letter_number")) == (0, "12")
    assert overtakes(play, letters[1])
    assert play.cycle.archive_key == play.cycle.key


def test_a_receipt_of_what_was_corrected_is_noted_with_thanks() -> None:
    """Bappeda Litbang and who got a copy confirm the former version while the next is made; it ends nothing."""
    play = submitted(ASKING)
    play.asks("perencanaan", Word.NOMOR, "12")
    about = play.last_asked("bappeda")
    play.at = wib(13, 9)
    play.asks("perencanaan", Word.KOREKSI, "Tabel 3.2.")
    play.compiles()
    for who, word, step in (
        ("inspektur", Word.DITERIMA, Step.DRAFT),
        ("bappeda", Word.DITERIMA, Step.DRAFT),
        ("perencanaan", Word.TERUSKAN, Step.REVIEW),
        ("bappeda", Word.DITERIMA, Step.REVIEW),
        ("sekretaris", Word.SETUJU, Step.RATIFY),
        ("kadis", Word.DISAHKAN, Step.SUBMIT),
        ("bappeda", Word.DITERIMA, Step.SUBMIT),
    ):
        (answer, *_) = play.says(who, word, about=about if word is Word.DITERIMA else None).letters
        assert (play.step(), answer.kind) == (step, LetterKind.VERDICT_NOTED), who
    assert not play.cycle.closed
    assert [one.event for one in play.journal].count("former_received") == 4
    early = ratifying()
    assert early.says("bappeda", Word.DITERIMA, about=about).letters[0].about == OutOfTurn(
        word=Word.DITERIMA, reason=Reason.NOT_YET
    )


def test_a_scan_counts_once_it_is_proved_whose_it_is() -> None:
    """The very file came unproved before; what was said of it by Subbag Program stays."""
    scan = checked(scan=True)
    for word, step in ((None, Step.SUBMIT), (Word.SALAH, Step.RATIFY)):
        play = ratifying(wanting(report=Ratified.SCAN))
        play.says("kadis", Word.DISAHKAN)
        comes(play, scan, proof=Proof.NONE)
        assert awaited(play.cycle, play.office) is Awaited.LOOK
        if word is not None:
            looks(play, word)
        comes(play, scan)
        assert play.step() is step


def test_what_our_server_found_false_is_shown_to_nobody() -> None:
    """A forged scan stops no reminder to who is to sign."""
    play = ratifying(wanting(report=Ratified.SCAN))
    play.says("kadis", Word.DISAHKAN)
    comes(play, checked(PaperFlaw.PAGE_NOT_RECOGNISED, scan=True), proof=Proof.FAILED)
    assert awaited(play.cycle, play.office) is Awaited.SIGNED_REPORT
    assert play.all_letters(LetterKind.PAPER_SHOWN) == []


def test_nothing_takes_the_place_of_what_has_left() -> None:
    """A scan that Subbag Program looks at afterwards, or that comes then, is not what Bappeda Litbang has."""
    play = ratifying(wanting(report=Ratified.SCAN))
    play.says("kadis", Word.DISAHKAN)
    comes(play, checked(PaperFlaw.PAGE_NOT_RECOGNISED, scan=True, sha="6"))
    comes(play, checked(scan=True))
    left = play.letter(LetterKind.SUBMISSION).enclosures
    assert left[1].sha256 == "5" * 64
    looks(play, Word.BENAR, sha="6")
    assert value_of(play.letters[-1], "reason") is Reason.ALREADY
    comes(play, checked(scan=True, sha="7"))
    play.clock(wib(20, 9))
    assert [one.sha256 for one in play.letter(LetterKind.REMINDER).enclosures] == ["5" * 64]


def test_batal_of_the_receipt_keeps_the_file_of_the_ratification() -> None:
    """What came beside DISAHKAN belongs to that word alone."""
    play = ratifying(replace(OFFICE, policy=replace(OFFICE.policy, recall_minutes=0)))
    play.says("kadis", Word.DISAHKAN, signed="5" * 64)
    play.office = replace(OFFICE, policy=replace(OFFICE.policy, recall_minutes=30))
    play.says("bappeda", Word.DITERIMA)
    play.asks("bappeda", Word.BATAL)
    assert play.cycle.signed_pdf_sha256 == "5" * 64
    assert not play.cycle.closed


def windowed_number(number: str = "12") -> Play:
    """Return row 8 with a number told at nine, where the office has a window."""
    play = submitted(ASKING)
    play.office = replace(ASKING, policy=replace(ASKING.policy, recall_minutes=30))
    play.asks("perencanaan", Word.NOMOR, number)
    return play


def test_a_number_stands_after_the_window_and_only_then_the_report_leaves() -> None:
    """The echo says until when; nobody is reminded meanwhile, and nothing leaves while nobody listens."""
    play = windowed_number()
    assert value_of(play.letter(LetterKind.VERDICT_NOTED, "perencanaan"), "until") == wib(12, 9.5)
    assert (awaited(play.cycle, play.office), whose_move(play.cycle, play.office)) == (Awaited.WINDOW, Role.PLANNING)
    assert debts(play.cycle, play.at, play.office) == ()
    play.unheard(wib(12, 11), wib(12, 9.4))
    assert play.all_letters(LetterKind.SUBMISSION) == []
    play.clock(wib(12, 11.5))
    assert value_of(play.letter(LetterKind.SUBMISSION), "whole_number") == "000.8.6.3/12/425.111/2026"
    assert play.cycle.delivery is not None
    assert play.cycle.delivery.told is None
    play.asks("perencanaan", Word.BATAL)
    assert value_of(play.letters[-1], "reason") is Reason.RECALL_OVER


def test_a_number_with_a_slip_is_taken_back_or_said_anew() -> None:
    """Within the window the later one counts; BATAL asks for the right one, and the number is free again."""
    play = windowed_number("21")
    play.asks("perencanaan", Word.NOMOR, "12")
    play.asks("perencanaan", Word.BATAL)
    answer = play.letter(LetterKind.RECALLED)
    assert (value_of(answer, "said"), answer.asks, answer.due_at) == ("NOMOR", None, play.cycle.due_at)
    assert awaited(play.cycle, play.office) is Awaited.NUMBER
    play.asks("perencanaan", Word.BATAL)
    assert len(play.all_letters(LetterKind.RECALLED)) == 1
    play.clock(wib(12, 12))
    assert play.all_letters(LetterKind.SUBMISSION) == []
    play.asks("perencanaan", Word.NOMOR, "12")
    play.clock(wib(12, 13))
    assert value_of(play.letter(LetterKind.SUBMISSION), "letter_number") == "12"


def test_a_number_that_another_letter_has_come_to_bear_is_asked_for_again() -> None:
    """Of another cycle, while this one waited to stand: no two letters bear one number."""
    play = windowed_number()
    numbers = replace(play.office.letter_numbers, used={"2026/12": "submission/2025/1"})
    play.office = replace(play.office, letter_numbers=numbers)
    play.clock(wib(12, 10))
    assert awaited(play.cycle, play.office) is Awaited.NUMBER
    assert play.letters[-1].kind is LetterKind.NUMBER_WANTED
    assert play.letters[-1].key != play.all_letters(LetterKind.NUMBER_WANTED)[0].key


def test_the_office_s_own_machine_waits_for_no_second_thought() -> None:
    """What is ordered there stands at once, as every word does."""
    play = submitted(ASKING)
    play.office = replace(ASKING, policy=replace(ASKING.policy, recall_minutes=30))
    play.asks("perencanaan", Word.NOMOR, "12", proof=Proof.OPERATOR)
    assert play.letter(LetterKind.SUBMISSION).to == "bappeda"


def test_nobody_takes_back_a_number_that_another_has_told() -> None:
    """The Sekretaris has his own word, which stands."""
    play = windowed_number()
    play.asks("sekretaris", Word.BATAL)
    assert awaited(play.cycle, play.office) is Awaited.WINDOW
    ((key, _),) = sort(desk(play.cycle, mail=mail_of("perencanaan", "BATAL"))).facts
    assert key == play.cycle.key


def test_of_two_letters_that_lay_the_same_version_before_him_the_later_leaves() -> None:
    """It was pulled back while the first one could not leave: he is asked once."""
    play = reviewing()
    first = play.letter(LetterKind.REVIEW)
    play.asks("perencanaan", Word.BATAL)
    assert overtakes(play, first)
    play.says("perencanaan", Word.TERUSKAN, about=play.letter(LetterKind.RECALLED).asks)
    assert (play.step(), play.cycle.draft.version if play.cycle.draft else 0) == (Step.REVIEW, 1)
    assert overtakes(play, first)
    assert not overtakes(play, play.letter(LetterKind.REVIEW))
