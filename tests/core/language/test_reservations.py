"""Beside an approval a reservation is heard, and a courtesy is not taken for one."""

from __future__ import annotations

import pytest

from mailbot.core.language.reply_words import Said, Word, read_words
from mailbot.core.language.reservations import AFTERWARDS, ANYWHERE, asks, not_ticked, reserves
from mailbot.core.sorting.said import lexicon_of
from tests.offices.small import OFFICE

LEXICON = lexicon_of(OFFICE, (OFFICE.roster.person("sekretaris"),))


def said(text: str) -> Said:
    """Read own words as the sample office does, without doubtful phrases."""
    return read_words(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "SETUJU\nLihat https://example.go.id/rapat?id=7",
        "SETUJU\nBatalkan 0811",
        "SETUJU\nKlik https://example.com",
        "Tidak\nSETUJU",
        "Saya tidak\nSETUJU",
        "BELUM\n\nSETUJU",
        "jangan\nSETUJU",
        "SETUJU\napabila angka sudah dibetulkan",
        "SETUJU\nbila sudah lengkap",
        "SETUJU\n\nMohon tabel 3.4 dibetulkan dahulu sebelum dikirim.",
        "SETUJU\nIKU-02 salah, harusnya 98",
        "SETUJU\nIKU 02 98",
        "SETUJU\nangka ini masih keliru",
        "SETUJU\n?",
        "Apakah kami membalas\nSETUJU\n?",
        "SETUJU\nApa sudah final?",
        "Kata Bapak Kadis:\nSETUJU",
        "Arahan pimpinan:\nSETUJU",
        "Balasan dari Kadis:\nSETUJU",
        "Yang bersangkutan sedang cuti.\nSETUJU",
        "Contoh jawaban:\nSETUJU",
        "Balas saja dengan kata\nSETUJU\nya Bu",
        "Ketik\nSETUJU",
        "SETUJU\nbersyarat",
        "SETUJU\n\nSyarat: bukti dilampirkan",
        "SETUJU\nuntuk sementara",
        "SETUJU\nkhusus bab I",
        "SETUJU\nbab II sampai IV",
        "SETUJU\nsebagian",
        "SETUJU\nmaaf salah kirim, abaikan",
        "SETUJU\nBATAL",
        "SETUJU\nRalat: belum",
        "SETUJU\nwait",
        "SETUJU\n\nbut please fix the table",
        "SETUJU\nnot yet",
        "DISAHKAN\nnanti sesudah rapat",
        "SETUJU\nsetelah rapat pimpinan",
        "DITERIMA\nberkas tidak bisa dibuka",
        "DITERIMA\nlampiran kosong",
        "TERUSKAN\njangan hari ini",
        "BENAR\nkecuali yang kedua",
        "BENAR\nIKU-02 97",
        "[ ] SETUJU",
        "( ) SETUJU",
        "[x] SETUJU\n[ ] PERBAIKI",
        "\u2610 SETUJU\n\u2611 PERBAIKI",
        "\u274c SETUJU",
        "SETUJU \U0001f44e",
        "~~SETUJU~~",
        "[ ] BENAR",
        "( ) BENAR",
    ],
)
def test_what_takes_an_approval_back_is_asked_about(text: str) -> None:
    """No word counts, and the sender is asked once."""
    assert (said(text).word, said(text).unclear) == (None, True)


@pytest.mark.parametrize(
    "text",
    [
        "SETUJU \U0001f44d",
        "\U0001f44d\U0001f3fb SETUJU \U0001f64f\U0001f64f",
        "SETUJU \u2705",
        "\u2611 SETUJU",
        "\u200bSETUJU\u200b",
        "Setuju!!!",
        "SETUJU\nTidak ada catatan.",
        "SETUJU\nTanpa perubahan, terima kasih.",
        "SETUJU\nMohon maaf bila ada kekurangan.",
        "SETUJU\nApabila ada pertanyaan, silakan menghubungi kami.",
        "Terima kasih atas perbaikannya.\nSETUJU",
        "Terima kasih atas koreksi Ibu.\nSETUJU",
        "Assalamu'alaikum wr. wb.\n\nSetelah kami pelajari, dengan ini kami nyatakan:\n\nSETUJU\n\nDemikian.",
        "Yth. Subbag Program,\n\nSETUJU\n\nTerima kasih.\nSekretaris Dinas\nNIP. 19700101 199503 1 001",
        "SETUJU\nLaporan sudah baik, silakan dilanjutkan.",
        "SETUJU\nMohon segera diteruskan kepada Bapak Kepala Dinas.",
        "Sudah saya baca seluruhnya.\nSETUJU",
        "SETUJU\nwww.example.go.id",
    ],
)
def test_courtesies_and_what_phones_add_reserve_nothing(text: str) -> None:
    """The word counts."""
    assert (said(text).word, said(text).unclear) == (Word.SETUJU, False)


@pytest.mark.parametrize("text", ["~~BENAR~~", "BENAR \U0001f44e", "\u274c BENAR"])
def test_a_crossed_out_benar_counts_for_nothing(text: str) -> None:
    """It is an everyday word, so it is no decision that was half made either."""
    assert (said(text).word, said(text).unclear) == (None, False)


def test_beside_a_refusal_anything_may_stand() -> None:
    """It is what is to be mended; an empty box alone makes it unclear."""
    assert said("PERBAIKI\nIKU-02 salah, harusnya 98?").word is Word.PERBAIKI
    assert said("[ ] PERBAIKI\ntabel 3").unclear


def test_a_question_of_fact_is_answered_whatever_stands_beside_it() -> None:
    """STATUS approves nothing."""
    assert said("STATUS\nApa form kami belum masuk?").word is Word.STATUS


def test_some_words_reserve_only_below() -> None:
    """Above, they are how a letter begins."""
    assert not reserves("Setelah kami pelajari", below=False)
    assert reserves("setelah rapat", below=True)
    assert not set(" ".join(ANYWHERE.values()).split()) & set(" ".join(AFTERWARDS.values()).split())


@pytest.mark.parametrize(
    ("line", "question"), [("sudah?", True), ("?", True), ("https://a.id/?b=1", False), ("sudah", False)]
)
def test_a_question_mark_in_a_link_asks_nothing(line: str, *, question: bool) -> None:
    """Anywhere else it does."""
    assert asks([line]) is question


@pytest.mark.parametrize(("line", "crossed"), [("[ ] a", True), ("(  )", True), ("[x] a", False), ("(a)", False)])
def test_an_empty_box_is_seen(line: str, *, crossed: bool) -> None:
    """A ticked one is none."""
    assert not_ticked([line]) is crossed
