"""A board behind its door, without a server: a clock set by hand, chance that repeats, the letters as a list."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from mailbot.settings.files.web.board import BoardBlock
from mailbot.web.board import Daemon
from mailbot.web.gate.asking import Asked, Asking
from mailbot.web.gate.doorkeeper import asking_of, guarded_board
from mailbot.web.gate.rates import Rates
from tests.web.boards import AT, board_of
from tests.writing.sample_cycle import collecting

if TYPE_CHECKING:
    from httpx2 import Response
    from starlette.types import ASGIApp

    from mailbot.clerk.board.decisions import Answer
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.orders.on_board import WordOnBoard
    from mailbot.web.board import Board
    from mailbot.web.gate.asking import LinkToMail

HERE = "http://127.0.0.1:8025"
_FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


@dataclass
class Door:
    """One board with its door; `letters` is what would be mailed."""

    settings: BoardBlock = field(default_factory=BoardBlock)
    at: datetime = AT
    letters: list[LinkToMail] = field(default_factory=list)
    done: list[tuple[str, ...]] = field(default_factory=list)
    """What forms have asked for, and by whom."""
    comes: bool = True
    """Whether anything comes of what a form asks for."""
    daemon: Daemon = field(default_factory=Daemon)
    why_not: str = ""
    """Why nothing comes of an order."""
    _drawn: int = 0

    def __post_init__(self) -> None:
        """Open it."""
        board = board_of(collecting())
        self.office: Office = board.office()
        self.board: Board = replace(board, clock=lambda: self.at, office=lambda: self.office, daemon=self.daemon)
        self.app: ASGIApp = guarded_board(
            self.board, self.settings, lambda letter, _at: self.letters.append(letter), self.fresh, self
        )

    def hold(self, key: str, by: Person) -> bool:
        """Write down what a form asks for."""
        return self._do("hold", key, by.key)

    def release(self, key: str, by: Person) -> bool:
        """As above."""
        return self._do("release", key, by.key)

    def replay(self, mail: int, by: Person) -> bool:
        """As above."""
        return self._do("replay", str(mail), by.key)

    def order(self, cycle: str, unit: str, said: tuple[str, str], by: Person) -> str | None:
        """As above; of no other cycle than this one."""
        return None if self._do({"2025": "order"}[cycle], unit, *said, by.key) else self.why_not

    def ask(self, said: WordOnBoard) -> Answer:
        """Refuse it: no decisions are taken at this door."""
        raise KeyError(said.cycle)

    def count(self, said: WordOnBoard, code: str) -> Answer:
        """As above."""
        raise KeyError(said.cycle, code)

    def _do(self, *what: str) -> bool:
        self.done.append(what)
        return self.comes

    def fresh(self, count: int) -> bytes:
        """Return bytes that differ each time, and are the same in each run."""
        self._drawn += 1
        return hashlib.shake_256(str(self._drawn).encode()).digest(count)

    def asking(self) -> Asking:
        """Return what follows behind an answer, to be called past the pages."""
        return asking_of(
            self.board, self.settings, lambda letter, _at: self.letters.append(letter), self.fresh, Rates()
        )

    @staticmethod
    def asked(address: str, network: str) -> Asked:
        """Return that somebody has typed an address."""
        return Asked(address=address, browser_token="B" * 43, browser="", network=network)

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)

    def browser(self, address: str = "203.0.113.7", url: str = HERE) -> Browser:
        """Return a browser that has never been here."""
        client = TestClient(self.app, base_url=url, client=(address, 50000), follow_redirects=False)
        return Browser(self, client, url)


@dataclass
class Browser:
    """What somebody does in one browser."""

    door: Door
    client: TestClient
    url: str

    def get(self, path: str, **headers: str) -> Response:
        """Open a page."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        """Send a form as a browser does: with the site that it was sent from."""
        return self.client.post(path, data=fields, headers={"origin": self.url, **headers})

    def fields(self, page: Response) -> dict[str, str]:
        """Return what the hidden fields of a page hold."""
        return dict(_FIELD.findall(page.text))

    def asks(self, address: str = "secretary@example.go.id", **headers: str) -> Response:
        """Ask for a link."""
        fields = self.fields(self.get("/sign-in"))
        return self.post("/sign-in", {**fields, "address": address}, **headers)

    def opens(self, link: str) -> Response:
        """Open the link of a letter."""
        return self.get(link.removeprefix(self.door.settings.url))

    def presses(self, page: Response) -> Response:
        """Press the button of the link's page."""
        return self.post("/sign-in/link", self.fields(page))

    def types(self, page: Response, code: str) -> Response:
        """Type a code into the page that came after asking."""
        return self.post("/sign-in/code", {**self.fields(page), "code": code})

    def signs_in(self, address: str = "secretary@example.go.id") -> Browser:
        """Sign in by the letter that comes."""
        self.asks(address)
        answer = self.presses(self.opens(self.door.letters[-1].link))
        assert answer.status_code == 303
        return self

    def form_token(self) -> str:
        """Return what a form of the signed-in browser brings along."""
        return self.fields(self.get("/"))["form_token"]

    @property
    def is_in(self) -> bool:
        """Say whether the board shows itself."""
        return self.get("/").status_code == 200
