"""What went wrong on a mail connection, told to the operator in one sentence: who, where, what, and the way out."""

from __future__ import annotations

import imaplib
import socket
import ssl

from imap_tools import ImapToolsError

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.post.masking import masked


def unavailable(protocol: str, account: Account, doing: str, error: Exception) -> PostUnavailable:
    """Make the exception to raise for a connection that could not be opened or that broke.

    Args:
        protocol: "IMAP" or "SMTP".
        account: whose connection it was.
        doing: what was being done, as a verb form that follows "while", such as "listing INBOX".
        error: what the socket, TLS or protocol layer raised.
    """
    what = f"{protocol} server {account.where} ({account.user}): {reason(account, doing, error)}"
    said_no = isinstance(error, (ImapToolsError, imaplib.IMAP4.error)) and not isinstance(error, imaplib.IMAP4.abort)
    return PostUnavailable(what, answered=said_no)


def login_refused(protocol: str, account: Account, reply: str) -> PostUnavailable:
    """Make the exception for credentials the server will not take; whoever catches it stops trying this account."""
    hint = (
        "Check the user name and the access token: was consent given as this very mailbox, and does the provider allow "
        f"{protocol} for it (Microsoft 365 switches SMTP AUTH per mailbox)? Then: mailbot login"
        if account.token
        else "Check the user name and the password; some providers want an app password, or OAuth2."
    )
    said = masked(reply, account).strip(". ")
    return PostUnavailable(
        f"{protocol} server {account.where} refused the login of {account.user}: {said}. {hint}",
        credentials=True,
    )


def not_now(protocol: str, account: Account, reply: str) -> PostUnavailable:
    """Make the exception for a server that turns us away for reasons of its own, neither our login nor a letter."""
    said = masked(reply, account).strip(". ")
    return PostUnavailable(
        f"{protocol} server {account.where} turned {account.user} away: {said}. It will be tried again."
    )


def reason(account: Account, doing: str, error: Exception) -> str:
    """Say why, from the most telling kind of error to the least, and what to do about it."""
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"its certificate is not trusted ({error.verify_message}). Correct the host name, or name the "
                f"certificate authority the office uses in ca_file."
            )
        case ssl.SSLError():
            return (
                f"TLS could not be agreed while {doing} ({error.reason}). "
                f"Check that port {account.port} is the one for '{account.security}'."
            )
        case socket.gaierror():
            return f"the host name {account.host} is not known. Check its spelling and this machine's DNS."
        case ConnectionRefusedError():
            return "nothing listens there. Check host and port, and whether the server runs."
        # smtplib hides a time-out behind a disconnection of its own.
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"no answer within {account.timeout_seconds:g} seconds while {doing}. It will be tried again."
        case _:
            return f"the connection failed while {doing} ({masked(str(error), account)}). It will be tried again."
