"""What a hand slips into YAML, and the very Indonesian words, with file and line, in which it is told."""

from __future__ import annotations

import pytest

from mailbot.settings.files import FILES
from mailbot.settings.folder import parse
from tests.settings.folders import SMALL
from tests.settings.slips import Slip, slips


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.name)
def test_a_slip_is_named_with_its_line_and_the_way_out(slip: Slip) -> None:
    """One file, one change; where the words have changed: `python -m tests.settings.slips`, and read what it wrote."""
    assert slip.said() == slip.told


def test_nearly_every_slip_is_told_and_a_file_without_one_is_not() -> None:
    """Only what was meant so may pass: the sign # in quotation marks, curly ones at one end of a text."""
    assert len(slips()) >= 80
    assert [slip.name for slip in slips() if not slip.told] == [
        "a sign # that is meant, in quotes",
        "a curly quote opened, a straight one closed",  # noted: see test_notes
        "an NBSP in an address",  # taken off, and noted
        "an NBSP in a number",
    ]
    for name in FILES:
        _, _, mistakes = parse(SMALL, {name: (SMALL / f"{name}.yaml").read_bytes()})
        assert mistakes == ()
