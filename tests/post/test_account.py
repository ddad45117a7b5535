"""What an account refuses before anything is sent, and what it keeps to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.settings.this_machine import is_loopback


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.3.2.1", "::1"])
def test_on_this_machine_a_password_may_travel_in_the_clear(host: str) -> None:
    """Loopback in its names and numbers."""
    assert is_loopback(host)
    assert Account(host=host, port=143, security="plain", user="mailbot@example.go.id").where == f"{host}:143"


@pytest.mark.parametrize("host", ["mail.example.go.id", "10.0.0.5", "0.0.0.0", "127.0.0.1.example.go.id", "::", ""])  # noqa: S104  # a host name to refuse
def test_to_any_other_machine_it_may_not(host: str) -> None:
    """The sentence says what to set instead."""
    with pytest.raises(PostUnavailable, match="Set 'tls' or 'starttls'"):
        Account(host=host, port=143, security="plain", user="mailbot@example.go.id", password="rahasia")


@pytest.mark.parametrize(("user", "password"), [("mailbot\r\nX1 LOGOUT", "rahasia"), ("mailbot", "rahasia\nX1 LOGOUT")])
def test_a_line_break_in_a_login_is_refused(user: str, password: str) -> None:
    """It would begin a second command; the password itself is not repeated in the message."""
    with pytest.raises(PostUnavailable, match="line break") as caught:
        Account(host="localhost", port=143, security="plain", user=user, password=password)

    assert "rahasia" not in str(caught.value)


def test_the_secret_is_never_shown() -> None:
    """Neither in the log nor in a traceback."""
    account = Account(
        host="localhost", port=143, security="plain", user="mailbot@example.go.id", password="rahasia", token=str
    )

    assert "rahasia" not in repr(account)
    assert "token" not in repr(account)


def test_a_missing_file_of_certificates_is_named() -> None:
    """The path stands in the sentence."""
    account = Account(
        host="mail.example.go.id", port=993, security="tls", user="x@example.go.id", ca_file=Path("tidak/ada.pem")
    )

    with pytest.raises(PostUnavailable, match=r"tidak/ada\.pem"):
        account.tls_context()
