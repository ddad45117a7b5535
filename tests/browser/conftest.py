"""One browser and one served board for all tests of this room: elsewhere no loop of Playwright may still run."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.middleware import Middleware

from mailbot.core.codes.languages import Language
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes
from mailbot.web.app import board_app
from mailbot.web.board import Board
from mailbot.web.open_gate import OpenGate
from mailbot.web.viewer import Viewer
from tests.browser.behind_door import serving
from tests.browser.looking import DESK
from tests.offices.long_names import long_named_office
from tests.servers.fixtures import insist
from tests.web.boards import AT
from tests.web.secrets import secret_board
from tests.writing.sample_cycle import collecting

CHROMIUM = "/usr/bin/chromium"
LINES = 12
"""Of the journal, beside those of the office: enough for a number of two digits."""
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'self'; "
    b"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


class Strict:
    """Sends the strictest policy that the board is promised to work under."""

    def __init__(self, app: Callable[..., Any]) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Answer, with the policy among the headers."""

        async def strictly(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", _POLICY)]
            await send(message)

        await self._app(scope, receive, strictly)


@dataclass(frozen=True, slots=True)
class StrictGate(OpenGate):
    """An open gate with a strict policy."""

    def middleware(self) -> tuple[Middleware, ...]:
        """Return what every request passes."""
        return (Middleware(Strict),)


@dataclass(slots=True)
class Served:
    """A board at an address, and what the browser said about it."""

    board: Board
    url: str
    complaints: list[str] = field(default_factory=list)

    def opened(self, page: Page, address: str) -> Page:
        """Open a page of the board; what its console says is kept."""
        answer = page.goto(self.url + address)
        assert answer is not None
        assert answer.status == 200, address
        return page


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Return Debian's Chromium, without a window."""
    insist(None if shutil.which(CHROMIUM) else "Chromium is not installed; run .ci/packages as root")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a board on loopback to Subbag Program: a cycle with units in every state, a complete one, an archive."""
    archives = tmp_path_factory.mktemp("arsip")
    for file in ("manifest.json", "1-laporan/Laporan-Kinerja-2024.pdf", "6-data/capaian-kinerja-2024.csv"):
        (archives / "2024" / file).parent.mkdir(parents=True, exist_ok=True)
        (archives / "2024" / file).write_bytes(b"{}")
    board = replace(secret_board(replace(collecting(), key="2026-tw1")), archive_folder=archives)
    board.ledger.commit(Changes(at=AT, journal=(("2026-tw1", line(AT, "receipt_unproved", "bappeda")),) * LINES))
    planning = next(person for person in long_named_office().roster.people if person.role is Role.PLANNING)
    viewer = Viewer(posts=(planning,), language=Language.INDONESIAN, form_token="token")
    place = socket.create_server(("127.0.0.1", 0))
    with serving(board_app(board, StrictGate(viewer)), place):
        yield Served(board=board, url=f"http://127.0.0.1:{place.getsockname()[1]}")


@pytest.fixture(scope="package")
def page(chromium: Browser, served: Served) -> Page:
    """Return the one page that is opened again and again; what its console says is kept."""
    page = chromium.new_page(viewport={"width": DESK, "height": 900})
    page.on("console", lambda said: served.complaints.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: served.complaints.append(f"{page.url}: {error}"))
    return page
