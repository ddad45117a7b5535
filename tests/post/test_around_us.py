"""What goes wrong neither at the mail server nor in the settings: certificates out of time, a DNS that is away."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailbot.core.codes.languages import Language
from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.post.https import post_form
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.post.trouble import unavailable
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import Said
from tests.post.letters import letter
from tests.post.scripted import Line, ScriptedServer

HELD = {
    "ended": (-400, -35, "certificate has expired"),
    "not begun": (30, 400, "certificate is not yet valid"),
}
"""From and until which day, from today, a certificate holds, and what OpenSSL says of it."""


@pytest.fixture(params=HELD)
def held(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """Write a certificate for localhost with its key, which is its own authority; return it with OpenSSL's words."""
    first, last, words = HELD[request.param]
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, serial_number=1, public_key=key.public_key())
        .not_valid_before(now + timedelta(first))
        .not_valid_after(now + timedelta(last))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "both.pem").write_bytes(secret + made.public_bytes(Encoding.PEM))
    return tmp_path / "both.pem", words


def listens(line: Line) -> None:
    """Wait for whatever is said."""
    with suppress(OSError):
        line.hear()


def reads(account: Account) -> None:
    """Look into the mailbox."""
    with Mailbox(account) as mailbox:
        mailbox.list_uids()


def sends(account: Account) -> None:
    """Send a letter."""
    with Courier(account) as courier:
        courier.send(account.user, account.user, letter(author=account.user), before_data=lambda: None)


def asks(account: Account) -> None:
    """Ask for a token, as OAuth does."""
    post_form(f"https://localhost:{account.port}/token", {"a": "b"}, ca_file=account.ca_file)


@pytest.mark.parametrize("way", [reads, sends, asks])
def test_a_certificate_out_of_time_is_told_as_such_and_the_clock_is_named(
    way: Callable[[Account], None], held: tuple[Path, str]
) -> None:
    """Neither the host's name nor the authority is at fault, and not a byte of the login was sent."""
    certificate, words = held
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with ScriptedServer(listens, tls=tls) as server:
        account = replace(server.account(), security="tls", host="localhost", ca_file=certificate)
        with pytest.raises(PostUnavailable) as caught:
            way(account)
    told = str(caught.value)
    assert f"does not hold today ({words})" in told
    assert "localhost" in told
    assert "this machine's clock is wrong" in told
    assert "ca_file" not in told
    assert not caught.value.credentials
    assert server.lines[0].heard == []


@pytest.mark.parametrize(
    ("number", "english", "indonesian"),
    [
        (socket.EAI_AGAIN, "DNS does not answer. Check this machine's network and DNS", "DNS tidak menjawab"),
        (socket.EAI_NONAME, "is not known. Check its spelling", "tidak dikenal. Periksa ejaannya"),
    ],
)
def test_a_name_nobody_looks_up_now_is_told_apart_from_one_that_is_not_there(
    number: int, english: str, indonesian: str
) -> None:
    """The spelling is no riddle while the line is down."""
    account = Account(host="surat.example.go.id", port=993, security="tls", user="lkjip", password="rahasia")
    trouble = unavailable("IMAP", account, "connecting", socket.gaierror(number, "what the system says"))
    assert isinstance(trouble.told, Said)
    for language, words in ((Language.ENGLISH, english), (Language.INDONESIAN, indonesian)):
        told = in_words(trouble.told, language)
        assert "surat.example.go.id:993 (lkjip)" in told
        assert words in told
