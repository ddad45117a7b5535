"""The pages made from the source are what the source says, and leave nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.form import FaultCode
from mailbot.core.model.letters import LetterKind
from mailbot.writing.letters.letter_values import VALUES
from mailbot.writing.letters.rendering import BLOCKS
from mailbot.writing.words.form_words import PLACEHOLDERS
from tests.architecture.test_documents import every_command
from tests.docs.fault_codes import found_in
from tests.docs.make import PAGES, whole
from tests.docs.page import DOCS, REFERENCE, TOP
from tests.docs.reply_words import BESIDES
from tests.docs.value_sentences import BLOCKS_SAID, COVER_SAID, FAULT_SAID, LETTER_SAID, REPORT_SAID


def sections(page: Path) -> list[str]:
    """Give the headings of a page's sections."""
    return re.findall(r"(?m)^## (.+)$", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_what_it_is_made_from(page: Path) -> None:
    """If not: `python -m tests.docs.make`."""
    assert page.read_text(encoding="utf-8") == whole(page)


def test_every_item_has_a_section_of_its_own() -> None:
    """Each command, finding, letter and reply word, in the order in which the source has them."""
    assert sections(REFERENCE / "commands.md") == every_command()
    assert sections(REFERENCE / "fault-codes.md") == [code.value for code in FaultCode]
    assert sections(REFERENCE / "letters.md") == [kind.value for kind in LetterKind]
    assert sections(REFERENCE / "reply-words.md") == [word.value for word in Word]


def test_every_template_value_is_explained() -> None:
    """A new value fails here until it has its sentence; one that is gone, until its sentence is."""
    assert set(LETTER_SAID) == set(VALUES)
    assert set(BLOCKS_SAID) == set(BLOCKS)
    assert set(FAULT_SAID) == PLACEHOLDERS
    page = (DOCS / "templates.md").read_text(encoding="utf-8")
    cover, report = page.split("## Surat Pengantar")[1].split("## The report")
    assert set(re.findall(r"(?m)^\| `(\w+)`", cover)) == set(COVER_SAID)
    assert set(re.findall(r"(?m)^\| `(\w+)[^`]*`", report)) == set(REPORT_SAID)


def test_every_finding_is_made_somewhere() -> None:
    """A code that no file makes would be explained for nothing."""
    assert [code.value for code, files in found_in().items() if not files] == []


def test_what_a_word_does_beside_the_rows_is_done_where_it_is_said() -> None:
    """The file that is named knows the word, or the fact that it makes."""
    told = [(word, file) for word, entries in BESIDES.items() for file, _ in entries]
    assert [(word, file) for word, file in told if word.value not in (TOP / file).read_text(encoding="utf-8")] == []
