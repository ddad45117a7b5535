"""What stands in the way of TERUSKAN is asked about once; open changes stand in the way of a version at all."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.chasing.still_owed import overtaken
from mailbot.core.decide import decide
from mailbot.core.draft.document import ChangeKind, Difference, DifferenceKind, Examined, TrackedChange
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftCompiled, DraftEdited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import VerdictGiven
from mailbot.core.model.letters import Asked, EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import DOCX, OutOfTurn
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.orders.held_drafts import asked_about_changes, held
from tests.core.play import Play, collecting, drafting, ratifying, reviewing, value_of
from tests.core.small_forms import whole
from tests.offices.small import OFFICE

OTHER = Examined(differences=(Difference(kind=DifferenceKind.DIFFERS, code="IKU-05"),))
OPEN = Examined(open_changes=(TrackedChange(kind=ChangeKind.INSERTED, author="", at="", words="x"),))
FIRST = Asked(step=Step.DRAFT, version=1)


def edits(play: Play, examined: Examined, about: Asked = FIRST) -> DraftEdited:
    """Send an edited draft."""
    fact = DraftEdited(
        at=play.at,
        source=play.source("perencanaan"),
        about=about,
        document_sha256="e" * 64,
        document_name="Draf.docx",
        examined=examined,
    )
    play.happens(fact)
    return fact


def accepts(play: Play, asked_about: str, proof: Proof = Proof.AUTHENTICATED, document: str = "c" * 64) -> None:
    """Say BENAR to the question about open changes."""
    source = play.source("perencanaan", proof=proof)
    play.happens(ChangesAccepted(at=play.at, source=source, asked_about=asked_about, document_sha256=document))


def test_a_draft_that_disagrees_with_the_data_is_held_once() -> None:
    """Whether it comes along or lies there; said again in answer to the question, it goes on."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=OTHER)
    draft = play.cycle.draft
    assert draft is not None
    assert (play.step(), draft.version, draft.asked, draft.passed_on) == (Step.DRAFT, 2, True, False)
    asked = play.letter(LetterKind.DRAFT_HELD)
    about = Asked(step=Step.DRAFT, version=2, docx_sha256="e" * 64)
    assert (asked.asks, asked.examined, value_of(asked, "version")) == (about, OTHER, 2)
    before = len(play.all_letters(LetterKind.DRAFT))
    play.compiles()
    assert len(play.all_letters(LetterKind.DRAFT)) == before
    play.says("perencanaan", Word.TERUSKAN, about=asked.asks, examined=OTHER)
    assert play.step() is Step.DRAFT
    play.says("perencanaan", Word.TERUSKAN, about=asked.asks, examined=OTHER, confirms=True)
    assert play.step() is Step.REVIEW


def test_an_older_version_that_was_edited_is_held_once() -> None:
    """What was edited since would be lost with nobody saying so."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=Examined(of_version="1"))
    assert play.step() is Step.DRAFT
    assert play.letter(LetterKind.DRAFT_HELD).examined.of_version == "1"


def test_a_damaged_draft_is_held_once() -> None:
    """Who gets it next might not be able to open it."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=Examined(damaged=("word/footnotes.xml",)))
    assert (play.step(), play.letters[-1].kind) == (Step.DRAFT, LetterKind.DRAFT_HELD)


def test_a_document_beside_the_confirmation_is_a_version_of_its_own_and_asked_about() -> None:
    """What was confirmed was another one."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=OTHER, confirms=True)
    assert play.letters[-1].kind is LetterKind.DRAFT_HELD


def test_remarks_that_nobody_has_met_are_asked_about_and_an_edit_meets_them() -> None:
    """The same version after PERBAIKI; with another one nothing is asked."""
    play = ratifying()
    play.says("kadis", Word.PERBAIKI, "Sampul.")
    play.says("perencanaan", Word.TERUSKAN)
    asked = play.letter(LetterKind.DRAFT_HELD)
    assert (asked.remarks, value_of(asked, "person")) == (("Sampul.",), "kadis")
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=Examined(same=True))
    assert (play.step(), play.letters[-1].kind) == (Step.DRAFT, LetterKind.DRAFT_HELD)
    play.says("perencanaan", Word.TERUSKAN, document="f" * 64, about=play.letters[-1].asks)
    play.compiles()
    assert play.step() is Step.REVIEW


def laid_over(cycle: Cycle, asks: Asked) -> bool:
    """Say whether a letter that lays that before the Sekretaris is overtaken."""
    return overtaken(cycle, LetterKind.REVIEW.value, "", asks, OFFICE)


def test_a_word_about_another_file_of_the_same_version_does_not_count() -> None:
    """After PERBAIKI the draft comes back with the same words in another file: who answers the old letter saw another.

    Nor is what somebody made of that file taken in place of an edit that came before it; and a letter with it that has
    not left does not leave.
    """
    play = reviewing()
    first = play.letter(LetterKind.REVIEW).asks
    assert first is not None
    play.says("sekretaris", Word.PERBAIKI, "Rapikan.")
    about = play.letter(LetterKind.REVISION).asks
    assert about is not None
    assert not laid_over(play.cycle, about)
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=Examined(same=True), about=about)
    assert laid_over(play.cycle, about)
    edits(play, Examined(), about)
    assert play.letters[-1].about == OutOfTurn(word=DOCX, reason=Reason.OLD_VERSION)
    play.compiles()
    play.says("perencanaan", Word.TERUSKAN, about=play.letter(LetterKind.DRAFT_HELD).asks, confirms=True)
    play.says("sekretaris", Word.SETUJU, about=first)
    assert (play.step(), play.cycle.draft.version if play.cycle.draft else 0) == (Step.REVIEW, 1)
    assert play.letters[-1].about == OutOfTurn(word=Word.SETUJU, reason=Reason.OLD_VERSION)
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.RATIFY
    assert not laid_over(replace(play.cycle, draft=None), first)


def test_nothing_is_held_where_there_is_no_draft() -> None:
    """Row 6 always has one."""
    play = collecting()
    said = VerdictGiven(
        at=play.at, source=play.source("perencanaan"), said=Said(word=Word.TERUSKAN), about=FIRST, examined=OTHER
    )
    assert held(play.cycle, said) is None
    assert asked_about_changes(play.cycle, said, "e" * 64, "", OPEN).letters == ()


def test_open_changes_are_kept_and_benar_makes_them_the_next_version() -> None:
    """Beside TERUSKAN or alone; the present version stays until then, and stays after a wrong answer."""
    for along in (False, True):
        play = drafting()
        if along:
            play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=OPEN)
        else:
            edits(play, OPEN)
        draft, asked = play.cycle.draft, play.letter(LetterKind.OPEN_CHANGES)
        assert draft is not None
        assert draft.waiting is not None
        assert (draft.version, draft.waiting.docx_sha256, asked.answers_mail) == (
            1,
            "e" * 64,
            draft.waiting.mail_sha256,
        )
        accepts(play, "another mail")
        assert play.letters[-1].about == OutOfTurn(word=Word.BENAR, reason=Reason.OLD_VERSION)
        accepts(play, asked.answers_mail, document="")
        assert play.letters[-1].about == OutOfTurn(word=Word.BENAR, reason=Reason.OLD_VERSION)
        accepts(play, asked.answers_mail, proof=Proof.NONE, document="")  # for whoever is not believed none is made
        assert play.letters[-1].kind is LetterKind.CHALLENGE
        accepts(play, asked.answers_mail)
        taken = play.cycle.draft
        assert taken is not None
        assert (taken.version, taken.docx_sha256, taken.waiting) == (2, "c" * 64, None)
        accepts(play, asked.answers_mail)
        assert play.letters[-1].about == OutOfTurn(word=Word.BENAR, reason=Reason.OLD_VERSION)


def test_a_draft_with_open_changes_waits_beside_one_that_is_compiled_anew() -> None:
    """SALAH makes the report anew; what waits for a word is not lost by it."""
    play = drafting()
    edits(play, OPEN)
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    play.compiles()
    draft = play.cycle.draft
    assert draft is not None
    assert (draft.version, draft.waiting is not None) == (2, True)


def test_an_edited_draft_is_not_compiled_over_and_its_letter_tells_what_is_otherwise() -> None:
    """After SALAH the edited version is laid before its author once more, under its number."""
    play = drafting()
    edits(play, Examined())
    play.compiles()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    assert play.cycle.draft is not None
    assert (play.cycle.draft.renew, play.cycle.draft.compiled_at) == (False, None)
    play.compiles(examined=OTHER)
    letter = play.letter(LetterKind.DRAFT)
    assert (letter.key, letter.examined, value_of(letter, "same")) == ("draft/2025/2/1", OTHER, True)
    assert play.cycle.draft.docx_sha256 == "e" * 64


def test_a_draft_compiled_anew_that_says_the_same_keeps_its_number() -> None:
    """After SALAH it is laid before its author once more; after remarks it lies there already."""
    play = drafting()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    play.compiles(same=True)
    assert (play.letter(LetterKind.DRAFT).key, value_of(play.letter(LetterKind.DRAFT), "same")) == (
        "draft/2025/1/1",
        True,
    )
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    before = len(play.letters)
    play.compiles(same=True)
    assert len(play.letters) == before
    play.says("perencanaan", Word.TERUSKAN, confirms=True)
    play.says("sekretaris", Word.PERBAIKI, "Sekali lagi.")
    play.compiles()
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.letter(LetterKind.DRAFT).key) == (2, "draft/2025/2")


def test_a_compilation_that_was_overtaken_changes_nothing() -> None:
    """An edited draft came meanwhile: its bytes are not written over; nor is any other version taken."""
    play = drafting()
    edits(play, Examined())
    before = play.cycle
    for version, docx in ((2, "a" * 64), (3, "e" * 64), (1, "d" * 64)):
        fact = DraftCompiled(at=play.at, version=version, docx_sha256=docx, pdf_sha256="")
        assert decide(before, fact, OFFICE).cycle is before
    anew = reviewing()
    anew.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    fact = DraftCompiled(at=anew.at, version=7, docx_sha256="a" * 64, pdf_sha256="")
    assert decide(anew.cycle, fact, OFFICE).cycle is anew.cycle
    in_review = reviewing()
    fact = DraftCompiled(at=play.at, version=1, docx_sha256=f"d{1:063x}", pdf_sha256="")
    assert decide(in_review.cycle, fact, OFFICE).cycle is in_review.cycle
    none = replace(collecting().cycle, step=Step.REVIEW)
    assert decide(none, fact, OFFICE).cycle is none


def test_each_reader_is_told_what_changed_since_the_version_he_got() -> None:
    """The Sekretaris got version 1, then version 3; Subbag Program has seen what it sent."""
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    play.compiles()
    review = play.letter(LetterKind.REVIEW)
    assert (value_of(review, "former"), [one.kind for one in review.enclosures]) == (
        1,
        [EnclosureKind.DRAFT, EnclosureKind.COMPARED],
    )
    assert (review.enclosures[1].sha256, review.enclosures[1].former) == ("e" * 64, f"d{1:063x}")
    seen = {one.person: (one.version, one.former_version) for one in play.cycle.seen}
    assert seen == {"perencanaan": (2, 1), "sekretaris": (2, 1)}


def test_a_draft_that_was_asked_about_is_laid_before_its_author_once_more_when_the_row_begins_anew() -> None:
    """He was asked about it, and SALAH took it away; what he is asked now is another matter."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64, examined=OTHER)
    play.compiles()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    play.compiles(examined=OTHER)
    assert play.letter(LetterKind.DRAFT).key == "draft/2025/2/1"


def test_an_edited_draft_that_waits_for_a_word_is_not_left_behind_unasked() -> None:
    """TERUSKAN passes the present version on, without the edits in whose changes nobody has said BENAR: asked once."""
    play = drafting()
    edits(play, OPEN)
    play.says("perencanaan", Word.TERUSKAN)
    asked = play.letters[-1]
    assert (play.step(), asked.kind, value_of(asked, "waits")) == (Step.DRAFT, LetterKind.DRAFT_HELD, True)
    play.says("perencanaan", Word.TERUSKAN, about=asked.asks, confirms=True)
    assert play.step() is Step.REVIEW
