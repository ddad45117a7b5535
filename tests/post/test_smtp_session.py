"""How `Courier` opens a conversation: greeting, what the server can do, TLS, and the ways to log in."""

from __future__ import annotations

import base64
import dataclasses

import pytest

from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.post.account import Account
from mailbot.post.smtp import Courier
from tests.post.letters import letter
from tests.post.scripted import Line, ScriptedServer
from tests.post.smtp_scripts import greet, part, take_letter
from tests.servers.processes import held_ports

MAILBOT, KABID = "mailbot@example.go.id", "kabid@example.go.id"


def attempt(account: Account, raw: bytes = b"", recipient: str = KABID) -> str:
    """Try to send one letter."""
    with Courier(account) as courier:
        return courier.send(MAILBOT, recipient, raw or letter(), before_data=lambda: None)


def decoded(word: str) -> str:
    """Read a base64 word of a login."""
    return base64.b64decode(word).decode()


@pytest.mark.parametrize("greeting", ["421 4.3.2 coba lagi nanti", "554 5.3.2 tutup"])
def test_a_server_that_turns_us_away_at_the_door_refuses_no_letter(greeting: str) -> None:
    """Whatever the code, no letter was named yet, so none may be given up for it."""
    with (
        ScriptedServer(lambda line: line.say(greeting)) as server,
        pytest.raises(PostUnavailable, match=greeting) as caught,
    ):
        attempt(server.account())

    assert not caught.value.credentials


@pytest.mark.parametrize(
    ("answer", "credentials"),
    [
        ("535 5.7.8 authentication failed", True),
        ("534 5.7.9 application-specific password required", True),
        ("550 5.7.30 basic authentication is not supported", True),
        ("454 4.7.0 temporary authentication failure", False),
        ("421 4.7.0 too many login attempts", False),
    ],
)
def test_a_refused_login_pauses_the_account_only_if_the_login_is_wrong(answer: str, *, credentials: bool) -> None:
    """5xx means the credentials, 4xx means later."""

    def refuse(line: Line) -> None:
        greet(line)
        line.hear()
        line.say(answer)
        part(line)

    with ScriptedServer(refuse) as server, pytest.raises(PostUnavailable, match=answer) as caught:
        attempt(server.account())

    assert caught.value.credentials is credentials


def test_a_password_beyond_ascii_travels_as_utf_8() -> None:
    """AUTH PLAIN in one line."""

    def accept(line: Line) -> None:
        greet(line)
        line.hear()
        line.say("235 ok")
        take_letter(line)
        part(line)

    with ScriptedServer(accept) as server:
        attempt(server.account(password="rahasiå–2026"))

    assert decoded(server.lines[0].heard[1].split()[2]) == "\0mailbot@example.go.id\0rahasiå–2026"


def test_a_server_that_knows_only_login_is_given_name_and_password_apart() -> None:
    """AUTH LOGIN, as old servers want it."""

    def accept(line: Line) -> None:
        greet(line, "250-mail.example.go.id", "250 AUTH LOGIN")
        for answer in ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"):
            line.hear()
            line.say(answer)
        take_letter(line)
        part(line)

    with ScriptedServer(accept) as server:
        attempt(server.account())

    assert [decoded(word) for word in server.lines[0].heard[2:4]] == ["mailbot@example.go.id", "rahasia"]


def test_an_access_token_replaces_the_password() -> None:
    """XOAUTH2, the token asked for at each login."""

    def accept(line: Line) -> None:
        greet(line)
        line.hear()
        line.say("235 ok")
        take_letter(line)
        part(line)

    with ScriptedServer(accept) as server:
        attempt(dataclasses.replace(server.account(), token=lambda: "kartu-1"))

    _, mechanism, answer = server.lines[0].heard[1].split()
    assert (mechanism, decoded(answer)) == ("XOAUTH2", "user=mailbot@example.go.id\1auth=Bearer kartu-1\1\1")


def test_a_refused_token_is_heard_to_the_end() -> None:
    """The server explains in a challenge first; an empty line brings the refusal, and the line is not left hanging."""

    def refuse(line: Line) -> None:
        greet(line)
        line.hear()
        line.say("334 eyJzdGF0dXMiOiI0MDAifQ==")
        assert line.hear() == ""
        line.say("535 5.7.8 token expired")
        part(line)

    with (
        ScriptedServer(refuse) as server,
        pytest.raises(PostUnavailable, match=r"535 5\.7\.8 token expired") as caught,
    ):
        attempt(dataclasses.replace(server.account(), token=lambda: "basi"))

    assert caught.value.credentials


def test_no_password_is_sent_to_a_server_without_the_tls_that_was_asked_for() -> None:
    """STARTTLS not offered (or cut out by somebody in between): nothing is said but goodbye."""

    def offer_none(line: Line) -> None:
        greet(line)
        part(line)

    with ScriptedServer(offer_none) as server, pytest.raises(PostUnavailable, match="STARTTLS"):
        attempt(dataclasses.replace(server.account(), security="starttls"))

    assert [heard.split()[0].upper() for heard in server.lines[0].heard] == ["EHLO"]


def test_a_server_that_offers_no_login_is_named_as_such() -> None:
    """Usually the wrong port."""

    def offer_none(line: Line) -> None:
        greet(line, "250 mail.example.go.id")
        part(line)

    with ScriptedServer(offer_none) as server, pytest.raises(PostUnavailable, match="offers no login"):
        attempt(server.account())


def test_something_that_is_no_mail_server_is_unavailable() -> None:
    """A web server's answer is not taken for a greeting."""
    with (
        ScriptedServer(lambda line: line.say("HTTP/1.1 400 Bad Request")) as server,
        pytest.raises(PostUnavailable) as caught,
    ):
        attempt(server.account())

    assert not isinstance(caught.value, InDoubt)


def test_nobody_at_home_is_said_in_words() -> None:
    """No server at all: host, port and what to check."""
    with (
        held_ports(1) as (port,),
        ScriptedServer() as server,
        pytest.raises(PostUnavailable, match=f"127.0.0.1:{port} .*: nothing listens there"),
    ):
        attempt(dataclasses.replace(server.account(), port=port))


def test_a_silent_server_is_waited_for_no_longer_than_agreed() -> None:
    """The time-out is the account's."""
    with (
        ScriptedServer(part) as server,
        pytest.raises(PostUnavailable, match=r"no answer within 0\.2 seconds"),
    ):
        attempt(server.account(timeout_seconds=0.2))


@pytest.mark.parametrize(
    ("ability", "raw", "recipient", "code", "reply"),
    [
        ("PIPELINING", letter(body="é\r\n"), KABID, 554, "5.6.3 the letter has 8-bit bytes"),
        ("PIPELINING", letter(), "pégawai@example.go.id", 553, "5.6.7 an address is not ASCII"),
        ("SIZE 100", letter(), KABID, 552, "5.3.4 the letter has "),
    ],
)
def test_what_a_server_cannot_take_is_refused_before_it_is_tried(
    ability: str, raw: bytes, recipient: str, code: int, reply: str
) -> None:
    """With the code the server itself would have used, and without a word to it."""

    def hear_no_letter(line: Line) -> None:
        greet(line, "250-mail.example.go.id", f"250-{ability}", "250 AUTH PLAIN")
        line.hear()
        line.say("235 ok")
        part(line)

    with ScriptedServer(hear_no_letter) as server, pytest.raises(Refused) as caught:
        attempt(server.account(), raw, recipient)

    assert (caught.value.permanent, caught.value.code) == (True, code)
    assert caught.value.reply.startswith(reply)
    assert [heard.split()[0].upper() for heard in server.lines[0].heard] == ["EHLO", "AUTH", "QUIT"]


def test_the_letter_is_announced_with_its_size_and_its_kind() -> None:
    """SIZE, 8BITMIME and SMTPUTF8, each where the server has it and the letter needs it."""
    raw = letter(body="é\r\n")

    def accept(line: Line) -> None:
        greet(line)
        line.hear()
        line.say("235 ok")
        take_letter(line)
        part(line)

    with ScriptedServer(accept) as server:
        attempt(server.account(), raw, "pégawai@example.go.id")

    assert server.lines[0].heard[2:4] == [
        f"MAIL FROM:<{MAILBOT}> SIZE={len(raw)} BODY=8BITMIME SMTPUTF8",
        "RCPT TO:<pégawai@example.go.id>",
    ]
