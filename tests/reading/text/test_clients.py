"""Replies of fifteen mail programs in two languages come to the right word, and to none where none was plain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.sorting.said import said_in
from tests.offices.small import OFFICE
from tests.reading.clients import CLIENTS, ENGLISH, INDONESIAN, Language, Reply, as_mail
from tests.reading.mails import read

# What was typed, and the word it is; None: nothing that decides.
TYPED: tuple[tuple[tuple[str, ...], Word | None], ...] = (
    (("SETUJU",), Word.SETUJU),
    (("setuju.",), Word.SETUJU),
    (("Yth. Subbag Program,", "", "SETUJU", "", "Terima kasih."), Word.SETUJU),
    (("PERBAIKI", "1. Target IKU-02 keliru", "- Tabel 3.4"), Word.PERBAIKI),
    (("PERBAIKI: tabel 3.4 belum urut",), Word.PERBAIKI),
    (("DISAHKAN", "", "Hormat saya,", "Kepala Dinas"), Word.DISAHKAN),
    (("Tidak setuju",), None),
    (("Belum dapat saya setujui.",), None),
    (("Setuju dengan catatan tabel 3.4 diperbaiki.",), None),
    (("Apakah hari ini sudah harus SETUJU?",), None),
    (("Mohon maaf, dengan memperhatikan angka pada tabel 3.4 maka kami belum SETUJU",), None),
    (("Terima kasih, akan kami pelajari.",), None),
    (("SETUJU", "PERBAIKI"), None),
    ((), None),
)
Client = Callable[[tuple[str, ...], Language], Reply]


def _decided(client: Client, typed: tuple[str, ...], words: Language) -> Said:
    """Read a reply as the office would; a mail whose renderings disagree says nothing."""
    mail = read(as_mail(client(typed, words)))
    assert mail.renderings_agree
    return said_in(mail, OFFICE, ())


@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=lambda words: words.name)
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
@pytest.mark.parametrize(("typed", "word"), TYPED, ids=lambda value: "-".join(value)[:30] if value else "none")
def test_a_reply_comes_to_the_word_that_was_typed(
    client: Client, typed: tuple[str, ...], words: Language, word: Word | None
) -> None:
    """The letter quoted below names three words; none of them is ever taken for the sender's."""
    assert _decided(client, typed, words).word is word


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_remarks_are_kept_whole_and_without_the_letter(client: Client) -> None:
    """Every remark arrives, in its order, and nothing of the letter below."""
    typed = ("PERBAIKI", "1. Target IKU-02 belum sesuai Perjanjian Kinerja.", "- Tabel 3.4 mohon diurutkan")
    assert _decided(client, typed, INDONESIAN).remarks == (
        "Target IKU-02 belum sesuai Perjanjian Kinerja.",
        "Tabel 3.4 mohon diurutkan",
    )


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_the_token_survives_the_quotation(client: Client) -> None:
    """Which letter it answers is known even where the thread's headers are lost."""
    assert read(as_mail(client(("SETUJU",), INDONESIAN))).tokens == ("mb1.0123456789abcdef",)


def test_there_are_at_least_three_hundred_replies() -> None:
    """The figure this file stands for."""
    assert len(TYPED) * len(CLIENTS) * 2 >= 300
