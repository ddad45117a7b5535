"""Own words apart from quotation and signature, broken lines joined, the two renderings compared, codes found."""

from __future__ import annotations

import pytest

from mailbot.reading.text.own_words import codes_in, renderings_agree, unflow, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("SETUJU\n\nPada Sen, 5 Jan 2026 pukul 09.02 A <a@b.id> menulis:\nisi surat", "SETUJU"),
        ("SETUJU\nPada Sen, 5 Jan 2026 pukul\n09.02 A <a@b.id>\nmenulis:\n> isi", "SETUJU"),
        (
            "Pada prinsipnya setuju.\nPada Sen, 5 Jan 2026 pukul 09.02 A <a@b.id> menulis:\n> isi",
            "Pada prinsipnya setuju.",
        ),
        ("Pada rapat tanggal 5 Januari kemarin kami menulis:\ncatatan berikut", None),
        (
            "Realisasi 2026 sudah benar.\nAm 05.01.2026 09:02 schrieb A:\n> isi\n\nSETUJU",
            "Realisasi 2026 sudah benar.\n\nSETUJU",
        ),
        ("Nanti\nLe lun. 5 janv. 2026 \u00e0 09:02, A <a@b.id> a \u00e9crit :\n\nSETUJU", "Nanti"),
        ("Nanti\nA <a@b.id> \u4e8e2026\u5e741\u67085\u65e5\u5468\u4e00 09:02\u5199\u9053\uff1a\n\nSETUJU", "Nanti"),
        ("Nanti\nA <a@b.id> menulis pada 05/01/2026 09.02:\n\nSETUJU", "Nanti"),
        ("Mohon dikirim kepada A <a@b.id>:\n1. Form", None),
        ("SETUJU\n2026-01-05 9:02 GMT+07:00 A <a@b.id>:\n> isi", "SETUJU"),
        ("SETUJU\n-----Original Message-----\nisi", "SETUJU"),
        ("SETUJU\n---------- Pesan yang diteruskan ---------\nisi", "SETUJU"),
        ("SETUJU\nMulai pesan yang diteruskan:\nisi", "SETUJU"),
        ("SETUJU\n[05/01/26 09.02.11] Kepala Dinas: PERBAIKI\nPERBAIKI", "SETUJU"),
        ("SETUJU\n05/01/26 09.02 - Kepala Dinas: PERBAIKI", "SETUJU"),
        ("Dari: 90 menjadi 92\nKepada siapa pun", None),
        ("Dari: A <a@b.id>\nTanggal: 5 Januari 2026\nHal: Draf\nisi", ""),
        ("> a\nSETUJU\n> b", ""),
        ("> a\n\nSETUJU\n\n> b", "SETUJU"),
        (
            "SETUJU\n\n-- \nSekretaris\nSetujui dahulu sebelum mencetak surel ini demi lingkungan yang lebih baik.",
            "SETUJU",
        ),
        ("SETUJU\nSalam hormat,\nSekretaris Dinas\nNIP. 19700101 199503 1 001", "SETUJU"),
        ("Hormat kami,\nSETUJU", "SETUJU"),
        ("Sent from my Samsung Galaxy smartphone.\nSETUJU", "SETUJU"),
        ("Kami kirim dari kantor hari ini.", None),
    ],
)
def test_what_is_left_is_what_was_typed(typed: str, words: str | None) -> None:
    """Quotation, added lines and signature go; None: everything stays."""
    assert words_of(typed.split("\n"), wrapped=True) == (typed if words is None else words)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Mohon maaf, dengan memperhatikan angka pada tabel 3.4 maka kami belum", "SETUJU"], True),
        (["Terima kasih atas draf yang telah disampaikan kepada kami semua hari ini.", "SETUJU"], False),
        (["Kami belum", "SETUJU"], False),
        (["Mohon diperbaiki tabel-tabel yang kami sebutkan di bawah ini satu demi", "- Tabel 3.4"], False),
        (["Berkas ada di https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWx/view", "SETUJU"], False),
        (["Kalimat yang sangat panjang " * 6, "SETUJU"], False),
    ],
)
def test_only_a_line_broken_at_the_margin_is_joined(lines: list[str], *, joined: bool) -> None:
    """A word alone because the margin came before it belongs to the sentence; one that was typed alone does not."""
    separator = " " if joined else "\n"
    assert words_of(lines, wrapped=True) == separator.join(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("text", "page", "agree"),
    [
        ("SETUJU", "SETUJU", True),
        ("*SETUJU*\n\nTerima kasih", "SETUJU\nTerima kasih", True),
        ("PERBAIKI\n1. Tabel", "PERBAIKI\n- Tabel", True),
        ("SETUJU\nSekretaris Dinas\nKota Probolinggo\nJl. A", "SETUJU\nSekretaris Dinas Kota Probolinggo Jl. A", True),
        ("oke lanjut", "tidak oke lanjut", False),
        ("SETUJU\na\nb\nc\nSekretaris\nKota", "SETUJU\na\nb\nc\nSekretaris Kota", True),
        ("SETUJU", "PERBAIKI", False),
        ("SETUJU", "kami belum SETUJU", False),
        ("a\nb\nc\nd", "a\nb\nc\nd\nSETUJU", False),
        ("a\nb\nc\nd\nSETUJU", "a\nb\nc\nd", False),
        ("Lihat <https://example.go.id/x>", "Lihat", True),
        ("~~~\nSETUJU", "SETUJU", True),
        ("\uff33\uff25\uff34\uff35\uff2a\uff35", "SETUJU", True),
    ],
)
def test_renderings_are_compared_where_they_decide(text: str, page: str, *, agree: bool) -> None:
    """Short lines at the head, and short lines with a deciding word anywhere; layout and links do not matter."""
    assert renderings_agree(text, page) is agree


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("482913", ("482913",)),
        ("KODE 482913", ("482913",)),
        ("Kode: 482913.", ("482913",)),
        ("The code: 482913.", ("482913",)),
        ("482913\n482913", ("482913",)),
        ("Telp 0335 421234", ()),
        ("4829131", ()),
        ("Realisasi 482913 jiwa", ()),
        ("KODE 4829131", ()),
    ],
)
def test_a_code_stands_alone_or_after_its_word(words: str, codes: tuple[str, ...]) -> None:
    """Six digits within a sentence are a figure."""
    assert codes_in(words) == codes


def test_soft_breaks_are_undone_and_hard_ones_stay() -> None:
    """RFC 3676: a blank at the end continues the line, `-- ` and quoted lines do not."""
    text = "Kami mohon \nagar diperbaiki.\n> kutipan \nSETUJU\n-- \nnama"
    assert unflow(text, delete_space=False) == "Kami mohon agar diperbaiki.\n> kutipan \nSETUJU\n-- \nnama"


def test_a_line_that_answers_is_never_the_rest_of_the_line_before() -> None:
    """A long obstacle above it was broken by nobody; `IKU-06` begins an answer of its own."""
    words = (
        "IKU-05 kendala: jaringan sering terputus di kecamatan sehingga layanan\n"
        "IKU-06: 98,12\n"
        "2.12.02.2.01.0005 realisasi: Rp 309.725.000 sampai dengan akhir bulan\n"
        "2.12.02.2.01.0004: Rp 146.912.500"
    )
    assert words_of(words.split("\n"), wrapped=True) == words


def test_lines_that_answer_stay_under_a_closing() -> None:
    """`Salam,` stands above the answers as often as below; a signature after `-- ` holds none."""
    words = "Salam,\nIKU-05: 74,3\niku 6 kendala = jaringan\nKepala Seksi\nTelp. 0335 4438894"
    assert words_of(words.split("\n"), wrapped=True) == "IKU-05: 74,3\niku 6 kendala = jaringan"
    assert words_of(["Siap.", "", "-- ", "IKU-05: 74,3"], wrapped=True) == "Siap."
