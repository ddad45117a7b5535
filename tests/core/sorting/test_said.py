"""What counts of a mail's texts: who may sign under a word, what the subject says, and what he typed himself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.mail import Mail, OwnText
from mailbot.core.sorting.said import footer_in, is_courtesy, said_in
from tests.core.desks import MAIL
from tests.offices.small import OFFICE


def texts(*own: str, typed: str | None = None, subject: str = "Re: Mohon reviu", doubtful: str = "") -> Mail:
    """Return a mail with these renderings, and what was typed of them."""
    renderings = tuple(OwnText(own=text, doubtful=doubtful) for text in own)
    return replace(MAIL, subject=subject, own_words=own[0] if typed is None else typed, own_texts=renderings)


def said(by: str, mail: Mail) -> Said:
    """Return what somebody's mail comes to; nobody on the list if no name is given."""
    return said_in(mail, OFFICE, (OFFICE.roster.person(by),) if by else ())


@pytest.mark.parametrize(
    ("by", "signature"),
    [
        ("sekretaris", "Hormat saya,\nSekretaris"),
        ("sekretaris", "Hormat saya,\nSekdis"),
        ("kadis", "Kadis"),
        ("kabid-dafduk", "Bidang Pelayanan Pendaftaran Penduduk"),
        ("kasi-pindah", "Bidang Pendaftaran Penduduk"),
        ("", "Hormat saya,\nKadis"),
    ],
)
def test_a_name_a_post_and_a_unit_of_his_own_stand_under_a_word(by: str, signature: str) -> None:
    """Whoever is on no list decides nothing, whatever he signs with."""
    words = f"SETUJU\n\n{signature}"
    assert said(by, texts(words)) == Said(word=Word.SETUJU, remarks=tuple(signature.splitlines()))


@pytest.mark.parametrize(
    ("by", "signature"),
    [
        ("sekretaris", "Kadis"),
        ("sekretaris", "Bidang Pelayanan Pendaftaran Penduduk"),
        ("kabid-dafduk", "Bidang Pelayanan Pencatatan Sipil"),
        ("kasi-pindah", "Bidang Pendaftaran Sipil"),
        ("", "Budi"),
    ],
)
def test_the_name_of_another_is_asked_about(by: str, signature: str) -> None:
    """Another may have written; the word counts once he has said so, and the block may become a footer."""
    words = f"SETUJU\n\n{signature}"
    assert said(by, texts(words)) == Said(
        remarks=("SETUJU", signature), unclear=True, meant=Word.SETUJU, in_the_way=(signature,)
    )


def test_a_name_of_somebody_else_may_be_whom_he_writes_to() -> None:
    """By name or by post; of the office, not of anybody."""
    assert said("sekretaris", texts("Yth. Kasi Identitas\n\nSETUJU")).word is Word.SETUJU
    assert said("kadis", texts("Yth. Sekdis\n\nSETUJU")).word is Word.SETUJU
    assert said("sekretaris", texts("Yth. Budi\n\nSETUJU")).in_the_way == ("Yth. Budi",)


def test_the_name_of_another_under_a_sign_off_may_become_a_footer() -> None:
    """His own is none; a code beside the word is no part of the word."""
    people = (OFFICE.roster.person("sekretaris"),)
    assert footer_in(texts("SETUJU\n\nHormat saya,\nKadis"), OFFICE, people) == "kadis"
    assert footer_in(texts("SETUJU\n\nHormat saya,\nSekretaris"), OFFICE, people) == ""
    coded = replace(texts("SETUJU 483920\n\nHormat saya,\nBekerja dengan gembira"), codes=("483920",))
    assert footer_in(coded, OFFICE, people) == "bekerja dengan gembira"


def test_an_office_that_lists_no_posts_knows_the_names_of_its_people() -> None:
    """And of nobody's post."""
    office = replace(OFFICE, beside=replace(OFFICE.beside, posts={}))
    people = (OFFICE.roster.person("sekretaris"),)
    assert said_in(texts("SETUJU\n\nSekretaris"), office, people).word is Word.SETUJU
    assert said_in(texts("SETUJU\n\nSekdis"), office, people).in_the_way == ("Sekdis",)


def test_a_unit_that_the_office_has_makes_an_order_of_a_line() -> None:
    """In small letters, too; `terima` before anything else begins a sentence."""
    assert said("perencanaan", texts("terima dafduk, dicek")) == Said(word=Word.TERIMA, arguments="dafduk, dicek")
    assert said("perencanaan", texts("terima kabar baik")).word is None


def test_a_word_in_the_subject_is_not_looked_at_where_the_mail_says_one() -> None:
    """Plainly or not."""
    for subject in ("STATUS", "PERBAIKI"):
        assert said("sekretaris", texts("SETUJU", subject=subject)) == Said(word=Word.SETUJU)
    unclear = said("sekretaris", texts("Setuju, lihat komentar", subject="SETUJU"))
    assert unclear == said("sekretaris", texts("Setuju, lihat komentar"))
    assert (unclear.word, unclear.unclear, unclear.in_the_way) == (None, True, ("lihat komentar",))


def test_a_word_in_the_subject_counts_with_what_belongs_to_it_and_not_with_more() -> None:
    """The days of a pause; what may be quoted below must be understood beside it."""
    assert said("kabid-dafduk", texts("", subject="TUNDA 2 HARI")) == Said(word=Word.TUNDA, arguments="2 HARI")
    assert said("kabid-dafduk", texts("", subject="Tunda 2 hari, sakit")) == Said()
    hidden = said("sekretaris", texts("Terima kasih.", subject="SETUJU", doubtful="Jangan dikirim dulu"))
    assert hidden == Said(
        remarks=("Terima kasih.",), unclear=True, meant=Word.SETUJU, in_the_way=("Jangan dikirim dulu",)
    )


def test_remarks_and_what_belongs_to_the_word_are_as_they_were_typed() -> None:
    """A signature that stands in a rendering is none of them."""
    typed = texts("PERBAIKI\nTabel 3.\n\nBapak Budi", typed="PERBAIKI\nTabel 3.")
    assert said("sekretaris", typed) == Said(word=Word.PERBAIKI, remarks=("Tabel 3.",))
    pause = texts("TUNDA 2 HARI", "TUNDA  2 hari", typed="TUNDA 2 hari.")
    assert said("kabid-dafduk", pause) == Said(word=Word.TUNDA, arguments="2 hari.")


@pytest.mark.parametrize(("sign", "courtesy"), [("\U0001f44d", True), ("\u2610", False), ("\U0001f44e", False)])
def test_a_sign_beside_thanks_may_be_more_than_a_courtesy(sign: str, *, courtesy: bool) -> None:
    """An empty box or a thumb down is; a thumb up agrees."""
    people = (OFFICE.roster.person("sekretaris"),)
    assert is_courtesy(texts(f"Terima kasih.\n{sign}"), OFFICE, people) is courtesy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "ARSIP lemari 3\nTERBIT 09-01-2026 https://lkjip.example.go.id\nrak 2",
            Said(
                word=Word.ARSIP,
                arguments="lemari 3",
                also="09-01-2026 https://lkjip.example.go.id",
                remarks=("rak 2",),
            ),
        ),
        (
            "TERBIT 09-01-2026 https://lkjip.example.go.id\nARSIP",
            Said(word=Word.ARSIP, also="09-01-2026 https://lkjip.example.go.id"),
        ),
        ("ARSIP lemari 3\nSETUJU", Said(remarks=("ARSIP lemari 3", "SETUJU"), unclear=True)),
        (
            "ARSIP\nTERBIT 09-01-2026 a.go.id\nTERBIT 10-01-2026 b.go.id",
            Said(remarks=("ARSIP", "TERBIT 09-01-2026 a.go.id", "TERBIT 10-01-2026 b.go.id"), unclear=True),
        ),
    ],
)
def test_what_one_letter_asks_for_one_mail_may_say(words: str, expected: Said) -> None:
    """ARSIP and TERBIT, in either order; two days of publication, or another word beside, are asked about."""
    assert said("perencanaan", texts(words)) == expected
