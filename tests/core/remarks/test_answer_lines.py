"""`4: diperbaiki, hal. 12`: which lines of a mail answer which remark, and which answer none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.remarks.answer_lines import AnswerLines, named_remarks, read_answers

KNOWN, WAITING = frozenset(range(1, 13)), frozenset({4, 5, 6, 12})


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("4: diperbaiki, hal. 12", ((4, "diperbaiki, hal. 12"),)),
        ("4 : diperbaiki", ((4, "diperbaiki"),)),
        ("4 = diperbaiki", ((4, "diperbaiki"),)),
        ("#4: diperbaiki", ((4, "diperbaiki"),)),
        ("No. 4: diperbaiki", ((4, "diperbaiki"),)),
        ("Catatan 4: sudah", ((4, "sudah"),)),
        ("catatan nomor 4: sudah", ((4, "sudah"),)),
        ("- 4: sudah", ((4, "sudah"),)),
        ("Jawaban no. 4: sudah", ((4, "sudah"),)),
        ("1: sudah dijawab, diperbaiki lagi", ((1, "sudah dijawab, diperbaiki lagi"),)),
        ("4. diperbaiki", ((4, "diperbaiki"),)),
        ("4) diperbaiki", ((4, "diperbaiki"),)),
        ("4 - diperbaiki", ((4, "diperbaiki"),)),
        ("4, 5 dan 6: diperbaiki", ((4, "diperbaiki"), (5, "diperbaiki"), (6, "diperbaiki"))),
        ("4-6: diperbaiki", ((4, "diperbaiki"), (5, "diperbaiki"), (6, "diperbaiki"))),
        ("4 s.d. 6: diperbaiki", ((4, "diperbaiki"), (5, "diperbaiki"), (6, "diperbaiki"))),
        ("4 & 12: tidak diubah, sesuai BPS", ((4, "tidak diubah, sesuai BPS"), (12, "tidak diubah, sesuai BPS"))),
        # A list that a mail program numbers by itself begins with 1, which is answered: that is no answer to it.
        ("1. diperbaiki", ()),
        ("13: tidak ada catatan ini", ()),
        ("4, 13: diperbaiki", ()),
        ("6-4: diperbaiki", ()),
        ("10:30 rapat di aula", ()),
        ("12.30 rapat", ()),
        ("4:", ()),
        ("Tabel 4: diperbaiki", ()),
        ("2025: tahun laporan", ()),
        ("TERUSKAN", ()),
        ("", ()),
    ],
)
def test_a_line_answers_the_remarks_whose_numbers_begin_it(line: str, answers: tuple[tuple[int, str], ...]) -> None:
    """With a colon any that there is, as an item of a list only one that waits; all else stays where it was."""
    assert read_answers(line, KNOWN, WAITING) == AnswerLines(answers=answers, rest="" if answers else line)


def test_a_broken_line_goes_on_and_a_new_one_does_not() -> None:
    """What a mail program has broken belongs to its answer; the next word, line or reservation is left to be read."""
    long = "4: sudah kami sesuaikan dengan data Desember pada Tabel 3.2 dan pada penjelasan"
    above = f"{long}\ndi bawahnya, halaman 12\n\nTERUSKAN\n5: belum\nMohon maaf terlambat."
    text = f"{above}\n6: {long[3:]}\njangan dikirim dulu"
    read = read_answers(text, KNOWN, WAITING)
    assert dict(read.answers) == {
        4: f"{long[3:]} di bawahnya, halaman 12",
        5: "belum",
        6: long[3:],
    }
    assert read.rest == "\nTERUSKAN\nMohon maaf terlambat.\njangan dikirim dulu"


@pytest.mark.parametrize(
    ("reason", "numbers", "rest"),
    [
        ("3, 5", (3, 5), ""),
        ("catatan 3 dan 5", (3, 5), ""),
        ("catatan 3 dan 5: realisasi Desember belum masuk", (3, 5), "realisasi Desember belum masuk"),
        ("no. 3", (3,), ""),
        ("sesuai catatan nomor 3.", (3,), ""),
        ("3-5", (3, 4, 5), ""),
        ("realisasi 3 bulan belum masuk", (), "realisasi 3 bulan belum masuk"),
        ("3 bulan belum masuk", (), "3 bulan belum masuk"),
        ("catatan 99", (), "catatan 99"),
        ("Realisasi berbeda dengan Tabel 3", (), "Realisasi berbeda dengan Tabel 3"),
    ],
)
def test_an_order_names_remarks_by_their_numbers(reason: str, numbers: tuple[int, ...], rest: str) -> None:
    """KEMBALIKAN unit catatan 3 dan 5; a number that is no remark's is a reason like any other."""
    assert named_remarks(reason, KNOWN) == (numbers, rest)


@given(st.text(max_size=120))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    """Whatever somebody writes, a line is an answer or stays."""
    read = read_answers(text, KNOWN, WAITING)
    if not read.answers:
        assert read.rest == "\n".join(text.splitlines())
