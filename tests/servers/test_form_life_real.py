"""Story 09 against real Postfix and Dovecot: the life of a form, everybody at a mail program of his own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.examined.real import condemned
from tests.servers.real_mail import RealMail
from tests.servers.real_office import real_office
from tests.stories.form_life import SCENES

pytestmark = pytest.mark.servers


def test_the_life_of_a_form_over_real_servers(tmp_path: Path, real_mail: RealMail) -> None:
    """Faults at once, part and rest, SALAH, conflict, wrong forms, Subbag Program's words, after the lock."""
    with real_office(tmp_path, real_mail, {}) as office:
        office.works()
        office.next_morning()
        office.next_morning()
        for scene in SCENES:
            # The clock is set by hand; a minute of it holds no more letters than the office allows.
            office.clock.set_to(office.clock() + timedelta(minutes=2))
            office.works()
            scene(office)
        assert office.clerk.books.ledger.journal.verify() is None
        assert condemned(office) == ()
