"""Some stories once more, told by tasks in place of passes; `python -m tests.tasks` tells all of them so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.stories import test_05_wrong_person as wrong
from tests.stories import test_06_address_refuses as refuses
from tests.stories import test_07_two_cycles as two
from tests.stories import test_08_vacation as vacation
from tests.tasks.by_tasks import by_tasks


@pytest.mark.parametrize(
    "story",
    [
        wrong.test_a_word_before_its_turn_changes_nothing,
        refuses.test_an_address_refused_for_days_delays_nobody_and_gets_its_letter_once_it_is_back,
        two.test_forms_of_two_cycles_reach_each_its_own,
        vacation.test_the_same_mail_delivered_twice_has_one_effect,
    ],
    ids=lambda story: story.__name__,
)
def test_a_story_told_by_tasks_ends_as_told_by_passes(story: Callable[[], None]) -> None:
    """It asserts what it asserts."""
    with by_tasks():
        story()
