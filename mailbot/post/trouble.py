"""What went wrong on a mail connection, told to the operator in one sentence: who, where, what, and the way out."""

from __future__ import annotations

import imaplib
import socket
import ssl

from imap_tools import ImapToolsError

from mailbot.core.codes.languages import Language
from mailbot.errors import PostUnavailable
from mailbot.post.account import NOT_TODAY, Account
from mailbot.post.masking import masked
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import Said, said


def unavailable(protocol: str, account: Account, doing: str, error: Exception) -> PostUnavailable:
    """Make the exception to raise for a connection that could not be opened or that broke.

    Args:
        protocol: "IMAP" or "SMTP".
        account: whose connection it was.
        doing: what was being done, as a verb form that follows "while", such as "listing INBOX".
        error: what the socket, TLS or protocol layer raised.
    """
    why = _why(account, doing, error)
    told = said("server_trouble", protocol=protocol, where=account.where, user=account.user, why=why)
    said_no = isinstance(error, (ImapToolsError, imaplib.IMAP4.error)) and not isinstance(error, imaplib.IMAP4.abort)
    return PostUnavailable(_in_english(told), answered=said_no, told=told)


def login_refused(protocol: str, account: Account, reply: str) -> PostUnavailable:
    """Make the exception for credentials the server will not take; whoever catches it stops trying this account."""
    hint = said("token_refused", protocol=protocol) if account.token else said("password_refused")
    answer = masked(reply, account).strip(". ")
    told = said("login_refused", protocol=protocol, where=account.where, user=account.user, answer=answer, hint=hint)
    return PostUnavailable(_in_english(told), credentials=True, told=told)


def not_now(protocol: str, account: Account, reply: str) -> PostUnavailable:
    """Make the exception for a server that turns us away for reasons of its own, neither our login nor a letter."""
    answer = masked(reply, account).strip(". ")
    told = said("turned_away", protocol=protocol, where=account.where, user=account.user, answer=answer)
    return PostUnavailable(_in_english(told), told=told)


def reason(account: Account, doing: str, error: Exception) -> str:
    """Say why in English, from the most telling kind of error to the least, and what to do about it."""
    return _in_english(_why(account, doing, error))


def _why(account: Account, doing: str, error: Exception) -> Said:
    """Say why, from the most telling kind of error to the least, and what to do about it."""
    match error:
        case ssl.SSLCertVerificationError() if error.verify_code in NOT_TODAY:
            return said("certificate_not_today", why=error.verify_message)
        case ssl.SSLCertVerificationError():
            return said("certificate_untrusted", why=error.verify_message)
        case ssl.SSLError():
            return said("tls_not_agreed", doing=doing, why=error.reason, port=account.port, security=account.security)
        case socket.gaierror() if error.errno == socket.EAI_AGAIN:
            return said("names_not_found", host=account.host)
        case socket.gaierror():
            return said("host_unknown", host=account.host)
        case ConnectionRefusedError():
            return said("nothing_listens")
        # smtplib hides a time-out behind a disconnection of its own.
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return said("no_answer_in_time", seconds=f"{account.timeout_seconds:g}", doing=doing)
        case _:
            return said("connection_failed", doing=doing, why=masked(str(error), account))


def _in_english(told: Said) -> str:
    """Return a sentence as logs and the ledger keep it."""
    return in_words(told, Language.ENGLISH)
