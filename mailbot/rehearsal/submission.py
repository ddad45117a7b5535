"""The SMTP half of the embedded server: it takes letters only from who it knows, and says in a header who that was."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import format_datetime, getaddresses
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# Who vouches in Authentication-Results (RFC 8601, 2.5), and our name in greetings and Received lines.
AUTHSERV_ID = "mail.example.go.id"
NULL_SENDER = "<>"
SIZE_LIMIT_BYTES = 26_214_400

_OWN_RESULTS = re.compile(rb"authentication-results\s*:\s*" + re.escape(AUTHSERV_ID.encode()) + rb"\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the server found out about a letter's sender, in the words of RFC 8601 (pass, fail, none)."""

    dmarc: str
    spf: str


class LoggedSession(Session):
    """A session that knows who logged in, as a mail address."""

    # The login name in bytes, set by aiosmtpd; its own property of this name warns at each use, even at aiosmtpd's.
    login_data: Any = None

    @property
    def owner(self) -> str:
        """Give the account that logged in, or nothing."""
        return bytes(self.login_data or b"").decode().lower()


class SubmissionSession(SMTP):
    """One client's connection."""

    def _create_session(self) -> Session:
        return LoggedSession(self.loop)


class Submission:
    """The rules of the door: log in, send under your own address, to somebody who is here.

    aiosmtpd finds the `handle_…` methods by their names; what they return is the answer to the client.
    """

    def __init__(
        self, accounts: Mapping[str, str], deliver: Callable[[bytes, str, str, Proof], Awaitable[None]]
    ) -> None:
        """Set the door up.

        Args:
            accounts: password by mail address, which is the login name.
            deliver: puts a letter (raw, envelope sender, envelope recipient, proof) into the recipient's mailbox.
        """
        self.accounts = accounts
        self.refusals: dict[str, str] = {}
        self._deliver = deliver
        self._queued = 0

    def connection(self) -> SMTP:
        """Make the protocol for one new connection."""
        return SubmissionSession(
            self,
            hostname=AUTHSERV_ID,
            ident="ESMTP",
            data_size_limit=SIZE_LIMIT_BYTES,
            enable_SMTPUTF8=True,
            authenticator=self._authenticate,
            auth_require_tls=False,
        )

    def _authenticate(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        data: LoginPassword,
    ) -> AuthResult:
        """Check a password; the answer to a wrong one is aiosmtpd's 535."""
        known = self.accounts.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=known, handled=False, auth_data=data)

    async def handle_MAIL(  # noqa: N802  # the name aiosmtpd looks for
        self, _server: SMTP, session: LoggedSession, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an envelope sender only from the account that owns it."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        if address != NULL_SENDER and base_address(address) != session.owner:
            return f"553 5.7.1 <{address}>: Sender address rejected: not owned by user {session.owner}"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(  # noqa: N802  # the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient who is here, unless a refusal was ordered for the address."""
        refusal = self.refusals.get(address.lower()) or self.refusals.get(base_address(address))
        if refusal:
            return refusal
        if base_address(address) not in self.accounts:
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(  # noqa: N802  # the name aiosmtpd looks for
        self, _server: SMTP, session: LoggedSession, envelope: Envelope
    ) -> str:
        """Deliver what was handed over, with what is known of the sender."""
        raw = envelope.original_content or b""
        sender = "" if envelope.mail_from == NULL_SENDER else envelope.mail_from or ""
        owned = from_addresses(raw) == [session.owner]
        for recipient in envelope.rcpt_tos:
            await self._deliver(raw, sender, recipient, Proof(dmarc="pass" if owned else "fail", spf="pass"))
        self._queued += 1
        return f"250 2.0.0 Ok: queued as {self._queued}"


def base_address(address: str) -> str:
    """Give the account an address belongs to: without its "+detail", in small letters."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def from_addresses(raw: bytes) -> list[str]:
    """Give every address the From lines of a letter name, as the accounts they belong to."""
    headers = BytesHeaderParser().parsebytes(raw)
    return [base_address(address) for _, address in getaddresses([str(line) for line in headers.get_all("From", [])])]


def stamped(raw: bytes, *, sender: str, recipient: str, proof: Proof, now: datetime) -> bytes:
    """Give a letter as it is delivered: our lines on top, forged ones with our name taken out, the rest untouched.

    Args:
        raw: the letter as handed over.
        sender: envelope sender, empty for the null sender.
        recipient: envelope recipient.
        proof: what was found out about the sender.
        now: the time for the Received line, with a zone.
    """
    authors = from_addresses(raw)
    author_domain = authors[0].rpartition("@")[2] if authors else "unknown"
    top = (
        f"Return-Path: <{sender}>\r\n"
        f"Authentication-Results: {AUTHSERV_ID}; dmarc={proof.dmarc} header.from={author_domain};"
        f" spf={proof.spf} smtp.mailfrom={sender or AUTHSERV_ID}\r\n"
        f"Received: from localhost (localhost [127.0.0.1])\r\n\tby {AUTHSERV_ID} with ESMTPA\r\n"
        f"\tfor <{recipient}>; {format_datetime(now)}\r\n"
    )
    return top.encode() + without_forged_results(raw)


def without_forged_results(raw: bytes) -> bytes:
    """Take out header lines that claim to be our own Authentication-Results (RFC 8601, 5)."""
    end = raw.find(b"\r\n\r\n")
    head, rest = (raw, b"") if end < 0 else (raw[: end + 2], raw[end + 2 :])
    fields = re.split(rb"(?<=\r\n)(?![ \t])", head)
    return b"".join(field for field in fields if not _OWN_RESULTS.match(field)) + rest
