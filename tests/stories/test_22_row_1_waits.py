"""Story 22: row 1 ends by the Sekretaris' silence; whatever he writes that is no plain word is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from tests.clerk.post import odd_office
from tests.office import ToyOffice
from tests.stories.test_11_code import code_in

NOTE = ("nota.pdf", b"%PDF-1.4\nIKU-14 belum dapat diminta.\n%%EOF\n")
LONG = 20


def asked_secretary() -> ToyOffice:
    """Return the office on its first morning, the data needs before the Sekretaris."""
    office, _ = odd_office()
    office.works()
    assert office.cycle().step is Step.INFORM
    return office


@pytest.mark.parametrize(
    "words",
    [
        "Setuju dengan catatan: IKU-14 jangan diminta dulu.",
        "Jangan dikirim dulu.",
        "Mohon dibahas besok pagi",
        "DISAHKAN",
        "TUNDA 3 hari",
        "BANTUAN\nSaya tidak mengerti IKU-14.",
        "Ok, tapi tunggu",
        "\U0001f44e",
    ],
)
def test_what_he_wrote_is_no_consent_however_long_he_is_silent_after_it(words: str) -> None:
    """The row waits for his word, and he is reminded of it like anybody whose move it is."""
    office = asked_secretary()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), words)
    office.days_pass(LONG)
    assert office.cycle().step is Step.INFORM
    assert office.letters_to("sekretaris", "reminder")
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    assert office.cycle().step is not Step.INFORM


def test_an_objection_in_no_thread_holds_the_row() -> None:
    """He is asked to answer the letter; that he objected is known all the same."""
    office = asked_secretary()
    office.answers("sekretaris", None, "KEBERATAN")
    office.days_pass(LONG)
    assert office.cycle().step is Step.INFORM


def test_a_file_without_words_holds_the_row() -> None:
    """What stands in it nobody has read."""
    office = asked_secretary()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "", NOTE)
    office.days_pass(LONG)
    assert office.cycle().step is Step.INFORM


@pytest.mark.parametrize("words", ["", "Terima kasih.", "Selamat pagi, terima kasih atas suratnya.\n\nSalam"])
def test_a_courtesy_leaves_the_row_its_silence(words: str) -> None:
    """Thanks is no objection; the row ends some days later than it would have."""
    office = asked_secretary()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), words)
    office.days_pass(LONG)
    assert office.cycle().step is not Step.INFORM


@pytest.mark.parametrize("said", ["dmarc=none", "dmarc=fail"])
@pytest.mark.parametrize("words", ["KEBERATAN", "Jangan dikirim dulu."])
def test_who_is_not_proved_cannot_hold_the_row_for_ever(said: str, words: str) -> None:
    """A mail a day in his name: the row ends after twice its time at the latest."""
    office = asked_secretary()
    for _ in range(LONG):
        if office.cycle().step is Step.INFORM:
            mail = office.mail("sekretaris", office.letter("sekretaris", "data_needs"), words)
            office.arrives(mail.replace(b"dmarc=pass", said.encode()))
        office.days_pass(1)
    assert office.cycle().step is not Step.INFORM


def nested(office: ToyOffice, words: str, *, anew: bool = False) -> bytes:
    """Return a mail of the Sekretaris that is built too deep to be read, in answer to the data needs or to nothing."""
    letter = None if anew else office.letter("sekretaris", "data_needs")
    plain = office.mail("sekretaris", letter, words).replace(b"\r\n", b"\n")
    head, body = plain.split(b"\n\n", 1)
    within = b"".join(b'--n%d\nContent-Type: multipart/mixed; boundary="n%d"\n\n' % (n, n + 1) for n in range(400))
    lines = [line for line in head.split(b"\n") if not line.lower().startswith(b"content-")]
    return b"\n".join((*lines, b'Content-Type: multipart/mixed; boundary="n0"', b"", within, body))


def test_a_mail_that_cannot_be_read_holds_the_row_and_he_is_told() -> None:
    """Nobody knows whether it objects: he hears at once that it was not read, and his word counts as ever."""
    office = asked_secretary()
    office.arrives(nested(office, "KEBERATAN"))
    (told,) = office.letters_to("sekretaris", "unplaced")
    assert "belum dapat dibaca oleh sistem" in " ".join(told.text.split())
    office.days_pass(LONG)
    assert office.cycle().step is Step.INFORM
    assert len(office.letters_to("sekretaris", "unplaced")) == 1
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    assert office.cycle().step is not Step.INFORM


def test_a_mail_that_cannot_be_read_and_is_false_is_nobodys() -> None:
    """Our server found that it does not come from him: he hears nothing of it, and the row ends as ever."""
    office = asked_secretary()
    office.arrives(nested(office, "KEBERATAN").replace(b"dmarc=pass", b"dmarc=fail"))
    office.days_pass(LONG)
    assert not office.letters_to("sekretaris", "unplaced")
    assert office.cycle().step is not Step.INFORM


def test_an_unread_mail_as_mended_by_the_operator_counts_with_the_code_alone() -> None:
    """What he wrote is worked from the copy; our server has not seen those bytes, so he is asked for the code."""
    office = asked_secretary()
    office.arrives(nested(office, "KEBERATAN"))
    (mail,) = office.ledger.inbox.listing(MailOutcome.SET_ASIDE)
    mended = office.mail("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN")
    assert office.ledger.inbox.mend(mail.id, mended, office.clock())
    office.works()
    assert not office.cycle().verdicts
    challenge = office.letter("sekretaris", "challenge")
    office.answers("sekretaris", challenge, code_in(challenge))
    assert [verdict.word for verdict in office.cycle().verdicts] == [Word.KEBERATAN]
    assert office.ledger.inbox.raw(mail.id) != mended


def test_what_cannot_be_read_is_said_once_while_two_cycles_run() -> None:
    """Nobody knows which one it is about, so neither ends by his silence."""
    office = asked_secretary()
    both = (*office.office.cycles, replace(office.office.cycles[0], key="kedua"))
    office.has(office=replace(office.office, cycles=both))
    office.works()
    office.arrives(nested(office, "KEBERATAN", anew=True))
    office.days_pass(LONG)
    assert len(office.letters_to("sekretaris", "unplaced")) == 1
    assert {cycle.step for cycle in office.ledger.cycles.open()} == {Step.INFORM}
