"""Consent: by a code typed in anywhere, and by a browser that comes back to this machine."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.consent.browser_login import NO_CODE, NOT_OURS, CallbackDoor, Question, answered, question
from mailbot.post.consent.device_login import EXPIRED, DeviceCode, ask_for_code, await_consent
from mailbot.post.token_office import Denied, Granted
from mailbot.settings.oauth import OAuth
from tests.post.oauth_clients import MAILBOX, Hands, client_of
from tests.servers.tokens import Reply, TokenOffice

PATIENCE_SECONDS = 60.0


@pytest.fixture
def office() -> Iterator[TokenOffice]:
    """A provider at which nobody has consented yet."""
    with TokenOffice() as running:
        yield running


@pytest.fixture
def oauth(office: TokenOffice, tmp_path: Path) -> OAuth:
    """Our settings for it."""
    return client_of(office, tmp_path)


def reply(status: int, told: object) -> Callable[[], Reply]:
    """Make a reply that is given instead of the right one."""
    return lambda: (status, told)


# ---------------------------------------------------------------------------------------------------------- by code


def code_of(oauth: OAuth) -> DeviceCode:
    """Ask for a code, which must come."""
    code = ask_for_code(oauth)
    assert isinstance(code, DeviceCode)
    return code


def test_a_code_is_asked_for_at_the_pace_the_provider_wants_until_somebody_agrees(
    office: TokenOffice, oauth: OAuth
) -> None:
    """Pending, slow down (five seconds more from then on), pending, agreed."""
    office.interval_seconds = 3
    code, hands = code_of(oauth), Hands()
    assert (code.url, code.user_code, code.lasts_seconds) == ("https://login.example/device", "KODE-1", 900)
    pending = {"error": "authorization_pending"}
    office.instead.extend([reply(400, pending), reply(400, {"error": "slow_down"}), reply(400, pending)])

    def wait(seconds: float) -> None:
        hands.wait(seconds)
        if len(hands.waits) == 5:
            office.enters("KODE-1", MAILBOX)

    granted = await_consent(oauth, code, wait)
    assert isinstance(granted, Granted)
    assert office.owners[granted.access_token] == office.refresh_tokens[granted.refresh_token] == MAILBOX
    assert hands.waits == [3, 3, 8, 8, 8]
    assert office.asked[0] == (
        "/device",
        {"client_id": oauth.client_id, "client_secret": office.secret, "scope": "mail offline_access"},
    )


@pytest.mark.parametrize("error", ["access_denied", "authorization_declined", "expired_token", "bad_verification_code"])
def test_a_refusal_ends_the_waiting(office: TokenOffice, oauth: OAuth, error: str) -> None:
    """In the standard's words and in Microsoft's."""
    code, hands = code_of(oauth), Hands()
    office.devices[code.device_code].error = error
    assert await_consent(oauth, code, hands.wait) == Denied(error=error, words="")
    assert len(hands.waits) == 1


def test_a_code_nobody_enters_ends(office: TokenOffice, oauth: OAuth) -> None:
    """After the time the provider gave it, we stop asking by ourselves."""
    office.interval_seconds = 60
    hands = Hands()
    assert await_consent(oauth, code_of(oauth), hands.wait) == EXPIRED
    assert sum(hands.waits) == 900


def test_a_provider_away_for_a_moment_is_asked_half_as_often(office: TokenOffice, oauth: OAuth) -> None:
    """The consent that came meanwhile is not lost."""
    code, hands = code_of(oauth), Hands()
    office.enters(code.user_code, MAILBOX)
    office.instead.extend(["close", reply(502, b"<html>")])
    assert isinstance(await_consent(oauth, code, hands.wait), Granted)
    assert hands.waits == [1, 2, 4]


def test_googles_names_and_what_is_left_out_are_understood(office: TokenOffice, oauth: OAuth) -> None:
    """verification_url, no interval, no life."""
    told = {"verification_url": "https://www.google.example/device", "user_code": "GQVQ-JKEC", "device_code": "4/4-GM"}
    office.instead.append(reply(200, told))
    assert code_of(oauth) == DeviceCode(
        url="https://www.google.example/device",
        user_code="GQVQ-JKEC",
        device_code="4/4-GM",
        lasts_seconds=900,
        interval_seconds=5,
    )


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"verification_uri": "https://x.example", "user_code": "A\x1b[2J", "device_code": "d"},
        {"verification_uri": "file:///etc/passwd", "user_code": "A", "device_code": "d"},
        {"verification_uri": "https://x.example", "user_code": 5, "device_code": "d"},
    ],
)
def test_a_code_that_nobody_could_use_is_refused(office: TokenOffice, oauth: OAuth, told: object) -> None:
    """Nothing that moves the cursor or opens a file is shown to somebody who will do as he is told."""
    office.instead.append(reply(200, told))
    with pytest.raises(PostUnavailable, match="makes no sense"):
        ask_for_code(oauth)


def test_a_client_without_the_right_to_codes_is_told(office: TokenOffice, oauth: OAuth) -> None:
    """As a value: the command says what it means."""
    office.instead.append(reply(400, {"error": "unauthorized_client", "error_description": "not a public client"}))
    assert ask_for_code(oauth) == Denied(error="unauthorized_client", words="not a public client")


# ------------------------------------------------------------------------------------------------------- by browser


def browse(url: str) -> tuple[int, str]:
    """Open an address as a browser does, following where it is sent; return status and page."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as page:  # noqa: S310  # a provider on loopback
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def consents(office: TokenOffice, oauth: OAuth) -> Granted | Denied:
    """Ask the question, let the browser do its part, trade what came back."""
    with CallbackDoor() as door:
        asked = question(oauth, MAILBOX, door.port)
        assert browse(asked.url)[0] == 200
        address = door.wait(asked, PATIENCE_SECONDS)
        assert address is not None
        return answered(oauth, asked, address)


def test_a_browser_brings_back_a_code_that_only_we_can_trade(office: TokenOffice, oauth: OAuth) -> None:
    """The provider checks the verifier's digest itself (PKCE) and that the address is the same."""
    granted = consents(office, oauth)
    assert isinstance(granted, Granted)
    assert office.owners[granted.access_token] == MAILBOX
    (_, asked), (_, traded) = office.asked
    assert (asked["login_hint"], asked["scope"], asked["code_challenge_method"]) == (
        MAILBOX,
        "mail offline_access",
        "S256",
    )
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert "code_verifier" not in asked
    assert len(traded["code_verifier"]) >= 43


def test_google_is_asked_for_a_lasting_permission_in_so_many_words(oauth: OAuth) -> None:
    """Else it gives no refresh token the second time."""
    google = replace(oauth, asked_with=(("access_type", "offline"), ("prompt", "consent")), redirect_host="localhost")
    asked = question(google, MAILBOX, 4711)
    values = parse_qs(urlsplit(asked.url).query)
    assert (values["access_type"], values["prompt"]) == (["offline"], ["consent"])
    assert values["redirect_uri"] == [asked.redirect_uri] == ["http://localhost:4711"]


def test_no_two_questions_are_alike(oauth: OAuth) -> None:
    """State and verifier are made of chance, each time."""
    questions = [question(oauth, MAILBOX, 4711) for _ in range(50)]
    assert len({asked.state for asked in questions} | {asked.verifier for asked in questions}) == 100


def test_a_refusal_in_the_browser_is_told(office: TokenOffice, oauth: OAuth) -> None:
    """In the provider's words."""
    office.consents = False
    assert consents(office, oauth) == Denied(error="access_denied", words="the user said no")


def test_a_code_traded_by_somebody_else_is_worth_nothing(office: TokenOffice, oauth: OAuth) -> None:
    """Without our verifier the provider refuses, and the words do not show the code."""
    asked = question(oauth, MAILBOX, 4711)
    state = office.answer("/authorize", {name: found[0] for name, found in parse_qs(urlsplit(asked.url).query).items()})
    stranger = replace(asked, verifier="salah" * 10)
    assert answered(oauth, stranger, str(state[1])) == Denied(error="invalid_grant", words="code *** is not good")


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("http://127.0.0.1:4711/?code=curian&state=lain", NOT_OURS),
        ("http://127.0.0.1:4711/?code=curian", NOT_OURS),
        ("http://127.0.0.1:4711/", NO_CODE),
        ("", NO_CODE),
        ("http://[::1/?code=x", NO_CODE),
        ("http://127.0.0.1:4711/?state=STATE", NO_CODE),
        (f"http://127.0.0.1:4711/?state=STATE&code={'x' * 5000}", NO_CODE),
        ("http://127.0.0.1:4711/?state=STATE&" + "&".join(f"a{number}=b" for number in range(99)), NO_CODE),
    ],
)
def test_an_address_that_is_no_answer_to_our_question_is_not_traded(
    office: TokenOffice, oauth: OAuth, address: str, outcome: Denied
) -> None:
    """Somebody else's consent must not become ours, nor a half copied address anything at all."""
    asked = Question(url="", redirect_uri="", state="rahasia-negara", verifier="v")
    assert answered(oauth, asked, address.replace("STATE", asked.state)) == outcome
    assert office.asked == []


def test_the_door_passes_over_whatever_is_not_the_answer(oauth: OAuth) -> None:
    """Icons a browser asks for, other paths, forged answers; the right one still comes through."""
    with CallbackDoor() as door:
        asked = question(oauth, MAILBOX, door.port)
        home = f"http://127.0.0.1:{door.port}"
        assert browse(f"{home}/favicon.ico") == (404, "Nothing is here.\n")
        assert browse(f"{home}/?state=palsu&code=curian")[0] == 200
        assert door.wait(asked, 0.1) is None
        status, page = browse(f"{home}/?state={asked.state}&code=benar")
        assert (status, "You can close this window" in page) == (200, True)
        address = door.wait(asked, PATIENCE_SECONDS)
        assert address is not None
        assert parse_qs(urlsplit(address).query)["code"] == ["benar"]


def test_the_door_listens_on_this_machine_alone() -> None:
    """At a port of chance, and not after it is closed."""
    with CallbackDoor() as one, CallbackDoor() as other:
        ports = {one.port, other.port}
    assert len(ports) == 2
    for port in ports:
        with pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
