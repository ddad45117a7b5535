"""The door in Chromium: signing in whole, what each post sees, signing out, a stolen cookie; and no complaint of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from mailbot.core.orders.why_not import WhyNot
from tests.browser.behind_door import BehindDoor, served_door
from tests.browser.looking import is_for_everybody
from tests.web.gate.doors import Door

pytestmark = pytest.mark.servers
SECRETARY, HEAD_OF_UNIT, PLANNING = (
    "secretary@example.go.id",
    "kabid.dafduk@example.go.id",
    "planning@example.go.id",
)


@pytest.fixture(scope="module")
def served(chromium: Browser) -> Iterator[BehindDoor[Door]]:
    """Serve a board behind its door."""
    with served_door(chromium, Door) as behind:
        yield behind


@pytest.fixture(autouse=True)
def _an_hour_later(served: BehindDoor[Door]) -> None:
    """Let nobody ask too often: every test begins an hour after the one before."""
    served.door.later(hours=1)


def test_somebody_signs_in_on_his_phone_by_link_and_by_code_and_signs_out(served: BehindDoor[Door]) -> None:
    """Every page of the door, with no violation of axe's rules and nothing wider than a phone."""
    page = served.somebody(360).new_page()
    page.goto(f"{served.url}/sign-in")
    is_for_everybody(page, "door-ask")
    link = served.asks(page, SECRETARY)
    is_for_everybody(page, "door-sent")
    other = served.somebody(360).new_page()
    other.goto(link)
    assert served.door.letters[-1].code in other.inner_text("main")
    is_for_everybody(other, "door-elsewhere")
    page.get_by_label("Kode dari surel").fill("0000 0000")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("alert").wait_for()
    is_for_everybody(page, "door-wrong-code")
    page.get_by_label("Kode dari surel").fill(served.door.letters[-1].code)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{served.url}/")
    other.goto(link)
    assert "tidak berlaku lagi" in other.inner_text("h1")
    is_for_everybody(other, "door-ended")
    link = served.asks(other, SECRETARY)
    other.goto(link)
    is_for_everybody(other, "door-button")
    page.get_by_role("button", name="Keluar").first.click()
    page.wait_for_url(f"{served.url}/sign-in")
    page.goto(f"{served.url}/")
    assert page.url.endswith("/sign-in")


def test_each_post_sees_what_is_its(served: BehindDoor[Door]) -> None:
    """The Sekretaris the whole office; a unit's head his own unit, and no other by its address either."""
    all_of_it, own = served.inside(SECRETARY), served.inside(HEAD_OF_UNIT)
    all_of_it.goto(f"{served.url}/")
    own.goto(f"{served.url}/")
    assert all_of_it.get_by_role("link", name="Jurnal").count() == 1
    assert own.get_by_role("link", name="Jurnal").count() == 0
    answer = own.goto(f"{served.url}/journal")
    assert answer is not None
    assert answer.status == 404


def test_a_cookie_stolen_before_signing_out_is_of_no_use_after(served: BehindDoor[Door]) -> None:
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


def test_another_site_can_neither_show_the_board_nor_send_its_forms(served: BehindDoor[Door]) -> None:
    """In the browser of somebody who is signed in."""
    page = served.inside(PLANNING)
    form = f'<form action="{served.url}/acts/hold" method="post"><button>x</button></form>'
    form += f'<iframe src="{served.url}/"></iframe>'
    page.route("http://jahat.example.com/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://jahat.example.com/")
    assert "Papan" not in (page.frames[-1].content() if len(page.frames) > 1 else "")
    page.get_by_role("button").click()
    page.wait_for_load_state()
    assert "Only forms of this site are taken." in page.content()
    assert served.door.done == []


def test_the_browser_never_complains(served: BehindDoor[Door]) -> None:
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


def tabs_to(page: Page, wanted: Locator) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by keyboard: {wanted}")


def test_signing_in_and_an_order_are_done_by_keyboard_alone(served: BehindDoor[Door]) -> None:
    """From the field that has the focus to the unit's own form; an order of which nothing came says so to everybody."""
    page = served.somebody().new_page()
    page.goto(f"{served.url}/sign-in")
    page.locator("#address:focus").wait_for()
    before = len(served.door.letters)
    page.keyboard.type(PLANNING)
    page.keyboard.press("Enter")
    page.goto(served.mailed(page, before))
    tabs_to(page, page.get_by_role("button", name="Masuk"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/")
    tabs_to(page, page.locator("#units a[href='/units/dafduk/2025']"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/units/dafduk/2025")
    served.door.comes, served.door.why_not = False, WhyNot.NOTHING_CAME.value
    tabs_to(page, page.locator("details.orders > summary"))
    page.keyboard.press("Enter")
    tabs_to(page, page.locator("#rest-KEMBALIKAN"))
    page.keyboard.type("angka tahun lalu")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/acts/order/2025/dafduk")
    is_for_everybody(page, "order-refused")
    served.door.comes = True
    tabs_to(page, page.locator("#rest-KEMBALIKAN"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/units/dafduk/2025")
    assert served.door.done == [("order", "dafduk", "KEMBALIKAN", "angka tahun lalu", "planning")] * 2
    served.door.done.clear()


def test_a_form_of_an_older_page_is_refused_at_the_door(served: BehindDoor[Door]) -> None:
    """What the browser was known by is gone: no letter leaves, and the page says what to do."""
    page, before = served.somebody().new_page(), len(served.door.letters)
    page.goto(f"{served.url}/sign-in")
    page.context.clear_cookies()
    page.get_by_label("Alamat surel").fill(SECRETARY)
    page.get_by_role("button", name="Kirim tautan masuk").click()
    page.get_by_role("alert").wait_for()
    is_for_everybody(page, "door-refused")
    assert len(served.door.letters) == before
