"""Questions to web addresses: where secrets may go at all, and how long and how much we listen."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.https import SECONDS, post_form
from tests.servers.certificates import make_certificates
from tests.servers.fixtures import insist
from tests.servers.processes import held_ports
from tests.servers.real_mail import missing
from tests.servers.tokens import CLIENT_ID, CLIENT_SECRET, TokenOffice

ASKED = {"grant_type": "refresh_token", "refresh_token": "segar-kenari", "client_id": CLIENT_ID}
WITH_SECRET = {**ASKED, "client_secret": CLIENT_SECRET}


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example.go.id/token",
        "http://localhost/token",
        "http://127.0.0.2/token",
        "ftp://127.0.0.1/token",
        "file:///etc/passwd",
        "token",
        "",
    ],
)
def test_a_secret_goes_to_https_addresses_alone(url: str) -> None:
    """And to 127.0.0.1 by number, where tests have their server."""
    with pytest.raises(PostUnavailable, match="no https address; secrets are not sent there"):
        post_form(url, ASKED, ca_file=None)


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_an_answer_that_does_not_end_is_cut_off(how: str) -> None:
    """A server that says nothing, and one that says a blank every now and then for ever."""
    with TokenOffice() as office:
        office.instead.append(how)
        began = monotonic()
        with pytest.raises(PostUnavailable, match=r"gave no answer within 0\.3 seconds"):
            post_form(f"{office.url}/token", ASKED, ca_file=None, seconds=0.3)
        assert monotonic() - began < SECONDS


def test_nobody_there_is_told() -> None:
    """With the reason the system gives."""
    with (
        held_ports(1) as (port,),
        pytest.raises(PostUnavailable, match=r"127\.0\.0\.1 could not be reached .Connection refused"),
    ):
        post_form(f"http://127.0.0.1:{port}/token", ASKED, ca_file=None)


def test_the_form_travels_in_the_body_and_a_redirect_is_not_followed() -> None:
    """A refresh token must not end in somebody's log of addresses, nor at another server."""
    with TokenOffice() as office:
        office.instead.append(lambda: (302, f"{office.url}/token"))
        answer = post_form(f"{office.url}/token?tenant=kantor", ASKED, ca_file=None)
        assert (answer.status, dict(answer.values)) == (302, {})
        assert office.asked == [("/token", ASKED)]
        assert "kenari" not in repr(answer)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority, a certificate of its for localhost, and one that nobody signed."""
    insist(missing())
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder, domain="example.go.id")
    return folder


@pytest.fixture(params=["server", "self-signed"])
def secure(request: pytest.FixtureRequest, certificates: Path) -> Iterator[tuple[TokenOffice, str]]:
    """A provider that speaks TLS, with either certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{request.param}.pem", certificates / f"{request.param}.key")
    with TokenOffice(tls=context) as office:
        office.refresh_tokens["segar-kenari"] = "mailbot@example.go.id"
        yield office, request.param


@pytest.mark.servers
def test_a_certificate_is_always_verified(secure: tuple[TokenOffice, str], certificates: Path) -> None:
    """By the named authority, and for the host's name; otherwise not a byte of the form is sent."""
    office, certificate = secure
    url, ca_file = f"https://localhost:{office.port}/token", certificates / "ca.pem"
    if certificate == "server":
        assert "access_token" in post_form(url, WITH_SECRET, ca_file=ca_file).values
        office.asked.clear()
        with pytest.raises(PostUnavailable, match="not trusted"):
            post_form(url.replace("localhost", "127.0.0.1"), WITH_SECRET, ca_file=ca_file)
    else:
        with pytest.raises(PostUnavailable, match="not trusted"):
            post_form(url, WITH_SECRET, ca_file=ca_file)
    with pytest.raises(PostUnavailable, match=r"not trusted .* oauth\.ca_file"):
        post_form(url, WITH_SECRET, ca_file=None)
    with pytest.raises(PostUnavailable, match=r"ca\.pem2 cannot be used"):
        post_form(url, WITH_SECRET, ca_file=certificates / "ca.pem2")
    assert office.asked == []
