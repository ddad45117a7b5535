"""Until when a mail server's certificate holds: asked by a connection that says nothing more, for `check --live`."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import socket

    from mailbot.post.account import Account


def certificate_end(kind: Literal["imap", "smtp"], account: Account) -> datetime | None:
    """Return the last moment of a server's certificate; None without TLS, or where it could not be asked.

    Args:
        kind: how the server is spoken to.
        account: the login at it; nobody logs in.
    """
    if account.security == "plain":
        return None
    with suppress(OSError, imaplib.IMAP4.error, smtplib.SMTPException):
        return _imap(account) if kind == "imap" else _smtp(account)
    return None


def _imap(account: Account) -> datetime | None:
    """Ask a server for reading."""
    context, seconds = account.tls_context(), account.timeout_seconds
    if account.security == "tls":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=seconds)
    else:
        box = imaplib.IMAP4(account.host, account.port, timeout=seconds)
    with box:
        if account.security == "starttls":
            box.starttls(context)
        return _end(box.sock)


def _smtp(account: Account) -> datetime | None:
    """Ask a server for sending."""
    context, seconds = account.tls_context(), account.timeout_seconds
    if account.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(account.host, account.port, "localhost", timeout=seconds, context=context)
    else:
        smtp = smtplib.SMTP(account.host, account.port, "localhost", timeout=seconds)
    with smtp:
        if account.security == "starttls":
            smtp.starttls(context=context)
        return _end(smtp.sock)


def _end(sock: socket.socket | None) -> datetime | None:
    """Return the end of the certificate that a connection was opened with."""
    certificate = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
