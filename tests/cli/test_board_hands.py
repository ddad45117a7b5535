"""What the board's forms come to on a ledger: the fact that a mail would put, named in the journal, echoed by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.door.hands import LedgersHands
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step
from mailbot.core.orders.on_board import Came, Shown, WordOnBoard
from mailbot.core.orders.why_not import WhyNot
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
    assert hands.order(CYCLE, "DAFDUK", ("TERIMA", "belum ada form"), planning) is WhyNot.NOTHING_CAME
    assert hands.order(CYCLE, "DAFDUK", ("PERPANJANG", "2027-02-07"), planning) is WhyNot.CLOSED_DAY
    with pytest.raises(KeyError):
        hands.order(CYCLE, "CAPIL", ("DISAHKAN", "bukan perintah"), planning)
    assert hands.order(CYCLE, "capil", ("TERIMA", "dikonfirmasi lewat telepon"), planning) is None
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


def test_decisions_are_off_until_the_setting_allows_them(office: ToyOffice, here: Path) -> None:
    """Then a word is looked at as if it had come by mail: one of a row that is over is answered, and no code mailed."""
    settings = load(here / "kantor", {})
    said = WordOnBoard(
        cycle=CYCLE,
        word=Word.SETUJU,
        remarks=(),
        by=office.person("sekretaris"),
        shown=Shown(asks=Asked(step=Step.INFORM, version=1)),
        session_sha256="s" * 64,
        until=datetime.now(UTC) + timedelta(minutes=5),
    )
    off = LedgersHands(ledger=office.ledger, settings=lambda: settings)
    with pytest.raises(KeyError):
        off.ask(said)
    with pytest.raises(KeyError):
        off.count(said, "123456")
    board = settings.files.office.board.model_copy(update={"decisions": True})
    files = replace(settings.files, office=settings.files.office.model_copy(update={"board": board}))
    on = LedgersHands(ledger=office.ledger, settings=lambda: replace(settings, files=files))
    assert (on.ask(said).came, on.count(said, "123456").came) == (Came.REFUSED, Came.ENDED)
    with pytest.raises(KeyError):
        on.ask(replace(said, cycle="2024"))
    later(office)
    assert office.letters_to("sekretaris", "challenge") == []
