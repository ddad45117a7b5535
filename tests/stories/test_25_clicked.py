"""Story 25: a thumb decides nothing; whose word is awaited is asked for it, and nobody else is written to."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest
from openpyxl import Workbook

from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from tests.office import AUTHSERV_ID, Seen, ToyOffice, requested
from tests.stories.form_life import changed, filled, plain
from tests.stories.test_19_answers_reach_people import asked

GMAIL = ("vnd.google.email-reaction+json", "", "{sign}\n\n{name} bereaksi melalui Gmail\n")
OUTLOOK = ("vnd.microsoft.reaction+json", "", "[{sign}] {name} bereaksi terhadap pesan Anda.\n")
ACCEPTED = ("calendar", "REPLY", "Diterima: Laporan Kinerja\n")
INVITED = ("calendar", "REQUEST", "Rapat persiapan laporan besok pukul sembilan di ruang rapat\n")
AWAITED = [("sekretaris", "data_needs"), ("perencanaan", "draft"), ("sekretaris", "review"), ("kadis", "ratify")]


def clicks(
    office: ToyOffice, who: str, letter: Seen | None, how: tuple[str, str, str], *, sign: str = "👍", subject: str = ""
) -> list[Seen]:
    """Let somebody click under a letter, as his mail program writes that; return what he gets for it."""
    kind, method, text = how
    person = office.person(who)
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from=example.go.id"
    mail["Received"] = f"from client by {AUTHSERV_ID}; Mon, 5 Jan 2026 08:00:00 +0700"
    mail["From"], mail["To"] = person.addresses[0], office.office.mailbox
    mail["Subject"] = subject or (f"Re: {letter.subject}" if letter else "Reaksi")
    mail["Message-ID"] = f"<klik-{len(office.post.mails)}@example.go.id>"
    if letter is not None:
        mail["In-Reply-To"] = letter.message_id
    mail.set_content(text.format(sign=sign, name=person.name))
    mail.add_alternative('{"emoji":"👍","version":1}', subtype=kind)
    if method:
        list(mail.iter_parts())[-1].set_param("method", method)
    before = len(office.letters_to(who))
    office.arrives(mail.as_bytes())
    return office.letters_to(who)[before:]


@pytest.mark.parametrize("how", [GMAIL, OUTLOOK])
@pytest.mark.parametrize(("who", "kind"), AWAITED)
def test_a_thumb_of_whose_word_is_awaited_is_asked_for_the_word(who: str, kind: str, how: tuple[str, str, str]) -> None:
    """It is no decision, and the question can be answered with the word."""
    office = asked(kind)
    step, verdicts = office.cycle().step, office.cycle().verdicts
    (question,) = clicks(office, who, office.letter(who, kind), how)
    assert "belum dapat kami catat sebagai jawaban" in plain(question.text)
    assert (office.cycle().step, office.cycle().verdicts) == (step, verdicts)
    word = {"data_needs": "SETUJU", "draft": "TERUSKAN", "review": "SETUJU", "ratify": "DISAHKAN"}[kind]
    office.answers(who, question, word)
    assert len(office.cycle().verdicts) == len(verdicts) + 1


@pytest.mark.parametrize("how", [GMAIL, OUTLOOK, ACCEPTED])
@pytest.mark.parametrize("who", ["kabid-capil", "kadis", "perencanaan"])
def test_anybody_else_s_click_is_noted_and_answered_by_nothing(who: str, how: tuple[str, str, str]) -> None:
    """No letter to him, none to anybody; the inbox says what it was."""
    office = requested()
    letter = office.letter(who, "request") if who == "kabid-capil" else None
    before = len(office.post.delivered)
    assert clicks(office, who, letter, how) == []
    assert len(office.post.delivered) == before
    (mail,) = office.ledger.inbox.listing()
    assert (mail.outcome, mail.detail) == (MailOutcome.ROBOT, "invitation" if how is ACCEPTED else "reaction")
    office.days_pass(1)
    assert not office.letters_to("perencanaan", "heard")


@pytest.mark.parametrize("words", ["👍", "👍🏽🙏", "👍\n\n👍"])
def test_a_thumb_that_was_typed_is_a_thumb(words: str) -> None:
    """Nothing else was written: as if it had been clicked on."""
    office = requested()
    before = len(office.post.delivered)
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words)
    assert len(office.post.delivered) == before
    office = asked("review")
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    assert "belum dapat kami catat" in plain(office.letter("sekretaris", "unclear").text)
    assert office.cycle().step is Step.REVIEW


def test_a_thumb_under_what_was_noted_is_answered_by_nothing() -> None:
    """The Kepala Dinas likes that his word was noted; his next move is not meant."""
    office = asked("review")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert clicks(office, "sekretaris", office.letter("sekretaris", "verdict_noted"), GMAIL) == []


@pytest.mark.parametrize(("sign", "waits"), [("👍", False), ("👎", True), ("😡", True)])
def test_in_row_1_a_thumb_up_puts_off_and_any_other_sign_is_no_silence(sign: str, *, waits: bool) -> None:
    """A thumb up is a courtesy; another sign may be an objection, and the row waits for a word."""
    office = asked("data_needs")
    clicks(office, "sekretaris", office.letter("sekretaris", "data_needs"), GMAIL, sign=sign)
    assert office.cycle().undecided is waits


def test_an_accepted_invitation_is_no_receipt_of_the_report() -> None:
    """Calendars write `Diterima: ...` by themselves; under the letter that asks, the word is asked for."""
    office = asked("submission")
    assert clicks(office, "bappeda", None, ACCEPTED, subject="Diterima: Laporan Kinerja") == []
    (question,) = clicks(office, "bappeda", office.letter("bappeda", "submission"), ACCEPTED)
    assert question.kind == "unclear"
    assert office.cycle().step is Step.SUBMIT


def test_an_invitation_itself_is_somebody_s_mail() -> None:
    """What was written in it is answered and shown like any other words."""
    (answer,) = clicks(requested(), "kadis", None, INVITED)
    assert answer.kind == "unplaced"


def test_a_thumb_under_lines_that_wait_has_them_read_back() -> None:
    """They count with BENAR only."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "IKU-03: 98,12")
    (again,) = clicks(office, "kabid-capil", office.letter("kabid-capil", "lines_read"), GMAIL)
    assert again.kind == "lines_read"


def test_a_thumb_under_two_forms_that_differ_is_asked_for_benar() -> None:
    """The head says which counts, in a word."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    form = filled(office, request)
    office.answers("kabid-capil", request, "Terlampir.", ("Form.xlsx", form))

    def other(book: Workbook) -> None:
        for row in book["Indikator"].iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and not cell.protection.locked:
                    cell.value = cell.value + 1
                    return

    office.answers("kasi-kelahiran", request, "Terlampir.", ("Form.xlsx", changed(form, other)))
    letter = office.letter("kabid-capil", "conflict")
    (question,) = clicks(office, "kabid-capil", letter, GMAIL)
    assert "BENAR" in plain(question.text).split()
