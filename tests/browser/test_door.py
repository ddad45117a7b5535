"""The door in Chromium: signing in whole, what each post sees, signing out, a stolen cookie; and no complaint of it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from mailbot.settings.files.web.board import BoardBlock
from tests.web.gate.doors import Door

pytestmark = pytest.mark.servers
SECRETARY, HEAD_OF_UNIT, PLANNING = (
    "secretary@example.go.id",
    "kabid.dafduk@example.go.id",
    "planning@example.go.id",
)


@dataclass
class Served:
    """A board behind its door at an address."""

    door: Door
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
        page.wait_for_url(f"{self.url}/sign-in")
        page.get_by_label("Kode dari surel").wait_for()
        while len(self.door.letters) == before:  # it follows behind the answer
            page.wait_for_timeout(20)
        return self.door.letters[-1].link

    def signs_in(self, address: str, width: int = 1100) -> Page:
        """Sign in as somebody, in a browser of his own."""
        page = self.somebody(width).new_page()
        page.goto(self.asks(page, address))
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(f"{self.url}/")
        return page


@pytest.fixture(scope="module")
def served(chromium: Browser) -> Iterator[Served]:
    """Serve a board behind its door."""
    place = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{place.getsockname()[1]}"
    door = Door(BoardBlock(url=url, listen=url.removeprefix("http://")))
    server = uvicorn.Server(uvicorn.Config(door.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    yield Served(door=door, url=url, browser=chromium)
    server.should_exit = True
    thread.join()
    place.close()


def _shot(page: Page, name: str) -> None:
    """Hold a page against axe's rules and its width; keep a picture where somebody wants one (`MAILBOT_PICTURES`)."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"]
    if folder := os.environ.get("MAILBOT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_somebody_signs_in_on_his_phone_by_link_and_by_code_and_signs_out(served: Served) -> None:
    """Every page of the door, with no violation of axe's rules and nothing wider than a phone."""
    page = served.somebody(360).new_page()
    page.goto(f"{served.url}/sign-in")
    _shot(page, "door-ask")
    link = served.asks(page, SECRETARY)
    _shot(page, "door-sent")
    other = served.somebody(360).new_page()
    other.goto(link)
    assert served.door.letters[-1].code in other.inner_text("main")
    _shot(other, "door-elsewhere")
    page.get_by_label("Kode dari surel").fill("0000 0000")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("alert").wait_for()
    _shot(page, "door-wrong-code")
    page.get_by_label("Kode dari surel").fill(served.door.letters[-1].code)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{served.url}/")
    other.goto(link)
    assert "tidak berlaku lagi" in other.inner_text("h1")
    _shot(other, "door-ended")
    link = served.asks(other, SECRETARY)
    other.goto(link)
    _shot(other, "door-button")
    page.get_by_role("button", name="Keluar").first.click()
    page.wait_for_url(f"{served.url}/sign-in")
    page.goto(f"{served.url}/")
    assert page.url.endswith("/sign-in")


def test_each_post_sees_what_is_its(served: Served) -> None:
    """The Sekretaris the whole office; a unit's head his own unit, and no other by its address either."""
    all_of_it, own = served.signs_in(SECRETARY), served.signs_in(HEAD_OF_UNIT)
    assert all_of_it.get_by_role("link", name="Jurnal").count() == 1
    assert own.get_by_role("link", name="Jurnal").count() == 0
    answer = own.goto(f"{served.url}/journal")
    assert answer is not None
    assert answer.status == 404


def test_a_cookie_stolen_before_signing_out_is_of_no_use_after(served: Served) -> None:
    """And no script of a page could have read it."""
    page, thief = served.signs_in(PLANNING), served.somebody()
    assert page.evaluate("document.cookie") == ""
    for one in page.context.cookies():
        thief.add_cookies([{"name": one["name"], "value": one["value"], "url": served.url}])
    stolen = thief.new_page()
    stolen.goto(f"{served.url}/")
    assert stolen.url == f"{served.url}/"
    page.get_by_role("button", name="Keluar").first.click()
    page.wait_for_url(f"{served.url}/sign-in")
    stolen.reload()
    assert stolen.url.endswith("/sign-in")


def test_another_site_can_neither_show_the_board_nor_send_its_forms(served: Served) -> None:
    """In the browser of somebody who is signed in."""
    page = served.signs_in(PLANNING)
    form = f'<form action="{served.url}/acts/hold" method="post"><button>x</button></form>'
    form += f'<iframe src="{served.url}/"></iframe>'
    page.route("http://jahat.example.com/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://jahat.example.com/")
    assert "Papan" not in (page.frames[-1].content() if len(page.frames) > 1 else "")
    page.get_by_role("button").click()
    page.wait_for_load_state()
    assert "Only forms of this site are taken." in page.content()
    assert served.door.done == []


def test_the_browser_never_complains(served: Served) -> None:
    """Neither of the policy nor of anything else, at the door and behind it."""
    page, said = served.somebody().new_page(), list[str]()
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.goto(served.asks(page, PLANNING))
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{served.url}/")
    for address in ("/", "/cycles", "/letters", "/journal"):
        page.goto(served.url + address)
    assert said == []
