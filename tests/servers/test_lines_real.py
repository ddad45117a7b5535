"""Story 12 against real Postfix and Dovecot: a head answers in lines from a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.examined.real import condemned
from tests.servers.real_mail import RealMail
from tests.servers.real_office import RealOffice, real_office
from tests.stories.lines_life import SCENES

pytestmark = pytest.mark.servers


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office on its first morning."""
    with real_office(tmp_path, real_mail, {}) as at_work:
        yield at_work


def test_a_head_answers_in_lines_over_real_servers(office: RealOffice) -> None:
    """One fault, corrected, confirmed with one word, received: the scenes of the story, each by a mail of its own."""
    office.works()
    office.next_morning()
    office.next_morning()
    for scene in SCENES:
        # The clock is set by hand; a minute of it holds no more letters than the office allows.
        office.clock.set_to(office.clock() + timedelta(minutes=2))
        office.works()
        scene(office)
    assert condemned(office) == ()
