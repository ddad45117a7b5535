"""Signing in by a mailed link: whole, by the button, by the code, by hand at the machine; and every way it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mailbot.core.model.people import OUTSIDE, Role
from mailbot.settings.files.web.board import BoardBlock
from tests.web.gate.doors import Door


@pytest.fixture
def door() -> Door:
    """Return a board behind its door."""
    return Door()


def test_a_listed_person_signs_in_by_the_mailed_link(door: Door) -> None:
    """Asked, mailed, opened, pressed: and led to the page that he wanted."""
    browser = door.browser()
    away = browser.get("/cycles/2025?a=b")
    assert away.headers["location"] == "/sign-in?next=%2Fcycles%2F2025%3Fa%3Db"
    fields = browser.fields(browser.get(away.headers["location"]))
    browser.post("/sign-in", {**fields, "address": " Secretary@Example.go.id "})
    (letter,) = door.letters
    assert letter.link.startswith("http://127.0.0.1:8025/sign-in/link/")
    assert (letter.to.key, letter.address, letter.network) == ("secretary", "secretary@example.go.id", "203.0.113.0/24")
    answer = browser.presses(browser.opens(letter.link))
    assert (answer.status_code, answer.headers["location"]) == (303, "/cycles/2025?a=b")
    assert browser.is_in


def test_looking_at_the_link_uses_nothing_up(door: Door) -> None:
    """A mail scanner opens it ten times before the person does."""
    browser, scanner = door.browser(), door.browser("198.51.100.1")
    browser.asks()
    for _ in range(10):
        assert scanner.opens(door.letters[0].link).status_code == 200
    assert browser.presses(browser.opens(door.letters[0].link)).status_code == 303
    assert browser.is_in
    assert not scanner.is_in


def test_opened_elsewhere_the_link_shows_the_code_of_the_letter(door: Door) -> None:
    """Read on the phone, typed at the desk, with or without the blank."""
    desk, phone = door.browser(), door.browser("198.51.100.1")
    sent = desk.asks()
    (letter,) = door.letters
    elsewhere = phone.opens(letter.link)
    assert letter.code in elsewhere.text
    assert "/sign-in/link" not in elsewhere.text
    assert desk.types(sent, letter.code).status_code == 303
    assert desk.is_in
    assert not phone.is_in


def test_a_link_made_at_the_machine_is_good_in_any_browser_once(door: Door) -> None:
    """For the day on which mail is down."""
    asking = door.asking()
    link = asking.by_hand("secretary@example.go.id")
    browser = door.browser()
    assert browser.presses(browser.opens(link)).status_code == 303
    assert browser.is_in
    assert door.browser().opens(link).status_code == 410
    assert asking.by_hand("siapa@example.com") == ""


def test_whoever_is_signed_in_is_led_on_from_a_used_link(door: Door) -> None:
    """Opened again from the mail it does not say that he is out; elsewhere it does."""
    browser = door.browser().signs_in()
    again = browser.opens(door.letters[0].link)
    assert (again.status_code, 'href="/"' in again.text, "Bapak/Ibu sudah masuk" in again.text) == (410, True, True)
    elsewhere = door.browser().opens(door.letters[0].link)
    assert (elsewhere.status_code, 'href="/"' in elsewhere.text) == (410, False)


def test_signing_out_ends_the_session_in_the_ledger(door: Door) -> None:
    """The cookie that somebody has copied before is of no use to him."""
    browser, thief = door.browser().signs_in(), door.browser()
    thief.client.cookies = browser.client.cookies
    assert browser.post("/sign-out", {"form_token": browser.form_token()}).headers["location"] == "/sign-in"
    assert not browser.is_in
    assert not thief.is_in


def test_signing_out_everywhere_ends_every_session_of_the_person_and_no_other(door: Door) -> None:
    """He has left himself signed in somewhere."""
    here, there, other = door.browser().signs_in(), door.browser().signs_in(), door.browser()
    other.signs_in("head@example.go.id")
    here.post("/sign-out/everywhere", {"form_token": here.form_token()})
    assert (here.is_in, there.is_in, other.is_in) == (False, False, True)


@pytest.mark.parametrize(("used_every", "ends_after"), [(0, 61), (50, 12 * 60 + 1)], ids=["idle", "in any case"])
def test_a_session_ends(door: Door, used_every: int, ends_after: int) -> None:
    """After an hour of doing nothing, and after twelve hours in any case."""
    browser, gone_by = door.browser().signs_in(), 0
    while used_every and gone_by + used_every < ends_after:
        door.later(minutes=used_every)
        gone_by += used_every
        assert browser.is_in
    door.later(minutes=ends_after - gone_by)
    assert not browser.is_in


@pytest.mark.parametrize("change", ["left", "post lost", "address gone"])
def test_who_is_no_longer_on_the_list_is_out_at_once_and_stays_out(door: Door, change: str) -> None:
    """The list counts, not what it said when he signed in; nor does he come back with it."""
    browser, before = door.browser().signs_in(), door.office
    changes: dict[str, dict[str, Any]] = {
        "left": {"until": date(2026, 1, 11)},
        "post lost": {"role": Role.PLANNING_BOARD},
        "address gone": {"addresses": ("lain@example.go.id",)},
    }
    people = tuple(replace(one, **changes[change]) if one.key == "secretary" else one for one in before.roster.people)
    door.office = replace(before, roster=replace(before.roster, people=people))
    assert not browser.is_in
    door.office = before
    assert not browser.is_in


@pytest.mark.parametrize("role", Role)
def test_only_posts_of_the_office_get_a_link(door: Door, role: Role) -> None:
    """Other offices get what is theirs by mail."""
    person = next((one for one in door.office.roster.people if one.role is role), None)
    assert person is not None or role in {Role.COPIED, Role.OVERSEER}
    if person is not None:
        door.browser().asks(person.addresses[0])
        assert bool(door.letters) is (role not in OUTSIDE)


def test_https_makes_its_cookies_host_only(door: Door) -> None:
    """No neighbour under the same domain can plant one."""
    safe = Door(BoardBlock(url="https://lkjip.example.go.id"))
    browser = safe.browser(url="https://lkjip.example.go.id").signs_in()
    jar = {cookie.name: cookie for cookie in browser.client.cookies.jar}
    assert jar["__Host-board"].secure
    plain = door.browser().signs_in()
    assert "board" in {cookie.name for cookie in plain.client.cookies.jar}
    assert browser.get("/").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in plain.get("/").headers


def test_the_page_is_in_the_language_of_the_browser_or_the_office(door: Door) -> None:
    """Before anybody is anybody."""
    browser = door.browser()
    assert '<html lang="id">' in browser.get("/sign-in").text
    browser.get("/language/en?to=/sign-in")
    assert '<html lang="en">' in browser.get("/sign-in").text
