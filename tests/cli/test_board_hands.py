"""What the board's forms come to on a ledger: the fact that a mail would put, named in the journal, echoed by mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.cli.door.hands import LedgersHands
from mailbot.core.model.cycle import UnitState
from mailbot.settings.loading import load
from tests.cli.terminal import office_in, worked_in
from tests.cli.test_orders import last_line, later
from tests.office import CYCLE, ToyOffice


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office with one faulty form, of CAPIL."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(1)
    office.morning()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    return office


def test_an_order_on_the_board_is_the_fact_that_a_mail_would_put(office: ToyOffice, here: Path) -> None:
    """It counts, names who gave it and how he is proved, and both he and the unit get a letter."""
    settings = load(here / "kantor", {})
    hands, planning = LedgersHands(ledger=office.ledger, settings=lambda: settings), office.person("perencanaan")
    assert not hands.order(CYCLE, "DAFDUK", ("TERIMA", "belum ada form"), planning)
    with pytest.raises(KeyError):
        hands.order(CYCLE, "CAPIL", ("DISAHKAN", "bukan perintah"), planning)
    assert hands.order(CYCLE, "capil", ("TERIMA", "dikonfirmasi lewat telepon"), planning)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert last_line(office, "unit_accepted") == {"reason": "dikonfirmasi lewat telepon", "proof": "code"}
    assert last_line(office, "ordered_on_board") == {"word": "TERIMA"}
    later(office)
    assert "dikonfirmasi lewat telepon" in office.letter("kabid-capil", "unit_accepted").text
    assert office.letter("perencanaan", "verdict_noted").subject.strip()


def test_holding_releasing_and_replaying_name_who_did_it(office: ToyOffice, here: Path) -> None:
    """As the commands do it; what comes to nothing is not written down."""
    settings = load(here / "kantor", {})
    hands, operator = LedgersHands(ledger=office.ledger, settings=lambda: settings), office.person("operator")
    assert hands.hold("", operator)
    assert office.ledger.letters.held()
    assert hands.release("", operator)
    assert not office.ledger.letters.held()
    assert not hands.hold("no/such/letter", operator)
    assert not hands.replay(4711, operator)
    assert hands.replay(1, operator)
    lines = [(entry.line.event, entry.line.actor) for entry in office.ledger.journal.read()]
    assert lines[-3:] == [(f"{did}_on_board", "operator") for did in ("held", "released", "replayed")]
    assert datetime.now(UTC) >= office.ledger.journal.read()[-1].line.at
