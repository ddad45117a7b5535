"""Story 09: the life of a form, from three faults at once to a form that comes after the lock."""

from __future__ import annotations

from tests.office import requested
from tests.stories.form_life import SCENES


def test_the_life_of_a_form() -> None:
    """One cycle, four units, every way a form can go; the same scenes are played on real servers."""
    office = requested()
    for scene in SCENES:
        office.hours_pass(0.01)
        scene(office)
