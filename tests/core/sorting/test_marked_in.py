"""Files that come back with a draft laid before a reader: alone, beside a consent, beside a refusal (rows 6b and 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.decide import decide
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AnswerUnclear, VerdictGiven
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.letters_in_answer import Unclear
from mailbot.core.model.mail import Attachment, Proof
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.remarks.remark import OBJECT, Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.core.sorting.marked_in import laid_before
from mailbot.core.sorting.placing import Desk, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, PDF, attachment, desk, mail_of, sent
from tests.core.play import reviewing
from tests.offices.small import OFFICE, wib

REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
COMMENT = Remark(source=RemarkSource.COMMENT, text="Mohon dicek.")
DRAWN = Remark(source=RemarkSource.ANNOTATION, text=OBJECT)
PHOTO, SCAN = Remark(source=RemarkSource.PHOTOGRAPH), Remark(source=RemarkSource.SCAN)
ODT = "application/vnd.oasis.opendocument.text"
NAMES = {ODT: "draf.odt", DOCX: "draf.docx", PDF: "draf.pdf", "image/jpeg": "IMG_1.jpg"}
KINDS = {ODT: ReturnedKind.TEXT, DOCX: ReturnedKind.DOCX, PDF: ReturnedKind.PDF, "image/jpeg": ReturnedKind.PHOTOGRAPH}


def back(
    media_type: str, *remarks: Remark, damaged: bool = False, unread: bool = False
) -> tuple[Attachment, ReturnedFile]:
    """Return a file that came back, and what was read of it."""
    sha256 = format(len(media_type) + len(remarks), "064x")
    name = NAMES[media_type]
    read = ReturnedFile(
        kind=KINDS[media_type],
        file_sha256=sha256,
        file_name=name,
        marked=Marked(remarks=remarks, damaged=(name,) if damaged or unread else ()),
        unread=unread,
    )
    return attachment(sha256, media_type, name), read


def laid(words: str, *files: tuple[Attachment, ReturnedFile]) -> Desk:
    """Return a desk with a mail of the Sekretaris in answer to the review letter."""
    mail = mail_of("sekretaris", words, files=tuple(one for one, _ in files))
    made = desk(REVIEWING.cycle, mail=mail, about=(REVIEW,), at=wib(14, 10))
    return replace(made, returned=tuple(read for _, read in files))


def word_of(found: Sorted) -> Word | Reason | None:
    """Return the word that a mail comes to, or why it is asked back."""
    ((_, fact),) = found.facts
    if isinstance(fact, VerdictGiven):
        return fact.spoken
    return fact.reason if isinstance(fact, AnswerUnclear) else None


@pytest.mark.parametrize(
    ("words", "files", "comes_to"),
    [
        ("", (back(DOCX, COMMENT),), Word.PERBAIKI),
        ("", (back(PDF, COMMENT),), Word.PERBAIKI),
        ("Mohon maaf terlambat.", (back(PDF, COMMENT),), Word.PERBAIKI),
        ("", (back(DOCX, damaged=True),), Word.PERBAIKI),
        ("", (back(PDF, DRAWN),), Reason.TO_BE_SEEN),
        ("", (back("image/jpeg", PHOTO),), Reason.TO_BE_SEEN),
        ("", (back(PDF, SCAN),), Reason.TO_BE_SEEN),
        ("", (back(DOCX),), Reason.NO_MARKS),
        ("", (back(ODT, unread=True),), Reason.NOT_DOCX),
        ("", (back(ODT, unread=True), back("image/jpeg", PHOTO)), Reason.NOT_DOCX),
        ("PERBAIKI", (back(ODT, unread=True),), Word.PERBAIKI),
        ("", (back(DOCX), back(PDF, COMMENT)), Word.PERBAIKI),
        ("Tabel 3 belum benar.", (back("image/jpeg", PHOTO),), Reason.REMARKS),
        ("PERBAIKI", (back("image/jpeg", PHOTO),), Word.PERBAIKI),
        ("SETUJU", (back(DOCX, COMMENT),), Word.SETUJU),
    ],
)
def test_what_files_come_to_with_these_words(
    words: str, files: tuple[tuple[Attachment, ReturnedFile], ...], comes_to: Word | Reason
) -> None:
    """What can be read in a file is a refusal by itself; what a person has to look at is asked about, and kept."""
    assert word_of(sort(laid(words, *files))) is comes_to


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ((back(DOCX),), None),
        ((back(PDF),), None),
        ((back(PDF, SCAN),), None),
        ((back(DOCX, COMMENT),), Reason.WITH_MARKS),
        ((back(PDF, COMMENT),), Reason.WITH_MARKS),
        ((back(PDF, DRAWN),), Reason.WITH_MARKS),
        ((back("image/jpeg", PHOTO),), Reason.WITH_MARKS),
        ((back(DOCX, damaged=True),), Reason.WITH_DOCUMENT),
        ((back(DOCX, unread=True),), Reason.WITH_DOCUMENT),
        ((back(ODT, unread=True),), Reason.NOT_DOCX),
        ((back(ODT, unread=True), back(PDF, COMMENT)), Reason.WITH_MARKS),
        ((back(PDF, unread=True),), None),
    ],
)
def test_a_consent_counts_beside_what_says_nothing_and_is_asked_back_beside_marks(
    files: tuple[tuple[Attachment, ReturnedFile], ...], counts: Reason | None
) -> None:
    """His program may save the draft anew: a file without marks that reads as the draft stands in nobody's way."""
    ((_, fact),) = sort(laid("SETUJU", *files)).facts
    outcome = decide(REVIEWING.cycle, fact, OFFICE)
    assert outcome.cycle.step is (Step.RATIFY if counts is None else Step.REVIEW)
    asked = [letter.about.reason for letter in outcome.letters if isinstance(letter.about, Unclear)]
    assert asked == ([] if counts is None else [counts])


def test_the_question_repeats_the_marks_and_a_refusal_in_answer_takes_them_along() -> None:
    """Nobody sends a file twice: PERBAIKI in answer to our question brings remarks and files of the earlier mail."""
    first = laid("SETUJU", back(DOCX, COMMENT), back("image/jpeg", PHOTO))
    ((_, fact),) = sort(first).facts
    (asked,) = decide(REVIEWING.cycle, fact, OFFICE).letters
    assert isinstance(asked.about, Unclear)
    assert asked.about.marked == Marked(remarks=(COMMENT, PHOTO))
    assert asked.answers_mail == first.mail.sha256
    question = replace(sent(asked), answers_mail=asked.answers_mail)
    answer = desk(REVIEWING.cycle, mail=mail_of("sekretaris", "PERBAIKI"), about=(question, REVIEW), at=wib(14, 11))
    ((_, said),) = sort(replace(answer, asked=first.mail, returned=first.returned)).facts
    assert isinstance(said, VerdictGiven)
    assert said.marked == Marked(remarks=(COMMENT, PHOTO))
    assert said.returned == tuple(file.file_sha256 for file in first.returned)
    assert decide(REVIEWING.cycle, said, OFFICE).cycle.step is Step.DRAFT


def test_nothing_of_an_unproved_mail_is_repeated() -> None:
    """Whoever wrote it, the marks are not mailed to the Sekretaris."""
    first = laid("SETUJU", back(DOCX, COMMENT))
    ((_, fact),) = sort(replace(first, mail=replace(first.mail, proof=Proof.NONE))).facts
    (asked,) = decide(REVIEWING.cycle, fact, OFFICE).letters
    assert isinstance(asked.about, Unclear)
    assert asked.about.marked == Marked()


def test_what_may_not_go_on_to_others_stays() -> None:
    """A damaged Word file goes to nobody, nor one with a number like a NIK; a photograph goes."""
    broken, held, photo = back(DOCX, COMMENT), back(PDF, COMMENT), back("image/jpeg", PHOTO)
    files = ((replace(broken[0], media_type="application/octet-stream"), broken[1]), held, photo)
    made = laid("PERBAIKI", *files)
    nik = ReadForm(file_sha256=held[0].sha256, file_name="draf.pdf", unreadable=Unreadable.PDF, personal_data=True)
    ((_, fact),) = sort(replace(made, mail=replace(made.mail, forms=(nik,)))).facts
    assert isinstance(fact, VerdictGiven)
    assert fact.returned == (photo[0].sha256,)
    assert len(fact.marked.remarks) == 3


@pytest.mark.parametrize(
    ("words", "files", "comes_to"),
    [
        ("", (back(DOCX, COMMENT),), Reason.LOOSE_MARKS),
        ("Berikut catatan saya.", (back(PDF, COMMENT),), Reason.LOOSE_MARKS),
        ("PERBAIKI", (back("image/jpeg", PHOTO),), Reason.LOOSE_MARKS),
        ("SETUJU", (back(DOCX, COMMENT),), Word.SETUJU),
        ("Setuju dengan catatan.", (back(DOCX, COMMENT),), None),
        ("PERBAIKI", (back(DOCX),), Word.PERBAIKI),
        ("PERBAIKI", (), Word.PERBAIKI),
    ],
)
def test_marks_in_answer_to_no_letter_are_asked_about(
    words: str, files: tuple[tuple[Attachment, ReturnedFile], ...], comes_to: Word | Reason | None
) -> None:
    """He writes a new mail instead of an answer: the file is kept, and the question names the draft that lies there."""
    made = replace(laid(words, *files), about=())
    assert word_of(sort(made)) is comes_to
    assert laid_before(made) is REVIEWING.cycle
    by_another = replace(made, mail=replace(made.mail, senders=("perencanaan@example.go.id",)))
    assert word_of(sort(by_another)) is not Reason.LOOSE_MARKS


def test_the_draft_that_lies_before_him_is_found_behind_an_older_cycle() -> None:
    """Two cycles run, and the older one is still collecting; an answer to a letter is about that letter's."""
    collecting_too = replace(REVIEWING.cycle, key="2024", step=Step.COLLECT)
    made = replace(laid("", back(DOCX, COMMENT)), about=(), cycles=(collecting_too, REVIEWING.cycle))
    assert laid_before(made) is REVIEWING.cycle
    assert laid_before(replace(made, cycles=(collecting_too,))) is None
    answers = replace(made, about=(replace(REVIEW, cycle="2024"),))
    assert laid_before(answers) is collecting_too
    assert word_of(sort(made)) is Reason.LOOSE_MARKS


def test_a_refusal_whose_only_reason_nobody_can_read_is_asked_for_it() -> None:
    """An ODT beside PERBAIKI says nothing to Subbag Program; beside remarks in the mail it changes nothing."""
    for words, reason in (("PERBAIKI", Reason.NOT_DOCX), ("PERBAIKI\nTabel 3 keliru.", None)):
        ((_, fact),) = sort(laid(words, back(ODT, unread=True))).facts
        outcome = decide(REVIEWING.cycle, fact, OFFICE)
        asked = [letter.about.reason for letter in outcome.letters if isinstance(letter.about, Unclear)]
        assert asked == ([reason] if reason else [])
