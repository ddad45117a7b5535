"""Words break at syllables where their column is too narrow, codes nowhere; what they say stays the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from mailbot.writing.word.body import parsed
from mailbot.writing.word.finishing import finish
from mailbot.writing.word.typesetting import fitted, held, syllables, width
from mailbot.writing.word.word_file import fill_word_file, text_of
from tests.writing.docx_paper import new_document, say, table

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("administrasi", "ad-mi-nis-tra-si"),
        ("kependudukan", "ke-pen-du-du-kan"),
        ("menyanyikan", "me-nya-nyi-kan"),
        ("pertanggungjawaban", "per-tang-gung-ja-wa-ban"),
        ("struktur", "struk-tur"),
        ("khusus", "khu-sus"),
        ("air", "air"),
    ],
)
def test_a_word_is_cut_at_its_syllables(word: str, expected: str) -> None:
    """Between consonants, before a single one; `ng` and `ny` stay whole."""
    assert "-".join(syllables(word)) == expected


@given(_WORDS)
def test_syllables_are_the_word_again(word: str) -> None:
    """Nothing is lost, no part is shorter than two letters, and none is without a vowel."""
    parts = syllables(word)
    assert "".join(parts) == word
    assert len(parts) == 1 or min(map(len, parts)) >= 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("KTP-el", "KTP\u2011el"),
        ("IKU-05 dan 0-18 tahun", "IKU\u201105 dan 0\u201118 tahun"),
        ("rata-rata, undang-undang", "rata-rata, undang-undang"),
        ("Rp 1.234.567", "Rp\u00a01.234.567"),
        ("Peraturan Nomor 29", "Peraturan Nomor\u00a029"),
        ("Tabel 3.2", "Tabel\u00a03.2"),
    ],
)
def test_codes_and_amounts_stay_whole(typed: str, expected: str) -> None:
    """They hold together; a doubled word may break at its hyphen."""
    assert held(typed) == expected


def test_a_word_breaks_only_where_its_column_is_too_narrow() -> None:
    """At syllables; an address at its signs."""
    word = "pertanggungjawaban"
    assert fitted(word, width(word) + 1) == word
    assert fitted(word, width(word) - 1).replace("\u00ad", "-") == "per-tang-gung-ja-wa-ban"
    assert fitted("https://contoh.go.id/a_b", 20).count("\u200b") >= 4


@given(st.text(max_size=60), st.floats(1, 300))
def test_what_is_said_stays_the_same(typed: str, points: float) -> None:
    """Without the marks of a break every text is what it was."""
    plain = re.sub("[\u00ad\u200b]", "", fitted(held(typed), points)).replace("\u2011", "-").replace("\u00a0", " ")
    assert plain == re.sub("[\u00ad\u200b]", "", typed).replace("\u2011", "-").replace("\u00a0", " ")


def test_word_gets_hyphens_of_its_own(tmp_path: Path) -> None:
    """A soft hyphen as a sign would be shown by Word, so both kinds are elements; the text reads as before."""
    document = new_document()
    made = table(document, 1, (1.6, 5))
    say(made.rows[0].cells[0], "{{ word }}")
    say(document, "{{ code }}")
    path = tmp_path / "halaman.docx"
    document.save(str(path))
    page = fill_word_file(path, {"word": "penyelenggaraan", "code": "KTP-el"}, finish=finish)
    root = parsed(page)
    assert len(list(root.iter(qn("w:softHyphen")))) >= 3
    assert len(list(root.iter(qn("w:noBreakHyphen")))) == 1
    assert text_of(page) == "penyelenggaraan KTP-el"
