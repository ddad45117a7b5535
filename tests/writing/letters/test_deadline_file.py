"""The deadline that a letter sets goes with it as a calendar file; a later letter moves it, a receipt takes it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import icalendar
import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Receipt
from mailbot.core.model.office import Office
from mailbot.writing.letters.letter import write_letter
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import SECRET, long_named_office
from tests.writing.conftest import opened_mail
from tests.writing.sample_letters import WRITTEN_AT, Sample, full_letter

K = LetterKind
SETS = {
    *(K.DATA_NEEDS, K.REQUEST, K.REQUEST_COPY, K.RETURNED, K.PARTIAL, K.CONFLICT, K.REOPENED, K.EXTENDED),
    *(K.RETURNED_BY_PLANNING, K.DRAFT, K.REVISION, K.REVIEW, K.RATIFY, K.NUMBER_WANTED, K.PAPER_WANTED),
}


def calendar(sample: Sample, office: Office | None = None, *, at: datetime = WRITTEN_AT) -> icalendar.Calendar | None:
    """Return the calendar file that goes with a letter, None if none does."""
    letter = write_letter(
        sample.letter,
        sample.cycle,
        office or long_named_office(),
        secret=SECRET,
        written_at=at,
        template_folders=(shipped_templates(),),
    )
    files = [part for part in opened_mail(letter).iter_attachments() if part.get_content_type() == "text/calendar"]
    assert len(files) <= 1
    for part in files:
        read = icalendar.Calendar.from_ical(part.get_content())
        assert part["Content-Type"].params["method"] == read["METHOD"]
        assert part.get_content_disposition() == "attachment"
        assert str(part.get_filename()).endswith(".ics")
        return read
    return None


@pytest.mark.parametrize("kind", K)
def test_a_letter_that_sets_a_deadline_carries_it_and_no_other_does(kind: K) -> None:
    """The event ends at the very moment that the letter names; Bappeda Litbang and who is chased get none."""
    sample = full_letter(kind)
    if sample.letter.due_at is None and kind in SETS:
        sample = replace(sample, letter=replace(sample.letter, due_at=WRITTEN_AT + timedelta(days=3)))
    found = calendar(sample)
    assert (found is not None and found["METHOD"] == "PUBLISH") == (kind in SETS)
    if found is not None and kind in SETS:
        assert found.events[0].end == sample.letter.due_at


def test_a_deadline_that_has_moved_takes_the_place_of_the_former_one() -> None:
    """One entry for a unit's form and a person, whatever letter speaks of it; the later one has the greater number."""
    asked = full_letter(K.REQUEST)
    moved = replace(full_letter(K.EXTENDED), letter=replace(full_letter(K.EXTENDED).letter, to=asked.letter.to))
    moved = replace(moved, letter=replace(moved.letter, unit=asked.letter.unit))
    first, later = calendar(asked), calendar(moved, at=WRITTEN_AT + timedelta(hours=2))
    copy = calendar(full_letter(K.REQUEST_COPY))
    assert first is not None
    assert later is not None
    assert copy is not None
    assert first.events[0]["UID"] == later.events[0]["UID"] != copy.events[0]["UID"]
    assert int(str(first.events[0]["SEQUENCE"])) < int(str(later.events[0]["SEQUENCE"]))


def test_a_receipt_takes_the_deadline_out_of_the_calendar() -> None:
    """Only where the form is accepted by it: of two that differ, the head has still to choose."""
    sample = full_letter(K.RECEIPT)
    cycle = sample.cycle
    assert cycle is not None
    unit = long_named_office().roster.person(sample.letter.to).unit
    form = replace(cycle.unit(sample.letter.unit), state=UnitState.ACCEPTED, due_at=WRITTEN_AT)
    assert unit == form.unit
    sample = replace(sample, cycle=cycle.with_unit(form))
    over = calendar(sample)
    assert over is not None
    assert over["METHOD"] == "CANCEL"
    waits = replace(sample, letter=replace(sample.letter, about=Receipt(number=2, waits=True)))
    assert calendar(waits) is None


def test_an_office_may_do_without() -> None:
    """One setting; a deadline that has passed is set to nobody either."""
    office = long_named_office()
    without = replace(office, policy=replace(office.policy, calendar_files=False))
    assert calendar(full_letter(K.REQUEST), without) is None
    late = full_letter(K.RETURNED)
    assert calendar(replace(late, letter=replace(late.letter, due_at=WRITTEN_AT))) is None
