"""Files that came back are changed at random: whatever is in them, reading ends with a value, and says what is lost."""

from __future__ import annotations

import random

import pytest

from mailbot.reading.files.personal_data import holds_personal_data
from mailbot.reading.marks.pdf_file import read_pdf
from mailbot.reading.marks.returned import read_returned
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from tests.reading.marks.pdf_files import marked_pdf
from tests.reading.marks.test_word_files import CASES
from tests.writing.edited.small_documents import members_of, packed

NAMES = ("answers and what is done", "move", "row inserted", "footnote", "text box", "google suggestions")


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """Return bytes with a few of them changed, cut out or doubled."""
    spoilt = bytearray(content)
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(spoilt))
        match dice.randrange(3):
            case 0:
                spoilt[at] = dice.randrange(256)
            case 1:
                del spoilt[at : at + dice.randrange(40)]
            case _:
                spoilt[at:at] = spoilt[at : at + dice.randrange(40)]
    return bytes(spoilt)


def word_file(dice: random.Random) -> bytes:
    """Return a case with the bytes of one part spoiled, or those of the whole package."""
    content = CASES[dice.choice(NAMES)][0]
    if dice.random() < 0.3:
        return spoiled(content, dice)
    members = members_of(content)
    part = dice.choice([name for name in members if name.endswith(".xml")])
    return packed(members | {part: spoiled(members[part], dice)})


def play(seed: int, pdf: bytes) -> None:
    """Read a Word file and a PDF, both spoiled."""
    dice = random.Random(seed)  # noqa: S311 - chance with a seed, to spoil by
    for content, name in ((word_file(dice), "a.docx"), (spoiled(pdf, dice), "a.pdf")):
        read = read_returned(content, name, "", USUAL_LIMITS)
        assert read is None or read.unread == (name in read.marked.damaged)


def test_what_the_library_has_given_up_on_is_damage() -> None:
    """A filter of an old name is refused by an error that is none of its usual ones; a search goes on as well."""
    content = marked_pdf().replace(b"/FlateDecode", b"/Fl         ")
    read = read_returned(content, "a.pdf", "", USUAL_LIMITS)
    assert read is not None
    assert [one.text for one in read.marked.remarks] == ["Angka ini berbeda dengan SIAK.", "Akan dicek.", ""]
    assert not holds_personal_data(content)


def test_two_hundred_spoiled_files_are_read() -> None:
    """Few enough for every run."""
    pdf = marked_pdf()
    for seed in range(100):
        play(seed, pdf)


@pytest.mark.sweep
def test_ten_thousand_more_are_read() -> None:
    """More of them, for `make sweep`."""
    pdf = marked_pdf()
    for seed in range(100, 5_000):
        play(seed, pdf)


def test_the_library_says_nothing_at_a_terminal(caplog: pytest.LogCaptureFixture) -> None:
    """That a marker is missing at the end of somebody's file is nothing that an operator could use."""
    read_pdf(marked_pdf()[:-30])
    assert caplog.records == []
