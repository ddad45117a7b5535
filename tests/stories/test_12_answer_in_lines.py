"""Story 12: a head answers from a phone, in lines; one fault, corrected, confirmed with one word, received."""

from __future__ import annotations

from tests.office import requested
from tests.stories.lines_life import SCENES


def test_a_head_answers_in_lines_from_a_phone() -> None:
    """Nothing counts before BENAR; the same scenes are played on real servers."""
    office = requested()
    for scene in SCENES:
        office.hours_pass(0.01)
        scene(office)
