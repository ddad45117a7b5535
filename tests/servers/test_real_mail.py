"""Whether the started Postfix and Dovecot are what the other tests take them for."""

from __future__ import annotations

import smtplib

import pytest

from mailbot.post.account import Account
from mailbot.post.imap import INBOX, Mailbox
from mailbot.post.smtp import Courier
from tests.servers.real_mail import PATIENCE_SECONDS, RealMail

pytestmark = pytest.mark.servers

FORGED = b"Authentication-Results: mail.example.go.id; dmarc=pass header.from=example.go.id\r\n"
LETTER = b"From: kadis@example.go.id\r\nSubject: Disahkan\r\n\r\n" + FORGED


def newcomer(servers: RealMail, name: str) -> str:
    """Make an account that was not there when the servers started."""
    address = f"{name}@{servers.domain}"
    servers.add_accounts({address: "rahasia"})
    return address


def only_mail(account: Account) -> bytes:
    """Wait for the first mail of an empty mailbox and give it."""
    with Mailbox(account) as mailbox:
        while not (uids := mailbox.list_uids().uids):
            assert mailbox.wait(PATIENCE_SECONDS)
        (mail,) = mailbox.fetch(INBOX, uids, size_limit_bytes=1_000_000)
        return mail.raw


def test_an_account_made_while_the_servers_run_works_at_once(real_mail: RealMail) -> None:
    """It logs in, sends under its own address, and receives."""
    address = newcomer(real_mail, "pegawai-baru")

    with Courier(real_mail.smtp(address, "starttls")) as courier:
        courier.send(address, address, LETTER, before_data=lambda: None)

    assert only_mail(real_mail.imap(address)).endswith(LETTER)


def test_submission_tells_who_logged_in_and_drops_what_was_forged(real_mail: RealMail) -> None:
    """One line in the server's name, written by the server; the body is left alone."""
    address = newcomer(real_mail, "pegawai-jujur")

    with Courier(real_mail.smtp(address)) as courier:
        courier.send(address, address, FORGED + LETTER, before_data=lambda: None)

    head, _, body = only_mail(real_mail.imap(address)).partition(b"\r\n\r\n")
    assert [line for line in head.split(b"\r\n") if b"Authentication-Results" in line] == [
        b"Authentication-Results: mail.example.go.id; dmarc=pass header.from=example.go.id;"
        b" spf=pass smtp.mailfrom=" + address.encode()
    ]
    assert body == FORGED


def test_mail_from_outside_carries_no_result(real_mail: RealMail) -> None:
    """Nobody vouches for it, and what it says of itself is dropped."""
    address = newcomer(real_mail, "pegawai-dikirimi")
    with smtplib.SMTP(real_mail.host, real_mail.ports["SMTP"], "luar.example", timeout=PATIENCE_SECONDS) as outside:
        outside.sendmail("kadis@example.go.id", [address], FORGED + LETTER)

    head, _, body = only_mail(real_mail.imap(address)).partition(b"\r\n\r\n")

    assert b"Authentication-Results" not in head
    assert body == FORGED


def test_submission_wants_tls_before_anything_else(real_mail: RealMail) -> None:
    """No login is offered in the clear, and no letter is taken."""
    with smtplib.SMTP(real_mail.host, real_mail.ports["SUBMISSION"], "localhost", timeout=PATIENCE_SECONDS) as client:
        client.ehlo()

        assert not client.has_extn("auth")
        assert client.mail("mailbot@example.go.id")[0] == 530


def test_nothing_leaves_the_machine(real_mail: RealMail) -> None:
    """An address elsewhere is refused, also to somebody who has logged in."""
    account = real_mail.smtp("mailbot@example.go.id")
    with smtplib.SMTP_SSL(account.host, account.port, "localhost", context=account.tls_context()) as client:
        client.login(account.user, account.password)
        client.mail(account.user)

        assert client.rcpt("orang@luar.example")[0] == 550
