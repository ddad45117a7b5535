"""Which block under a mail may become its sender's footer, and what a known footer does: nothing but stand there."""

from __future__ import annotations

import pytest

from mailbot.core.language.footers import footer_of, without_footer
from mailbot.core.language.reply_words import Said, Word, read_words
from mailbot.core.sorting.said import lexicon_of
from tests.offices.small import OFFICE

LEXICON = lexicon_of(OFFICE, (OFFICE.roster.person("kadis"),))
MOTTO = "Bekerja dengan gembira"


def mail_with(*below: str, above: str = "DISAHKAN", sign_off: str = "Hormat saya,") -> str:
    """Return own words with these lines under the sign-off."""
    return "\n".join([above, "", sign_off, *below])


def block(own: str) -> str:
    """Return what may become a footer of a mail."""
    return footer_of(own, read_words(own, LEXICON), LEXICON)


@pytest.mark.parametrize("sign_off", ["Hormat saya,", "Salam,", "Wassalamualaikum wr. wb.", "--", "-- "])
def test_a_motto_under_the_sign_off_may_become_a_footer(sign_off: str) -> None:
    """It is compared without case, edges and doubled blanks."""
    assert block(mail_with(f" * {MOTTO.upper()}!", sign_off=sign_off)) == MOTTO.casefold()
    assert block(mail_with(MOTTO, "", "Sehari   sekali", sign_off=sign_off)) == f"{MOTTO.casefold()}\nsehari sekali"


@pytest.mark.parametrize("dashes", ["---", "--  ", "-- x", " --"])
def test_other_dashes_are_no_delimiter(dashes: str) -> None:
    """What a mail program writes above a signature is two dashes, and a blank at most."""
    assert block(mail_with(MOTTO, sign_off=dashes)) == ""


def test_what_stands_above_the_sign_off_or_without_one_is_part_of_the_answer() -> None:
    """It is asked about in every mail."""
    assert block(mail_with("Kadis", above=f"DISAHKAN\n{MOTTO}")) == ""
    assert block(f"DISAHKAN\n{MOTTO}") == ""
    assert block(f"DISAHKAN\n{MOTTO}\nHormat saya,\nKadis") == ""
    assert block(mail_with(MOTTO, above="DISAHKAN\nSampulnya hijau")) == ""


def test_a_line_that_stands_twice_is_no_footer() -> None:
    """Once it may be said of the draft."""
    assert block(mail_with(MOTTO, above=f"DISAHKAN\n{MOTTO}")) == ""
    assert block(mail_with(f"- {MOTTO}", above=f"DISAHKAN\n{MOTTO}")) == ""
    assert block(mail_with(MOTTO, MOTTO)) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Kecuali lampiran tiga",
        "Masih dipelajari staf",
        "Mohon sampul dirapikan",
        "Sudah lihat?",
        "Rapat 12-01",
        "Rapat 12/1",
        "Rapat 2.10",
        "Rapat pleno Senin",
    ],
)
def test_a_line_that_reserves_asks_or_names_a_day_never_becomes_a_footer(line: str) -> None:
    """Nor does the motto beside it, for the block is one."""
    assert block(mail_with(line)) == ""
    assert block(mail_with(MOTTO, line)) == ""


def test_without_a_word_or_with_nothing_in_its_way_there_is_no_footer() -> None:
    """A refusal, a mail that is plain, and one that says nothing."""
    for above in ("PERBAIKI", "Selamat pagi", "Masih saya baca."):
        assert block(mail_with(MOTTO, above=above)) == ""
    assert block(mail_with("Kadis")) == ""
    assert footer_of(mail_with(MOTTO), Said(in_the_way=(MOTTO,)), LEXICON) == ""


def test_a_known_footer_lets_the_word_count_and_is_named() -> None:
    """The answer that notes the word says which lines were passed over."""
    own = mail_with(MOTTO)
    said = read_words(own, LEXICON)
    assert (said.word, said.unclear, said.in_the_way) == (None, True, (MOTTO,))
    counted = without_footer(own, said, LEXICON, frozenset({MOTTO.casefold()}))
    assert (counted.word, counted.unclear, counted.meant) == (Word.DISAHKAN, False, None)
    assert (counted.in_the_way, counted.footer) == ((), (MOTTO,))


def test_another_block_than_the_known_one_is_asked_about() -> None:
    """A line more, a line less, no footer known, and no word that was meant."""
    known = frozenset({MOTTO.casefold()})
    longer = mail_with(MOTTO, "Sehari sekali")
    said = read_words(longer, LEXICON)
    assert without_footer(longer, said, LEXICON, known) == said
    own = mail_with(MOTTO)
    said = read_words(own, LEXICON)
    assert without_footer(own, said, LEXICON, frozenset()) == said
    assert without_footer("", Said(), LEXICON, frozenset({""})) == Said()
