"""Rows 7 and 8 with signed papers: asked for, kept, explained, looked at, sealed; only then the row ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited, wants_seal
from mailbot.core.delivery.delivery_facts import CoverMade, PaperLooked
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import AlarmCode, EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn
from mailbot.core.model.mail import Proof
from mailbot.core.model.office import Office
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import (
    PaperCheck,
    PaperFlaw,
    PaperKind,
    PaperReason,
    PaperSignature,
    Ratification,
    Ratified,
)
from mailbot.core.papers.kept import KeptPaper
from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed
from tests.core.play import Play, ratifying, reviewing, value_of
from tests.offices.small import OFFICE, wib

REPORT_PDF, COVER_PDF = f"f{1:063x}", "c" * 64
HIS = PaperSignature(signer="kadis", holds=True)


def wanting(report: Ratified = Ratified.BY_MAIL, cover_letter: Ratified = Ratified.BY_MAIL) -> Office:
    """Return the office that wants its papers so."""
    return replace(OFFICE, ratification=Ratification(report=report, cover_letter=cover_letter))


def checked(*flaws: PaperFlaw, sha: str = "5", against: str = REPORT_PDF, scan: bool = False) -> PaperCheck:
    """Return what was found in a file: a signature of his, unless it is a scan, and these flaws."""
    return PaperCheck(
        file_sha256=sha * 64,
        file_name="LKjIP ttd.pdf",
        against_sha256=against,
        scan=scan,
        signatures=() if scan else (HIS,),
        reasons=tuple(PaperReason(flaw=flaw, page=2) for flaw in flaws),
    )


def comes(play: Play, check: PaperCheck, by: str = "kadis", proof: Proof = Proof.AUTHENTICATED) -> Outcome:
    """Let a paper come without a word."""
    source = play.source(by, proof=proof)
    return play.happens(PaperArrived(at=play.at, source=source, papers=(check,), about=play.last_asked("kadis")))


def looks(
    play: Play, word: Word, by: str = "perencanaan", proof: Proof = Proof.AUTHENTICATED, sha: str = "5"
) -> Outcome:
    """Let somebody say what a paper is that was shown."""
    return play.happens(PaperLooked(at=play.at, source=play.source(by, proof=proof), paper=sha * 16, word=word))


def ratified(by: Ratified) -> Play:
    """Return row 7 with DISAHKAN said, where the report wants that beside it."""
    play = ratifying(wanting(report=by))
    play.says("kadis", Word.DISAHKAN)
    return play


def covering(by: Ratified) -> Play:
    """Return row 8 with the cover letter made that is to be signed."""
    play = ratifying(wanting(cover_letter=by))
    play.says("kadis", Word.DISAHKAN)
    assert awaited(play.cycle, play.office) is Awaited.COVER
    assert play.letters[-1].kind is not LetterKind.SUBMISSION
    made = CoverMade(at=play.at, number="", signer="kadis", docx_sha256="d" * 64, pdf_sha256=COVER_PDF)
    play.happens(made)
    return play


def test_disahkan_alone_waits_for_the_signed_report() -> None:
    """He is asked for it with the file to sign; the word stays, and said again without a paper it is nothing new."""
    play = ratified(Ratified.SIGNED_PDF)
    assert play.step() is Step.RATIFY
    asked = play.letter(LetterKind.PAPER_WANTED)
    assert (asked.to, value_of(asked, "which"), value_of(asked, "by")) == (
        "kadis",
        PaperKind.REPORT,
        Ratified.SIGNED_PDF,
    )
    assert [file.sha256 for file in asked.enclosures] == [REPORT_PDF]
    (again,) = play.says("kadis", Word.DISAHKAN).letters
    assert again.about == OutOfTurn(word=Word.DISAHKAN, reason=Reason.ALREADY)
    play.clock(wib(13, 9))
    assert value_of(play.letter(LetterKind.REMINDER_TODAY), "wanting") is Awaited.SIGNED_REPORT
    comes(play, checked())
    assert play.step() is Step.SUBMIT
    report = play.letter(LetterKind.SUBMISSION).enclosures[1]
    assert (report.kind, report.sha256, report.name) == (EnclosureKind.FILE, "5" * 64, "signed_report")


def test_row_8_begins_when_the_signed_report_is_there() -> None:
    """Days after DISAHKAN has come to stand: row 8 is not late before it could begin."""
    play = ratifying(wanting(report=Ratified.SIGNED_PDF))
    play.office = replace(play.office, policy=replace(OFFICE.policy, recall_minutes=30))
    play.says("kadis", Word.DISAHKAN)
    play.clock(wib(14, 9))
    play.at = wib(14, 10)
    comes(play, checked())
    play.clock(wib(14, 10.25))
    assert (play.step(), play.cycle.since) == (Step.SUBMIT, wib(14, 10.25))


def test_the_signed_report_beside_disahkan_ends_the_row_at_once() -> None:
    """Nothing is asked, and what he signed is what leaves."""
    play = ratifying(wanting(report=Ratified.SIGNED_PDF))
    said = play.saying("kadis", Word.DISAHKAN)
    play.happens(replace(said, signed_pdf_sha256="5" * 64, signed_pdf_name="ttd.pdf", papers=(checked(),)))
    assert play.step() is Step.SUBMIT
    assert play.all_letters(LetterKind.PAPER_WANTED) == play.all_letters(LetterKind.FILE_SHOWN) == []
    noted = play.letter(LetterKind.VERDICT_NOTED, "kadis")
    assert (value_of(noted, "signer"), value_of(noted, "shown")) == ("kadis", "")


def test_a_wrong_paper_beside_disahkan_is_explained_and_a_right_one_beside_it_again_counts() -> None:
    """The word is recorded once."""
    play = ratifying(wanting(report=Ratified.SIGNED_PDF))
    said = play.saying("kadis", Word.DISAHKAN)
    play.happens(replace(said, papers=(checked(PaperFlaw.NOT_WHOLE),)))
    assert play.step() is Step.RATIFY
    noted = play.letter(LetterKind.PAPER_NOTED)
    assert (noted.to, value_of(noted, "counts"), noted.papers) == ("kadis", False, (checked(PaperFlaw.NOT_WHOLE),))
    again = play.saying("kadis", Word.DISAHKAN)
    play.happens(replace(again, papers=(checked(sha="6"),)))
    assert play.step() is Step.SUBMIT
    assert [verdict.word for verdict in play.cycle.verdicts].count("DISAHKAN") == 1


def test_perbaiki_while_the_signature_is_waited_for_sends_the_report_back() -> None:
    """He has looked once more before he signed."""
    play = ratified(Ratified.SIGNED_PDF)
    play.says("kadis", Word.PERBAIKI, "Bab III keliru.")
    assert play.step() is Step.DRAFT


def test_a_signed_report_without_the_word_is_kept_and_the_word_asked_for() -> None:
    """A signature by itself ratifies nothing; with the word the row is over."""
    play = ratifying(wanting(report=Ratified.SIGNED_PDF))
    comes(play, checked())
    assert play.step() is Step.RATIFY
    assert play.letter(LetterKind.UNCLEAR).to == "kadis"
    comes(play, checked(), by="perencanaan")
    assert len(play.cycle.papers) == 1
    assert value_of(play.letter(LetterKind.PAPER_NOTED, "perencanaan"), "counts") is True
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT


@pytest.mark.parametrize(
    ("by", "check", "who", "proof", "awaits"),
    [
        (Ratified.SIGNED_PDF, checked(), "kabid-capil", Proof.NONE, None),
        (Ratified.SIGNED_PDF, checked(scan=True), "kadis", Proof.AUTHENTICATED, Awaited.SIGNED_REPORT),
        (Ratified.SIGNED_PDF, checked(PaperFlaw.OTHER_TEXT), "kadis", Proof.AUTHENTICATED, Awaited.SIGNED_REPORT),
        (Ratified.SIGNED_PDF, checked(PaperFlaw.NO_ORIGINAL), "kadis", Proof.AUTHENTICATED, Awaited.LOOK),
        (Ratified.SCAN, checked(scan=True), "perencanaan", Proof.AUTHENTICATED, None),
        (Ratified.SCAN, checked(scan=True), "perencanaan", Proof.NONE, Awaited.LOOK),
        (Ratified.SCAN, checked(scan=True), "kabid-capil", Proof.AUTHENTICATED, Awaited.LOOK),
        (Ratified.SCAN, checked(PaperFlaw.SCAN_PAGES, scan=True), "kadis", Proof.AUTHENTICATED, Awaited.LOOK),
        (Ratified.SCAN, checked(PaperFlaw.PHOTO, scan=True), "kadis", Proof.AUTHENTICATED, Awaited.SIGNED_REPORT),
        (Ratified.SCAN, checked(), "kadis", Proof.AUTHENTICATED, None),
    ],
)
def test_what_a_paper_comes_to(by: Ratified, check: PaperCheck, who: str, proof: Proof, awaits: Awaited | None) -> None:
    """A valid signature proves itself; a scan counts from whom it may come; what is not sure is looked at."""
    play = ratified(by)
    comes(play, check, who, proof)
    assert play.step() is (Step.SUBMIT if awaits is None else Step.RATIFY)
    assert awaited(play.cycle, play.office) is awaits
    shown = play.all_letters(LetterKind.PAPER_SHOWN)
    assert [value_of(one, "proved") for one in shown] == [proof is not Proof.NONE] * (awaits is Awaited.LOOK)


def test_subbag_program_says_what_a_scan_is() -> None:
    """BENAR lets it count; who said so stands with it, and in the journal."""
    play = ratified(Ratified.SCAN)
    comes(play, checked(PaperFlaw.NO_RECOGNITION, scan=True))
    shown = play.letter(LetterKind.PAPER_SHOWN)
    assert (shown.to, [file.sha256 for file in shown.enclosures]) == ("perencanaan", ["5" * 64, REPORT_PDF])
    assert looks(play, Word.BENAR, by="sekretaris").letters[0].kind is LetterKind.OUT_OF_TURN
    assert looks(play, Word.BENAR, proof=Proof.NONE).letters[0].kind is LetterKind.CHALLENGE
    assert looks(play, Word.BENAR, sha="9").letters[0].kind is LetterKind.OUT_OF_TURN
    assert play.step() is Step.RATIFY
    looks(play, Word.BENAR)
    assert play.step() is Step.SUBMIT
    assert [paper.confirmed_by for paper in play.cycle.papers] == ["perencanaan"]
    assert "paper_confirmed" in {line.event for line in play.journal}
    assert looks(play, Word.SALAH).letters[0].kind is LetterKind.OUT_OF_TURN


def test_a_scan_that_is_not_it_is_asked_for_once_more() -> None:
    """SALAH: he is asked again, and the next one is looked at anew."""
    play = ratified(Ratified.SCAN)
    comes(play, checked(PaperFlaw.NO_RECOGNITION, scan=True))
    looks(play, Word.SALAH)
    assert value_of(play.letter(LetterKind.PAPER_WANTED), "again") is True
    assert awaited(play.cycle, play.office) is Awaited.SIGNED_REPORT
    comes(play, checked(PaperFlaw.NO_RECOGNITION, scan=True, sha="6"))
    looks(play, Word.BENAR, sha="6")
    assert play.step() is Step.SUBMIT


def test_the_cover_letter_is_signed_before_anything_leaves() -> None:
    """It is made, he is asked, and what he signed goes out as it came back."""
    play = covering(Ratified.SIGNED_PDF)
    asked = play.letter(LetterKind.PAPER_WANTED)
    assert (value_of(asked, "which"), asked.enclosures[0].sha256) == (PaperKind.COVER_LETTER, COVER_PDF)
    comes(play, checked(PaperFlaw.OTHER_SIGNER, against=COVER_PDF))
    assert play.all_letters(LetterKind.SUBMISSION) == []
    comes(play, checked(against=COVER_PDF, sha="6"), by="perencanaan")
    cover = play.letter(LetterKind.SUBMISSION).enclosures[0]
    assert (cover.kind, cover.sha256, cover.name) == (EnclosureKind.FILE, "6" * 64, "signed_cover")
    assert play.letter(LetterKind.COPY_SENT).enclosures[0] == cover
    late = comes(play, checked(against=COVER_PDF, sha="7"), by="perencanaan")
    assert [letter.kind for letter in late.letters] == [LetterKind.UNPLACED]
    assert play.cycle.papers[-1].check.file_sha256 == "6" * 64
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed


def test_a_cover_letter_that_is_not_wanted_any_more_changes_nothing() -> None:
    """Of another number, or where none is waited for."""
    play = covering(Ratified.SIGNED_PDF)
    before = play.cycle
    play.happens(CoverMade(at=play.at, number="", signer="kadis", docx_sha256="1" * 64, pdf_sha256=""))
    assert play.cycle is before


def test_a_scanned_cover_letter_is_looked_at() -> None:
    """Beside the one that he was sent."""
    play = covering(Ratified.SCAN)
    comes(play, checked(PaperFlaw.NO_RECOGNITION, scan=True, against=COVER_PDF))
    assert [file.sha256 for file in play.letter(LetterKind.PAPER_SHOWN).enclosures] == ["5" * 64, COVER_PDF]
    looks(play, Word.SALAH)
    assert value_of(play.letter(LetterKind.PAPER_WANTED), "again") is True
    comes(play, checked(scan=True, against=COVER_PDF, sha="6"))
    assert play.all_letters(LetterKind.SUBMISSION)


def test_who_signs_the_cover_letter_has_changed() -> None:
    """It is made anew for who signs now."""
    play = covering(Ratified.SIGNED_PDF)
    people = tuple(
        replace(person, key="kadis-baru") if person.role is Role.AGENCY_HEAD else person
        for person in OFFICE.roster.people
    )
    play.office = replace(play.office, roster=replace(OFFICE.roster, people=people))
    play.clock(wib(12, 15))
    assert awaited(play.cycle, play.office) is Awaited.COVER


def test_the_office_seals_by_a_service_of_its_own() -> None:
    """Nobody is asked or reminded; what comes back sealed counts, and what does not is told to the operator once."""
    play = ratifying(wanting(report=Ratified.SEALED, cover_letter=Ratified.SEALED))
    assert wants_seal(play.cycle, play.office) is None
    play.says("kadis", Word.DISAHKAN)
    assert wants_seal(play.cycle, play.office) is PaperKind.REPORT
    play.clock(wib(13, 9))
    assert play.all_letters(LetterKind.REMINDER_TODAY) == play.all_letters(LetterKind.PAPER_WANTED) == []
    failed = PaperSealed(at=play.at, kind=PaperKind.REPORT, pdf_sha256=REPORT_PDF, failed="exit 1")
    play.happens(failed)
    play.happens(replace(failed, failed="", paper=checked(PaperFlaw.NO_SIGNATURE)))
    assert {value_of(letter, "what") for letter in play.all_letters(LetterKind.ALARM)} == {AlarmCode.SEAL_FAILED}
    assert len({letter.key for letter in play.all_letters(LetterKind.ALARM)}) == 1
    play.happens(replace(failed, pdf_sha256="0" * 64, failed="", paper=checked()))
    assert play.step() is Step.RATIFY
    play.happens(replace(failed, failed="", paper=checked()))
    assert play.step() is Step.SUBMIT
    play.happens(CoverMade(at=play.at, number="", signer="kadis", docx_sha256="d" * 64, pdf_sha256=COVER_PDF))
    assert wants_seal(play.cycle, play.office) is PaperKind.COVER_LETTER
    sealed = checked(against=COVER_PDF, sha="6")
    play.happens(PaperSealed(at=play.at, kind=PaperKind.COVER_LETTER, pdf_sha256=COVER_PDF, paper=sealed))
    assert [file.sha256 for file in play.letter(LetterKind.SUBMISSION).enclosures] == ["6" * 64, "5" * 64]


def test_a_seal_that_fails_where_nobody_looks_after_the_machine_is_written_down() -> None:
    """In the journal alone."""
    play = ratified(Ratified.SEALED)
    people = tuple(person for person in OFFICE.roster.people if person.role is not Role.OPERATOR)
    play.office = replace(play.office, roster=replace(OFFICE.roster, people=people))
    play.happens(PaperSealed(at=play.at, kind=PaperKind.REPORT, pdf_sha256=REPORT_PDF, failed="exit 1"))
    assert play.journal[-1].event == "seal_failed"
    assert play.all_letters(LetterKind.ALARM) == []


def test_where_the_word_by_mail_is_enough_a_signed_paper_is_what_leaves() -> None:
    """It came beside the word, and is whole; anything else goes the way of any PDF."""
    play = ratifying()
    play.happens(replace(play.saying("kadis", Word.DISAHKAN), papers=(checked(),)))
    assert play.letter(LetterKind.SUBMISSION).enclosures[1].sha256 == "5" * 64
    other = ratifying()
    other.happens(replace(other.saying("kadis", Word.DISAHKAN), papers=(checked(PaperFlaw.OTHER_TEXT),)))
    assert other.letter(LetterKind.SUBMISSION).enclosures[1].kind is EnclosureKind.REPORT


def test_a_paper_of_a_former_version_counts_for_no_other() -> None:
    """After PERBAIKI a new file is reviewed; what was signed before is not it."""
    play = ratified(Ratified.SIGNED_PDF)
    before = KeptPaper(kind=PaperKind.REPORT, of_sha256="0" * 64, check=checked(), received_at=play.at, counts=True)
    play.now = replace(play.cycle, papers=(before,))
    assert awaited(play.cycle, play.office) is Awaited.SIGNED_REPORT


def test_nobody_is_asked_where_nobody_is_kepala_dinas_or_subbag_program() -> None:
    """The vacant post is told of elsewhere; the paper is kept all the same."""
    play = ratified(Ratified.SCAN)
    people = tuple(person for person in OFFICE.roster.people if person.role not in {Role.AGENCY_HEAD, Role.PLANNING})
    kadis, planning = play.source("kadis"), play.source("perencanaan")
    play.office = replace(play.office, roster=replace(OFFICE.roster, people=people))
    check = checked(PaperFlaw.NO_RECOGNITION, scan=True)
    play.happens(PaperArrived(at=play.at, source=kadis, papers=(check,)))
    assert play.all_letters(LetterKind.PAPER_SHOWN) == []
    before = len(play.all_letters(LetterKind.PAPER_WANTED))
    play.happens(PaperLooked(at=play.at, source=planning, paper="5" * 16, word=Word.SALAH))
    assert len(play.all_letters(LetterKind.PAPER_WANTED)) == before


def test_a_paper_in_a_row_before_is_answered_as_any_file() -> None:
    """In row 6b nothing is signed yet."""
    play = reviewing(wanting(report=Ratified.SIGNED_PDF))
    source = play.source("kadis")
    (answer,) = play.happens(PaperArrived(at=play.at, source=source, papers=(checked(),))).letters
    assert answer.kind is LetterKind.UNPLACED
