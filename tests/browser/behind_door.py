"""A board behind its door at an address, and somebody who signs in to it in a browser of his own."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import uvicorn

from mailbot.settings.files.web.board import BoardBlock
from tests.web.gate.doors import Door

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from starlette.types import ASGIApp

_PATIENCE, _EVERY_MS = 500, 20
_Door = TypeVar("_Door", bound=Door)


@dataclass(frozen=True, slots=True)
class BehindDoor(Generic[_Door]):
    """A board behind its door, and a browser in which everybody has his own profile."""

    door: _Door
    url: str
    browser: Browser

    def somebody(self, width: int = 1100) -> BrowserContext:
        """Return a browser that has never been here."""
        return self.browser.new_context(viewport={"width": width, "height": 800})

    def asks(self, page: Page, address: str) -> str:
        """Ask for a link as somebody; return the link that is mailed."""
        before = len(self.door.letters)
        page.goto(f"{self.url}/sign-in")
        page.get_by_label("Alamat surel").fill(address)
        page.get_by_role("button", name="Kirim tautan masuk").click()
        return self.mailed(page, before)

    def mailed(self, page: Page, before: int) -> str:
        """Return the link that is mailed after so many letters: it follows behind the answer."""
        page.get_by_label("Kode dari surel").wait_for()
        for _ in range(_PATIENCE):
            if len(self.door.letters) > before:
                return self.door.letters[-1].link
            page.wait_for_timeout(_EVERY_MS)
        raise AssertionError("no link was mailed")

    def signs_in(self, address: str, width: int = 1100) -> Page:
        """Sign in as somebody, in a browser of his own."""
        page = self.somebody(width).new_page()
        page.goto(self.asks(page, address))
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(f"{self.url}/")
        return page

    def inside(self, address: str, width: int = 1100) -> Page:
        """Return the browser of somebody who has signed in: by the same requests, without the door's pages."""
        client = self.door.browser(url=self.url).signs_in(address).client
        context = self.somebody(width)
        context.add_cookies(
            [{"name": one.name, "value": one.value or "", "url": self.url} for one in client.cookies.jar]
        )
        return context.new_page()


@contextmanager
def served_door(browser: Browser, make: Callable[[BoardBlock], _Door]) -> Iterator[BehindDoor[_Door]]:
    """Serve a board behind its door on loopback."""
    place = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{place.getsockname()[1]}"
    door = make(BoardBlock(url=url, listen=url.removeprefix("http://")))
    with serving(door.app, place):
        yield BehindDoor(door=door, url=url, browser=browser)


@contextmanager
def serving(app: ASGIApp, place: socket.socket) -> Iterator[None]:
    """Serve an application at a place, beside the test."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join()
    place.close()
