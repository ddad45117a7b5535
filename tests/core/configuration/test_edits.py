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
from tests.core.configuration.middle import CALENDAR, SETTINGS, Edit, changed, collecting

EDITS = yaml.safe_load(Path(__file__).with_name("edits.yaml").read_text(encoding="utf-8"))
PHRASES = read_phrases(SETTINGS.template_folders, CALENDAR)
OPERATOR = ("recipients", "address: operator.disdukcapil@example.go.id", "address: orang.lain@example.com")
TRUST = ("office", "proof_required: true", "proof_required: false")
SECRETARY = ("recipients", "address: sekretaris.disdukcapil@example.go.id", "address: sekretaris.baru@example.go.id")
IMAP = ("office", "imap:\n  host: ", "imap:\n  host: lain-")
SMTP = ("office", "smtp:\n  host: ", "smtp:\n  host: lain-")
LEDGER = ("office", "database: sqlite:///ledger.db", "database: sqlite:///kosong.db")
WORDS = ("office", "    SETUJU: [", "    SETUJU: [TERIMA KASIH, ")
TARGET = ("indicators", "output_targets: {2025: 5,", "output_targets: {2025: 6,")
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
        *(Changed.ACTING, Changed.SAME_PERSON, Changed.BUDGET, Changed.LEDGER, Changed.OFFICE_KEY, Changed.ORDER),
        *(Changed.PASSWORD, Changed.VARIABLE, Changed.ANCHOR, Changed.CERTIFICATE, Changed.TEMPLATE),
        Changed.PRINTED_FILE,
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


@pytest.mark.parametrize(
    ("edit", "before", "between"),
    [
        (OPERATOR, True, True),
        (TRUST, True, True),
        (IMAP, True, True),
        (SMTP, True, True),
        (WORDS, True, True),
        (LEDGER, True, True),
        (SECRETARY, False, True),
        (TARGET, False, False),
        (SMALL, False, False),
    ],
)
def test_what_waits_before_the_first_cycle_and_between_cycles(edit: Edit, before: bool, between: bool) -> None:  # noqa: FBT001 - columns of the table
    """Who may approve, what proves him and who gets his codes always; whoever decides once the office is at work."""
    for known, waits in ((frozenset[str](), before), (frozenset({"2024"}), between)):
        assert any(change.waits for change in changed(edit, cycles=(), known=known)) is waits


def test_with_a_cycle_under_way_all_of_these_wait() -> None:
    """Whatever else was saved beside them waits with them."""
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
