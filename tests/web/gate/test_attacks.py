"""Every attack on the door that is named in the book is refused; each test is one of them, by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import event
from starlette.testclient import TestClient

from mailbot.settings.files.web.board import BoardBlock
from mailbot.settings.packaged import templates_folder
from mailbot.web.gate.doorkeeper import refusals
from mailbot.web.gate.guard import MOST_BYTES, Guard, Names
from mailbot.web.gate.networks import caller, network_of
from mailbot.web.gate.next_page import HOME, next_page
from mailbot.web.gate.rates import Rate
from tests.web.boards import AT
from tests.web.gate.doors import HERE, Browser, Door

LISTED, NOBODY = "secretary@example.go.id", "nobodies@example.go.id"


@pytest.fixture
def door() -> Door:
    """Return a board behind its door."""
    return Door()


def test_replayed_link(door: Door) -> None:
    """Used once, it lets nobody in again, not even in the same browser."""
    browser = door.browser().signs_in()
    link = door.letters[0].link
    assert browser.opens(link).status_code == 410
    other = door.browser()
    assert other.opens(link).status_code == 410
    fields = other.fields(other.get("/sign-in"))
    token = link.rpartition("/")[2]
    assert other.post("/sign-in/link", {**fields, "link": token}).status_code == 410
    assert not other.is_in


@pytest.mark.parametrize("by", ["button", "code"])
def test_link_after_its_end(door: Door, by: str) -> None:
    """A quarter of an hour, and no second more: the page that was open before does not help either."""
    browser = door.browser()
    sent = browser.asks()
    page = browser.opens(door.letters[0].link)
    door.later(minutes=15)
    answer = browser.presses(page) if by == "button" else browser.types(sent, door.letters[0].code)
    assert answer.status_code == {"button": 410, "code": 422}[by]
    assert not browser.is_in


def test_link_in_another_browser(door: Door) -> None:
    """Whoever reads the mail of the person asked for, and did not ask, cannot press the button."""
    door.browser().asks()
    thief = door.browser()
    assert "/sign-in/link" not in thief.opens(door.letters[0].link).text
    fields = thief.fields(thief.get("/sign-in"))
    stolen = {**fields, "link": door.letters[0].link.rpartition("/")[2]}
    assert thief.post("/sign-in/link", stolen).status_code == 410
    assert thief.post("/sign-in/code", {**fields, "code": door.letters[0].code}).status_code == 422
    assert not thief.is_in


def test_guessed_code(door: Door) -> None:
    """After five wrong ones the link is gone, and the right one does not help any more."""
    browser = door.browser()
    sent = browser.asks()
    for _ in range(5):
        assert browser.types(sent, "0000 0000").status_code == 422
    assert browser.types(sent, door.letters[0].code).status_code == 410
    assert browser.opens(door.letters[0].link).status_code == 410
    assert not browser.is_in


def test_guessed_codes_of_many_browsers(door: Door) -> None:
    """Somebody asks anew for each five guesses: his network is told to wait."""
    codes = Counter[int]()
    for _ in range(20):
        browser = door.browser()
        sent = browser.asks(NOBODY)
        codes.update(browser.types(sent, "12345678").status_code for _ in range(5))
    assert codes[429] >= 20


def test_stolen_cookie_with_the_form_token_of_somebody_else(door: Door) -> None:
    """What a form brings along belongs to one session."""
    victim, thief = door.browser().signs_in(), door.browser().signs_in("head@example.go.id")
    foreign = thief.form_token()
    assert victim.post("/sign-out", {"form_token": foreign}).status_code == 403
    assert victim.post("/sign-out/everywhere", {"form_token": ""}).status_code == 403
    assert victim.is_in


def test_the_ledger_holds_nothing_that_lets_anybody_in(door: Door) -> None:
    """Whoever reads a backup finds hashes."""
    browser = door.browser()
    browser.asks()
    browser.signs_in()
    secrets = {*browser.client.cookies.values(), *(letter.link.rpartition("/")[2] for letter in door.letters)}
    with door.board.ledger.engine.connect() as connection:
        kept = "".join(
            str(row)
            for table in ("board_link", "board_session")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - two names of ours
        )
    assert kept
    assert not [secret for secret in secrets if len(secret) > 20 and secret in kept]
    assert "12345678901234567890" not in kept


def test_fixation(door: Door) -> None:
    """A session planted before signing in is not the one that one is in afterwards; nor helps a planted mark."""
    victim, attacker = door.browser(), door.browser()
    planted = "A" * 43
    victim.client.cookies.set("board", planted)
    victim.client.cookies.set("board-asks", planted, domain="127.0.0.1", path="/")
    attacker.client.cookies.set("board", planted)
    attacker.client.cookies.set("board-asks", planted)
    victim.asks()
    assert "/sign-in/link" not in attacker.opens(door.letters[0].link).text
    victim = door.browser().signs_in()
    assert planted not in victim.client.cookies.values()
    assert not attacker.is_in


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://jahat.example.com"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://jahat.example.com", "sec-fetch-site": "same-origin"},
    ],
)
def test_form_of_another_site(door: Door, headers: dict[str, str]) -> None:
    """Even with the right token: it is not sent from here."""
    browser = door.browser().signs_in()
    token = browser.form_token()
    assert browser.post("/sign-out", {"form_token": token}, **headers).status_code == 403
    assert browser.is_in


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_form_without_its_token(door: Door, token: str | None) -> None:
    """Asking, pressing, typing, leaving: none goes without."""
    browser = door.browser()
    browser.asks()
    brought = {"other": ""} if token is None else {"form_token": token}
    fields = {
        **brought,
        "address": LISTED,
        "link": door.letters[0].link.rpartition("/")[2],
        "code": door.letters[0].code,
    }
    for path in ("/sign-in", "/sign-in/link", "/sign-in/code"):
        assert browser.post(path, fields).status_code == 403
    assert len(door.letters) == 1
    browser.signs_in()
    assert browser.post("/sign-out", brought).status_code == 403
    assert browser.is_in


@pytest.mark.parametrize("host", ["jahat.example.com", "127.0.0.1:9999", "127.0.0.1:8025.jahat.example.com", ""])
def test_forged_host(door: Door, host: str) -> None:
    """A link leads where `board.url` says, whatever we are called by; and a name that is not ours is not answered."""
    browser = door.browser()
    assert browser.get("/sign-in", host=host).status_code == 421
    assert browser.asks(**{"x-forwarded-host": "jahat.example.com", "x-forwarded-proto": "https"}).status_code == 200
    assert door.letters[0].link.startswith(HERE)


def test_forged_forwarding(door: Door) -> None:
    """Who is no proxy of ours says in vain from where he comes."""
    browser = door.browser("203.0.113.7")
    answers = [browser.asks(NOBODY, **{"x-forwarded-for": f"198.51.{number}.1"}) for number in range(61)]
    answer = answers[-1]
    assert [one.status_code for one in answers] == [200] * 60 + [429]
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert door.browser("192.0.2.1").asks(NOBODY).status_code == 200


def test_a_proxy_that_is_named_is_believed_for_the_last_address_that_it_did_not_write_itself() -> None:
    """What stands before that was written by whoever asks."""
    proxies = ("127.0.0.1", "10.0.0.0/24")
    assert caller("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.7", proxies) == "203.0.113.9"
    assert caller("127.0.0.1", "203.0.113.9", proxies) == "203.0.113.9"
    assert caller("192.0.2.1", "203.0.113.9", proxies) == "192.0.2.1"
    assert caller("127.0.0.1", "1.1.1.1, nonsense", proxies) == "127.0.0.1"
    assert caller("::ffff:127.0.0.1", "203.0.113.9", proxies) == "203.0.113.9"
    assert caller("", "203.0.113.9", proxies) == "-"
    assert [network_of(one) for one in ("203.0.113.9", "2001:db8:1:2ff::1", "::ffff:203.0.113.9", "-")] == [
        "203.0.113.0/24", "2001:db8:1:200::/56", "203.0.113.0/24", "-",
    ]  # fmt: skip


def statements_until_answered(door: Door, browser: Browser, act: Callable[[], Response]) -> tuple[list[str], Response]:
    """Return what the ledger is asked until the answer is out; what follows behind it is not counted."""
    asked: list[str] = []
    until: list[int] = []

    def noted(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        asked.append(statement)

    async def watched(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own kinds
        async def sending(message: Any) -> None:  # noqa: ANN401 - as above
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                until.append(len(asked))

        await door.app(scope, receive, sending)

    former, browser.client._transport.app = browser.client._transport.app, watched  # type: ignore[attr-defined] # noqa: SLF001
    event.listen(door.board.ledger.engine, "before_cursor_execute", noted)
    try:
        answer = act()
        return asked[: until[-1]], answer
    finally:
        event.remove(door.board.ledger.engine, "before_cursor_execute", noted)
        browser.client._transport.app = former  # type: ignore[attr-defined] # noqa: SLF001


def _without_marks(text: str) -> str:
    """Return a page without what differs each time."""
    return re.sub(r'(name="form_token" value=")[^"]+', r"\1", text)


def test_enumeration(door: Door) -> None:
    """Listed or not: the same bytes, cookies and headers; nothing is looked up until the answer is out, nor after."""
    found = {}
    for address in (LISTED, NOBODY):
        browser = door.browser()
        fields = {**browser.fields(browser.get("/sign-in")), "address": address}
        asked, answer = statements_until_answered(door, browser, lambda: browser.post("/sign-in", fields))  # noqa: B023 - called at once
        guesses, wrong = statements_until_answered(door, browser, lambda: browser.types(answer, "1234 5678"))  # noqa: B023 - as above
        told = [
            (
                one.status_code,
                _without_marks(one.text),
                {name: one.headers[name] for name in one.headers if name != "set-cookie"},
            )
            for one in (answer, wrong)
        ]
        found[address] = (asked, guesses, told, sorted(browser.client.cookies.keys()))
    assert found[LISTED] == found[NOBODY]
    assert found[LISTED][0] == []
    assert len(door.letters) == 1


def test_ten_thousand_attempts(door: Door) -> None:
    """From a thousand networks: a handful of letters, bounded memory; he himself still gets in from his office."""
    office = door.browser("10.1.2.3").signs_in()
    door.letters.clear()
    asking = door.asking()
    for number in range(10_000):
        asking.follow_up(door.asked(LISTED if number % 2 else NOBODY, network=f"198.{number % 1000}.0.0/24"))
    assert len(door.letters) <= 5
    assert len(asking.rates.letters_here) <= 4096
    office.post("/sign-out", {"form_token": office.form_token()})
    again = door.browser("10.1.2.4")
    again.client.cookies.clear()
    door.later(minutes=30)
    again.asks()
    assert len(door.letters) <= 6
    assert again.presses(again.opens(door.letters[-1].link)).status_code == 303


def test_a_flood_from_elsewhere_keeps_nobody_out_where_he_has_signed_in_of_late(door: Door) -> None:
    """In his own network his letters are counted by themselves."""
    door.browser("10.1.2.3").signs_in()
    asking = door.asking()
    for number in range(100):
        asking.follow_up(door.asked(LISTED, network=f"198.51.{number}.0/24"))
    before = len(door.letters)
    asking.follow_up(door.asked(LISTED, network="10.1.2.0/24"))
    assert len(door.letters) == before + 1


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 400)), max_size=40))
@settings(max_examples=25)
def test_no_rate_lets_more_through_than_it_says(moves: list[tuple[int, int]]) -> None:
    """In any window, for any key, whatever the clock does; and never is anybody told to wait longer than the window."""
    rate, at, taken = Rate(4, timedelta(minutes=10), most_keys=3), AT, dict[int, list[Any]]()
    for key, seconds in moves:
        at += timedelta(seconds=seconds)
        left = rate.wait(key, at)
        assert timedelta() <= left <= timedelta(minutes=10)
        if not left:
            taken.setdefault(key, []).append(at)
        assert len(rate) <= 3


def test_a_clock_set_back_locks_nobody_out_for_long() -> None:
    """By a year: it is as if he had never come."""
    rate = Rate(2, timedelta(minutes=10))
    assert [rate.allows("a", AT) for _ in range(3)] == [True, True, False]
    back = AT - timedelta(days=365)
    assert [rate.allows("a", back) for _ in range(3)] == [True, True, False]


ELSEWHERE = "//jahat.example.com https://jahat.example.com jahat.example.com javascript:alert(1)"
TRICKS = ("/\\jahat.example.com", "\\\\jahat.example.com", "/\t/jahat.example.com", " //jahat.example.com", "/é")
NO_PAGES = ("/sign-out", "/acts/hold", "", "/" + "a" * 600, "/a\r\nSet-Cookie: board=1")
OUTSIDE = (*ELSEWHERE.split(), *TRICKS, *NO_PAGES)


@pytest.mark.parametrize("wanted", OUTSIDE)
def test_open_redirect(door: Door, wanted: str) -> None:
    """Nobody is led anywhere but to a page of ours, by the address, the form or the cookie."""
    assert next_page(wanted) == HOME
    browser = door.browser()
    fields = browser.fields(browser.client.get("/sign-in", params={"next": wanted}))
    assert fields["next"] == HOME
    browser.post("/sign-in", {**fields, "address": LISTED, "next": wanted})
    page = browser.opens(door.letters[-1].link)
    answer = browser.post("/sign-in/link", {**browser.fields(page), "next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)


@given(some.text(max_size=30))
@settings(max_examples=60)
def test_any_next_stays_here(text: str) -> None:
    """Whatever is asked for, a browser resolves it to this site."""
    from urllib.parse import urljoin, urlsplit  # noqa: PLC0415 - as a browser does

    for wanted in (text, f"/{text}", f"//{text}"):
        assert urlsplit(urljoin(HERE, next_page(wanted))).netloc == urlsplit(HERE).netloc


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "GETS"])
def test_odd_method(door: Door, method: str) -> None:
    """Only GET, HEAD and POST are answered."""
    assert door.browser().client.request(method, "/sign-in").status_code == 405


def test_method_override(door: Door) -> None:
    """No header and no field makes one method another."""
    browser = door.browser().signs_in()
    browser.get("/sign-out", **{"x-http-method-override": "POST"})
    browser.get("/sign-out?_method=POST")
    assert browser.is_in


CLIMBING = (
    "/static/x/..%2f..%2foffice.yaml",
    "/static/x/%2e%2e/secret.key",
    "/static/x/..%5c..%5csecret.key",
    "/archive/%252e%252e/ledger.db",
    "/static/x/board.css%00.txt",
)


@pytest.mark.parametrize("path", CLIMBING)
def test_path_traversal(door: Door, path: str) -> None:
    """No address leads upwards, however often it was encoded."""
    assert door.browser().signs_in().client.get(path).status_code == 400


def test_header_injection(door: Door) -> None:
    """Nothing that somebody sends stands in a header of ours with a line break."""
    browser = door.browser()
    fields = browser.fields(browser.get("/sign-in"))
    answer = browser.post("/sign-in", {**fields, "address": "a@b.c\r\nBcc: x@y.z", "next": "/x\r\nSet-Cookie: a=b"})
    assert answer.status_code == 422
    assert "a=b" not in str(answer.headers)
    assert door.letters == []


@pytest.mark.parametrize("path", ["/", "/sign-in", "/sign-in/link/" + "A" * 43, "/no/such/page"])
def test_cache_clickjacking_and_the_rest_of_the_headers(door: Door, path: str) -> None:
    """On every page, a refusal included: kept by nobody, shown in nobody's frame, nothing but our own files."""
    headers = door.browser().signs_in().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert headers["cache-control"] == "no-store"
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'",) * 3
    assert {policy[one] for one in policy if one.endswith("-src") and one != "default-src"} == {"'self'"}
    assert policy["form-action"] == "'self'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_large_form(door: Door) -> None:
    """Refused by what it says of its size, and by what it is."""
    browser = door.browser()
    assert browser.post("/sign-in", {"address": "a" * MOST_BYTES}).status_code == 413

    def streamed() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 1000

    kind = {"content-type": "application/x-www-form-urlencoded", "origin": HERE}
    assert browser.client.post("/sign-in", content=streamed(), headers=kind).status_code == 413
    assert browser.client.post("/sign-in", json={"address": LISTED}, headers={"origin": HERE}).status_code == 415


def test_slow_form(door: Door) -> None:
    """Who takes too long to send it is cut off, and nobody waits for him."""

    async def never(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own kinds
        del send
        await receive()
        raise AssertionError(scope)

    import asyncio  # noqa: PLC0415 - a browser that says nothing is written by hand

    async def silent() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - as above
        sent.append(message)

    names = [(b"host", b"127.0.0.1:8025"), (b"origin", HERE.encode()), (b"content-length", b"5")]
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {
        "type": "http", "method": "POST", "path": "/sign-in", "raw_path": b"/sign-in", "query_string": b"",
        "headers": [*names, kind],
    }  # fmt: skip
    guard = Guard(
        never, Names(url=HERE, listen="127.0.0.1:8025"), refusals((templates_folder(),)), patience_seconds=0.01
    )
    asyncio.run(guard(scope, silent, send))
    assert sent[0]["status"] == 408
    assert b"terlalu lama" in sent[1]["body"]
    assert b"too long to arrive" in sent[1]["body"]


def test_a_mishap_is_a_page_with_all_headers_and_without_a_trace() -> None:
    """What the program did wrong stands in its log alone."""
    door = Door()
    client = TestClient(door.app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)
    browser = Browser(door, client, HERE).signs_in()
    nothing: dict[str, Any] = {}
    door.board.ledger.door.link = lambda *_: nothing["at all"]  # type: ignore[method-assign] # whatever goes wrong
    answer = browser.opens(door.letters[0].link)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_pdf_may_be_shown_in_a_page_of_ours_and_another_file_can_do_nothing() -> None:
    """The draft stands in its page; a file of evidence is held by a sandbox."""
    from mailbot.web.gate.headers import headers_for  # noqa: PLC0415 - the list itself

    pdf = dict(headers_for("application/pdf", secure=False, has_cache_rule=True))
    other = dict(headers_for("image/png; charset=x", secure=False, has_cache_rule=True))
    assert "frame-ancestors 'self'" in pdf["content-security-policy"]
    assert pdf["x-frame-options"] == "SAMEORIGIN"
    assert other["content-security-policy"].endswith("sandbox")


@pytest.mark.parametrize(
    "block",
    [
        {"url": "http://lkjip.example.go.id"},
        {"url": "https://lkjip.example.go.id/papan"},
        {"url": "https://a:b@lkjip.example.go.id"},
        {"url": "ftp://127.0.0.1"},
        {"listen": "lkjip.example.go.id:80"},
        {"listen": "127.0.0.1"},
        {"proxies": ("10.0.0.1/24",)},
        {"proxies": ("proxy",)},
    ],
)
def test_unsafe_settings_are_refused(block: dict[str, Any]) -> None:
    """An address that anybody on the network could read along, or that no link can begin with."""
    with pytest.raises(ValueError, match="plain"):
        BoardBlock(**block)
