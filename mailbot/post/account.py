"""Where a mailbox lives and how to log in there: one value, made once for IMAP and once for SMTP."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from mailbot.errors import PostUnavailable
from mailbot.settings.this_machine import is_loopback

Security = Literal["tls", "starttls", "plain"]
Opened = TypeVar("Opened")
NOT_TODAY = frozenset({9, 10})
"""OpenSSL's numbers (X509_V_ERR) for a certificate that does not hold yet, and for one that holds no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One login at one mail server.

    `security` is "tls" (TLS from the first byte), "starttls" (asked for, and required), or "plain", which is refused
    unless the host is this very machine. `ca_file` names a PEM file of an authority to trust instead of the system's.
    `token`, where given, is called at each login for a fresh OAuth2 access token and replaces the password (SASL
    XOAUTH2, as Gmail and Microsoft 365 want it). `renew` is told of a token that the server refused; True if another
    one may be tried.

    Raises:
        PostUnavailable: the password would travel in the clear, or a name or password holds a control character.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_seconds: float = 60.0
    token: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    renew: Callable[[str], bool] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse at once what could never be sent safely."""
        if self.security == "plain" and not is_loopback(self.host):
            raise PostUnavailable(
                f"The mail server {self.where} is set to security 'plain', which would send the password readable over "
                f"the network. Set 'tls' or 'starttls'; 'plain' is only for a server on this machine."
            )
        # A line break inside a quoted IMAP or SMTP word would be read by the server as a second command.
        if any(ord(character) < ord(" ") for character in self.user + self.password):
            raise PostUnavailable(
                f"The user name or password for {self.where} holds a line break or a control character; remove it."
            )

    @property
    def where(self) -> str:
        """The server as `host:port`, for messages."""
        return f"{self.host}:{self.port}"

    def tls_context(self) -> ssl.SSLContext:
        """Make the context that verifies certificate and host name; there is no switch to turn that off.

        Raises:
            PostUnavailable: `ca_file` is missing or is not a PEM file.
        """
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except OSError as error:
            raise PostUnavailable(
                f"The file of trusted certificates {self.ca_file} for {self.where} cannot be used: {error}."
            ) from error

    def xoauth2(self, token: str) -> str:
        """Give the SASL XOAUTH2 answer for an access token, not yet in base64."""
        return f"user={self.user}\x01auth=Bearer {token}\x01\x01"


def opened(account: Account, opens: Callable[[Account], Opened]) -> Opened:
    """Open a connection; where the server refuses an access token that had ended early, once more with a new one.

    Raises:
        PostUnavailable: what `opens` raises, or no access token was to be had.
    """
    if account.token is None or account.renew is None:
        return opens(account)
    token = account.token()
    try:
        return opens(replace(account, token=lambda: token))
    except PostUnavailable as refused:
        if not refused.credentials or not account.renew(token):
            raise
    return opens(account)
