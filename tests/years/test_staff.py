"""The people of an office-year: what the judge is told that they have given is what they gave."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Letter
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.model.people import Role
from tests.simulation.server import OnWire
from tests.years.sample import settings
from tests.years.wire import told
from tests.years.year import Year


@pytest.mark.parametrize(("cycle", "brought"), [("2025-tw2", True), ("2025-tw4", False)])
def test_a_code_is_brought_back_only_for_a_word_that_one_has_said_oneself(cycle: str, *, brought: bool) -> None:
    """A stranger's TERUSKAN in another cycle is not what Subbag Program meant by its own."""
    year = Year(0, settings())
    person = next(one for one in year.office.roster.people if one.role is Role.PLANNING)
    mine = (("2025-tw2", "draft"), "<mb1.laid@example.go.id>")
    year.staff.said[person.key, "TERUSKAN", "2025-tw2"] = mine
    letter = Letter(
        key=f"challenge/{cycle}", about=Challenge(word=Word.TERUSKAN), to=person.key, address="", cycle=cycle
    )
    wire = OnWire(at=datetime(2026, 8, 26, 4, tzinfo=UTC), recipient="", message_id="<mb1.code@x>", raw=b"\r\n467216")
    year.staff.gets(person, letter, wire, told(wire, letter))
    assert (mine not in year.staff.said.values()) is brought
