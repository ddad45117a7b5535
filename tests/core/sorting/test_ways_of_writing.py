"""The ways people write decide where nothing speaks against them; in another place or tone they do not (D13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.mail import OwnText
from mailbot.core.sorting.said import said_in
from tests.core.desks import MAIL
from tests.offices.small import OFFICE


def said(words: str, *, by: str = "sekretaris", subject: str = "Re: Mohon reviu", doubtful: str = "") -> Said:
    """Return what a mail of these words comes to."""
    text = OwnText(own=words, doubtful=doubtful)
    mail = replace(MAIL, subject=subject, own_words=words, own_texts=(text,))
    return said_in(mail, OFFICE, (OFFICE.roster.person(by),))


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("Setuju pak", Word.SETUJU),
        ("SETUJU, terima kasih", Word.SETUJU),
        ("Saya setujui", Word.SETUJU),
        ("acc", Word.SETUJU),
        ("oke, lanjut", Word.SETUJU),
        ("Bismillah, setuju.", Word.SETUJU),
        ("\U0001f44d SETUJU", Word.SETUJU),
        ("Sah", Word.DISAHKAN),
        ("Saya sahkan, silakan dikirim ke Bappeda.", Word.DISAHKAN),
        ("Setuju, disahkan.", Word.DISAHKAN),
        ("revisi: bab III tabel 2 keliru", Word.PERBAIKI),
        ("Mohon diperbaiki: tabel 2", Word.PERBAIKI),
        ("PERBAIKI, tabel 2 keliru", Word.PERBAIKI),
        ("Tunda 2 hari, sakit", Word.TUNDA),
        ("KIRIM ULANG", Word.FORM),
        ("kirim ulang draf", Word.DRAF),
    ],
)
def test_the_ways_people_write_decide(words: str, word: Word) -> None:
    """Nobody is asked a second time for what he has said."""
    assert (said(words).word, said(words).unclear) == (word, False)


def test_why_somebody_asks_for_a_pause_is_kept() -> None:
    """The days are the word's, the rest of the line is his reason."""
    assert (said("Tunda 2 hari, sakit").arguments, said("Tunda 2 hari, sakit").remarks) == ("2 hari", ("sakit",))


@pytest.mark.parametrize("words", ["", "Terima kasih.", "Hormat saya,\nSekretaris"])
def test_a_word_in_the_subject_alone_counts(words: str) -> None:
    """Where nothing else was written; a subject that answers ours is none."""
    assert said(words, subject="SETUJU").word is Word.SETUJU
    assert said(words, subject="Re: Mohon reviu").word is None


def test_what_was_put_into_our_subject_is_read_like_what_stands_below_it() -> None:
    """It must be understood beside an approving word; a refusal's remarks are those of the mail."""

    def read(words: str, beside: str) -> Said:
        mail = replace(MAIL, own_words=words, own_texts=(OwnText(own=words),), subject_beside=beside)
        return said_in(mail, OFFICE, (OFFICE.roster.person("sekretaris"),))

    assert read("SETUJU", "Jangan dikirim dulu").in_the_way == ("Jangan dikirim dulu",)
    assert read("SETUJU", "Terima kasih").word is Word.SETUJU
    assert read("", "SETUJU -").word is Word.SETUJU
    assert read("SETUJU", "PERBAIKI").unclear
    refused = read("PERBAIKI\nTabel 2", "tabel 2 keliru")
    assert (refused.word, refused.remarks) == (Word.PERBAIKI, ("Tabel 2",))


@pytest.mark.parametrize("words", ["Sedang saya baca.", "Nanti dulu", "PERBAIKI\nTabel 2"])
def test_a_word_in_the_subject_decides_nothing_beside_another_text(words: str) -> None:
    """What stands in the mail is what he says."""
    assert said(words, subject="SETUJU").word is not Word.SETUJU


@pytest.mark.parametrize(
    "words", ["OK?", "DISAHKAN?", "Setuju, tapi nanti", "belum acc", "acc besok", "oke nanti saya baca"]
)
def test_a_question_or_a_condition_is_no_word(words: str) -> None:
    """However short."""
    assert said(words).word is None


def test_a_word_in_what_may_be_quoted_is_asked_about() -> None:
    """And what stands there beside a word of his own must be understood like anything else (D2, D3)."""
    assert (said("Saya baca malam ini.", doubtful="SETUJU").word, said("", doubtful="SETUJU").unclear) == (None, True)
    assert said("SETUJU", doubtful="Terima kasih.").word is Word.SETUJU
    assert said("SETUJU", doubtful="Jangan dikirim dulu").in_the_way == ("Jangan dikirim dulu",)


def test_a_signature_of_somebody_else_is_asked_about() -> None:
    """Under the Sekretaris's word stands his own title, not that of the Kepala Dinas."""
    kadis = replace(OFFICE.roster.person("kadis"), title="Kepala Dinas", name="Nama Kadis")
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, kadis)))
    text = "SETUJU\n\nHormat saya,\na.n. Kepala Dinas"
    mail = replace(MAIL, own_words=text, own_texts=(OwnText(own=text),))
    assert said_in(mail, office, (OFFICE.roster.person("sekretaris"),)).in_the_way == ("a.n. Kepala Dinas",)


def test_renderings_that_disagree_leave_what_was_meant_to_be_asked_about() -> None:
    """An approving word may be confirmed with BENAR; a refusal must be said again; what is no word stays none."""

    def read(words: str) -> Said:
        mail = replace(MAIL, own_words=words, own_texts=(OwnText(own=words),), renderings_agree=False)
        return said_in(mail, OFFICE, (OFFICE.roster.person("sekretaris"),))

    approved = read("SETUJU")
    assert (approved.word, approved.unclear, approved.meant, approved.in_the_way) == (None, True, Word.SETUJU, ())
    beside = read("SETUJU\nSampulnya hijau.")
    assert (beside.meant, beside.in_the_way) == (Word.SETUJU, ("Sampulnya hijau.",))
    refused = read("PERBAIKI\nTabel 2")
    assert (refused.word, refused.unclear, refused.meant, refused.remarks) == (None, True, None, ("Tabel 2",))
    assert read("Selamat pagi") == said("Selamat pagi")


def test_a_known_footer_of_the_sender_lets_his_word_count() -> None:
    """The same under another's mail, or another block, is asked about."""
    text = "SETUJU\n\nHormat saya,\nBekerja dengan gembira"
    mail = replace(MAIL, own_words=text, own_texts=(OwnText(own=text),))
    people = (OFFICE.roster.person("sekretaris"),)
    known = said_in(mail, OFFICE, people, frozenset({"bekerja dengan gembira"}))
    assert (known.word, known.footer) == (Word.SETUJU, ("Bekerja dengan gembira",))
    for footers in (frozenset[str](), frozenset({"bekerja dengan duka"})):
        assert said_in(mail, OFFICE, people, footers).meant is Word.SETUJU


def test_benar_makes_a_word_of_what_was_meant_with_the_lines_that_stood_beside_it() -> None:
    """Where nothing was meant, it changes nothing."""
    mail = replace(MAIL, own_words="SETUJU\nSampulnya hijau.")
    people = (OFFICE.roster.person("sekretaris"),)
    line = ("Sampulnya hijau.",)
    assert said_in(mail, OFFICE, people, affirmed=True) == Said(word=Word.SETUJU, remarks=line, in_the_way=line)
    other = replace(MAIL, own_words="PERBAIKI\nTabel 2")
    assert said_in(other, OFFICE, people, affirmed=True).word is Word.PERBAIKI
