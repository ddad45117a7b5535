"""What `Courier` promises, held against the embedded server and against Postfix alike."""

from __future__ import annotations

import dataclasses

import pytest

from mailbot.errors import PostUnavailable, Refused
from mailbot.post.account import Account
from mailbot.post.imap import INBOX, Mailbox
from mailbot.post.smtp import Courier
from tests.post.letters import letter
from tests.post.offices import MailOffice, arrived

LIMIT = 1_000_000


@pytest.fixture
def sender(office: MailOffice) -> str:
    """The address letters come from."""
    return office.new_address("mailbot")


@pytest.fixture
def recipient(office: MailOffice) -> str:
    """The address letters go to, its mailbox empty."""
    return office.new_address("kabid")


@pytest.fixture
def account(office: MailOffice, sender: str) -> Account:
    """The account letters are sent with."""
    return office.smtp(sender)


def received(office: MailOffice, recipient: str, count: int) -> list[bytes]:
    """Wait for so many letters in an INBOX and give them as they arrived."""
    with Mailbox(office.imap(recipient)) as mailbox:
        listing = arrived(mailbox, count)
        return [mail.raw for mail in mailbox.fetch(INBOX, listing.uids, size_limit_bytes=LIMIT)]


def nothing() -> None:
    """Mark no phase."""


def test_a_letter_arrives_byte_for_byte_under_the_servers_lines(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """Servers write their lines on top; below them every byte is ours."""
    raw = letter("surat", body=".titik\r\n\r\n..\r\n.\r\nsalam dari Pélabuhan\r\n", author=sender)

    with Courier(account) as courier:
        answer = courier.send(sender, recipient, raw, before_data=nothing)

    assert answer.startswith("250 2.0.0 Ok: queued as ")
    (mail,) = received(office, recipient, 1)
    assert mail.endswith(b"\r\n" + raw)
    assert mail.startswith(f"Return-Path: <{sender}>\r\n".encode())


def test_line_ends_are_made_whole_on_the_way(office: MailOffice, account: Account, sender: str, recipient: str) -> None:
    """Bare line feeds and carriage returns, and a last line without an end, arrive as CRLF lines."""
    with Courier(account) as courier:
        courier.send(sender, recipient, b"Subject: baris\nTo: x@example.go.id\n\nsatu\rdua\n.tiga", before_data=nothing)

    (mail,) = received(office, recipient, 1)
    assert mail.endswith(b"\r\nSubject: baris\r\nTo: x@example.go.id\r\n\r\nsatu\r\ndua\r\n.tiga\r\n")


def test_many_letters_travel_over_one_connection(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """A batch arrives complete."""
    letters = [letter(f"nomor-{number}", author=sender) for number in range(5)]

    with Courier(account) as courier:
        for raw in letters:
            courier.send(sender, recipient, raw, before_data=nothing)

    mails = received(office, recipient, 5)
    assert sorted(mail[mail.index(b"From: ") :] for mail in mails) == letters


def test_the_phase_is_marked_once_and_before_the_letter_leaves(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """When the marker is written, the recipient has nothing yet."""
    seen: list[int] = []

    def mark() -> None:
        with Mailbox(office.imap(recipient)) as mailbox:
            seen.append(len(mailbox.list_uids().uids))

    with Courier(account) as courier:
        courier.send(sender, recipient, letter(author=sender), before_data=mark)

    assert seen == [0]


def test_a_marker_that_fails_stops_the_letter_and_not_the_courier(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """If the phase cannot be committed nothing leaves; the next letter goes over a new connection."""

    def full_disk() -> None:
        raise OSError("disk full")

    with Courier(account) as courier:
        with pytest.raises(OSError, match="disk full"):
            courier.send(sender, recipient, letter("satu", author=sender), before_data=full_disk)
        courier.send(sender, recipient, letter("dua", author=sender), before_data=nothing)

    (mail,) = received(office, recipient, 1)
    assert b"Subject: dua\r\n" in mail


def test_an_unknown_recipient_is_refused_for_good_and_stops_nobody_else(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """The refusal names code and reason, no phase is marked, and the same connection serves the next letter."""
    marked: list[str] = []

    with Courier(account) as courier:
        with pytest.raises(Refused) as caught:
            courier.send(
                sender, "tidak-ada@example.go.id", letter(author=sender), before_data=lambda: marked.append("unknown")
            )
        courier.send(sender, recipient, letter(author=sender), before_data=lambda: marked.append("known"))

    assert (caught.value.permanent, caught.value.code) == (True, 550)
    assert caught.value.reply.startswith("5.1.1 ")
    assert marked == ["known"]
    assert len(received(office, recipient, 1)) == 1


def test_a_sender_address_of_somebody_else_is_refused(account: Account, recipient: str) -> None:
    """The server lets an account send only under its own address."""
    with Courier(account) as courier, pytest.raises(Refused) as caught:
        courier.send(recipient, recipient, letter(), before_data=nothing)

    assert (caught.value.permanent, caught.value.code, caught.value.reply[:5]) == (True, 553, "5.7.1")


def test_an_address_with_a_detail_reaches_its_account(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """What follows a "+" in the local part makes no difference; the sender may carry it too."""
    local, _, domain = recipient.partition("@")
    local_sender = sender.partition("@")[0]

    with Courier(account) as courier:
        courier.send(
            f"{local_sender}+b.17@{domain}", f"{local}+tw1@{domain}", letter(author=sender), before_data=nothing
        )

    (mail,) = received(office, recipient, 1)
    assert mail.startswith(f"Return-Path: <{local_sender}+b.17@{domain}>\r\n".encode())


def test_an_answer_may_go_out_without_a_return_address(
    office: MailOffice, account: Account, sender: str, recipient: str
) -> None:
    """The null sender, for answers that must never be answered by a robot."""
    with Courier(account) as courier:
        courier.send("", recipient, letter(author=sender), before_data=nothing)

    (mail,) = received(office, recipient, 1)
    assert mail.startswith(b"Return-Path: <>\r\n")


def test_a_letter_larger_than_the_server_takes_is_refused_before_it_travels(
    account: Account, sender: str, recipient: str
) -> None:
    """The server says its limit at the start; a larger letter is not even begun."""
    with Courier(account) as courier, pytest.raises(Refused) as caught:
        courier.send(sender, recipient, b"x" * 27_000_000, before_data=lambda: pytest.fail("phase marked"))

    assert (caught.value.permanent, caught.value.code) == (True, 552)
    assert caught.value.reply == "5.3.4 the letter has 27000000 bytes, the server takes 26214400"


@pytest.mark.parametrize(
    "address", ["", "tanpa-domain", "dua@@example.go.id", "a@b\r\nRCPT TO:<x@y>", "a b@c", "<a@b>"]
)
def test_an_address_that_would_break_the_command_is_refused_by_ourselves(
    account: Account, sender: str, recipient: str, address: str
) -> None:
    """No malformed address gets onto the wire, as recipient or as sender, and no batch is stopped by it."""
    with Courier(account) as courier:
        with pytest.raises(Refused) as as_recipient:
            courier.send(sender, address, letter(), before_data=nothing)
        if address:
            with pytest.raises(Refused) as as_sender:
                courier.send(address, recipient, letter(), before_data=nothing)
            assert (as_sender.value.permanent, as_sender.value.code, as_sender.value.reply[:5]) == (True, 501, "5.1.7")

    assert (as_recipient.value.permanent, as_recipient.value.code, as_recipient.value.reply[:5]) == (True, 501, "5.1.3")


def test_a_wrong_password_is_told_apart_from_a_server_that_is_away(
    account: Account, sender: str, recipient: str
) -> None:
    """The error carries `credentials`, names server and user, and never the password."""
    wrong = dataclasses.replace(account, password="keliru-sekali")

    with Courier(wrong) as courier, pytest.raises(PostUnavailable) as caught:
        courier.send(sender, recipient, letter(), before_data=nothing)

    assert caught.value.credentials
    assert f"{account.where} refused the login of {account.user}: 535 5.7.8" in str(caught.value)
    assert "keliru-sekali" not in str(caught.value)
