"""Core and templates agree: every letter meant carries what its words need, and every reason has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.core.letters import LetterKind, Reason
from mailbot.writing.about import about_values
from tests.core.machine import wander

LETTERS = Path(__file__).parents[2] / "templates" / "letters"
BY_DEFAULT = frozenset({Reason.NOT_YET, Reason.NOTHING_TO_EXTEND, Reason.NIL_NEEDS_CODE, Reason.WITH_DOCUMENT})
"""Reasons that the template's general sentence is enough for."""
ELSEWHERE = frozenset({Reason.NO_PROOF, Reason.SNOOZE})
"""Reasons of kinds that have no list: the challenge, and the reminders put off."""


def reasons_in(kind: LetterKind) -> set[str]:
    """Return the codes in the list of reasons of a template."""
    text = (LETTERS / f"{kind.value}.j2").read_text(encoding="utf-8")
    listed = text[text.index("set reasons") : text.index("%}", text.index("set reasons"))]
    return set(re.findall(r'^\s*"([a-z_]*)":', listed, re.MULTILINE))


def test_every_reason_of_the_core_has_a_sentence() -> None:
    """In the list of its template, or in the template's general sentence."""
    known = reasons_in(LetterKind.UNCLEAR) | reasons_in(LetterKind.OUT_OF_TURN)
    assert {reason.value for reason in set(Reason) - BY_DEFAULT - ELSEWHERE} - known == set()


def test_no_template_waits_for_a_reason_the_core_never_gives() -> None:
    """A sentence that nobody can read is dead."""
    known = reasons_in(LetterKind.UNCLEAR) | reasons_in(LetterKind.OUT_OF_TURN)
    assert known - {reason.value for reason in Reason} - {""} == set()


@pytest.mark.parametrize("seed", range(12))
def test_every_letter_of_a_wandering_cycle_carries_what_its_words_need(seed: int) -> None:
    """The table of the writing room, asked about hundreds of letters."""
    for letter in wander(seed).letters:
        about_values(letter, has_cycle=True)


def test_the_wandering_cycles_meet_nearly_every_kind_of_letter() -> None:
    """Else the test above would say little."""
    met = {letter.kind for seed in range(80) for letter in wander(seed).letters}
    not_of_the_core = {LetterKind.SET_ASIDE, LetterKind.MORNING, LetterKind.ALARM}
    assert set(LetterKind) - met - not_of_the_core == set()
