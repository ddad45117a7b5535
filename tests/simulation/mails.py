"""Mails as people and robots write them, delivered as our own server delivers them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.simulation.letter_maker import Part, mime

if TYPE_CHECKING:
    from datetime import datetime

_TOO_DEEP = 60
AUTHSERV_ID = "mx.example.go.id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What really stands behind a mail that came, whatever the mail says of itself."""

    sha256: str
    message_id: str
    author: str = ""
    """Key of the person who wrote it; empty for robots, strangers and spoofers."""
    words: str = ""
    automatic: bool = False
    """It says in its header that a robot wrote it."""
    proved: bool = False
    """Our server found its sender proved."""
    sender: str = ""
    """The address it says it is from."""
    brought_file: bool = False
    beyond_reading: bool = False
    """It is built so that no reader goes to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a mail is made of."""

    sender: str
    to: str
    words: str
    subject: str = "Re: LKjIP"
    author: str = ""
    answers: str = ""
    """Message-ID of the letter answered."""
    quoted: str = ""
    proved: bool = False
    """Our server found DMARC in order."""
    failed: bool = False
    """Our server found DMARC broken."""
    marks: tuple[str, ...] = ()
    """More header lines, as robots write them."""
    files: tuple[Part, ...] = ()
    envelope: str | None = None
    """Envelope sender, where it is not the sender."""
    beyond_reading: bool = False
    """Built so deep that no reader goes to its end."""
    number: int = 0


def written(sheet: Sheet, at: datetime) -> tuple[bytes, Truth]:
    """Return a mail's bytes as they lie in our INBOX, and the truth about it."""
    domain = sheet.sender.rpartition("@")[2]
    own_id = f"<{sheet.number}.{hashlib.sha256(sheet.sender.encode()).hexdigest()[:8]}@{domain}>"
    heads = [f"Return-Path: <{sheet.sender if sheet.envelope is None else sheet.envelope}>"]
    if sheet.proved or sheet.failed:
        found = "pass" if sheet.proved else "fail"
        heads.append(f"Authentication-Results: {AUTHSERV_ID}; dmarc={found} header.from={domain}")
    heads += [
        f"Received: from client by {AUTHSERV_ID}; {at:%a, %d %b %Y %H:%M:%S} +0000",
        f"From: {sheet.sender}",
        f"To: {sheet.to}",
        f"Subject: {sheet.subject}",
        f"Message-ID: {own_id}",
        *sheet.marks,
    ]
    if sheet.answers:
        heads += [f"In-Reply-To: {sheet.answers}", f"References: {sheet.answers}"]
    quoted = "".join(f"> {line}\r\n" for line in sheet.quoted.splitlines())
    text = (
        f"{sheet.words}\r\n\r\nPada Sen, 5 Jan 2026 pukul 08.00 LKjIP menulis:\r\n{quoted}" if quoted else sheet.words
    )
    raw = _beyond_reading(heads, text) if sheet.beyond_reading else mime(heads, text, list(sheet.files))
    automatic = bool(sheet.marks) or sheet.envelope == ""
    return raw, Truth(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=own_id,
        author=sheet.author,
        words=sheet.words,
        automatic=automatic,
        proved=sheet.proved,
        sender=sheet.sender,
        brought_file=bool(sheet.files),
        beyond_reading=sheet.beyond_reading,
    )


def _beyond_reading(heads: list[str], text: str) -> bytes:
    """Put a mail together whose parts lie one inside the other, deeper than anybody reads."""
    inner = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n"
    for depth in range(_TOO_DEEP):
        inner = (
            f'Content-Type: multipart/mixed; boundary="=_{depth}"\r\n\r\n--=_{depth}\r\n{inner}\r\n--=_{depth}--\r\n'
        )
    return ("\r\n".join([*heads, "MIME-Version: 1.0"]) + "\r\n" + inner).encode()


def report(to: str, letter_id: str, recipient: str, status: str, at: datetime, number: int) -> tuple[bytes, Truth]:
    """Return a report of non-delivery (RFC 3464) about one of our letters."""
    failed = "failed" if status.startswith("5") else "delayed"
    own_id = f"<dsn.{number}@{AUTHSERV_ID}>"
    text = (
        f"Return-Path: <>\r\nReceived: from localhost by {AUTHSERV_ID}; {at:%a, %d %b %Y %H:%M:%S} +0000\r\n"
        f"From: Mail Delivery System <MAILER-DAEMON@{AUTHSERV_ID}>\r\nTo: {to}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: {own_id}\r\nAuto-Submitted: auto-replied\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="=_r"\r\n\r\n'
        f"--=_r\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        f"--=_r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {AUTHSERV_ID}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {failed}\r\nStatus: {status}\r\n\r\n"
        f"--=_r\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: {to}\r\nTo: {recipient}\r\n"
        f"Message-ID: {letter_id}\r\n\r\n--=_r--\r\n"
    )
    raw = text.encode()
    return raw, Truth(sha256=hashlib.sha256(raw).hexdigest(), message_id=own_id, automatic=True)
