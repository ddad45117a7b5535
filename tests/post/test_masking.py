"""A server that repeats what it was given shows nothing of our secrets, in whatever form they were sent (P6)."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from mailbot.errors import PostUnavailable, Refused
from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.post.masking import masked
from mailbot.post.smtp import Courier
from tests.post.imap_scripts import imap
from tests.post.scripted import Line, ScriptedServer

KEPT = Path(__file__).parents[1] / "cases" / "post" / "echoes.tsv"
ECHOES = [line.split("\t") for line in KEPT.read_text("utf-8").splitlines()]
USER, PASSWORD = "lkjip@example.go.id", 'kunci"rahasia\\nya/+=ü'
TOKEN = "ya29." + "a0AfH6SMBx" * 9


def coded(text: str) -> str:
    """Return text in base64."""
    return base64.b64encode(text.encode()).decode("ascii")


FORMS = {
    "password": PASSWORD,
    "quoted": PASSWORD.replace("\\", "\\\\").replace('"', '\\"'),
    "base64_password": coded(PASSWORD),
    "sasl_plain": coded(f"\0{USER}\0{PASSWORD}"),
    "sasl_plain_cut": coded(f"\0{USER}\0{PASSWORD}")[:40],
    "xoauth2": coded(f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01"),
    "token": TOKEN,
    "percent": quote(PASSWORD, safe=""),
}


def account(*, token: bool, port: int = 143) -> Account:
    """Return a login on this machine."""
    return Account(
        host="127.0.0.1",
        port=port,
        security="plain",
        user=USER,
        password="" if token else PASSWORD,
        token=(lambda: TOKEN) if token else None,
    )


@pytest.mark.parametrize(("form", "echo"), ECHOES, ids=[row[1][:40] for row in ECHOES])
def test_no_secret_stands_in_what_a_server_said(form: str, echo: str) -> None:
    """The kept ways of repeating a command; what else was said stays."""
    shown = masked(echo.format(**FORMS), account(token=form in {"xoauth2", "token"}))

    assert not [name for name, secret in FORMS.items() if secret in shown]
    assert shown.startswith(echo[:12])
    assert "***" in shown


def test_a_login_that_is_refused_with_an_echo_shows_no_password() -> None:
    """IMAP: the sentence for the operator holds the server's words, not ours."""
    answer = f'{{tag}} NO bad login: LOGIN "{USER}" "{FORMS["quoted"]}"\r\n'.encode()
    with ScriptedServer(imap(AUTHENTICATE=answer)) as server:
        mailbox = Mailbox(account(token=False, port=server.account().port))
        with pytest.raises(PostUnavailable) as refused, mailbox:
            pass

    assert "bad login" in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_a_letter_that_is_refused_with_an_echo_shows_no_password() -> None:
    """SMTP: what a letter was refused with is kept in the ledger, and shown in lists."""

    def script(line: Line) -> None:
        line.say("220 ready")
        line.hear()
        line.say("250-here", "250 AUTH PLAIN")
        given = line.hear().split()[-1]
        line.say("235 in")
        line.hear()
        line.say("250 ok")
        line.hear()
        line.say(f"550 5.1.1 nobody; you said {given}")
        line.hear()
        line.say("250 ok")
        line.hear()

    letter = b"Subject: x\r\n\r\ny\r\n"
    with (
        ScriptedServer(script) as server,
        Courier(account(token=False, port=server.account().port)) as courier,
        pytest.raises(Refused) as refused,
    ):
        courier.send("a@example.go.id", "b@example.go.id", letter, before_data=lambda: None)

    assert str(refused.value) == "550 5.1.1 nobody; you said ***"
