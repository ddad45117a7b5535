"""The border is the server that took the mail in from outside, told by the address it saw, not by a name given."""

from __future__ import annotations

import pytest

from mailbot.core.model.mail import Proof
from mailbot.reading.mail import read_mail
from mailbot.reading.proof.received import read_received
from tests.failed_before import content, that_must
from tests.reading.mails import RECEIVED_AT

DOMAIN = "example.go.id"
SERVER = "mx.example.go.id"
PASS = f"Authentication-Results: {SERVER}; dmarc=pass header.from={DOMAIN}"
OUTSIDE = f"Received: from smtp.example.go.id (smtp.example.go.id [203.0.113.7]) by {SERVER} with ESMTPS id 1"


@pytest.mark.parametrize("name", that_must("unproved"))
@pytest.mark.parametrize("believed", [(SERVER,), (SERVER, "microsoft-365")])
def test_a_forged_result_below_the_border_proves_nobody(name: str, believed: tuple[str, ...]) -> None:
    """Whatever a client calls himself, and however the server writes that down."""
    mail = read_mail(content(name), received_at=RECEIVED_AT, own_addresses=(), authserv_ids=believed)
    assert mail.proof is Proof.NONE


@pytest.mark.parametrize(
    "line",
    [
        "from localhost (localhost [127.0.0.1]) by mx.example.go.id (Postfix) with ESMTP id 1",
        "from localhost (localhost.localdomain [127.0.0.1]) by mx.example.go.id (8.14.4/8.14.4) with ESMTP id 1; Mon",
        "from mail.example.go.id (LHLO mail.example.go.id) (127.0.0.1) by mail.example.go.id with LMTP; Mon",
        "from localhost (HELO mail.example.go.id) (127.0.0.1) by mail.example.go.id with SMTP; 5 Jan 2026",
        "from localhost ([127.0.0.1] helo=mail.example.go.id) by mail.example.go.id with esmtp (Exim 4.94) id 1",
        "from [127.0.0.1] (helo=mail.example.go.id) by mail.example.go.id with esmtp (Exim 4.94) id 1",
        "from localhost ([::1] helo=mail.example.go.id) by mail.example.go.id with esmtp id 1",
        "from localhost (localhost [IPv6:::1]) by mail.example.go.id (Postfix) with ESMTP id 1",
        "from [127.0.0.1] (localhost [127.0.0.1]) by mail.example.go.id (Postfix) with ESMTP id 1",
        "from localhost (localhost [::ffff:127.0.0.1]) by mail.example.go.id with ESMTP id 1",
        "from pc (localhost [127.0.0.1]:10024) by mail.example.go.id with ESMTP id 1",
        "by mail.example.go.id with LMTP id 1",
        "by 2002:a05:6a10 with SMTP id 1",
    ],
)
def test_a_hand_over_within_our_walls_is_passed(line: str) -> None:
    """Filters and the store on the same machine; the results above it are still the border's."""
    assert read_received(line.encode()).within(microsoft=False)
    raw = f"{PASS}\r\nReceived: {line}\r\n{OUTSIDE}\r\nFrom: a@{DOMAIN}\r\n\r\nSETUJU\r\n".encode()
    assert read_mail(raw, received_at=RECEIVED_AT, own_addresses=(), authserv_ids=(SERVER,)).proof is (
        Proof.AUTHENTICATED
    )
    below = f"Received: {line}\r\n{PASS}\r\n{OUTSIDE}\r\nFrom: a@{DOMAIN}\r\n\r\nSETUJU\r\n".encode()
    assert read_mail(below, received_at=RECEIVED_AT, own_addresses=(), authserv_ids=(SERVER,)).proof is (
        Proof.AUTHENTICATED
    )


@pytest.mark.parametrize(
    "line",
    [
        "from [127.0.0.1] (unknown [198.51.100.9]) by mx.example.go.id (Postfix) with ESMTP id 1",
        "from localhost (198.51.100.9:4711) by mx.example.go.id with ESMTP id 1",
        "from localhost (127.0.0.1@198.51.100.9) by mx.example.go.id with SMTP; Mon",
        "from localhost (localhost [127.0.0.1.9]) by mx.example.go.id with ESMTP id 1",
        "from localhost (localhost [1::2::3]) by mx.example.go.id with ESMTP id 1",
        "from localhost (localhost) by mx.example.go.id with ESMTP id 1",
        "from localhost (df.example.jp [local]) by mx.example.go.id with ESMTP id 1",
        "from localhost ([127.0.0.1] by mx.example.go.id with ESMTP id 1",
        "from localhost ([127.0.0.1] helo=198.51.100.9 [198.51.100.9]) by mx.example.go.id with esmtp id 1",
        "from localhost (localhost [127.0.0.1]) by mx.example.go.id with ESMTPA id 1",
        "(from www@localhost) by mx.example.go.id (8.14.4/Submit) id 1",
        "by mx.example.go.id (Postfix, from userid 33) id 1",
        "(qmail 7 invoked by uid 89); 5 Jan 2026 01:00:00 -0000",
        "from localhost (localhost [127.0.0.1]) id 1",
    ],
)
def test_anything_else_may_come_from_outside(line: str) -> None:
    """An address that is not our own, none at all, one that cannot be read, a login, a program of the machine's."""
    assert not read_received(line.encode()).within(microsoft=False)


@pytest.mark.parametrize(
    ("client", "within"),
    [
        ("(10.152.250.56)", True),
        ("(2603:1096:4:66::17)", True),
        ("(::1)", True),
        ("(40.107.130.99)", False),
        ("(2603:1030:4:66::17)", False),
        ("(not.an.address)", False),
        ("(40.107.130.999)", False),
    ],
)
def test_microsofts_servers_hand_over_from_their_own_addresses(client: str, within: bool) -> None:  # noqa: FBT001 - of a table
    """Any customer of theirs is handed over by name from an open address, and comes from outside."""
    line = (
        f"from A.outbound.protection.outlook.com {client} by B.prod.outlook.com (10.1.1.1) with Microsoft SMTP Server"
    )
    assert read_received(line.encode()).within(microsoft=True) is within
