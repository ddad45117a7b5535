"""A deadline in words, and the mark where it may yet move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.model.letters import LetterKind as K
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.settings.packaged import templates_folder
from mailbot.writing.form.sheet_frame import Paper
from mailbot.writing.letters.letter import write_letter
from mailbot.writing.values.cycle_values import step_due
from mailbot.writing.words.form_words import read_form_words
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.core.play import Play, closed
from tests.offices.long_names import DUE, SECRET, long_named_office
from tests.offices.small import CALENDAR, wib
from tests.writing.conftest import face
from tests.writing.form.paper import asked_of
from tests.writing.sample_letters import WRITTEN_AT, full_letter


def test_a_deadline_beyond_a_day_that_is_not_decreed_is_marked_as_an_estimate() -> None:
    """In every letter that tells it before that day; afterwards, and without such a day, it stands as it is."""
    unsure = replace(CALENDAR, estimated=frozenset({date(2026, 1, 8)}))
    phrases = read_phrases((templates_folder(),), unsure)
    plain = "Senin, 12 Januari 2026 pukul 16.00 WIB"
    assert phrases.deadline(wib(12, 16), wib(7, 9)) == f"{plain} (perkiraan: hari libur di antaranya belum ditetapkan)"
    assert phrases.deadline(wib(12, 16), wib(9, 9)) == plain
    assert read_phrases((templates_folder(),), CALENDAR).deadline(wib(12, 16), wib(7, 9)) == plain


def test_the_deadline_of_a_row_is_marked_likewise() -> None:
    """A closed cycle has none."""
    phrases = read_phrases((templates_folder(),), replace(CALENDAR, estimated=frozenset({date(2026, 1, 6)})))
    assert step_due(Play().opens().cycle, wib(5, 8), phrases).startswith(
        "Selasa, 6 Januari 2026 pukul 16.00 WIB (perkira"
    )
    assert step_due(closed().cycle, wib(5, 8), phrases) == ""


@pytest.mark.parametrize("kind", [K.MORNING, K.DIGEST, K.STATUS, K.ESCALATION])
def test_wherever_a_letter_names_a_deadline_it_says_that_it_is_an_estimate(kind: K) -> None:
    """The operator's too, tables of several units, what somebody owes; of days that are decreed nothing is said."""
    sample = full_letter(kind)
    about = sample.letter.about
    if isinstance(about, Escalation):
        (told, *_) = about.told
        ahead = replace(told, debt=replace(told.debt, due_at=DUE))
        sample = replace(sample, letter=replace(sample.letter, about=Escalation(told=(ahead,))))
    for estimated, marks in ((frozenset({date(2026, 1, 11)}), True), (frozenset[date](), False)):
        office = long_named_office()
        office = replace(office, calendar=replace(office.calendar, estimated=estimated))
        made = write_letter(
            sample.letter,
            sample.cycle,
            office,
            secret=SECRET,
            written_at=WRITTEN_AT,
            template_folders=(shipped_templates(),),
        )
        text = face(made, "plain")
        assert ("(perkiraan" in text) is marks


def test_the_form_says_it_too() -> None:
    """In its head and in its guide, by the days from which the deadline is counted."""
    office = long_named_office()
    office = replace(office, calendar=replace(office.calendar, estimated=frozenset({date(2026, 1, 11)})))
    unsure = read_form_words((shipped_templates(),), office.calendar)
    for asked_at, marks in ((WRITTEN_AT, True), (DUE, False), (None, False)):
        paper = Paper(office=office, asked=replace(asked_of(), asked_at=asked_at), words=unsure)
        assert ("(perkiraan" in paper.due) is marks
        assert paper.line_due.endswith(" WIB (perkiraan)") is marks  # beside a legend: no more room
