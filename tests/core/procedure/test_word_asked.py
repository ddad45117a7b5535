"""Which row and version a letter's key speaks of, and how deadlines are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.cycle import answer_by, row_due_at
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.row_beginnings import report_enclosures
from mailbot.core.procedure.word_asked import SPEAKS_OF, current, given_in_row, matter_of, matter_version
from tests.core.play import closed, collecting, ratifying, reviewing
from tests.core.small_office import OFFICE, wib


@pytest.mark.parametrize(
    ("key", "matter"),
    [
        ("data_needs/2025/2", (Step.INFORM, 2)),
        ("data_needs_objected/2025/1/2", (Step.INFORM, 2)),
        ("draft/2025/3", (Step.DRAFT, 3)),
        ("revision/2025/ratify/3", (Step.DRAFT, 3)),
        ("review/2025/second/3", (Step.REVIEW, 3)),
        ("ratify/2025/3", (Step.RATIFY, 3)),
        ("submission/2025/3", (Step.SUBMIT, 3)),
        ("reminder/2025/2026-w03/1/review/3", (Step.REVIEW, 3)),
        ("challenge/2025/sekretaris/review/3", (Step.REVIEW, 3)),
        ("unclear/2025/abcdef0123456789/ratify/3", (Step.RATIFY, 3)),
        ("unclear/2025/1234567890123456", None),
        ("reminder/2025/dafduk/2026-w03", None),
        ("reminder_today/2025/review/2026-01-12", None),
        ("returned/2025/review/2", None),
        ("challenge/2025/2", None),
        ("status", None),
        ("", None),
    ],
)
def test_a_key_says_which_row_and_version_its_letter_asks_about(key: str, matter: tuple[Step, int] | None) -> None:
    """A unit that is called like a row is no row."""
    assert matter_of(key) == matter


def test_every_row_that_waits_for_a_word_has_a_letter_that_asks_for_it() -> None:
    """Rows 1, 6, 6b, 7, 8."""
    assert set(SPEAKS_OF.values()) == {Step.INFORM, Step.DRAFT, Step.REVIEW, Step.RATIFY, Step.SUBMIT}


def test_a_letter_is_current_for_its_own_cycle_row_and_version() -> None:
    """And for no other."""
    cycle = reviewing().cycle
    assert current(cycle, "review/2025/1")
    assert not current(cycle, "review/2025/2")
    assert not current(cycle, "draft/2025/1")
    assert not current(cycle, "review/2024/1")
    assert not current(cycle, "")


def test_before_there_is_a_draft_a_word_is_bound_to_the_round() -> None:
    """From row 6 on to the draft's version."""
    assert matter_version(collecting().cycle) == 1
    assert matter_version(replace(reviewing().cycle, draft=None)) == 1
    assert matter_version(ratifying().cycle) == 1


def test_what_was_given_in_a_row_is_the_last_word_of_this_round() -> None:
    """A word of an earlier stay in the row, or about another version, is none."""
    cycle = ratifying().cycle
    assert given_in_row(cycle) is None
    reviewed = replace(cycle, step=Step.REVIEW)
    assert given_in_row(reviewed) is True
    assert given_in_row(replace(reviewed, since=wib(13))) is None
    assert given_in_row(replace(reviewed, draft=None, round=7)) is None


def test_a_cycle_s_own_durations_go_before_the_sop_s() -> None:
    """In working days; a row in hours keeps its hours."""
    cycle = replace(collecting().cycle, row_days=((Step.CHECK, 4),))
    assert row_due_at(cycle, Step.CHECK, wib(7), OFFICE) == wib(13, 16)
    assert row_due_at(cycle, Step.COLLECT, wib(7), OFFICE) == wib(12, 16)
    assert row_due_at(cycle, Step.SUBMIT, wib(7, 9), OFFICE) == wib(7, 10)


def test_a_unit_has_its_own_deadline_or_at_least_row_4_s_time() -> None:
    """Also where it was never told one."""
    cycle = collecting().cycle
    form = cycle.unit("CAPIL")
    assert answer_by(cycle, form, wib(8), OFFICE) == wib(12, 16)
    assert answer_by(cycle, form, wib(14), OFFICE) == wib(15, 16)
    assert answer_by(cycle, replace(form, due_at=None), wib(8), OFFICE) == wib(9, 16)


def test_the_report_is_the_draft_s_very_bytes() -> None:
    """By digest."""
    cycle = closed().cycle
    assert cycle.draft is not None
    assert [one.sha256 for one in report_enclosures(cycle)] == [cycle.draft.docx_sha256]
    assert LetterKind.SUBMISSION.value in SPEAKS_OF
