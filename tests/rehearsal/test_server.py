"""What the embedded server does beside the mail contract: vouching, refusing on order, taking mail from outside."""

from __future__ import annotations

import gc
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import PostUnavailable, Refused
from mailbot.post.account import Account
from mailbot.post.fetched import FetchedMail
from mailbot.post.imap import INBOX, Mailbox
from mailbot.post.smtp import Courier
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.rehearsal.submission import without_forged_results

MAILBOT, KABID = "mailbot@example.go.id", "kabid@example.go.id"
ACCOUNTS = {MAILBOT: "rahasia-1", KABID: "rahasia-2"}
MORNING = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """A server whose clock stands still."""
    with EmbeddedServer(ACCOUNTS, now=lambda: MORNING) as running:
        yield running


def account(server: EmbeddedServer, port: int, user: str) -> Account:
    """Give an account for one of the two ports."""
    return Account(host=server.host, port=port, security="plain", user=user, password=ACCOUNTS[user])


def send(server: EmbeddedServer, raw: bytes, *, recipient: str = MAILBOT) -> str:
    """Send a letter as the Kepala Bidang."""
    with Courier(account(server, server.smtp_port, KABID)) as courier:
        return courier.send(KABID, recipient, raw, before_data=lambda: None)


def inbox(server: EmbeddedServer, user: str = MAILBOT) -> list[FetchedMail]:
    """Give everything in an INBOX."""
    with Mailbox(account(server, server.imap_port, user)) as mailbox:
        return list(mailbox.fetch(INBOX, mailbox.list_uids().uids, size_limit_bytes=1_000_000))


def letter(*lines: str) -> bytes:
    """Give a letter with these header lines and a small body."""
    return ("".join(f"{line}\r\n" for line in lines) + "\r\nIsi.\r\n").encode()


def test_a_letter_is_delivered_under_exactly_three_lines_of_the_server(server: EmbeddedServer) -> None:
    """Return-Path, what was found out about the sender, and Received with the server's own time."""
    raw = letter(f"From: Kepala Bidang PIAK <{KABID}>", "Subject: Formulir")
    send(server, raw)

    (mail,) = inbox(server)

    assert mail.raw == (
        b"Return-Path: <kabid@example.go.id>\r\n"
        b"Authentication-Results: mail.example.go.id; dmarc=pass header.from=example.go.id;"
        b" spf=pass smtp.mailfrom=kabid@example.go.id\r\n"
        b"Received: from localhost (localhost [127.0.0.1])\r\n\tby mail.example.go.id with ESMTPA\r\n"
        b"\tfor <mailbot@example.go.id>; Mon, 02 Nov 2026 01:00:00 +0000\r\n" + raw
    )
    assert mail.internal_date == MORNING


@pytest.mark.parametrize(
    "author",
    [
        "From: kadis@example.go.id",
        f"From: Kepala Dinas <kadis@example.go.id>, {KABID}",
        f'From: "{KABID}" <kadis@example.go.id>',
        "Subject: tanpa pengirim",
    ],
)
def test_a_from_line_the_login_does_not_own_does_not_pass(server: EmbeddedServer, author: str) -> None:
    """Somebody of the office who signs as another, as two, or as nobody is delivered, and told apart."""
    send(server, letter(author))

    (mail,) = inbox(server)

    assert b"; dmarc=fail header.from=" in mail.raw


def test_a_forged_result_is_taken_out_and_a_foreign_one_is_left(server: EmbeddedServer) -> None:
    """Only lines that speak in our server's name are removed, folded ones whole (RFC 8601, 5)."""
    send(
        server,
        letter(
            "authentication-results:mail.example.go.id;\r\n\tdmarc=pass header.from=example.go.id",
            "Authentication-Results: mx.luar.example; dmarc=pass",
            "From: kadis@example.go.id",
        ),
    )

    (mail,) = inbox(server)

    assert mail.raw.lower().count(b"authentication-results:") == 2
    assert mail.raw.endswith(
        letter("Authentication-Results: mx.luar.example; dmarc=pass", "From: kadis@example.go.id"),
    )


@given(body=st.binary(max_size=40))
def test_nothing_below_the_headers_is_ever_touched(body: bytes) -> None:
    """An attached mail may quote our header as it likes."""
    head = b"Subject: a\r\n\r\n"
    forged = b"Authentication-Results: mail.example.go.id; dmarc=pass\r\n"

    assert without_forged_results(forged + head + forged + body) == head + forged + body


def test_mail_from_outside_arrives_without_a_login(server: EmbeddedServer) -> None:
    """A stranger's mail, and a report with the null sender, each with what the server says of it."""
    server.deliver(letter("From: orang@luar.example"), "orang@luar.example", "mailbot+tw1@example.go.id")
    server.deliver(letter("From: MAILER-DAEMON@luar.example"), "", MAILBOT, dmarc="fail")

    stranger, report = inbox(server)

    assert b"; dmarc=none header.from=luar.example; spf=none smtp.mailfrom=orang@luar.example\r\n" in stranger.raw
    assert report.raw.startswith(b"Return-Path: <>\r\n")
    assert b"; dmarc=fail header.from=luar.example;" in report.raw


def test_mail_from_outside_for_nobody_is_refused(server: EmbeddedServer) -> None:
    """The same code an unknown recipient gets at the door."""
    with pytest.raises(Refused) as caught:
        server.deliver(letter("From: orang@luar.example"), "orang@luar.example", "tidak-ada@example.go.id")

    assert (caught.value.permanent, caught.value.code) == (True, 550)


def test_a_refusal_can_be_ordered_and_taken_back(server: EmbeddedServer) -> None:
    """For the outage stories: this address refuses, the others do not, and one day it accepts again."""
    raw = letter(f"From: {KABID}")
    server.refuse(MAILBOT, 452, "4.2.2 kotak surat penuh")

    with pytest.raises(Refused) as caught:
        send(server, raw, recipient="Mailbot+tw1@example.go.id")
    send(server, raw, recipient=KABID)
    server.accept(MAILBOT)
    send(server, raw)

    assert (caught.value.permanent, caught.value.code, caught.value.reply) == (False, 452, "4.2.2 kotak surat penuh")
    assert (len(inbox(server)), len(inbox(server, KABID))) == (1, 1)


def test_nobody_sends_without_a_login(server: EmbeddedServer) -> None:
    """As at any submission port."""
    with smtplib.SMTP(server.host, server.smtp_port, "localhost", timeout=60.0) as client:
        client.ehlo()

        assert client.mail(KABID) == (530, b"5.7.0 Authentication required")


def test_sessions_survive_a_garbage_collection(server: EmbeddedServer) -> None:
    """The library's own listener loses its sessions to it; ours holds them."""
    with Mailbox(account(server, server.imap_port, MAILBOT)) as mailbox:
        for _ in range(5):
            gc.collect()
            assert mailbox.list_uids().uids == ()


def test_after_the_end_nobody_is_at_home() -> None:
    """Ports closed, open connections ended, and the server says so when asked to deliver."""
    with EmbeddedServer(ACCOUNTS, now=lambda: MORNING) as server:
        mailbox = Mailbox(account(server, server.imap_port, MAILBOT)).__enter__()

    with pytest.raises(PostUnavailable, match="INBOX"):
        mailbox.list_uids()
    with pytest.raises(PostUnavailable, match="nothing listens there"):
        inbox(server)
    with pytest.raises(PostUnavailable, match="does not run"):
        server.deliver(letter("From: orang@luar.example"), "orang@luar.example", MAILBOT)
