"""A board on whose office decisions are allowed: the toy office behind the door, and its own letters with the codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.clerk.board.decisions import ask, count
from mailbot.clerk.desk.remembering import with_deputies
from mailbot.web.board import Board
from mailbot.web.gate.doorkeeper import guarded_board
from mailbot.web.viewer import Act
from mailbot.writing.words.templates import shipped_templates
from tests.office import ToyOffice
from tests.stories.test_03_secretary_sends_back import drafted
from tests.stories.test_11_code import code_in
from tests.web.gate.doors import Browser, Door

if TYPE_CHECKING:
    from httpx2 import Response
    from starlette.types import ASGIApp

    from mailbot.clerk.board.decisions import Answer
    from mailbot.core.model.office import Office
    from mailbot.core.orders.on_board import WordOnBoard

CYCLE_PAGE = "/cycles/2025"


@dataclass
class DecidingDoor(Door):
    """The toy office's board; the first draft lies before the Sekretaris."""

    toy: ToyOffice = field(default_factory=drafted)
    on: bool = True

    def __post_init__(self) -> None:
        """Open it."""
        self.office: Office = self.toy.office
        self.board: Board = Board(
            office=lambda: self.office,
            ledger=self.toy.ledger,
            clock=self.toy.clock,
            template_folders=(shipped_templates(),),
            archive_folder=Path("/nowhere"),
            acts=frozenset(Act) - (frozenset() if self.on else {Act.DECIDE}),
        )
        self.app: ASGIApp = guarded_board(
            self.board, self.settings, lambda letter, _at: self.letters.append(letter), self.fresh, self
        )

    def ask(self, said: WordOnBoard) -> Answer:
        """Do what the board's process does."""
        clerk, found = self.toy.clerk, {one.key: one for one in self.toy.ledger.cycles.open()}[said.cycle]
        return ask(with_deputies(clerk.books), clerk.maker, found, said, self.settings.link_life)

    def count(self, said: WordOnBoard, code: str) -> Answer:
        """As above."""
        clerk = self.toy.clerk
        return count(with_deputies(clerk.books), clerk.maker, clerk.reader.secret, said, code)

    def somebody(self, key: str) -> Browser:
        """Return a browser in which one of the office's people is signed in."""
        return self.browser().signs_in(self.office.roster.person(key).addresses[0])

    def code(self, key: str = "sekretaris") -> str:
        """Return the code in the last letter that somebody got."""
        self.toy.works()
        return code_in(self.toy.letter(key, "challenge"))


def pressed(browser: Browser, word: str = "SETUJU", remarks: str = "", **other: str) -> Response:
    """Press the button of a word on the cycle's page."""
    fields = browser.fields(browser.get(CYCLE_PAGE))
    return browser.post("/acts/decide/2025", {**fields, "word": word, "remarks": remarks, **other})


def typed(browser: Browser, page: Response, code: str, **other: str) -> Response:
    """Type a code into the page that came after pressing."""
    return browser.post("/acts/decide/2025/code", {**browser.fields(page), "code": code, **other})
