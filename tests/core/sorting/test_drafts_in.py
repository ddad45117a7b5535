"""Documents that come while the draft lies with Subbag Program: one is the next version, any other is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.draft.draft_facts import ChangesAccepted, DraftEdited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import AnswerUnclear, VerdictGiven
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.letters_in_answer import WhatLacks
from mailbot.core.model.mail import Attachment
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.core.sorting.placing import SentLetter, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, PDF, attachment, desk, mail_of, sent, source
from tests.core.play import FIRST_FILE, Play, closed, collecting, drafting, reviewing
from tests.offices.small import OFFICE, QUARTER, wib

WORKED = wib(12, 11)
DRAFTING, REVIEWING, COLLECTING = drafting(), reviewing(), collecting()
QUARTERLY = Play(at=wib(1, 7.5, month=4)).opens(QUARTER).cycle
DRAFT = sent(DRAFTING.letter(LetterKind.DRAFT))
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))
ONE, OTHER = attachment("5" * 64, DOCX, "draf1.docx"), attachment("6" * 64, DOCX, "draf2.docx")
SCAN, ODT = attachment("7" * 64, PDF, "lain.pdf"), attachment("8" * 64, "application/octet-stream", "draf.odt")


def ours(cycle: Cycle) -> Attachment:
    """Return the draft as we sent it."""
    assert cycle.draft is not None
    return attachment(cycle.draft.docx_sha256, DOCX, "kami.docx")


def found(cycle: Cycle, *files: Attachment, by: str = "perencanaan", words: str = "", about: object = None) -> Sorted:
    """Sort a mail with these files, in answer to that letter if there is one."""
    letters = (about,) if isinstance(about, SentLetter) else ()
    return sort(desk(cycle, mail=mail_of(by, words, files=files), about=letters, at=WORKED))


def asked_back(names: tuple[str, ...], about: Asked | None, reason: WhatLacks) -> Sorted:
    """Return that Subbag Program is asked back about those files."""
    fact = AnswerUnclear(at=WORKED, source=source("perencanaan"), said=Said(remarks=names), about=about, reason=reason)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=(("2025", fact),), detail=reason.value)


def edited(name: str, sha256: str, beside: Word | None = None) -> Sorted:
    """Return that this document is the next version."""
    assert DRAFT.asks is not None
    fact = DraftEdited(
        at=WORKED,
        source=source("perencanaan"),
        about=DRAFT.asks,
        document_sha256=sha256,
        document_name=name,
        beside=beside,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=(("2025", fact),), detail="DOCX")


def test_benar_to_open_changes_accepts_them_and_a_document_beside_it_is_the_next_version() -> None:
    """In answer to our question about them, and to no other letter."""
    asking = replace(DRAFT, kind=LetterKind.OPEN_CHANGES.value, answers_mail="9" * 64)
    fact = ChangesAccepted(at=WORKED, source=source("perencanaan"), asked_about="9" * 64)
    accepted = Sorted(outcome=MailOutcome.VERDICT, facts=(("2025", fact),), detail="BENAR")
    assert found(DRAFTING.cycle, words="BENAR", about=asking) == accepted
    assert found(DRAFTING.cycle, ONE, words="BENAR", about=asking).detail == "DOCX"
    assert found(DRAFTING.cycle, words="TERUSKAN", about=asking).detail == "TERUSKAN"
    assert found(DRAFTING.cycle, words="BENAR", about=DRAFT) != accepted


@pytest.mark.parametrize("words", ["", "TERUSKAN", "Terlampir"])
def test_several_documents_in_answer_to_the_draft_are_asked_about(words: str) -> None:
    """Whatever stands beside them: both are named, none goes on."""
    answer = asked_back(("draf1.docx", "draf2.docx"), DRAFT.asks, Reason.SEVERAL_DOCX)
    assert found(DRAFTING.cycle, ONE, SCAN, OTHER, words=words, about=DRAFT) == answer
    assert found(DRAFTING.cycle, ours(DRAFTING.cycle), ONE, OTHER, words=words, about=DRAFT) == answer


def test_one_document_twice_or_beside_our_own_is_one() -> None:
    """The next version."""
    again = replace(ONE, name="salinan.docx")
    draft = ours(DRAFTING.cycle)
    for files in ((ONE,), (ONE, again), (draft, ONE), (ONE, draft)):
        answer = found(DRAFTING.cycle, *files, about=DRAFT)
        assert answer == edited("draf1.docx", ONE.sha256)


def test_our_own_draft_come_back_is_no_document() -> None:
    """Nothing was edited: neither in answer to the draft, nor in answer to nothing."""
    draft = ours(DRAFTING.cycle)
    for about in (DRAFT, None):
        assert found(DRAFTING.cycle, draft, about=about).outcome is MailOutcome.UNPLACED


def test_several_documents_in_answer_to_the_review_are_a_refusal() -> None:
    """The Sekretaris marks what he likes; the first of them is told of."""
    fact = VerdictGiven(
        at=WORKED,
        source=source("sekretaris"),
        said=Said(word=Word.PERBAIKI),
        about=REVIEW.asks,
        document_sha256=ONE.sha256,
        document_name="draf1.docx",
    )
    answer = Sorted(outcome=MailOutcome.VERDICT, facts=(("2025", fact),), detail="PERBAIKI")
    assert found(REVIEWING.cycle, ONE, OTHER, by="sekretaris", about=REVIEW) == answer


@pytest.mark.parametrize("word", [Word.TERUSKAN, Word.SETUJU])
def test_the_word_that_passes_the_draft_on_is_done_with_its_document(word: Word) -> None:
    """Both are Subbag Program's words in row 6."""
    fact = VerdictGiven(
        at=WORKED,
        source=source("perencanaan"),
        said=Said(word=word),
        about=DRAFT.asks,
        document_sha256=ONE.sha256,
        document_name="draf1.docx",
    )
    answer = Sorted(outcome=MailOutcome.VERDICT, facts=(("2025", fact),), detail=word.value)
    assert found(DRAFTING.cycle, ONE, words=word.value, about=DRAFT) == answer


@pytest.mark.parametrize("word", [Word.DITERIMA, Word.DISAHKAN, Word.STATUS])
def test_any_other_word_beside_an_edited_draft_is_not_done(word: Word) -> None:
    """Also one that Subbag Program may say in another row: the next version goes first, and it is said."""
    assert found(DRAFTING.cycle, ONE, words=word.value, about=DRAFT) == edited("draf1.docx", ONE.sha256, word)


def test_a_document_in_answer_to_nothing_is_asked_about_while_the_draft_lies_there() -> None:
    """Which version was edited is not known; a letter that asks for no word is as good as none."""
    now = Asked(step=Step.DRAFT, version=1, docx_sha256=FIRST_FILE)
    one = asked_back(("draf1.docx",), now, Reason.LOOSE_DOCX)
    for about in (None, REQUEST):
        assert found(DRAFTING.cycle, ONE, about=about) == one
    both = asked_back(("draf1.docx", "draf2.docx"), now, Reason.LOOSE_DOCX)
    assert found(DRAFTING.cycle, SCAN, ONE, OTHER) == both
    mail = mail_of("perencanaan", files=(ONE,))
    assert sort(desk(QUARTERLY, DRAFTING.cycle, mail=mail, at=WORKED)) == one
    over = replace(DRAFTING.cycle, key="2024", closed_at=WORKED)
    assert sort(desk(over, DRAFTING.cycle, mail=mail, at=WORKED)) == one


def test_a_document_in_answer_to_nothing_is_any_other_mail_where_no_draft_lies_with_its_sender() -> None:
    """Of somebody else, in another row, of a cycle that is over, before there is a draft; so is a mail without one."""
    cycle = DRAFTING.cycle
    for other in (
        found(cycle, ONE, by="kabid-dafduk"),
        found(cycle, ONE, by="kadis"),
        found(cycle, SCAN),
        found(COLLECTING.cycle, ONE),
        found(REVIEWING.cycle, ONE),
        found(closed().cycle, ONE),
        found(replace(cycle, closed_at=WORKED), ONE),
        found(replace(cycle, draft=None), ONE),
    ):
        assert other.outcome is MailOutcome.UNPLACED


@pytest.mark.parametrize(
    ("by", "files", "taken"),
    [("kabid-dafduk", (ONE,), True), ("kabid-dafduk", (SCAN,), False), ("kadis", (ONE,), False)],
)
def test_a_unit_that_edits_what_draf_brought_has_sent_no_evidence(
    by: str,
    files: tuple[Attachment, ...],
    taken: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """He would wait for ever for his words to stand in the report; the answer says whose draft it is."""
    play = drafting()
    play.asks(by, Word.DRAF)
    answer = sent(play.letter(LetterKind.DRAFT_AGAIN))
    sorted_as = found(play.cycle, *files, by=by, about=answer)
    assert any(isinstance(fact, DraftEdited) for _, fact in sorted_as.facts) is taken
    assert found(play.cycle, ONE, by="kabid-dafduk", about=REQUEST).detail != "DOCX"


def test_a_document_in_answer_to_a_letter_that_asks_for_another_word_is_no_loose_draft() -> None:
    """In whichever cycle that letter stands."""
    asks = Asked(step=Step.INFORM, version=1)
    for cycle in ("2025", QUARTER):
        about = replace(DRAFT, cycle=cycle, asks=asks)
        mail = mail_of("perencanaan", files=(ONE,))
        answer = sort(desk(DRAFTING.cycle, QUARTERLY, mail=mail, about=(about,), at=WORKED))
        assert answer.outcome is MailOutcome.UNPLACED


def test_before_a_draft_was_compiled_every_document_in_answer_counts() -> None:
    """None of them is ours."""
    cycle = replace(DRAFTING.cycle, draft=None)
    answer = asked_back(("draf1.docx", "draf2.docx"), DRAFT.asks, Reason.SEVERAL_DOCX)
    assert found(cycle, ONE, OTHER, about=DRAFT) == answer
    nameless = replace(ONE, sha256="")
    assert found(cycle, nameless, OTHER, about=DRAFT) != answer


def test_a_text_that_is_no_docx_is_asked_about_only_where_no_document_came() -> None:
    """In answer to the draft or to nothing; a PDF alone is no text, and asked about as what may be signed."""
    assert found(DRAFTING.cycle, ODT, about=DRAFT) == asked_back(("draf.odt",), DRAFT.asks, Reason.NOT_DOCX)
    assert found(DRAFTING.cycle, ODT, ONE, about=DRAFT) == edited("draf1.docx", ONE.sha256)
    scan = found(DRAFTING.cycle, SCAN, about=DRAFT)
    assert (scan.outcome, scan.detail) == (MailOutcome.UNCLEAR, "")
    assert found(DRAFTING.cycle, ODT) == asked_back(("draf.odt",), DRAFT.asks, Reason.NOT_DOCX)
    passed = found(DRAFTING.cycle, ours(DRAFTING.cycle), SCAN, words="TERUSKAN", about=DRAFT)
    assert (passed.outcome, passed.detail) == (MailOutcome.VERDICT, "TERUSKAN")
    passed = found(DRAFTING.cycle, ODT, ONE, words="TERUSKAN", about=DRAFT)
    assert (passed.outcome, passed.detail) == (MailOutcome.VERDICT, "TERUSKAN")
    reviewed = found(REVIEWING.cycle, ODT, by="sekretaris", words="Masih saya baca.", about=REVIEW)
    assert (reviewed.outcome, reviewed.detail) == (MailOutcome.UNCLEAR, Reason.REMARKS.value)


def test_an_author_with_another_post_answers_for_the_draft_as_its_author() -> None:
    """Also when the row has gone on and waits for his other post, to which our letter was written."""
    secretary = replace(OFFICE.roster.person("sekretaris"), addresses=("perencanaan@example.go.id",))
    others = tuple(person for person in OFFICE.roster.people if person.key != secretary.key)
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(secretary, *others)))
    about = replace(DRAFT, person="sekretaris")

    def answer(*files: Attachment) -> Sorted:
        mail = mail_of("perencanaan", files=files)
        return sort(desk(REVIEWING.cycle, mail=mail, about=(about,), at=WORKED, office=office))

    assert answer(ONE) == edited("draf1.docx", ONE.sha256)
    assert answer(ONE, OTHER) == asked_back(("draf1.docx", "draf2.docx"), DRAFT.asks, Reason.SEVERAL_DOCX)
    assert answer(ODT) == asked_back(("draf.odt",), DRAFT.asks, Reason.NOT_DOCX)


def test_a_mark_of_somebody_with_two_posts_is_made_in_the_one_that_may_refuse() -> None:
    """The Sekretaris also heads a unit: to whichever post the letter went, and also when the row has gone on."""
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=OFFICE.roster.people[::-1]))
    cycle = replace(REVIEWING.cycle, step=Step.RATIFY)
    about = replace(REVIEW, person="kepala-sekretariat")
    mail = mail_of("sekretaris", files=(ONE,))
    answer = sort(desk(cycle, mail=mail, about=(about,), at=WORKED, office=office))
    ((_, fact),) = answer.facts
    assert isinstance(fact, VerdictGiven)
    assert fact.source == source("sekretaris")


@pytest.mark.parametrize("files", [(ONE,), (ONE, OTHER), (ODT,), ()])
def test_what_answers_a_letter_of_a_cycle_that_is_gone_is_told_so(files: tuple[Attachment, ...]) -> None:
    """Before there is another one: it is neither a draft nor a remark on one."""
    for about in (DRAFT, REVIEW):
        mail = mail_of("perencanaan", "Masih saya baca.", files=files)
        answer = sort(desk(mail=mail, about=(about,), at=WORKED))
        assert (answer.outcome, answer.facts) == (MailOutcome.UNPLACED, ())
        assert [letter.kind for letter in answer.letters] == [LetterKind.UNPLACED]
