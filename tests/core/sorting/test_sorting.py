"""What a mail is: every question in its order, with one final state for each mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.draft.draft_facts import DraftEdited
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    Fact,
    FormArrived,
    LetterUndelivered,
    MailUnplaced,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Answers, Asked, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Guide, OutOfTurn, Status, Unclear, Unplaced
from mailbot.core.model.mail import Automatic, Bounce, Evidence, Mail, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import unlisted
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import Desk, SentLetter, Sorted
from mailbot.core.sorting.sorting import QUESTIONS, sort
from tests.core.desks import DOCX, MAIL, PDF, attachment, desk, mail_of, sent
from tests.core.play import FIRST_FILE, Play, closed, collecting, drafting, ratifying, reviewing
from tests.core.small_forms import read, whole
from tests.offices.small import OFFICE, QUARTER, wib

COLLECTING = collecting()
REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))
FORM = read(whole("DAFDUK"))


def unread(reason: Unreadable, name: str = "berkas.xlsx") -> ReadForm:
    """Return an attachment that could not be read."""
    return ReadForm(file_sha256=f"{len(name):064x}", file_name=name, unreadable=reason)


def only_fact(found: Sorted) -> Fact:
    """Return the one fact."""
    ((_, fact),) = found.facts
    return fact


def test_the_questions_are_asked_in_this_order() -> None:
    """Ours, machines, forms, strangers; then words, documents, files, and what is left."""
    assert [question.__name__ for question in QUESTIONS] == [
        "own",
        "delivery_report",
        "robot",
        "form",
        "out_of_office",
        "stranger",
        "oversize",
        "opening_order",
        "held_order",
        "clicked",
        "edit_answered",
        "several_drafts",
        "edited_draft",
        "unreadable_draft",
        "loose_draft",
        "loose_marks",
        "changes_accepted",
        "paper_looked_at",
        "deputy_confirmed",
        "code_beside_benar",
        "benar_to_nothing",
        "lines_word",
        "file_called_form",
        "word_of_others",
        "vouched",
        "word",
        "number_alone",
        "marked_document",
        "signed_paper",
        "unmarked_document",
        "answers_alone",
        "draft_of_a_unit",
        "evidence_alone",
        "unreadable_file",
        "cloud_link",
        "forgotten_file",
        "lines_doubt",
        "unknown_code",
        "remarks_of_mover",
        "doubtful",
        "nothing_said",
    ]


@pytest.mark.parametrize(
    "mail",
    [replace(MAIL, senders=("LKjIP@example.go.id",), own_words="SETUJU"), replace(MAIL, automatic=Automatic.OWN)],
)
def test_our_own_mail_come_back_is_left_alone(mail: Mail) -> None:
    """By address or by its mark."""
    assert sort(desk(COLLECTING.cycle, mail=mail)) == Sorted(outcome=MailOutcome.OWN)


BOUNCE = Bounce(recipient="kabid.dafduk@example.go.id", status="5.1.1", permanent=True, message_id="<mb1.2@x>")


def reported(automatic: Automatic, letter: SentLetter | None) -> Sorted:
    """Sort a delivery report about a letter."""
    mail = replace(MAIL, senders=("mailer-daemon@example.go.id",), automatic=automatic, bounces=(BOUNCE,))
    return sort(replace(desk(COLLECTING.cycle, mail=mail), bounced=(letter,)))


@pytest.mark.parametrize(("automatic", "permanent"), [(Automatic.BOUNCE, True), (Automatic.DELAY, False)])
def test_a_report_about_our_own_letter_marks_that_letter(automatic: Automatic, permanent: bool) -> None:  # noqa: FBT001 - a column of the table
    """For good, or only for now."""
    found = reported(automatic, REQUEST)
    assert (found.outcome, found.detail) == (MailOutcome.BOUNCE, automatic.value)
    assert only_fact(found) == LetterUndelivered(
        at=wib(8, 9),
        letter=REQUEST.key,
        kind="request",
        person="kabid-dafduk",
        address="kabid.dafduk@example.go.id",
        status="5.1.1",
        permanent=permanent,
        received_at=MAIL.received_at,
    )


@pytest.mark.parametrize(
    ("automatic", "letter"),
    [
        (Automatic.BOUNCE, None),
        (Automatic.BOUNCE, replace(REQUEST, cycle="")),
        (Automatic.DELIVERED, REQUEST),
    ],
    ids=["forged", "of no cycle", "delivered"],
)
def test_a_report_that_names_no_letter_or_good_news_marks_nothing(
    automatic: Automatic, letter: SentLetter | None
) -> None:
    """Only our own Message-ID counts, and a letter that arrived needs no care."""
    assert reported(automatic, letter) == Sorted(outcome=MailOutcome.BOUNCE, detail=automatic.value)


def test_a_report_about_several_letters_marks_each_that_is_ours() -> None:
    """One that is not stands between."""
    mail = replace(
        MAIL, senders=("mailer@example.go.id",), automatic=Automatic.BOUNCE, bounces=(BOUNCE, BOUNCE, BOUNCE)
    )
    other = replace(REQUEST, key="request/2025/capil/kabid-capil", cycle=QUARTER)
    found = sort(replace(desk(COLLECTING.cycle, mail=mail), bounced=(None, REQUEST, other)))
    assert [(key, getattr(fact, "letter", "")) for key, fact in found.facts] == [
        ("2025", REQUEST.key),
        (QUARTER, other.key),
    ]


def test_ok_is_a_word_only_where_one_was_asked_for() -> None:
    """Elsewhere it agrees to nothing, and is any other mail."""
    asked = sort(desk(REVIEWING.cycle, mail=mail_of("sekretaris", "oke"), about=(REVIEW,)))
    assert isinstance(only_fact(asked), VerdictGiven)
    for about in ((), (REQUEST,)):
        found = sort(desk(REVIEWING.cycle, mail=mail_of("sekretaris", "oke"), about=about))
        assert found.outcome is MailOutcome.UNPLACED


def test_a_held_file_is_told_of_beside_whatever_the_mail_is() -> None:
    """The letters that it has by itself, and those to Subbag Program and the operator."""
    held = replace(FORM, personal_data=True)
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "", held)))
    assert isinstance(only_fact(found), FormArrived)
    assert [letter.to for letter in found.letters] == ["perencanaan", "operator"]
    early = sort(desk(mail=mail_of("kabid-dafduk", "", held)))
    assert [(letter.kind, letter.to) for letter in early.letters] == [
        (LetterKind.UNPLACED, "kabid-dafduk"),
        (LetterKind.HELD_BACK, "perencanaan"),
        (LetterKind.HELD_BACK, "operator"),
        (LetterKind.HELD_BACK, "kabid-dafduk"),
    ]


def test_a_vacation_reply_tells_when_somebody_is_back_and_nothing_else() -> None:
    """For every open cycle and every post of the address."""
    mail = replace(MAIL, automatic=Automatic.VACATION, returns_on="2026-01-13", own_words="SETUJU", forms=(FORM,))
    found = sort(desk(COLLECTING.cycle, closed().cycle, mail=mail))
    assert (found.outcome, found.detail) == (MailOutcome.ROBOT, "vacation")
    assert only_fact(found) == AbsenceNoticed(
        at=wib(8, 9),
        person=OFFICE.roster.person("kabid-dafduk"),
        returns_on=date(2026, 1, 13),
        received_at=MAIL.received_at,
    )
    unknown = sort(desk(COLLECTING.cycle, mail=replace(mail, returns_on="")))
    assert getattr(only_fact(unknown), "returns_on", "") is None


@pytest.mark.parametrize("automatic", [Automatic.ROBOT, Automatic.READ_RECEIPT])
def test_a_robot_with_a_form_or_a_word_decides_nothing(automatic: Automatic) -> None:
    """Not even with our stamp."""
    mail = replace(MAIL, automatic=automatic, own_words="SETUJU", forms=(FORM,), proof=Proof.AUTHENTICATED)
    assert sort(desk(COLLECTING.cycle, mail=mail)) == Sorted(outcome=MailOutcome.ROBOT, detail=automatic.value)


@pytest.mark.parametrize(
    "senders", [("orang@surel.example",), (), ("kabid.dafduk@example.go.id", "lain@surel.example")]
)
def test_a_stranger_is_met_with_silence(senders: tuple[str, ...]) -> None:
    """Nobody we know, nobody at all, or two at once; whatever they write or send without our stamp."""
    mail = replace(MAIL, senders=senders, own_words="SETUJU", forms=(replace(FORM, stamp=None),))
    found = sort(desk(COLLECTING.cycle, mail=mail, about=(REQUEST,)))
    assert found == Sorted(outcome=MailOutcome.STRANGER, detail=senders[0] if len(senders) == 1 else "")


def test_a_form_with_our_stamp_is_a_form_from_whoever_and_waits_for_the_unit_s_head() -> None:
    """He is nobody but the address he wrote from, and hears that it waits."""
    mail = replace(MAIL, senders=("kasi@surel.example",), forms=(FORM,))
    found = sort(desk(COLLECTING.cycle, mail=mail))
    fact = only_fact(found)
    assert isinstance(fact, FormArrived)
    assert (found.outcome, fact.unit, fact.sent_from) == (MailOutcome.FORM, "DAFDUK", "kasi@surel.example")
    assert fact.source.person == unlisted("kasi@surel.example", "DAFDUK")
    assert fact.source.address == "kasi@surel.example"
    play = Play(now=COLLECTING.cycle, at=wib(8, 9))
    asked, told = play.happens(fact).letters
    assert (asked.kind, asked.to) == (LetterKind.CONFLICT, "kabid-dafduk")
    assert (told.kind, told.address) == (LetterKind.FORM_WAITS, "kasi@surel.example")


def test_a_stranger_s_broken_file_beside_a_stamped_form_is_nobody_s() -> None:
    """The form is judged; who sent the rest is unknown."""
    mail = replace(MAIL, senders=("kasi@surel.example",), forms=(FORM, unread(Unreadable.BROKEN)))
    assert isinstance(only_fact(sort(desk(COLLECTING.cycle, mail=mail))), FormArrived)


def test_a_stamped_form_that_nobody_has_sent_is_nobody_s() -> None:
    """A mail without a sender: there is no address to answer, or to admit."""
    assert sort(desk(COLLECTING.cycle, mail=replace(MAIL, senders=(), forms=(FORM,)))).outcome is MailOutcome.STRANGER


def test_our_stamp_of_a_unit_without_a_head_from_a_stranger_stays_silent() -> None:
    """There is nobody to answer."""
    mail = replace(MAIL, senders=("kasi@surel.example",), forms=(read(whole("DAFDUK"), "TIDAK-ADA"),))
    assert sort(desk(COLLECTING.cycle, mail=mail)).outcome is MailOutcome.STRANGER


def test_a_form_brings_its_evidence_and_the_last_values() -> None:
    """A PDF beside a form is evidence and no unreadable form."""
    mail = mail_of("kabid-dafduk", "Terlampir.", FORM, unread(Unreadable.PDF, "Rekap.pdf"))
    pdf = mail.forms[1]
    mail = replace(mail, attachments=(attachment(pdf.file_sha256, PDF, pdf.file_name), attachment(FORM.file_sha256)))
    found = sort(desk(COLLECTING.cycle, mail=mail))
    fact = only_fact(found)
    assert isinstance(fact, FormArrived)
    assert (found.outcome, fact.sent_from) == (MailOutcome.FORM, "")
    assert fact.evidence == (
        Evidence(
            file_sha256=pdf.file_sha256,
            file_name="Rekap.pdf",
            mail_sha256=MAIL.sha256,
            received_at=MAIL.received_at,
        ),
    )
    assert (fact.received_at, fact.source.answers) == (
        MAIL.received_at,
        Answers(
            message_id="<balasan@example.go.id>",
            references=("<mb1.1@example.go.id>", "<mb1.2@example.go.id>"),
            subject="Re: Permintaan Data",
            proved=True,
        ),
    )


def test_files_that_were_meant_as_forms_are_named_in_the_answer_to_the_one_that_could_be_read() -> None:
    """One mail has one answer; files of no use for one and the same reason are named together."""
    forms = (
        FORM,
        unread(Unreadable.PASSWORD, "a.xlsx"),
        unread(Unreadable.PASSWORD, "bb.xlsx"),
        unread(Unreadable.BROKEN, "ccc.xlsx"),
    )
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "", *forms)))
    facts = [fact for _, fact in found.facts]
    assert [type(fact) for fact in facts] == [FormArrived]
    assert [fault.given for fact in facts if isinstance(fact, FormArrived) for fault in fact.form.faults] == [
        "a.xlsx, bb.xlsx",
        "ccc.xlsx",
    ]


def test_several_forms_in_one_mail_are_several_facts() -> None:
    """Subbag Program forwards two units' forms: each is that unit's."""
    mail = mail_of("perencanaan", "", FORM, read(whole("CAPIL"), "CAPIL"))
    found = sort(desk(COLLECTING.cycle, mail=mail))
    assert [(fact.unit, fact.source.person.key) for _, fact in found.facts if isinstance(fact, FormArrived)] == [
        ("DAFDUK", "perencanaan"),
        ("CAPIL", "perencanaan"),
    ]


def test_another_unit_s_form_is_told_to_be_so() -> None:
    """The answer encloses the sender's own."""
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kasi-identitas", "", read(whole("CAPIL"), "CAPIL"))))
    fact = only_fact(found)
    assert isinstance(fact, UnreadableArrived)
    assert (found.outcome, fact.unit, fact.reason) == (MailOutcome.UNREADABLE, "DAFDUK", Unreadable.WRONG_UNIT)


def test_who_heads_two_units_sends_forms_of_both() -> None:
    """As Plt. of the second, with the same address."""
    second = replace(OFFICE.roster.person("kabid-dafduk"), key="plt-capil-2", unit="CAPIL")
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, second)))
    mail = mail_of("kabid-dafduk", "", read(whole("CAPIL"), "CAPIL"))
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail, office=office)))
    assert isinstance(fact, FormArrived)
    assert (fact.unit, fact.source.person.key) == ("CAPIL", "plt-capil-2")


def test_who_is_sekretaris_and_head_of_his_own_unit_sends_its_form_as_its_head() -> None:
    """Without a stamp, too."""
    mail = mail_of("sekretaris", "", read(whole("SEKRETARIAT"), "SEKRETARIAT", stamped=False))
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail)))
    assert isinstance(fact, FormArrived)
    assert (fact.unit, fact.source.person.key) == ("SEKRETARIAT", "kepala-sekretariat")


def test_a_form_of_no_unit_from_somebody_without_one_is_no_form_of_ours() -> None:
    """The Kepala Dinas sends a workbook that names no unit."""
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail_of("kadis", "", replace(FORM, stamp=None)))))
    assert isinstance(fact, UnreadableArrived)
    assert (fact.unit, fact.reason) == ("", Unreadable.NOT_A_FORM)


def test_an_invalid_stamp_is_no_stamp() -> None:
    """The sender's own unit is taken instead."""
    assert FORM.stamp is not None
    forged = replace(FORM, stamp=replace(FORM.stamp, unit="CAPIL", valid=False))
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "", forged))))
    assert isinstance(fact, FormArrived)
    assert fact.unit == "DAFDUK"


QUARTERLY = Play(at=wib(1, 7.5, month=4)).opens(QUARTER).cycle


def cycle_of_form(
    form: ReadForm, *cycles: Cycle, about: tuple[SentLetter, ...] = (), person: str = "kabid-dafduk"
) -> str:
    """Return the cycle a form is taken for."""
    ((key, _),) = sort(desk(*cycles, mail=mail_of(person, "", form), about=about)).facts
    return key


def test_a_form_finds_its_cycle_by_stamp_by_thread_or_by_who_waits_for_it() -> None:
    """The stamp of an open cycle; else the letter answered; else the oldest open one that asks the unit."""
    unstamped = replace(FORM, stamp=None)
    assert cycle_of_form(FORM, QUARTERLY, COLLECTING.cycle) == "2025"
    assert cycle_of_form(unstamped, QUARTERLY, COLLECTING.cycle, about=(REQUEST,)) == "2025"
    assert cycle_of_form(unstamped, QUARTERLY, COLLECTING.cycle) == QUARTER
    own = replace(read(whole("SEKRETARIAT"), "SEKRETARIAT"), stamp=None)
    assert cycle_of_form(own, QUARTERLY, COLLECTING.cycle, person="sekretaris") == "2025"
    assert cycle_of_form(unstamped, REVIEWING.cycle) == "2025"


def test_last_period_s_form_is_told_to_be_the_wrong_one() -> None:
    """Stamped for a closed cycle while another waits for the unit: answered there, with its form."""
    over = closed().cycle
    assert cycle_of_form(FORM, QUARTERLY, over) == QUARTER
    assert cycle_of_form(FORM, QUARTERLY, over, about=(REQUEST,)) == "2025"
    assert cycle_of_form(FORM, over) == "2025"
    assert cycle_of_form(read(whole("SEKRETARIAT"), "SEKRETARIAT"), QUARTERLY, over, person="sekretaris") == "2025"
    assert cycle_of_form(read(whole("DAFDUK"), cycle="2019"), COLLECTING.cycle) == "2025"


def test_an_unknown_cycle_s_form_goes_where_its_unit_is_asked() -> None:
    """Whoever forwards it: Subbag Program speaks for no unit, the stamp names one."""
    form = read(whole("CAPIL"), "CAPIL", cycle="2019")
    assert cycle_of_form(form, REVIEWING.cycle, QUARTERLY, person="perencanaan") == QUARTER
    sekretariat = read(whole("SEKRETARIAT"), "SEKRETARIAT", cycle="2019")
    assert cycle_of_form(sekretariat, REVIEWING.cycle, QUARTERLY, person="perencanaan") == "2025"


def test_salah_beside_the_corrected_form_goes_first() -> None:
    """The accepted form is opened, then the new one judged."""
    play = drafting()
    mail = mail_of("kabid-dafduk", "SALAH\nIKU-02 keliru.", read(whole("DAFDUK", IKU_02="99.50")))
    found = sort(desk(play.cycle, mail=mail, at=play.at))
    assert [type(fact) for _, fact in found.facts] == [CommandGiven, FormArrived]
    for _, fact in found.facts:
        play.happens(fact)
    assert (play.step().value, play.unit("DAFDUK").counted) == ("draft", 2)


def test_a_deciding_word_becomes_a_verdict_about_the_letter_that_asks_for_it() -> None:
    """Not about a receipt or a notice that lies nearer in the thread."""
    notice = sent(COLLECTING.letter(LetterKind.REQUEST, "kepala-sekretariat"))
    mail = mail_of("sekretaris", "SETUJU\nTerima kasih")
    found = sort(desk(REVIEWING.cycle, mail=mail, about=(notice, REVIEW)))
    fact = only_fact(found)
    assert isinstance(fact, VerdictGiven)
    assert (found.outcome, found.detail) == (MailOutcome.VERDICT, "SETUJU")
    assert (fact.about, fact.said.word, fact.source.person.key) == (REVIEW.asks, Word.SETUJU, "sekretaris")
    bare = only_fact(sort(desk(REVIEWING.cycle, mail=mail, about=(notice,))))
    assert isinstance(bare, VerdictGiven)
    assert bare.about is None


def test_files_beside_a_word_are_kept_unless_they_are_ours() -> None:
    """The signed PDF and the edited DOCX; the draft as we sent it, bounced back, is neither."""
    play = ratifying()
    draft = play.cycle.draft
    assert draft is not None
    about = (sent(play.letter(LetterKind.RATIFY)),)
    ours = (attachment(draft.docx_sha256, DOCX), attachment(draft.pdf_sha256, PDF))
    signed = (*ours, attachment("5" * 64, PDF), attachment("6" * 64, DOCX))
    fact = only_fact(sort(desk(play.cycle, mail=mail_of("kadis", "DISAHKAN", files=signed), about=about)))
    assert isinstance(fact, VerdictGiven)
    assert (fact.signed_pdf_sha256, fact.document_sha256) == ("5" * 64, "6" * 64)
    fact = only_fact(sort(desk(play.cycle, mail=mail_of("kadis", "DISAHKAN", files=ours), about=about)))
    assert isinstance(fact, VerdictGiven)
    assert (fact.signed_pdf_sha256, fact.document_sha256) == ("", "")


def test_one_address_with_two_posts_speaks_in_the_one_that_may_say_the_word() -> None:
    """The Kasubbag Program also heads the Sekretariat here: TERIMA is Subbag Program's, SALAH the unit's."""
    both = replace(OFFICE.roster.person("kepala-sekretariat"), addresses=("perencanaan@example.go.id",))
    people = tuple(both if person.key == both.key else person for person in OFFICE.roster.people)
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))

    def speaks(own_words: str, cycle: Cycle) -> tuple[str, str]:
        fact = only_fact(sort(desk(cycle, mail=mail_of("perencanaan", own_words), office=office)))
        assert isinstance(fact, CommandGiven | VerdictGiven)
        return fact.source.person.key, getattr(fact, "unit", "")

    assert speaks("TERIMA DAFDUK dicek", COLLECTING.cycle) == ("perencanaan", "SEKRETARIAT")
    assert speaks("SALAH", COLLECTING.cycle) == ("kepala-sekretariat", "SEKRETARIAT")
    assert speaks("TERUSKAN", COLLECTING.cycle) == ("perencanaan", "")
    assert speaks("DISAHKAN", COLLECTING.cycle) == ("kepala-sekretariat", "")


def test_an_order_speaks_for_the_sender_s_unit_or_the_letter_s() -> None:
    """A Kasi's own unit; for Subbag Program the unit of the letter answered."""
    told = replace(REQUEST, unit="CAPIL")

    def unit(person: str, *about: SentLetter) -> str:
        fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail_of(person, "FORM"), about=about)))
        assert isinstance(fact, CommandGiven)
        return fact.unit

    assert unit("kasi-pindah") == "DAFDUK"
    assert unit("kasi-pindah", told) == "DAFDUK"
    assert unit("perencanaan", told) == "CAPIL"
    assert unit("perencanaan", replace(told, cycle="2024")) == ""
    assert unit("perencanaan") == ""


def test_text_and_html_that_disagree_say_nothing_plain() -> None:
    """Such a SETUJU is asked back; a mail without any word is asked about as what it is: remarks."""
    mail = replace(mail_of("sekretaris", "SETUJU"), renderings_agree=False)
    found = sort(desk(REVIEWING.cycle, mail=mail, about=(REVIEW,)))
    fact = only_fact(found)
    assert isinstance(fact, AnswerUnclear)
    assert (found.outcome, fact.said.remarks, fact.about) == (MailOutcome.UNCLEAR, (), REVIEW.asks)
    other = replace(mail, own_words="Sedang saya baca.")
    assert sort(desk(REVIEWING.cycle, mail=other, about=(REVIEW,))).detail == Reason.REMARKS.value


def test_what_sounds_like_a_decision_is_asked_back_of_those_who_decide() -> None:
    """The answer to the question counts; a unit's 'ok siap' is only a courtesy."""
    play = reviewing()
    fact = only_fact(sort(desk(play.cycle, mail=mail_of("sekretaris", "siap pak"), about=(REVIEW,))))
    assert isinstance(fact, AnswerUnclear)
    asked = play.happens(fact).letters[0]
    assert (asked.about, asked.remarks) == (Unclear(), ("siap pak",))
    play.says("sekretaris", Word.SETUJU, about=asked.asks)
    assert play.step().value == "ratify"
    courtesy = sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "ok siap, terima kasih")))
    assert courtesy.outcome is MailOutcome.UNPLACED


def test_a_signed_file_without_the_word_is_asked_about() -> None:
    """The Kepala Dinas sends the signed PDF back and writes nothing; our own PDF says nothing."""
    play = ratifying()
    about = (sent(play.letter(LetterKind.RATIFY)),)
    signed = mail_of("kadis", "", files=(attachment("5" * 64, PDF),))
    fact = only_fact(sort(desk(play.cycle, mail=signed, about=about)))
    assert isinstance(fact, AnswerUnclear)
    assert fact.about == Asked(step=Step.RATIFY, version=1, docx_sha256=FIRST_FILE)
    assert sort(desk(play.cycle, mail=signed)).outcome is MailOutcome.UNPLACED
    draft = play.cycle.draft
    assert draft is not None
    ours = mail_of("kadis", "", files=(attachment(draft.pdf_sha256, PDF),))
    assert sort(desk(play.cycle, mail=ours, about=about)).outcome is MailOutcome.UNPLACED


def marked(person: str, about: SentLetter, cycle: Cycle, own_words: str = "") -> Sorted:
    """Sort a DOCX that came without a word."""
    return sort(desk(cycle, mail=mail_of(person, own_words, files=(attachment("6" * 64, DOCX),)), about=(about,)))


def test_a_marked_document_without_a_word_refuses_for_its_reader() -> None:
    """As the letter offers: comments in the DOCX; the mail's own lines are remarks too."""
    found = marked("sekretaris", REVIEW, REVIEWING.cycle, "Mohon lihat komentar.")
    fact = only_fact(found)
    assert isinstance(fact, VerdictGiven)
    assert (found.detail, fact.said.word, fact.said.remarks) == ("PERBAIKI", Word.PERBAIKI, ("Mohon lihat komentar.",))
    assert fact.document_sha256 == "6" * 64


def test_an_edited_draft_without_a_word_is_the_author_s_next_version() -> None:
    """Never passed on without TERUSKAN."""
    play = drafting()
    about = sent(play.letter(LetterKind.DRAFT))
    found = marked("perencanaan", about, play.cycle)
    fact = only_fact(found)
    assert isinstance(fact, DraftEdited)
    assert (found.detail, fact.about, fact.document_sha256) == ("DOCX", about.asks, "6" * 64)
    assert fact.source.person.key == "perencanaan"


def test_an_edited_draft_is_its_author_s_whatever_other_post_he_holds() -> None:
    """Who is also head of a unit sends it as Subbag Program; so with a text that is no DOCX."""
    both = replace(OFFICE.roster.person("kepala-sekretariat"), addresses=("perencanaan@example.go.id",))
    others = tuple(person for person in OFFICE.roster.people if person.key != both.key)
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(both, *others)))
    play = drafting()
    about = replace(sent(play.letter(LetterKind.DRAFT)), person=both.key)
    for file, kind in ((attachment("6" * 64, DOCX), DraftEdited), (attachment("6" * 64, name="x.odt"), AnswerUnclear)):
        mail = mail_of("perencanaan", files=(file,))
        fact = only_fact(sort(desk(play.cycle, mail=mail, about=(about,), office=office)))
        assert isinstance(fact, kind)
        assert getattr(fact, "source").person.key == "perencanaan"  # noqa: B009 - both kinds have one


def test_a_document_beside_doubtful_words_is_asked_about_and_elsewhere_it_is_no_verdict() -> None:
    """'Setuju, lihat komentar' is no refusal; a DOCX for the data needs, or the draft unchanged, is nothing."""
    assert marked("sekretaris", REVIEW, REVIEWING.cycle, "Setuju, lihat komentar").outcome is MailOutcome.UNCLEAR
    needs = sent(COLLECTING.letter(LetterKind.DATA_NEEDS))
    assert marked("sekretaris", needs, COLLECTING.cycle).outcome is MailOutcome.UNPLACED
    assert marked("sekretaris", REQUEST, COLLECTING.cycle).outcome is MailOutcome.UNPLACED
    draft = REVIEWING.cycle.draft
    assert draft is not None
    mail = mail_of("sekretaris", "Sudah saya terima berkasnya", files=(attachment(draft.docx_sha256, DOCX),))
    assert sort(desk(REVIEWING.cycle, mail=mail, about=(REVIEW,))).detail == Reason.REMARKS.value


@pytest.mark.parametrize("reason", [Unreadable.PDF, Unreadable.PASSWORD, Unreadable.NOT_A_FORM])
def test_a_file_in_place_of_the_form_is_answered_for_its_reason(reason: Unreadable) -> None:
    """From the unit that owes one; the unit's head or a Kasi."""
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kasi-pindah", "Ini formnya", unread(reason, "a.pdf"))))
    assert (found.outcome, found.detail) == (MailOutcome.UNREADABLE, reason.value)
    fact = only_fact(found)
    assert isinstance(fact, UnreadableArrived)
    assert (fact.unit, fact.reason, fact.file_name) == ("DAFDUK", reason, "a.pdf")


def test_evidence_from_a_unit_whose_form_is_in_is_no_unreadable_form() -> None:
    """Nor a link to it; but a locked workbook is still told, and so is all of it before. In a closed cycle it waits."""
    play = collecting()
    play.sends("DAFDUK")

    def outcome(mail: Mail, cycle: Cycle = play.cycle) -> MailOutcome:
        return sort(desk(cycle, mail=mail)).outcome

    evidence = mail_of("kabid-dafduk", "Data dukung menyusul", unread(Unreadable.PDF, "Rekap.pdf"))
    link = replace(mail_of("kabid-dafduk"), cloud_links=("https://awan.example/x",))
    assert (outcome(evidence), outcome(link)) == (MailOutcome.EVIDENCE, MailOutcome.UNPLACED)
    assert outcome(evidence, COLLECTING.cycle) is outcome(link, COLLECTING.cycle) is MailOutcome.UNREADABLE
    assert outcome(mail_of("kabid-dafduk", "", unread(Unreadable.PASSWORD))) is MailOutcome.UNREADABLE
    assert outcome(evidence, REVIEWING.cycle) is MailOutcome.EVIDENCE
    assert outcome(evidence, closed().cycle) is MailOutcome.UNPLACED


def test_a_scan_in_answer_to_the_review_is_no_unreadable_form() -> None:
    """Even though the Sekretaris also heads a unit; nor is anything from somebody who owes no form."""
    scan = mail_of("sekretaris", "", unread(Unreadable.PICTURE, "pindai.jpg"))
    assert sort(desk(REVIEWING.cycle, mail=scan, about=(REVIEW,))).outcome is MailOutcome.UNPLACED
    about = (replace(REQUEST, kind="escalation", key="escalation/2025/dafduk/2"),)
    other = mail_of("kadis", "", unread(Unreadable.PDF, "pindai.pdf"))
    assert sort(desk(COLLECTING.cycle, mail=other, about=about)).outcome is MailOutcome.UNPLACED


def test_a_scan_in_answer_to_the_data_needs_is_no_form_of_the_unit_that_the_sekretaris_heads() -> None:
    """He was asked for a word, though his own unit owes a form; asked for nothing, he sent one that cannot be read."""
    needs = sent(COLLECTING.letter(LetterKind.DATA_NEEDS))
    scan = mail_of("sekretaris", "", unread(Unreadable.PICTURE, "pindai.jpg"))
    assert sort(desk(COLLECTING.cycle, mail=scan, about=(needs,))).outcome is MailOutcome.UNPLACED
    own = sent(COLLECTING.letter(LetterKind.REQUEST, "kepala-sekretariat"))
    checking = replace(COLLECTING.cycle, step=Step.CHECK)
    for cycle, about in ((COLLECTING.cycle, ()), (checking, (replace(own, person="sekretaris"),))):
        fact = only_fact(sort(desk(cycle, mail=scan, about=about)))
        assert isinstance(fact, UnreadableArrived)
        assert (fact.unit, fact.source.person.key) == ("SEKRETARIAT", "kepala-sekretariat")


@pytest.mark.parametrize("text", ["Form terlampir.", "Kami lampirkan form isian.", "dilampirkan kembali"])
def test_a_forgotten_file_is_asked_for(text: str) -> None:
    """The mail speaks of an enclosure and carries none; not so where something is enclosed, or nothing is owed."""
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", text)))
    assert (found.outcome, found.detail) == (MailOutcome.UNREADABLE, "no_attachment")
    carries = mail_of("kabid-dafduk", text, files=(attachment("7" * 64, "image/png"),))
    assert sort(desk(COLLECTING.cycle, mail=carries)).outcome is MailOutcome.UNPLACED
    assert sort(desk(COLLECTING.cycle, mail=mail_of("kadis", text))).outcome is MailOutcome.UNPLACED


def test_anything_else_from_somebody_we_know_is_answered() -> None:
    """One final state, one fact."""
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "Selamat pagi")))
    assert found.outcome is MailOutcome.UNPLACED
    assert isinstance(only_fact(found), MailUnplaced)


@pytest.mark.parametrize(
    ("own_words", "kind"),
    [
        ("Selamat pagi", LetterKind.UNPLACED),
        ("STATUS", LetterKind.STATUS),
        ("BANTUAN", LetterKind.GUIDE),
        ("SETUJU", LetterKind.OUT_OF_TURN),
    ],
)
def test_before_the_first_cycle_a_known_person_is_answered_without_one(own_words: str, kind: LetterKind) -> None:
    """No mail of somebody on the list stays without an answer; forms and files neither."""
    for mail in (mail_of("kabid-dafduk", own_words), mail_of("kabid-dafduk", own_words, unread(Unreadable.PDF))):
        found = sort(desk(mail=mail))
        (letter,) = found.letters
        assert (found.outcome, found.facts) == (MailOutcome.UNPLACED, ())
        assert (letter.kind, letter.to, letter.address) == (kind, "kabid-dafduk", "kabid.dafduk@example.go.id")
        assert letter.key == f"{kind.value}/{'a' * 16}"
        assert letter.answers is not None
    assert sort(desk(mail=mail_of("kabid-dafduk", "", FORM))).letters[0].kind is LetterKind.UNPLACED


@pytest.mark.parametrize(
    ("own_words", "about"),
    [
        ("Selamat pagi", Unplaced(reason=Reason.NOT_YET)),
        ("FORM", Status(word=Word.FORM)),
        ("BANTUAN", Guide(word=Word.BANTUAN)),
        ("SETUJU", OutOfTurn(word=Word.SETUJU, reason=Reason.NOT_YET)),
    ],
)
def test_before_the_first_cycle_the_answer_says_that_it_is_too_early(own_words: str, about: object) -> None:
    """With the word that was said, in the mail's own thread."""
    (letter,) = sort(desk(mail=mail_of("kabid-dafduk", own_words))).letters
    assert letter.about == about
    assert letter.answers is not None
    assert letter.answers.message_id == MAIL.message_id


def confirming(person: str, own_words: str = "483920", earlier: str = "sekretaris") -> Desk:
    """Return the desk of a mail that brings a right code, in answer to our question about an earlier SETUJU."""
    challenge = replace(REVIEW, key="challenge/2025/sekretaris/review/1", kind="challenge")
    mail = replace(mail_of(person, own_words), codes=("483920",), proof=Proof.CODE)
    signed = attachment("6" * 64, PDF)
    confirmed = replace(mail_of(earlier, "SETUJU\nTerima kasih.", files=(signed,)), sha256="b" * 64, proof=Proof.NONE)
    return replace(desk(REVIEWING.cycle, mail=mail, about=(challenge,)), confirms=confirmed)


def test_the_code_alone_confirms_the_word_it_was_asked_for() -> None:
    """With all that came with that word: remarks and files."""
    fact = only_fact(sort(confirming("sekretaris")))
    assert isinstance(fact, VerdictGiven)
    assert (fact.said.word, fact.said.remarks, fact.signed_pdf_sha256) == (Word.SETUJU, ("Terima kasih.",), "6" * 64)
    assert (fact.source.proof, fact.source.mail_sha256) == (Proof.CODE, "b" * 64)
    assert fact.about == REVIEW.asks
    assert Play(now=REVIEWING.cycle, at=wib(12, 10)).happens(fact).cycle.step.value == "ratify"


def test_the_code_with_a_word_confirms_that_word() -> None:
    """The line of the code is no remark of it."""
    fact = only_fact(sort(confirming("sekretaris", "PERBAIKI\nKODE 483920\nTabel 3.")))
    assert isinstance(fact, VerdictGiven)
    assert (fact.said.word, fact.said.remarks) == (Word.PERBAIKI, ("Tabel 3.",))


def test_a_code_proves_its_own_bearer_only() -> None:
    """A Kasi's code in answer to the Sekretaris's mail confirms nothing; nor does a code without an earlier mail."""
    unproved = confirming("sekretaris")
    unproved = replace(unproved, mail=replace(unproved.mail, proof=Proof.NONE))
    for forged in (confirming("kasi-pindah"), replace(confirming("sekretaris"), confirms=None), unproved):
        assert sort(forged).outcome is MailOutcome.UNCLEAR
        fact = only_fact(sort(forged))
        assert isinstance(fact, AnswerUnclear)
        assert fact.reason is Reason.BAD_CODE


def test_the_same_word_beside_the_code_means_the_earlier_mail() -> None:
    """With the file that hung on it; a file beside the code makes it a mail of its own."""
    fact = only_fact(sort(confirming("sekretaris", "SETUJU\nKODE 483920")))
    assert isinstance(fact, VerdictGiven)
    assert (fact.said.remarks, fact.source.mail_sha256) == (("Terima kasih.",), "b" * 64)


def test_six_digits_without_a_question_of_ours_are_no_code() -> None:
    """A number in a mail that answers no challenge is left to the other questions."""
    desk_of_form = replace(confirming("sekretaris"), about=(), confirms=None)
    assert sort(desk_of_form).outcome is MailOutcome.UNPLACED
