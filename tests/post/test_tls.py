"""No certificate is taken on trust: not an unknown one, not one for another host, not one that signed itself."""

from __future__ import annotations

import dataclasses
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account, Security
from mailbot.post.certificates import certificate_end
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from tests.post.letters import letter
from tests.post.scripted import Line, ScriptedServer
from tests.servers.real_mail import RealMail

MAILBOT = "mailbot@example.go.id"
pytestmark = pytest.mark.servers


def read(account: Account) -> None:
    """Log in by IMAP."""
    with Mailbox(account) as mailbox:
        mailbox.list_uids()


def send(account: Account) -> None:
    """Log in by SMTP and send a letter."""
    with Courier(account) as courier:
        courier.send(MAILBOT, MAILBOT, letter(author=MAILBOT), before_data=lambda: None)


WAYS = {"imap": read, "smtp": send}


def account_for(servers: RealMail, way: str, security: Security) -> Account:
    """Give the account for one way in."""
    return (servers.imap if way == "imap" else servers.smtp)(MAILBOT, security)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_the_named_authority_is_accepted(real_mail: RealMail, way: str, security: Security) -> None:
    """With ca_file, TLS from the first byte and STARTTLS both go through; its end can be asked before any login."""
    account = account_for(real_mail, way, security)
    WAYS[way](account)
    end = certificate_end("imap" if way == "imap" else "smtp", account)
    assert end is not None
    assert end > datetime.now(UTC)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_refused(real_mail: RealMail, way: str, security: Security) -> None:
    """Verification is the default, and there is no switch to turn it off."""
    account = dataclasses.replace(account_for(real_mail, way, security), ca_file=None)

    with pytest.raises(PostUnavailable, match="its certificate is not trusted") as caught:
        WAYS[way](account)

    assert not caught.value.credentials
    assert certificate_end("imap" if way == "imap" else "smtp", account) is None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_host_is_refused(real_mail: RealMail, way: str, security: Security) -> None:
    """The certificate is for localhost; the same server by its number is not it."""
    account = dataclasses.replace(account_for(real_mail, way, security), host="127.0.0.1")

    with pytest.raises(PostUnavailable, match=r"its certificate is not trusted .*IP address mismatch"):
        WAYS[way](account)


@pytest.mark.parametrize("attempt", WAYS.values(), ids=WAYS)
def test_a_certificate_that_signed_itself_is_refused(real_mail: RealMail, attempt: Callable[[Account], None]) -> None:
    """And not a byte of the login is sent to whoever shows it."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(real_mail.folder / "self-signed.pem", real_mail.folder / "self-signed.key")

    def listen(line: Line) -> None:
        with suppress(OSError):
            line.say("220 come in")
            line.hear()

    with ScriptedServer(listen, tls=tls) as server:
        account = dataclasses.replace(server.account(), security="tls", host="localhost")
        with pytest.raises(PostUnavailable, match=r"its certificate is not trusted .self-signed certificate"):
            attempt(account)

    assert server.lines[0].heard == []


@pytest.mark.parametrize("way", WAYS)
def test_an_access_token_opens_the_mailbox_and_another_does_not(real_mail: RealMail, way: str) -> None:
    """XOAUTH2 with Dovecot and Postfix: the owner's token, somebody else's, and an unknown one."""
    real_mail.tokens.owners |= {"kartu-mailbot": MAILBOT, "kartu-kadis": "kadis@example.go.id"}
    account = dataclasses.replace(account_for(real_mail, way, "tls"), password="")

    WAYS[way](dataclasses.replace(account, token=partial(str, "kartu-mailbot")))
    for token in ("kartu-kadis", "kartu-palsu"):
        with pytest.raises(PostUnavailable, match="Check the user name and the access token") as caught:
            WAYS[way](dataclasses.replace(account, token=partial(str, token)))
        assert caught.value.credentials
