"""Seventy-two edits in the middle of a cycle, each with the very sentences it must produce, and whether it waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mailbot.core.configuration.change import Changed
from mailbot.core.configuration.comparing import weightiest_first
from mailbot.writing.words.edit_words import sentences
from mailbot.writing.words.phrases import read_phrases
from tests.core.configuration.middle import CALENDAR, SETTINGS, changed, collecting

EDITS = yaml.safe_load(Path(__file__).with_name("edits.yaml").read_text(encoding="utf-8"))
PHRASES = read_phrases(SETTINGS.template_folders, CALENDAR)
OPERATOR = ("recipients", "address: operator.disdukcapil@example.go.id", "address: orang.lain@example.com")
TRUST = ("office", "proof_required: true", "proof_required: false")
SECRETARY = ("recipients", "address: sekretaris.disdukcapil@example.go.id", "address: sekretaris.baru@example.go.id")
SMALL = ("office", "per_minute: 20", "per_minute: 10")


@pytest.mark.parametrize("case", EDITS, ids=lambda case: case["edits"][0]["new"].strip().splitlines()[0][:40])
def test_an_edit_is_put_into_words_before_it_counts(case: dict[str, Any]) -> None:
    """All that it changes is said, and nothing else; `*` stands before what waits."""
    found = changed(*((edit["file"], edit["old"], edit["new"]) for edit in case["edits"]))
    said = [
        f"{'*' if change.waits else '-'} {words}"
        for change, words in zip(found, sentences(found, PHRASES), strict=True)
    ]
    assert said == case["says"]
    assert any(change.waits for change in found) is case["waits"]


def test_there_are_sixty_of_them_and_they_meet_nearly_every_kind_of_change() -> None:
    """The rest needs a cycle or an entry of its own, and stands in other tests."""
    assert len(EDITS) >= 60
    met = {change.what for case in EDITS for change in changed(*(tuple(one.values()) for one in case["edits"]))}
    assert set(Changed) - met == {
        *(Changed.PERSON_REMOVED, Changed.UNIT_REMOVED, Changed.DUTY_REMOVED, Changed.DUTY_OWNER),
        *(Changed.DAY_NOT_CLOSED, Changed.DAY_NOT_OPEN, Changed.CYCLE_REMOVED, Changed.CYCLE_OTHER),
        *(Changed.ACTING, Changed.SAME_PERSON, Changed.BUDGET, Changed.LEDGER, Changed.ORDER),
    }


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ([("recipients", "  - key: kasi-inovasi", "  - key: kasi-lain")], ["Kasi", "person_removed", "person_added"]),
    ],
)
def test_what_goes_is_told_as_well(edits: list[tuple[str, str, str]], says: list[str]) -> None:
    """An entry with another key is another person."""
    assert [change.what.value for change in changed(*edits)] == says[1:]


def test_without_a_cycle_under_way_all_acts_at_once_but_trust_and_the_operator() -> None:
    """Who may approve, and what proves him, is never changed by an edit alone."""
    waiting = {
        edit[1]: any(change.waits for change in changed(edit, cycles=()))
        for edit in (OPERATOR, TRUST, SECRETARY, SMALL)
    }
    assert list(waiting.values()) == [True, True, False, False]
    assert all(any(change.waits for change in changed(edit)) for edit in (OPERATOR, TRUST, SECRETARY))


def test_what_waits_is_said_first() -> None:
    """Else in the order of the files."""
    found = weightiest_first(changed(SMALL, SECRETARY))
    assert [change.waits for change in found] == [True, False, False]
    assert sentences(found, PHRASES)[0].startswith("Alamat surel Sekretaris")


def test_nothing_edited_changes_nothing() -> None:
    """A comment is no edit."""
    assert changed(("office", "# Kop surat", "# Kepala surat")) == ()
    assert collecting().step.value == "collect"
