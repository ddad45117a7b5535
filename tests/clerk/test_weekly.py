"""The Kepala Dinas gets one line a week while a cycle runs, and none in a week in which he heard of it anyway."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.office import ToyOffice, requested
from tests.stories.test_11_code import ratifying


def weekly(office: ToyOffice, *, wanted: bool = True) -> ToyOffice:
    """Return the office with the weekly line, or without."""
    office.has(office=replace(office.office, policy=replace(office.office.policy, head_weekly=wanted)))
    return office


@pytest.mark.parametrize(("wanted", "letters"), [(True, 1), (False, 0)])
def test_the_line_comes_on_the_last_working_day_of_a_week(wanted: bool, letters: int) -> None:  # noqa: FBT001 - a row
    """From Wednesday to the next Tuesday there is one Friday; nothing is asked of him."""
    office = weekly(requested(), wanted=wanted)
    office.sends_form("kabid-piak", "PIAK")
    office.days_pass(4)
    told = office.letters_to("kadis")
    assert [one.kind for one in told] == ["weekly"] * letters
    for one in told:
        text = " ".join(one.text.split())
        assert "Laporan Kinerja Tahun 2025: data 1 dari 4 unit telah diterima, sesuai jadwal; tidak ada yang" in text


def test_a_week_with_another_letter_about_the_cycle_needs_no_line() -> None:
    """The report lay before him."""
    office = weekly(ratifying())
    office.days_pass(4)
    assert [one.kind for one in office.letters_to("kadis") if one.kind == "weekly"] == []
