"""The single steps of an IMAP talk, on imap-tools' connection: connect, log in, select, idle, make a folder."""

from __future__ import annotations

import imaplib
import io
import re
import select as system_select
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxUnencrypted

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.post.trouble import login_refused, not_now

# A refused login with one of these codes (RFC 5530) is the server's trouble, not a wrong password.
NOT_THE_PASSWORD = re.compile(r"\[(UNAVAILABLE|SERVERBUG|INUSE|LIMIT|CONTACTADMIN)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The open folder, as its SELECT or EXAMINE described it."""

    folder: str
    readonly: bool
    uid_validity: int
    uid_next: int
    exists: int
    permanent_flags: frozenset[str]

    def keeps_keyword(self, keyword: str) -> bool:
        r"""Tell whether a keyword set here lasts: it is listed, or any is (`\*`)."""
        return bool(self.permanent_flags & {keyword, r"\*"})


def connect(account: Account) -> BaseMailBox:
    """Open the connection, TLS verified, small commands sent without delay."""
    host, port, seconds = account.host, account.port, account.timeout_seconds
    if account.security == "tls":
        box: BaseMailBox = MailBox(host, port, timeout=seconds, ssl_context=account.tls_context())
    else:
        box = MailBoxUnencrypted(host, port, timeout=seconds)
    if account.security == "starttls":
        # imap-tools has a class for this too, but it leaves the connection open when TLS fails.
        try:
            box.client.starttls(account.tls_context())
        except BaseException:
            hang_up(box)
            raise
    box.client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return box


def break_off(box: BaseMailBox) -> None:
    """Break the line, from any thread: who waits on it hears that the server is gone."""
    with suppress(OSError):
        box.client.sock.shutdown(socket.SHUT_RDWR)


def hang_up(box: BaseMailBox) -> None:
    """Close a connection without a word, whatever state it is in."""
    with suppress(OSError):
        box.client.shutdown()


def said_goodbye(box: BaseMailBox) -> bool:
    """Say whether the server has ended the talk with BYE."""
    return bool(box.client.untagged_responses.get("BYE"))


def log_in(box: BaseMailBox, account: Account) -> None:
    """Log in by password or access token.

    Raises:
        PostUnavailable: the server refused; `credentials` is set unless it named a trouble of its own.
    """
    try:
        if account.token is not None:
            _xoauth2(box.client, account, account.token())
        elif account.user.isascii() and account.password.isascii():
            box.login(account.user, account.password, initial_folder=None)
        else:
            box.login_utf8(account.user, account.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        reply = _words(error)
        if NOT_THE_PASSWORD.search(reply) or "command error: BAD" in reply:
            raise not_now("IMAP", account, reply) from error
        raise login_refused("IMAP", account, reply) from error


def _xoauth2(client: imaplib.IMAP4, account: Account, token: str) -> None:
    """Log in with an access token; a server that refuses it first sends its reason, which wants an empty answer."""
    answers = iter([account.xoauth2(token).encode()])
    client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))


def _words(error: Exception) -> str:
    """Give the server's own words out of a refused login."""
    if isinstance(error, MailboxLoginError):
        return b" ".join(part for part in error.command_result[1] if part).decode("utf-8", "replace")
    return str(error)


def capabilities(box: BaseMailBox) -> frozenset[str]:
    """Ask again after the login; imaplib's own list dates from before it (CPython gh-63121)."""
    _, answer = box.client.capability()
    told = answer[-1] or b""
    return frozenset(told.decode("ascii", "replace").upper().split())


def select(box: BaseMailBox, folder: str, *, readonly: bool) -> Selected:
    """Open a folder (EXAMINE if `readonly`).

    Raises:
        PostUnavailable: the server gives no UIDVALIDITY, so that no mail could ever be told from another.
    """
    _, exists = box.folder.set(folder, readonly=readonly)
    uid_validity = _number(box.client, "UIDVALIDITY")
    if uid_validity is None:
        raise PostUnavailable(
            f"The folder {folder} has no UIDVALIDITY on this server, so its mail cannot be told apart safely. "
            f"Use another folder."
        )
    flags = _told(box.client, "PERMANENTFLAGS").strip("()").split()
    return Selected(
        folder=folder,
        readonly=readonly,
        uid_validity=uid_validity,
        uid_next=_number(box.client, "UIDNEXT") or 1,
        exists=int(exists[-1] or 0),
        permanent_flags=frozenset(flags),
    )


def _told(client: imaplib.IMAP4, code: str) -> str:
    """Give the last value the server told under a response code, or nothing."""
    _, values = client.response(code)
    value = values[-1] if values else None
    return value.decode("ascii", "replace") if isinstance(value, bytes) else ""


def told_of_mail(client: imaplib.IMAP4) -> bool:
    """Say whether the server has told of mails in the folder since this was asked last, and forget that it did."""
    return bool(_told(client, "EXISTS"))


def told_gone(client: imaplib.IMAP4) -> int:
    """Count the mails of which the server has told since the folder was opened that they are gone."""
    _, values = client.response("EXPUNGE")
    return sum(value is not None for value in values)


def _number(client: imaplib.IMAP4, code: str) -> int | None:
    text = _told(client, code)
    return int(text) if text.isdigit() else None


def idle(box: BaseMailBox, seconds: float) -> bool:
    """Stay in IDLE until the server says anything at all, or the time is over; what it said is not looked at.

    False if the server refused to IDLE, though it had said that it can.

    imap-tools' own `poll` reads half lines as broken ones and misses an event that came together with "+ idling"; here
    the lines are read by the ordinary blocking reader, after DONE.
    """
    client = box.client
    tag = client._command("IDLE")  # noqa: SLF001  # imaplib has no public way to start a command
    while client._get_response() is not None:  # noqa: SLF001  # None is the "+" of RFC 2177
        if client.tagged_commands[tag]:
            del client.tagged_commands[tag]
            return False
    readable(client, seconds)
    client.send(b"DONE\r\n")
    box.consume_until_tagged_response(tag)
    return True


def readable(client: imaplib.IMAP4, seconds: float) -> bool:
    """Wait until the server has sent something, be it in the socket or already in a buffer, at most so many seconds."""
    if _buffered(client):
        return True
    poller = system_select.poll()
    poller.register(client.sock, system_select.POLLIN)
    return bool(poller.poll(seconds * 1000))


def _buffered(client: imaplib.IMAP4) -> bool:
    """Tell whether unread bytes are waiting in imaplib's reader, without waiting for more."""
    timeout = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(cast("io.BufferedReader", client.file).peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        client.sock.settimeout(timeout)


def make_folder(box: BaseMailBox, folder: str) -> None:
    """Make a folder if the server does not list it."""
    if folder.upper() != "INBOX" and not box.folder.exists(folder):
        box.folder.create(folder)
