"""Until when certificates hold: a mail server's, asked by a connection that says nothing more; an authority's file."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import socket
    from pathlib import Path

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


def authority_ends(file: Path) -> tuple[tuple[str, datetime], ...]:
    """Return the authorities whose certificates a file holds (PEM, several too, or DER), each with its last moment.

    What is no certificate of an authority is left out; `check` names it.
    """
    with suppress(OSError, ssl.SSLError, ValueError):
        content, context = file.read_bytes(), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=content.decode("ascii") if b"-----BEGIN" in content else content)
        return tuple((_name(one), _last_moment(one)) for one in context.get_ca_certs())
    return ()


def _name(certificate: dict[str, Any]) -> str:
    """Return whose certificate it is."""
    told = {name: value for part in certificate.get("subject", ()) for name, value in part}
    return str(told.get("commonName", ""))


def _last_moment(certificate: dict[str, Any]) -> datetime:
    """Return until when a certificate holds."""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


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
    return _last_moment(certificate) if certificate else None
