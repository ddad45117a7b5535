"""Every mail program's answer comes to the word that was typed in it, whatever is quoted below (rows 6b to 8)."""

from __future__ import annotations

import pytest

from tests.stories.verdict_mails import desks, phones, webmail
from tests.stories.verdict_mails.letters import EN, ID, MS, Words
from tests.stories.verdict_mails.looking import Client, comes_to, reply

PROGRAMS: tuple[Client, ...] = (
    desks.apple_mail,
    desks.em_client,
    desks.evolution,
    desks.foxmail,
    desks.notes,
    desks.outlook,
    desks.thunderbird,
    desks.thunderbird_page,
    phones.bare,
    phones.bare_page,
    phones.gmail_phone,
    phones.huawei,
    phones.iphone,
    phones.k9,
    phones.outlook_phone,
    phones.samsung,
    phones.unbroken,
    phones.whatsapp,
    phones.yahoo_phone,
    webmail.gmail,
    webmail.horde,
    webmail.mail_ru,
    webmail.outlook_web,
    webmail.proton,
    webmail.roundcube,
    webmail.roundcube_page,
    webmail.squirrelmail,
    webmail.yahoo,
    webmail.zimbra,
    webmail.zoho,
)
# What is typed in answer to which letter, and what comes of it.
TYPED = (
    ("ratify", "DISAHKAN\n\nTerima kasih.", "DISAHKAN"),
    ("ratify", "PERBAIKI\n1. Bab III tabel 2 keliru.\n2. Sampul belum ada tahunnya.", "PERBAIKI"),
    ("ratify", "Belum dapat saya sahkan, tabel 3.2 saya baca dahulu.", "asks"),
    ("ratify", "", "asks"),
)


@pytest.mark.parametrize("words", [ID, EN, MS], ids=["Indonesian", "English", "Malay"])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_a_program_s_answer_comes_to_what_was_typed(program: Client, words: Words) -> None:
    """Above or below what it quotes, in one rendering or two: the word, the refusal with its remarks, or a question."""
    came = [comes_to(row, reply(row, program, typed, words)[1]).comes_to for row, typed, _ in TYPED]
    assert came == [wanted for _, _, wanted in TYPED]


@pytest.mark.parametrize(("row", "word"), [("review", "SETUJU"), ("submission", "DITERIMA")])
def test_so_it_is_in_the_other_rows(row: str, word: str) -> None:
    """The letters differ, and so do the words that are quoted of them."""
    came = {program.__name__: comes_to(row, reply(row, program, word)[1]).comes_to for program in PROGRAMS}
    assert set(came.values()) == {word}, came


@pytest.mark.parametrize("program", [desks.groupwise, phones.copied_from_whatsapp])
def test_what_cannot_be_told_from_a_quotation_is_asked_about(program: Client) -> None:
    """Marks that no program uses so, or a word under another's name."""
    for typed in ("DISAHKAN", "PERBAIKI\nTabel 3"):
        assert comes_to("ratify", reply("ratify", program, typed)[1]).comes_to == "asks"
