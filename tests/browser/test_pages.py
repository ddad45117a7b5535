"""Every page at two widths, light and dark: axe finds nothing, nothing sticks out, the console is silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from mailbot.core.codes.languages import Language
from mailbot.ledger.values import Changes, CycleChange
from mailbot.web.files_of_pages import write_board
from tests.browser.conftest import Served
from tests.browser.looking import DESK, PHONE, is_for_everybody, violations
from tests.web.boards import AT
from tests.writing.sample_cycle import unit_form

pytestmark = pytest.mark.servers

PAGES = (
    *("/", "/cycles", "/units", "/units/capil/2026-tw1", "/mails", "/mails/2", "/letters", "/letters/1"),
    *("/journal", "/plan", "/archive", "/drafts/2025", "/search?q=kia"),
)
SIGNS = {
    "/archive": "a[download][href^='/archive/2024/']",
    "/cycles": "a[href='/cycles/2025']",
    "/drafts/2025": "object[data='/drafts/2025/laporan.pdf']",
    "/search?q=kia": ".hits a[href^='/units/']",
}
"""By what it is seen that a page is not an empty one."""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_for_everybody(address: str, page: Page, served: Served) -> None:
    """By axe-core's rules; no sideways scrolling, no word in the console."""
    served.complaints.clear()
    served.opened(page, address)
    assert page.locator(SIGNS.get(address, "main h1")).count()
    is_for_everybody(page)
    assert served.complaints == []


def test_the_board_as_files_is_for_everybody(page: Page, served: Served, tmp_path: Path) -> None:
    """Opened from the disk: a unit's page, a letter's and a mail's, each reached by its links."""
    list(write_board(served.board, tmp_path / "papan", Language.INDONESIAN))
    served.complaints.clear()
    page.goto((tmp_path / "papan" / "index.html").as_uri())
    for place in ("Unit", "Surat keluar", "Surel masuk"):
        page.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()
        assert page.url.startswith("file://")
        page.locator("main a").first.click()
        assert page.url.startswith("file://")
        is_for_everybody(page)
    assert served.complaints == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """Else the test above would show nothing."""
    page.goto("about:blank")
    page.set_content("<html><body><img src='x'><p style='color:#ccc'>pale</p></body></html>")
    assert {"html-has-lang", "color-contrast"} <= {rule for rule, _ in violations(page)}
    assert [rule for rule, _ in violations(page, "color-contrast")] == ["color-contrast"]


def test_everything_is_reached_by_keyboard(page: Page, served: Served) -> None:
    """The first stop is the way past the navigation; every link is a stop, and each shows that it is one."""
    page.set_viewport_size({"width": DESK, "height": 900})
    served.opened(page, "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.evaluate("document.activeElement.blur()")
    links = page.evaluate("document.querySelectorAll('a[href], button, summary, input:not([type=hidden])').length")
    stops = set()
    for _ in range(links + 5):
        page.keyboard.press("Tab")
        stop, outline = page.evaluate(
            "(all => [[...all].indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle])"
            "(document.querySelectorAll('a[href], button, summary, input:not([type=hidden])'))"
        )
        stops.add(stop)
        assert stop < 0 or outline != "none"
    assert stops >= set(range(links))


def test_only_what_changed_is_put_in_place(page: Page, served: Served) -> None:
    """A form is accepted: the units' part is new, the track is the very one that stood there before."""
    page.clock.install()
    served.opened(page, "/cycles/2026-tw1")
    page.evaluate("window.before = document.querySelector('#track ol')")
    assert page.locator("#units .chip.good").count() == 1
    cycle = served.board.ledger.cycles.get("2026-tw1")
    assert cycle is not None
    moved = cycle.with_unit(unit_form("piak"))
    served.board.ledger.commit(Changes(at=AT, cycles=(CycleChange(before=cycle, after=moved),)))
    page.clock.fast_forward(31_000)
    page.locator("#units .chip.good").nth(1).wait_for()
    assert page.evaluate("window.before.isConnected")
    with page.expect_response(lambda answer: answer.url.endswith("/cycles/2026-tw1")) as second:
        page.clock.fast_forward(31_000)
    assert second.value.status == 204


def test_it_works_without_javascript_and_in_print(chromium: Browser, served: Served) -> None:
    """Links lead on, the language is switched; on paper there is no navigation."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 900})
    page = served.opened(context.new_page(), "/")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Units", exact=True).click()
    assert page.url.endswith("/units")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    context.close()
