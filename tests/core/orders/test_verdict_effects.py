"""What a deciding word leaves behind: in the cycle, in the journal, at Subbag Program; and a refused one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import VerdictGiven
from mailbot.core.model.letters import AlarmCode, Asked, EnclosureKind, LetterKind
from mailbot.core.model.letters_in_answer import VerdictNoted
from mailbot.core.model.letters_of_rows import FileShown
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from tests.core.orders.test_verdicts import acting_office, opened, reason
from tests.core.play import FIRST_FILE, Play, drafting, ratifying, reviewing, value_of
from tests.core.procedure.test_rows import vacant
from tests.offices.small import wib


def test_an_objection_needs_no_reason_and_is_told_all_the_same() -> None:
    """Asked for one, he might be away while the row ends by his silence."""
    play = opened()
    play.says("sekretaris", Word.KEBERATAN)
    assert [verdict.approved for verdict in play.cycle.verdicts] == [False]
    assert play.letter(LetterKind.DATA_NEEDS_OBJECTED).remarks == ()


def test_an_objection_that_is_not_proved_is_told_to_nobody() -> None:
    """Subbag Program would act on words that may be anybody's."""
    play = opened()
    play.says("sekretaris", Word.KEBERATAN, "Hentikan.", proof=Proof.NONE)
    assert play.cycle.verdicts == ()
    assert play.all_letters(LetterKind.DATA_NEEDS_OBJECTED) == []


def test_an_objection_of_the_second_round_is_counted_among_objections_alone() -> None:
    """Subbag Program's TERUSKAN between them is none."""
    play = opened()
    play.says("sekretaris", Word.KEBERATAN, "Pertama.")
    play.says("perencanaan", Word.TERUSKAN)
    play.says("sekretaris", Word.KEBERATAN, "Kedua.")
    assert play.letter(LetterKind.DATA_NEEDS_OBJECTED).key == "data_needs_objected/2025/2/2"


@pytest.mark.parametrize(("begun", "person"), [(reviewing, "sekretaris"), (ratifying, "kadis")])
def test_a_refusal_is_recorded_as_one(begun: Callable[[], Play], person: str) -> None:
    """Whoever reads the archive later sees who did not agree, in which row, to which version, and why."""
    play = begun()
    play.says(person, Word.PERBAIKI, "Tabel 3.")
    verdict = play.cycle.verdicts[-1]
    assert (verdict.approved, verdict.person, verdict.word) == (False, person, "PERBAIKI")
    assert (verdict.draft_version, verdict.remarks) == (1, ("Tabel 3.",))


@pytest.mark.parametrize(("begun", "person"), [(reviewing, "sekretaris"), (ratifying, "kadis")])
def test_a_refusal_wants_a_reason_or_a_marked_file(begun: Callable[[], Play], person: str) -> None:
    """A scan of the marked pages is as good as the marked DOCX; both go to Subbag Program."""
    play = begun()
    assert reason(play.says(person, Word.PERBAIKI).letters[0]) == ("unclear", "no_reason")
    play.says(person, Word.PERBAIKI, signed="a" * 64)
    assert play.step() is Step.DRAFT
    enclosed = play.letter(LetterKind.REVISION).enclosures
    assert [(file.kind, file.sha256, file.name) for file in enclosed] == [
        (EnclosureKind.DRAFT, f"d{1:063x}", ""),
        (EnclosureKind.FILE, "a" * 64, "marked_draft"),
    ]


def test_who_reviewed_may_not_refuse_the_ratification_either() -> None:
    """He has said his word on this version; the other post's word is another's."""
    play = ratifying(acting_office(allowed=False))
    before = play.cycle
    outcome = play.says("plt-kadis", Word.PERBAIKI, "Tabel 3.")
    assert outcome.cycle is before
    assert reason(outcome.letters[0]) == ("unclear", "same_person")


def test_a_refusal_of_ones_own_review_is_marked_like_a_ratification() -> None:
    """Where the office allows both to one person, the journal says so of either word."""
    play = ratifying(acting_office(allowed=True))
    play.says("plt-kadis", Word.PERBAIKI, "Tabel 3.")
    verdict = next(note for note in reversed(play.journal) if note.event == "verdict")
    assert dict(verdict.detail)[AlarmCode.OWN_REVIEW] == "yes"


def test_a_draft_that_is_passed_on_with_a_new_document_waits_until_it_is_compiled() -> None:
    """The Sekretaris sees the edited version, never the one before it."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    verdict = play.cycle.verdicts[-1]
    assert (play.step(), verdict.approved, verdict.draft_version) == (Step.DRAFT, True, 2)
    assert play.all_letters(LetterKind.REVIEW) == []
    play.compiles()
    assert play.step() is Step.REVIEW


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
def test_a_pdf_beside_a_ratification_that_does_not_count_is_not_kept_as_signed(proof: Proof) -> None:
    """Else a stranger's PDF would stand in the archive as the signed report."""
    play = ratifying()
    before = play.cycle
    assert play.says("kadis", Word.DISAHKAN, signed="a" * 64, proof=proof).cycle is before
    play.says("kadis", Word.DISAHKAN, signed="b" * 64)
    assert play.cycle.signed_pdf_sha256 == "b" * 64


def test_what_stood_on_the_mail_stands_in_the_record() -> None:
    """The address it came from, the mail's own identity, and the file that came with it: the archive proves itself."""
    play = ratifying()
    source = play.source("kadis", proof=Proof.CODE, address="kadis@surel.example")
    said = Said(
        word=Word.DISAHKAN, arguments="tanpa catatan", remarks=("Lanjutkan.",), footer=("Dikirim dari HP", "Motto")
    )
    about = Asked(step=Step.RATIFY, version=1)
    fact = VerdictGiven(
        at=play.at, source=source, said=said, about=about, signed_pdf_sha256="a" * 64, signed_pdf_name="LKjIP ttd.pdf"
    )
    outcome = play.happens(fact)
    draft = play.cycle.draft
    assert draft is not None
    verdict = play.cycle.verdicts[-1]
    assert (verdict.address, verdict.mail_sha256) == ("kadis@surel.example", source.mail_sha256)
    assert (verdict.message_id, verdict.proof) == (source.answers.message_id, Proof.CODE)
    assert verdict.remarks == ("tanpa catatan", "Lanjutkan.")
    noted, shown = outcome.letters[:2]
    assert noted.about == VerdictNoted(
        word=Word.DISAHKAN,
        step=Step.RATIFY,
        version=1,
        sha_short=draft.docx_sha256[:12],
        unread="Dikirim dari HP\nMotto",
        shown="LKjIP ttd.pdf",
    )
    assert (noted.to, noted.address, noted.answers) == ("kadis", "kadis@surel.example", source.answers)
    assert shown.about == FileShown(
        person="kadis", word="DISAHKAN", step=Step.RATIFY, version=1, file_name="LKjIP ttd.pdf"
    )
    assert shown.key == f"file_shown/2025/ratify/{source.mail_sha256[:16]}"
    assert (shown.to, shown.address) == ("perencanaan", "perencanaan@example.go.id")
    assert [(file.kind, file.sha256, file.name) for file in shown.enclosures] == [
        (EnclosureKind.FILE, "a" * 64, "shown_file")
    ]


def test_a_pdf_beside_a_consent_in_row_1_is_about_no_version() -> None:
    """There is no draft yet; Subbag Program sees the file, and is not told of a version that is none."""
    play = opened()
    play.says("sekretaris", Word.SETUJU, signed="a" * 64)
    assert value_of(play.letter(LetterKind.FILE_SHOWN), "version") is None


def test_a_word_of_row_1_is_about_no_document_and_noted_at_its_moment() -> None:
    """The digest in the record is empty there; in the journal, too."""
    play = opened()
    play.at = wib(5, 11)
    outcome = play.says("sekretaris", Word.SETUJU)
    assert play.cycle.verdicts[-1].docx_sha256 == ""
    line = outcome.journal[0]
    assert (line.at, line.event, dict(line.detail)["docx"]) == (wib(5, 11), "verdict", "")


def test_a_file_is_shown_to_nobody_where_nobody_is_in_subbag_program() -> None:
    """It is kept all the same."""
    play = ratifying()
    play.office = vacant(Role.PLANNING)
    play.says("kadis", Word.DISAHKAN, signed="a" * 64)
    assert play.all_letters(LetterKind.FILE_SHOWN) == []
    assert play.cycle.signed_pdf_sha256 == "a" * 64


def test_a_file_is_shown_only_where_somebody_else_sent_it_beside_a_consent() -> None:
    """Subbag Program has its own files; what comes beside a refusal goes with the remarks."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, signed="a" * 64)
    play.says("sekretaris", Word.PERBAIKI, "Tabel 3.", signed="b" * 64)
    assert play.all_letters(LetterKind.FILE_SHOWN) == []


def test_a_refusal_names_no_file_as_kept_for_signed() -> None:
    """Nor the document as the consent's: both are remarks, and go on as such."""
    play = reviewing()
    source = play.source("sekretaris")
    about = Asked(step=Step.REVIEW, version=1)
    said = Said(word=Word.PERBAIKI, remarks=("Tabel 3.",))
    fact = VerdictGiven(
        at=play.at,
        source=source,
        said=said,
        about=about,
        document_sha256="c" * 64,
        document_name="Draf dengan catatan.docx",
        signed_pdf_sha256="a" * 64,
        signed_pdf_name="pindaian.pdf",
    )
    noted = play.happens(fact).letters[0]
    assert (value_of(noted, "file_name"), value_of(noted, "shown")) == ("", "")
    assert [file.sha256 for file in play.letter(LetterKind.REVISION).enclosures] == [
        f"d{1:063x}",
        "c" * 64,
        "a" * 64,
    ]


def test_the_revision_asks_for_a_word_about_the_version_that_came_back() -> None:
    """Its number stays until somebody has edited it; the key names the row that refused."""
    play = ratifying()
    play.says("kadis", Word.PERBAIKI, "Sampul.")
    told = play.letter(LetterKind.REVISION)
    assert (told.asks, told.due_at) == (Asked(step=Step.DRAFT, version=1, docx_sha256=FIRST_FILE), play.cycle.due_at)
    assert (told.to, told.address) == ("perencanaan", "perencanaan@example.go.id")


def test_a_consent_takes_the_name_of_the_edited_document_into_its_answer() -> None:
    """Subbag Program reads which file became the next version."""
    play = drafting()
    source = play.source("perencanaan")
    fact = VerdictGiven(
        at=play.at,
        source=source,
        said=Said(word=Word.TERUSKAN),
        about=Asked(step=Step.DRAFT, version=1),
        document_sha256="e" * 64,
        document_name="Draf suntingan.docx",
    )
    noted = play.happens(fact).letters[0]
    assert (value_of(noted, "file_name"), value_of(noted, "version")) == ("Draf suntingan.docx", 2)
    assert value_of(noted, "sha_short") == "e" * 12


def test_a_question_that_may_be_answered_with_the_word_is_bound_to_its_version() -> None:
    """What only lacks something is asked for; a word of another version is not to be mended that way."""
    play = reviewing()
    lacking = play.says("sekretaris", Word.PERBAIKI).letters[0]
    assert lacking.asks == Asked(step=Step.REVIEW, version=1, docx_sha256=FIRST_FILE)
    former = play.says("sekretaris", Word.SETUJU, about=Asked(step=Step.REVIEW, version=7)).letters[0]
    assert former.asks is None


def test_a_word_of_a_version_before_is_answered_so_whatever_else_it_lacks() -> None:
    """The first reason that holds is told: the version, before the reason and the code."""
    play = reviewing()
    old = Asked(step=Step.REVIEW, version=7)
    assert reason(play.says("sekretaris", Word.PERBAIKI, about=old, proof=Proof.NONE).letters[0]) == (
        "out_of_turn",
        "old_version",
    )


def test_a_challenge_says_when_other_words_stand_in_the_way() -> None:
    """He is told that the code alone will not do."""
    play = reviewing()
    for in_the_way, said_so in (((), False), (("tetapi",), True)):
        said = replace(Said(word=Word.SETUJU), in_the_way=in_the_way)
        about = Asked(step=Step.REVIEW, version=1)
        source = play.source("sekretaris", proof=Proof.NONE)
        letter = play.happens(VerdictGiven(at=play.at, source=source, said=said, about=about)).letters[0]
        assert value_of(letter, "beside") is said_so
