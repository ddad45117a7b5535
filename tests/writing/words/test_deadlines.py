"""A deadline in words, and the mark where it may yet move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.settings.packaged import templates_folder
from mailbot.writing.values.cycle_values import step_due
from mailbot.writing.words.phrases import read_phrases
from tests.core.play import Play, closed
from tests.offices.small import CALENDAR, wib


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
