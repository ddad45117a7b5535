"""Which row and version a letter asks about, and how deadlines are found."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.model.cycle import answer_by, row_due_at
from mailbot.core.model.letters import Asked, LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.row_beginnings import report_enclosures
from mailbot.core.procedure.word_asked import asked_now, bound_version, current, given_in_row
from tests.core.play import FIRST_FILE, closed, collecting, ratifying, reviewing
from tests.offices.small import OFFICE, wib


def test_every_row_that_waits_for_a_word_has_a_letter_that_asks_for_it() -> None:
    """Rows 1, 6, 6b, 7, 8, each about its round, or the version of the draft and its very file."""
    asked = {letter.kind: letter.asks for letter in closed().letters if letter.asks is not None}
    assert asked == {
        LetterKind.DATA_NEEDS: Asked(step=Step.INFORM, version=1),
        LetterKind.DRAFT: Asked(step=Step.DRAFT, version=1, docx_sha256=FIRST_FILE),
        LetterKind.REVIEW: Asked(step=Step.REVIEW, version=1, docx_sha256=FIRST_FILE),
        LetterKind.RATIFY: Asked(step=Step.RATIFY, version=1, docx_sha256=FIRST_FILE),
        LetterKind.SUBMISSION: Asked(step=Step.SUBMIT, version=1, docx_sha256=FIRST_FILE),
    }


def test_a_letter_is_current_for_its_own_row_version_and_file() -> None:
    """And for no other; one of which nobody knows the file, for the version."""
    cycle = reviewing().cycle
    now = Asked(step=Step.REVIEW, version=1, docx_sha256=FIRST_FILE)
    assert asked_now(cycle) == now
    assert current(cycle, now)
    assert current(cycle, Asked(step=Step.REVIEW, version=1))
    assert not current(cycle, replace(now, docx_sha256="e" * 64))
    assert not current(cycle, Asked(step=Step.REVIEW, version=2))
    assert not current(cycle, Asked(step=Step.DRAFT, version=1))
    assert not current(cycle, None)


def test_before_there_is_a_draft_a_word_is_bound_to_the_round() -> None:
    """From row 6 on to the draft's version."""
    assert bound_version(collecting().cycle) == 1
    assert bound_version(replace(reviewing().cycle, draft=None)) == 1
    assert bound_version(ratifying().cycle) == 1


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
    assert [enclosure.sha256 for enclosure in report_enclosures(cycle)] == [cycle.draft.docx_sha256]
