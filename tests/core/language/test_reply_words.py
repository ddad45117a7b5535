"""Reply words: whole lines, own words, never a word out of a sentence, never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.language.agreed import without_codes
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import VERDICTS, WITH_ARGUMENTS, Said, Word, read_words
from mailbot.core.sorting.said import lexicon_of
from tests.offices.small import OFFICE

SECRETARY = OFFICE.roster.person("sekretaris")
LEXICON = lexicon_of(OFFICE, (SECRETARY,))


def said(text: str) -> Said:
    """Read a mail's own words as the small office does."""
    return read_words(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "SETUJU",
        "setuju",
        "SETUJU.",
        "*Setuju*",
        "  Setuju !  ",
        "- SETUJU",
        "• Setuju",
        "1. SETUJU",
        "(2) setuju",
        "“Setuju”",
        "disetujui",
        "SETUJU\nsetuju",
        "Yth. Subbag Program\n\nSETUJU\n\nTerima kasih.\nSekretaris",
        "SETUJU\nSemoga kerja sama yang baik ini berlanjut.",
        "SETUJU\nok, lanjut",
        "Setuju\nTerima kasih atas kerja samanya",
        "acc",
        "ACC pak",
        "oke, lanjut",
        "Setuju pak",
        "SETUJU, terima kasih",
        "Saya setujui",
        "Saya setuju, lanjutkan.",
        "approved",
        "\U0001f44d setuju",
        "Assalamualaikum, setuju pak. Terima kasih",
    ],
)
def test_a_word_on_a_line_by_itself_counts(text: str) -> None:
    """Whatever its case, bullets and punctuation, and beside courtesies."""
    assert (said(text).word, said(text).unclear) == (Word.SETUJU, False)


@pytest.mark.parametrize(
    "text",
    [
        "setuju dengan catatan",
        "Setuju dengan catatan tabel 3 diperbaiki",
        "tidak setuju",
        "ok siap",
        "Saya setuju, lanjutkan besok.",
        "Setuju untuk dihubungi besok",
        "SETUJU\nPERBAIKI",
        "SETUJU\nnamun tabel 3 salah",
        "SETUJU\nMohon tabel 3 diperbaiki dulu",
        "SETUJU\nsetuju dengan catatan",
        "DISAHKAN\nkecuali lampiran 2",
        "SETUJU, kecuali bab III",
        "disahkan saja",
        "SETUJU \U0001f621",
        "\u2639\ufe0f setuju pak",
        "setuju dan \U0001f605",
        "Bapak Sekretaris: setuju",
        "setuju untuk tidak dikirim",
        "Diteruskan untuk disetujui",
        "belum direviu dan setuju",
        "perbaiki tidak perlu",
        "Perbaiki tabel 3 jika sempat",
        "Perbaiki tabel 3, lalu setuju",
        "Perbaiki tabel 3?",
        "Perbaikan tabel 3 sudah baik",
    ],
)
def test_what_is_not_plain_is_asked_back(text: str) -> None:
    """A reservation, two words, a word inside a sentence, a phrase that only sounds like one."""
    assert (said(text).word, said(text).unclear) == (None, True)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("Perbaiki tabel 3", "tabel 3"),
        ("PERBAIKI Tabel 3.2 keliru", "Tabel 3.2 keliru"),
        ("Mohon diperbaiki tabel 3 yang belum sesuai", "tabel 3 yang belum sesuai"),
        ("Perbaiki dulu", ""),
        ("perbaiki ya pak", ""),
    ],
)
def test_a_wish_that_goes_on_in_its_line_is_a_refusal_with_its_reason(text: str, arguments: str) -> None:
    """Where the line begins with it; what names nothing is no reason."""
    assert (said(text).word, said(text).arguments) == (Word.PERBAIKI, arguments)


@pytest.mark.parametrize(
    "text",
    [
        "Sudah direviu dan setuju",
        "Setelah saya reviu, setuju",
        "setuju dan disetujui",
        "Setuju untuk dilaksanakan",
        "Sangat setuju sekali",
        "SETUJU SETUJU",
        "Jawaban: setuju",
    ],
)
def test_a_word_counts_in_one_breath_with_what_is_understood(text: str) -> None:
    """What stands before it in its line is read as above it, and what joins two halves is no part of either."""
    assert (said(text).word, said(text).unclear) == (Word.SETUJU, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Masih saya pelajari.",
        "Terima kasih",
        "TERIMA KASIH",
        "Terima kasih atas suratnya, form menyusul.",
        "Terima laporan kami",
        "Kembalikan berkasnya ke meja saya",
        "Status form kami bagaimana?",
        "Tunda dulu rapatnya",
        "Asal data dari mana ya",
        "> SETUJU",
        "| SETUJU",
    ],
)
def test_a_sentence_is_no_word(text: str) -> None:
    """Nor is thanks an order, nor a quoted line one's own."""
    assert (said(text).word, said(text).unclear) == (None, False)


@pytest.mark.parametrize(
    ("text", "word", "arguments", "remarks"),
    [
        ("PERBAIKI: Sampul belum bertahun.", Word.PERBAIKI, "Sampul belum bertahun.", ()),
        ("PERBAIKI\n1. Ringkas.\n- Tabel 3.", Word.PERBAIKI, "", ("Ringkas.", "Tabel 3.")),
        ("Keberatan: IKU-14 belum ada", Word.KEBERATAN, "IKU-14 belum ada", ()),
        ("SALAH: IKU-02", Word.SALAH, "IKU-02", ()),
        ("TUNDA 2 HARI", Word.TUNDA, "2 HARI", ()),
        ("tunda 3 hari kerja", Word.TUNDA, "3 hari kerja", ()),
        ("TUNDA", Word.TUNDA, "", ()),
        ("Tunda 2 hari, sakit", Word.TUNDA, "2 hari", ("sakit",)),
        ("tunda dua hari", Word.TUNDA, "dua hari", ()),
        ("Tunda sampai Kamis", Word.TUNDA, "sampai Kamis", ()),
        ("Mohon tambahan waktu 2 hari, masih di lapangan", Word.TUNDA, "2 hari", ("masih di lapangan",)),
        ("minta waktu sampai Kamis", Word.TUNDA, "sampai kamis", ()),
        ("Saya minta waktu untuk berpikir", None, "", ("Saya minta waktu untuk berpikir",)),
        ("Sakit, mohon maaf.", None, "", ("Sakit, mohon maaf.",)),
        ("TUNDA DUA HARI", Word.TUNDA, "DUA HARI", ()),
        ("TERIMA DAFDUK sudah dicek", Word.TERIMA, "DAFDUK sudah dicek", ()),
        ("terima dafduk\nSudah dicek.", Word.TERIMA, "dafduk", ("Sudah dicek.",)),
        ("TERIMA: DAFDUK dicek", Word.TERIMA, "DAFDUK dicek", ()),
        ("TERIMA DAFDUK dicek, lengkap", Word.TERIMA, "DAFDUK dicek, lengkap", ()),
        ("TUNDA  2 \t HARI", Word.TUNDA, "2 HARI", ()),
        ("KEMBALIKAN Capil: angka lama", Word.KEMBALIKAN, "Capil: angka lama", ()),
        ("KEMBALIKAN DAFDUKK", Word.KEMBALIKAN, "DAFDUKK", ()),
        ("Perpanjang capil 15-01-2026", Word.PERPANJANG, "capil 15-01-2026", ()),
        ("ASAL IKU-02", Word.ASAL, "IKU-02", ()),
        ("asal 2.12.01.2.01.0006", Word.ASAL, "2.12.01.2.01.0006", ()),
        ("STATUS", Word.STATUS, "", ()),
        ("BANTUAN\nKolom J?", Word.BANTUAN, "", ("Kolom J?",)),
    ],
)
def test_what_belongs_to_a_word_is_kept(text: str, word: Word, arguments: str, remarks: tuple[str, ...]) -> None:
    """The rest of its line, and every other own line, without bullets."""
    assert said(text) == Said(word=word, arguments=arguments, remarks=remarks)


def test_a_refusal_may_say_anything_beside_it() -> None:
    """Its remarks are not searched for reservations."""
    assert said("PERBAIKI\nnamun bab II sudah baik, tidak setuju dengan bab III").word is Word.PERBAIKI


def test_a_line_that_holds_only_the_code_is_no_remark() -> None:
    """Nor is it with the word KODE before it; another number stays."""
    text = "PERBAIKI\nKODE 123456\n123456.\n654321\nTabel 123456"
    assert without_codes(text, ("123456",)) == "PERBAIKI\n654321\nTabel 123456"
    assert without_codes(text, ()) == text


def test_the_closed_lists_belong_together() -> None:
    """What takes arguments is an order, and decides nothing."""
    assert not VERDICTS & WITH_ARGUMENTS


@pytest.mark.parametrize(("line", "reduced"), [("  * SETUJU. ", "setuju"), ("Dua   kata", "dua kata"), ("--", "")])
def test_lines_are_compared_plainly(line: str, reduced: str) -> None:
    """Without edges, doubled blanks and case."""
    assert plain(line) == reduced


FILLERS = st.sampled_from(["belum", "yang", "nanti", "tabel", "minggu", "besok", "kalau", "separuh", "versi", "lama"])


@given(
    st.sampled_from(sorted(VERDICTS - {Word.PERBAIKI})),
    st.lists(FILLERS, max_size=3),
    st.lists(FILLERS, min_size=1, max_size=3),
)
def test_a_deciding_word_is_never_taken_out_of_a_longer_sentence(
    word: Word, before: list[str], after: list[str]
) -> None:
    """Before it, after it, around it: asked back."""
    sentence = " ".join([*before, word.value.lower(), *after])
    assert (said(sentence).word, said(sentence).unclear) == (None, True)
    turned = " ".join([*after, word.value.lower(), *before])
    assert (said(turned).word, said(turned).unclear) == (None, True)


@given(st.text())
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    """And a word is never said to be unclear."""
    reading = said(text)
    assert reading.word is None or not reading.unclear


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("asal IKU-02 IKU-03", None),
        ("asal tahu", None),
        ("terima DAFDUK, dicek", Word.TERIMA),
        ("terima (dafduk) dicek", Word.TERIMA),
    ],
)
def test_an_order_in_small_letters_must_fit_what_it_takes(text: str, word: Word | None) -> None:
    """One code with a figure in it after ASAL; a unit, whatever signs stand around it, after TERIMA."""
    assert said(text).word is word
