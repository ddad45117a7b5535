"""What is done on the board by a form: who may, who may not, and that nobody else's browser does it for him."""

from __future__ import annotations

import re

import pytest

from mailbot.core.codes.languages import Language
from mailbot.core.orders.why_not import WhyNot
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import said
from mailbot.web.printing import board_words
from mailbot.writing.words.templates import shipped_templates
from tests.web.gate.doors import Door
from tests.writing.sample_cycle import collecting

FORMS = {
    "hold": ("/acts/hold", {"letter": "request/2025/dafduk"}),
    "release": ("/acts/release", {"letter": ""}),
    "replay": ("/acts/replay/7", {}),
    "order": ("/acts/order/2025/DAFDUK", {"word": "KEMBALIKAN", "rest": " angka \n tahun lalu "}),
}
MAY = {
    "planning@example.go.id": {"hold", "release", "replay", "order"},
    "operator@example.go.id": {"hold", "release", "replay"},
    "secretary@example.go.id": set[str](),
    "head@example.go.id": set[str](),
    "kabid.dafduk@example.go.id": set[str](),
    "kasi.identitas@example.go.id": set[str](),
}


@pytest.fixture
def door() -> Door:
    """Return a board behind its door."""
    return Door()


@pytest.mark.parametrize("address", MAY)
def test_each_post_does_what_is_its_and_nothing_else(door: Door, address: str) -> None:
    """A unit's head can do nothing of the sort, nor can who only reads and decides."""
    browser = door.browser().signs_in(address)
    token = browser.form_token()
    for name, (path, fields) in FORMS.items():
        answer = browser.post(path, {**fields, "form_token": token, "to": "/letters"})
        allowed = name in MAY[address]
        assert (answer.status_code, answer.headers.get("location")) == ((303, "/letters") if allowed else (403, None))
    assert {what[0] for what in door.done} == MAY[address]
    assert {what[-1] for what in door.done} <= {address.split("@", maxsplit=1)[0]}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_counts_with_its_own_token_from_this_site_alone(door: Door, name: str) -> None:
    """Nobody, nobody's token, somebody else's, another site, another method."""
    path, fields = FORMS[name]
    planning, other = door.browser().signs_in("planning@example.go.id"), door.browser().signs_in()
    assert door.browser().post(path, {**fields, "x": ""}).headers["location"] == "/sign-in"
    assert planning.post(path, {**fields, "x": ""}).status_code == 403
    assert planning.post(path, {**fields, "form_token": other.form_token()}).status_code == 403
    own = {**fields, "form_token": planning.form_token()}
    assert planning.post(path, own, origin="https://jahat.example.com").status_code == 403
    assert planning.get(path).status_code in {404, 405}
    assert door.done == []
    assert planning.post(path, {**own, "to": "https://jahat.example.com"}).headers["location"] == "/"
    assert len(door.done) == 1


def test_an_order_says_why_and_is_of_a_cycle_and_a_unit_that_there_are(door: Door) -> None:
    """Else nothing is done, and the page says so."""
    browser = door.browser().signs_in("planning@example.go.id")
    token = {"form_token": browser.form_token()}
    path = "/acts/order/2025/DAFDUK"
    assert browser.post(path, {**token, "word": "TERIMA", "rest": "  "}).status_code == 409
    assert browser.post(path, {**token, "word": "TERIMA", "rest": "a" * 1001}).status_code == 409
    assert browser.post("/acts/order/2024/DAFDUK", {**token, "word": "TERIMA", "rest": "a"}).status_code == 404
    assert door.done == []
    assert browser.post(path, {**token, "word": "TERIMA", "rest": " sudah \n dicek "}).status_code == 303
    assert door.done == [("order", "DAFDUK", "TERIMA", "sudah dicek", "planning")]


def test_a_refused_order_says_why_keeps_what_was_typed_and_leads_back_to_the_unit(door: Door) -> None:
    """In the words that the command has, in either language; the form stands there again."""
    browser, door.comes = door.browser().signs_in("planning@example.go.id"), False
    fields = {
        "form_token": browser.form_token(),
        "word": "PERPANJANG",
        "rest": "2026-01-18",
        "to": "/units/dafduk/2025",
    }
    for language in Language:
        browser.get(f"/language/{language.value}")
        for reason in WhyNot:
            door.why_not = reason.value
            answer = browser.post("/acts/order/2025/dafduk", fields)
            assert answer.status_code == 409
            assert in_words(said(reason), language) in answer.text
            assert 'value="2026-01-18"' in answer.text
            assert 'href="/units/dafduk/2025"' in answer.text
    assert browser.post("/acts/order/2025/dafduk", {**fields, "form_token": "x"}).status_code == 403


def test_an_order_that_would_come_to_nothing_is_not_offered(door: Door) -> None:
    """A unit from which nothing came has nothing to accept: why stands in place of the field."""
    page = door.browser().signs_in("planning@example.go.id").get("/units/dafduk/2025").text
    assert page.count('name="word"') == 3
    sent_nothing = next(form.unit for form in collecting().units if not form.submissions)
    page = door.browser().signs_in("planning@example.go.id").get(f"/units/{sent_nothing}/2025").text
    assert re.findall(r'name="word" value="(\w+)"', page) == ["PERPANJANG"]
    assert page.count(in_words(said("or_nothing_came"), Language.INDONESIAN)) == 2


def test_nothing_is_held_as_a_whole_by_one_press(door: Door) -> None:
    """The button stands behind what opens it, with what it comes to. Who leaves everywhere is out in each browser."""
    here, there = (door.browser().signs_in("planning@example.go.id") for _ in range(2))
    page = here.get("/letters").text
    before, button = page.split(board_words((shipped_templates(),), Language.INDONESIAN)["letter"]["hold_all_sure"])
    assert before.rpartition("<details")[2].count("</details") == 0
    assert button.count("</details") == 1
    assert 'action="/sign-out/everywhere"' in page
    here.post("/sign-out/everywhere", {"form_token": here.form_token()})
    assert (here.is_in, there.is_in) == (False, False)


def test_that_nothing_came_of_it_is_told(door: Door) -> None:
    """The letter has left meanwhile."""
    browser, door.comes = door.browser().signs_in("operator@example.go.id"), False
    answer = browser.post("/acts/hold", {"form_token": browser.form_token(), "letter": "gone"})
    assert answer.status_code == 409
    assert "Tidak ada yang berubah" in answer.text
