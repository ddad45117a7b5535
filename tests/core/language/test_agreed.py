"""What the renderings of one mail come to: the same word in each, or nothing plain and a question about every line."""

from __future__ import annotations

import pytest

from mailbot.core.language.agreed import agreed
from mailbot.core.language.reply_words import Said, Word, read_words
from mailbot.core.sorting.said import lexicon_of
from tests.offices.small import OFFICE

LEXICON = lexicon_of(OFFICE, (OFFICE.roster.person("sekretaris"),))
YES = Said(word=Word.SETUJU)
ONE = Said(remarks=("SETUJU", "Satu."), unclear=True, meant=Word.SETUJU, in_the_way=("Satu.",))
TWO = Said(remarks=("SETUJU", "Satu.", "Dua."), unclear=True, meant=Word.SETUJU, in_the_way=("Satu.", "Dua."))


def test_one_rendering_is_what_it_says() -> None:
    """Whatever that is."""
    for said in (YES, ONE, Said(), Said(word=Word.TUNDA, arguments="2 hari", remarks=("sakit",))):
        assert agreed([said]) == said


def test_the_same_word_in_each_is_that_word() -> None:
    """Its arguments are compared plainly; what one of them leaves unclear is unclear, with the most lines beside it."""
    assert agreed([YES, YES]) == YES
    first, second = Said(word=Word.TUNDA, arguments="2 HARI"), Said(word=Word.TUNDA, arguments=" 2  hari.")
    assert agreed([first, second]) == first
    for renderings in ([ONE, TWO], [TWO, ONE]):
        found = agreed(renderings)
        assert (found.word, found.unclear, found.meant, found.in_the_way) == (None, True, Word.SETUJU, TWO.in_the_way)
    assert agreed([Said(), Said(unclear=True)]).unclear
    assert agreed([Said(remarks=("a",)), Said(remarks=("b",))]) == Said(remarks=("a",))


def test_a_word_that_one_rendering_does_not_say_is_meant_and_not_said() -> None:
    """Every line that stands in its way is asked about, once; the remarks are those of the longer one."""
    found = agreed([YES, ONE])
    assert found == Said(remarks=ONE.remarks, unclear=True, meant=Word.SETUJU, in_the_way=("Satu.",))
    found = agreed([YES, ONE, TWO])
    assert found == Said(remarks=TWO.remarks, unclear=True, meant=Word.SETUJU, in_the_way=("Satu.", "Dua."))
    assert agreed([TWO, YES]).remarks == TWO.remarks


@pytest.mark.parametrize(
    "other",
    [Said(word=Word.PERBAIKI), Said(word=Word.DISAHKAN), Said(remarks=("Selamat pagi",)), Said()],
    ids=["a refusal", "another approval", "no word", "nothing"],
)
def test_two_words_or_none_beside_one_mean_nothing(other: Said) -> None:
    """It is asked for the exact word."""
    for renderings in ([YES, other], [other, YES]):
        found = agreed(renderings)
        assert (found.word, found.unclear, found.meant) == (None, True, None)
        assert found.remarks == other.remarks
    refused = Said(word=Word.PERBAIKI, remarks=("Tabel 2",))
    assert agreed([refused, ONE]).meant is None


def test_arguments_that_differ_are_two_words() -> None:
    """Two days or three."""
    found = agreed([Said(word=Word.TUNDA, arguments="2 hari"), Said(word=Word.TUNDA, arguments="3 hari")])
    assert (found.word, found.unclear, found.meant) == (None, True, None)


@pytest.mark.parametrize(
    ("text", "casual"),
    [
        ("oke", True),
        ("oke, lanjut", True),
        ("oke pak", True),
        ("setuju", False),
        ("oke, setuju", False),
        ("Saya setuju", False),
        ("oke\nsetuju", False),
        ("oke\noke", True),
    ],
)
def test_what_agrees_to_anything_is_casual_until_a_word_stands_beside_it(text: str, *, casual: bool) -> None:
    """It counts only where a decision was asked for."""
    said = read_words(text, LEXICON)
    assert (said.word, said.casual) == (Word.SETUJU, casual)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("tabel 2 keliru, perbaiki", None),
        ("PERBAIKI, tabel 2 keliru", Word.PERBAIKI),
        ("status, tolong", None),
        ("(saya setuju)", Word.SETUJU),
        ("*Saya setuju*", Word.SETUJU),
        ("\U0001f44d saya setuju \U0001f64f", Word.SETUJU),
    ],
)
def test_a_refusal_begins_its_line_and_an_approval_stands_in_one_breath(text: str, word: Word | None) -> None:
    """A command among commas is none."""
    assert read_words(text, LEXICON).word is word
