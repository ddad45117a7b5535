"""Boards of the office with long names: a ledger with a cycle in it, and a browser that only knows HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from mailbot.ledger.values import Changes, CycleChange
from mailbot.web.app import board_app
from mailbot.web.board import Board
from mailbot.web.open_gate import OpenGate, onlooker
from mailbot.web.viewer import Act
from mailbot.writing.words.templates import shipped_templates
from tests.copied import empty_ledger
from tests.offices.long_names import long_named_office

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.ledger import Ledger
    from mailbot.web.viewer import Viewer

AT = datetime(2026, 1, 12, 3, 0, tzinfo=UTC)


def board_of(*cycles: Cycle, archive: Path = Path("/nowhere"), ledger: Ledger | None = None) -> Board:
    """Return the board of an office in whose ledger these cycles stand."""
    ledger = ledger or empty_ledger()
    ledger.commit(Changes(at=AT, cycles=tuple(CycleChange(before=None, after=cycle) for cycle in cycles)))
    office = long_named_office()
    return Board(
        office=lambda: office,
        ledger=ledger,
        clock=lambda: AT,
        template_folders=(shipped_templates(),),
        archive_folder=archive,
        acts=frozenset(Act),
    )


def browser(board: Board, viewer: Viewer | None = None) -> TestClient:
    """Return a browser on a board; without a viewer it is somebody who sees the whole office."""
    return TestClient(board_app(board, OpenGate(viewer or onlooker())), follow_redirects=False)
