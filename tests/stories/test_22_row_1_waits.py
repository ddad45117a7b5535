"""Story 22: row 1 ends by the Sekretaris' silence; whatever he writes that is no plain word is none."""

from __future__ import annotations

import pytest

from mailbot.core.model.sop import Step
from tests.clerk.post import odd_office
from tests.office import ToyOffice

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
