"""Changes without tracking, found by how the draft read: at little cost, whatever somebody sends."""

from __future__ import annotations

import time

import pytest

from mailbot.core.remarks.remark import RemarkSource
from mailbot.core.remarks.returned import Passage
from mailbot.core.remarks.untracked import untracked


def passages(texts: list[str]) -> list[Passage]:
    """Return a document of these passages."""
    return [Passage(text=text) for text in texts]


SENT = ["-" if number % 4 == 0 else f"Kalimat {number}." for number in range(1_800)]
"""A report with many tables, in which much is a dash."""


def test_a_changed_sentence_and_a_new_row_are_found_among_many_dashes() -> None:
    """What stands everywhere is nothing to begin by, and yet no change."""
    back = [*SENT[:901], "Kalimat lain.", *SENT[902:1_200], "Baris baru", "-", "-", *SENT[1_200:]]
    found = untracked(passages(back), passages(SENT)).remarks
    assert [(one.source, one.text, one.former) for one in found] == [
        (RemarkSource.REPLACED, "Kalimat lain.", "Kalimat 901."),
        (RemarkSource.INSERTED, "Baris baru", ""),
        (RemarkSource.INSERTED, "-", ""),
        (RemarkSource.INSERTED, "-", ""),
    ]


@pytest.mark.parametrize(
    "back",
    [
        ["-"] * 6_000,
        ["-" if number % 2 else f"x{number}" for number in range(6_000)],
        [f"{one}x" if one != "-" else one for one in SENT],
        [f"Kalimat {number % 100}." for number in range(6_000)],
    ],
    ids=["dashes", "every other", "all others", "each sixty times"],
)
def test_a_document_built_to_be_slow_costs_next_to_nothing(back: list[str]) -> None:
    """It is compared in the service itself, and others wait."""
    begun = time.process_time()
    found = untracked(passages(back), passages([*SENT, *SENT[:100] * 30]))
    assert found.more > 0
    assert time.process_time() - begun < 1
