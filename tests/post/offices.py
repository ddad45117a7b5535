"""One face for the two kinds of mail server the contract is held against: embedded, and Postfix with Dovecot."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Protocol

from mailbot.post.account import Account
from mailbot.post.fetched import Listing
from mailbot.post.imap import INBOX, Mailbox
from mailbot.rehearsal.server import EmbeddedServer
from tests.servers.real_mail import RealMail

ARRIVAL_SECONDS = 60.0
_numbers = itertools.count(1)


class MailOffice(Protocol):
    """What a contract test needs of a server."""

    def new_address(self, role: str) -> str:
        """Give an address with an empty mailbox."""

    def imap(self, address: str) -> Account:
        """Give the account for reading an address's mail."""

    def smtp(self, address: str) -> Account:
        """Give the account for sending as an address."""

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Let a mail arrive from outside."""


class EmbeddedOffice:
    """The embedded server, with a handful of addresses."""

    def __init__(self, server: EmbeddedServer, addresses: dict[str, str]) -> None:
        """Take the running server and its accounts."""
        self.server = server
        self._addresses = addresses
        self._fresh = list(addresses)

    def new_address(self, role: str) -> str:
        """Give the next address nobody used; roles make no difference here."""
        return self._fresh.pop()

    def imap(self, address: str) -> Account:
        """Give the account for reading an address's mail."""
        return self._account(self.server.imap_port, address)

    def smtp(self, address: str) -> Account:
        """Give the account for sending as an address."""
        return self._account(self.server.smtp_port, address)

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Let a mail arrive from outside."""
        self.server.deliver(raw, sender, recipient)

    def _account(self, port: int, address: str) -> Account:
        return Account(
            host=self.server.host,
            port=port,
            security="plain",
            user=address,
            password=self._addresses[address],
            timeout_seconds=ARRIVAL_SECONDS,
        )


class RealOffice:
    """Postfix and Dovecot; a new account for each address asked for."""

    def __init__(self, servers: RealMail) -> None:
        """Take the running servers."""
        self.servers = servers

    def new_address(self, role: str) -> str:
        """Make an account named after the role and a number."""
        address = f"{role}-{next(_numbers)}@{self.servers.domain}"
        self.servers.add_accounts({address: "rahasia"})
        return address

    def imap(self, address: str) -> Account:
        """Give the account for reading an address's mail, over TLS."""
        return self.servers.imap(address, "tls")

    def smtp(self, address: str) -> Account:
        """Give the account for sending as an address, by STARTTLS."""
        return self.servers.smtp(address, "starttls")

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Hand a mail to Postfix as another server would."""
        self.servers.deliver(raw, sender, recipient)


def real_now() -> datetime:
    """Give the present time, for servers that stamp what they deliver."""
    return datetime.now(UTC)


def arrived(mailbox: Mailbox, count: int, folder: str = INBOX) -> Listing:
    """Wait until a folder holds so many mails, and list it."""
    while len((listing := mailbox.list_uids(folder)).uids) < count:
        assert mailbox.wait(ARRIVAL_SECONDS, folder), f"only {len(listing.uids)} of {count} mails arrived"
    return listing
