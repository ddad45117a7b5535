"""The opening of an SMTP talk, on smtplib: connect, agree on TLS, log in, and what to say beside MAIL FROM."""

from __future__ import annotations

import base64
import smtplib
import socket

from mailbot.errors import PostUnavailable, Refused
from mailbot.post.account import Account, opened
from mailbot.post.trouble import login_refused, not_now, unavailable

OK = 250
LOGGED_IN = 235
CHALLENGE = 334
NEVER = 500


def connect(account: Account) -> smtplib.SMTP:
    """Open a connection that is ready for a letter: TLS verified, logged in, small commands sent without delay.

    Raises:
        PostUnavailable: no connection, no TLS, turned away, or (`credentials`) the login was refused.
    """
    return opened(account, _connect)


def _connect(account: Account) -> smtplib.SMTP:
    """Open such a connection with the token or password at hand."""
    try:
        smtp = _dial(account)
    except smtplib.SMTPResponseException as error:
        raise _turned_away(account, error.smtp_code, error.smtp_error) from error
    except OSError as error:
        raise unavailable("SMTP", account, "connecting", error) from error
    try:
        _introduce(smtp, account)
    except BaseException as error:
        smtp.close()
        if isinstance(error, smtplib.SMTPResponseException):
            raise _turned_away(account, error.smtp_code, error.smtp_error) from error
        if isinstance(error, OSError):
            raise unavailable("SMTP", account, "logging in", error) from error
        raise
    return smtp


def _dial(account: Account) -> smtplib.SMTP:
    """Connect and read the greeting; our own name is given, for smtplib would ask the DNS for it and wait."""
    name = account.user.rpartition("@")[2] if "@" in account.user else "localhost"
    host, port, seconds = account.host, account.port, account.timeout_seconds
    if account.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, name, timeout=seconds, context=account.tls_context())
    else:
        smtp = smtplib.SMTP(host, port, name, timeout=seconds)
    if smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # The same as ASCII until an address is not, and then SMTPUTF8 was agreed on (`mail_options`).
    smtp.command_encoding = "utf-8"
    return smtp


def _introduce(smtp: smtplib.SMTP, account: Account) -> None:
    """Say EHLO, switch to TLS where that is agreed, and log in."""
    _greet(smtp)
    if account.security == "starttls":
        smtp.starttls(context=account.tls_context())
        _greet(smtp)
    code, reply = _log_in(smtp, account)
    if code != LOGGED_IN:
        words = f"{code} {reply.decode('utf-8', 'replace')}"
        if code < NEVER:
            raise not_now("SMTP", account, words)
        raise login_refused("SMTP", account, words)


def _greet(smtp: smtplib.SMTP) -> None:
    code, reply = smtp.ehlo()
    if code != OK:
        raise smtplib.SMTPHeloError(code, reply)


def _log_in(smtp: smtplib.SMTP, account: Account) -> tuple[int, bytes]:
    """Log in by the best way both sides know; smtplib's own `login` cannot send a password beyond ASCII."""
    offered = str(smtp.esmtp_features.get("auth", "")).upper().split()
    if account.token is not None:
        answer = smtp.docmd("AUTH", f"XOAUTH2 {_base64(account.xoauth2(account.token()))}")
        # A refused token is first explained in a challenge; an empty line then brings the refusal itself.
        return smtp.docmd("") if answer[0] == CHALLENGE else answer
    if "PLAIN" in offered:
        together = f"\0{account.user}\0{account.password}"
        return smtp.docmd("AUTH", f"PLAIN {_base64(together)}")
    if "LOGIN" in offered:
        answer = smtp.docmd("AUTH", "LOGIN")
        for word in (account.user, account.password):
            answer = smtp.docmd(_base64(word)) if answer[0] == CHALLENGE else answer
        return answer
    raise PostUnavailable(
        f"SMTP server {account.where} offers no login that mailbot knows (it offers: {' '.join(offered) or 'none'}). "
        f"Check host and port."
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _turned_away(account: Account, code: int, reply: bytes | str) -> PostUnavailable:
    """A refusal before any letter was named is about the connection; it must not be counted against a letter."""
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return not_now("SMTP", account, f"{code} {words}")


def mail_options(smtp: smtplib.SMTP, addresses: str, letter: bytes) -> list[str]:
    """Give the parameters of MAIL FROM that this server and this letter call for.

    Args:
        smtp: the open connection.
        addresses: sender and recipient together.
        letter: the letter with CRLF line ends.

    Raises:
        Refused: the server announced that it cannot take such a letter, so that sending it would be in vain.
    """
    options: list[str] = []
    if smtp.has_extn("size"):
        limit = smtp.esmtp_features["size"].strip()
        if limit.isdigit() and 0 < int(limit) < len(letter):
            raise _refused(552, f"5.3.4 the letter has {len(letter)} bytes, the server takes {limit}")
        options.append(f"SIZE={len(letter)}")
    if not letter.isascii():
        if not smtp.has_extn("8bitmime"):
            raise _refused(554, "5.6.3 the letter has 8-bit bytes, the server takes only 7-bit ones")
        options.append("BODY=8BITMIME")
    if not addresses.isascii():
        if not smtp.has_extn("smtputf8"):
            raise _refused(553, "5.6.7 an address is not ASCII, the server takes only such")
        options.append("SMTPUTF8")
    return options


def _refused(code: int, reply: str) -> Refused:
    """Refuse a letter ourselves, in the words the server would have used."""
    return Refused(permanent=True, code=code, reply=reply)
