"""One SMTP connection that hands over letters, and says of each failure whether the letter may have arrived.

The phases are kept apart because smtplib raises the same exception when the server got nothing and when it got the
whole letter and only its answer was lost (RFC 1047):

    connect · log in · MAIL · RCPT · DATA     a break here is PostUnavailable: nothing was handed over
    before_data()                             the caller commits "the first byte is about to leave"
    body · final dot · answer                 a break here is InDoubt: it may have arrived
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.post import smtp_session
from mailbot.post.account import Account
from mailbot.post.masking import masked
from mailbot.post.trouble import login_refused, reason, unavailable

# RFC 5321, 4.5.3.2.6: a shorter wait "would typically result in delivery of multiple copies".
FINAL_REPLY_SECONDS = 600.0
# Answers that speak of our login, not of the letter: mended once for the account, not letter by letter.
LOGIN_CODES = frozenset({530, 534, 535, 538})
OK = 250
GO_AHEAD = 354
CLOSING_DOWN = 421
# The first digit of an answer (RFC 5321, 4.2.1).
YES, NOT_NOW, NEVER = 2, 4, 5

# One address, without anything that would end or split it on the command line.
_ADDRESS = re.compile(r"[^\s<>@\x00-\x1f\x7f]+@[^\s<>@\x00-\x1f\x7f]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Courier:
    """A context manager over one connection, opened at the first letter and kept for the whole batch.

    One thread at a time may use it.
    """

    def __init__(self, account: Account, *, final_reply_seconds: float = FINAL_REPLY_SECONDS) -> None:
        """Remember the account; nothing is opened yet.

        Args:
            account: where to hand letters over, and as whom.
            final_reply_seconds: patience for the body and the answer to it; less than the default risks doubles.
        """
        self.account = account
        self._final_reply_seconds = final_reply_seconds
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Give the courier; the connection waits for the first letter."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Say QUIT, if there is still somebody to say it to."""
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
        self._hang_up()

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Hand over one letter to one recipient and give the server's answer, such as `250 2.0.0 Ok: queued as 4F1`.

        Args:
            sender: envelope sender; empty for the null sender `<>`.
            recipient: the only envelope recipient, so that a refusal speaks of this letter alone.
            raw: the finished letter, header and body; line ends become CRLF and leading dots are doubled on the way.
            before_data: called once, just before the first byte of the letter; what it raises stops the letter.

        Raises:
            Refused: the server said no to this letter at MAIL, RCPT, DATA or after it; or we did, with the code the
                server would have used (a malformed address, too large, 8-bit to a 7-bit server).
            PostUnavailable: no connection, no login, or a break before the first byte; nothing was handed over.
            InDoubt: a break after `before_data`; the letter may have arrived.
        """
        letter = _LINE_END.sub(b"\r\n", raw)
        smtp = self._announce(sender, recipient, letter)
        self._ask(smtp, f"RCPT TO:<{recipient}>")
        self._ask(smtp, "DATA", wanted=GO_AHEAD)
        # Until the answer is here this connection is good for nothing else, not even for a QUIT.
        self._smtp = None
        try:
            before_data()
            code, reply = self._hand_over(smtp, letter)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp
        return self._accepted(code, reply, OK, "DATA")

    def _announce(self, sender: str, recipient: str, letter: bytes) -> smtplib.SMTP:
        """Say MAIL FROM, over the open connection if it still lives, else over a new one."""
        _check_addresses(sender, recipient)
        if self._smtp is not None:
            try:
                return self._mail(self._smtp, sender, recipient, letter)
            except PostUnavailable:
                # The server dropped a connection that had been idle; nothing of this letter was said on it.
                self._hang_up()
            except Refused as refusal:
                if refusal.code != CLOSING_DOWN:
                    raise
        self._smtp = smtp_session.connect(self.account)
        return self._mail(self._smtp, sender, recipient, letter)

    def _mail(self, smtp: smtplib.SMTP, sender: str, recipient: str, letter: bytes) -> smtplib.SMTP:
        options = smtp_session.mail_options(smtp, sender + recipient, letter)
        self._ask(smtp, " ".join([f"MAIL FROM:<{sender}>", *options]))
        return smtp

    def _ask(self, smtp: smtplib.SMTP, command: str, *, wanted: int = OK) -> str:
        """Say one line before the letter's first byte; a broken connection is an unavailable post."""
        try:
            code, reply = smtp.docmd(command)
        except OSError as error:  # every exception of smtplib is one
            self._hang_up()
            raise unavailable("SMTP", self.account, f"saying {command.partition(':')[0]}", error) from error
        return self._accepted(code, reply, wanted, command.partition(" ")[0])

    def _hand_over(self, smtp: smtplib.SMTP, letter: bytes) -> tuple[int, bytes]:
        """Send the letter and the final dot, and wait for the answer; a broken or senseless line is a doubt."""
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._final_reply_seconds)
            smtp.send(on_the_wire(letter))
            code, reply = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self.account.timeout_seconds)
        except OSError as error:
            raise self._doubt(reason(self.account, "handing over a letter", error)) from error
        if code // 100 not in {YES, NOT_NOW, NEVER}:
            raise self._doubt(f"the answer to the whole letter makes no sense: {code} {self._said(reply)}.")
        return code, reply

    def _doubt(self, why: str) -> InDoubt:
        return InDoubt(f"SMTP server {self.account.where} ({self.account.user}): {why} The letter may have arrived.")

    def _accepted(self, code: int, reply: bytes, wanted: int, command: str) -> str:
        """Give the answer as text if it is the wanted yes; else leave the connection clean and raise the kind of no."""
        text = self._said(reply)
        if code == wanted or (wanted == OK and code // 100 == YES):
            return f"{code} {text}"
        if code in LOGIN_CODES:
            self._hang_up()
            raise login_refused("SMTP", self.account, f"{code} {text}")
        if code // 100 not in {NOT_NOW, NEVER}:
            self._hang_up()
            raise PostUnavailable(f"SMTP server {self.account.where} answered {code} {text} where {wanted} was due.")
        self._forget_letter(code)
        raise Refused(permanent=code // 100 == NEVER, code=code, reply=text, command=command)

    def _said(self, reply: bytes) -> str:
        """Return a server's words on one line, without our secrets."""
        return masked(" ".join(reply.decode("utf-8", "replace").split()), self.account)

    def _forget_letter(self, code: int) -> None:
        """Make the connection ready for the next letter after a refusal, or give it up."""
        if self._smtp is not None and code != CLOSING_DOWN:
            with suppress(OSError):
                if self._smtp.rset()[0] == OK:
                    return
        self._hang_up()

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def on_the_wire(letter: bytes) -> bytes:
    """Give a letter with CRLF line ends as it travels (RFC 5321, 4.5.2): dots doubled, then CRLF, dot, CRLF."""
    stuffed = _LEADING_DOT.sub(b"..", letter)
    end = b"" if not stuffed or stuffed.endswith(b"\r\n") else b"\r\n"
    return stuffed + end + b".\r\n"


def _check_addresses(sender: str, recipient: str) -> None:
    """Refuse ourselves what would break out of the command line; one bad address must not stop the others."""
    if sender and not _ADDRESS.fullmatch(sender):
        raise Refused(permanent=True, code=501, reply=f"5.1.7 {sender!r} is not a mail address", command="MAIL")
    if not _ADDRESS.fullmatch(recipient):
        raise Refused(permanent=True, code=501, reply=f"5.1.3 {recipient!r} is not a mail address")
