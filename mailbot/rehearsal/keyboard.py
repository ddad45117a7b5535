"""One invented member of staff at the keyboard: his own mail program, in which he can only read, answer and forward."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, cast

from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from mailbot.clerk.parts import MailboxDoor
    from mailbot.rehearsal.whole_year.mail_in_memory import MailInMemory

_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """One mail in somebody's inbox, as his mail program shows it."""

    subject: str
    sender: str
    message_id: str
    references: str
    text: str
    files: tuple[tuple[str, bytes], ...]
    """Name and content of each attachment."""
    raw: bytes

    def file(self, ending: str) -> tuple[str, bytes] | None:
        """Return the first attachment whose name ends so, or None."""
        return next(((name, content) for name, content in self.files if name.lower().endswith(ending)), None)


@dataclass(slots=True, kw_only=True)
class Keyboard:
    """A mail account used by hand: what is new is read once, what is sent goes out with the owner's login."""

    address: str
    display: str
    owner: str = ""
    """Key of the person; two may share an address (a Sekretaris who is Plt. Kepala Dinas), but never a Message-ID."""
    imap: Account
    smtp: Account
    now: Callable[[], datetime]
    post: MailInMemory | None = None
    """Where mail lies in place of both servers, in a rehearsal that opens no connection at all."""
    written_to: list[str] = field(default_factory=list)
    """The address each mail went to, in order."""
    _seen: set[int] = field(default_factory=set)
    _written: int = 0

    def new_mail(self) -> tuple[Got, ...]:
        """Return what has come since the last look."""
        with self._mailbox() as mailbox:
            new = [uid for uid in mailbox.list_uids("INBOX").uids if uid not in self._seen]
            mails = [mail.raw for mail in mailbox.fetch("INBOX", new, size_limit_bytes=_MOST_BYTES)] if new else []
        self._seen.update(new)
        return tuple(_got(raw) for raw in mails)

    def answer(
        self, got: Got, words: str, *files: tuple[str, bytes], to: str = "", heads: Mapping[str, str] | None = None
    ) -> EmailMessage:
        """Answer a mail as mail programs do: in its thread, the words on top, the original quoted below.

        Args:
            got: the mail.
            words: what is written above.
            files: name and content of what is attached.
            to: whom it goes to; else whoever wrote the mail.
            heads: further headers, such as those of a vacation reply.
        """
        subject = got.subject if got.subject.casefold().startswith("re:") else f"Re: {got.subject}"
        mail = self._mail(to or got.sender, subject, f"{words}\n\n{_quoted(got)}", files)
        mail["In-Reply-To"] = got.message_id
        mail["References"] = f"{got.references} {got.message_id}".strip()
        for name, value in (heads or {}).items():
            mail[name] = value
        return self._send(mail, to or got.sender)

    def forward(self, got: Got, to: str, words: str) -> EmailMessage:
        """Forward a mail with its files to a colleague."""
        body = (
            f"{words}\n\n---------- Pesan terusan ----------\nDari: {got.sender}\nPerihal: {got.subject}\n\n{got.text}"
        )
        return self._send(self._mail(to, f"Fwd: {got.subject}", body, got.files), to)

    def _mailbox(self) -> AbstractContextManager[MailboxDoor]:
        """Open the inbox."""
        return Mailbox(self.imap) if self.post is None else self.post.mailbox(self.address)

    def _mail(self, to: str, subject: str, body: str, files: tuple[tuple[str, bytes], ...]) -> EmailMessage:
        """Write a mail."""
        self._written += 1
        mail = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=998))
        mail["From"] = Address(self.display, addr_spec=self.address)
        mail["To"] = to
        mail["Subject"] = " ".join(subject.split())
        mail["Date"] = format_datetime(self.now())
        local, _, domain = self.address.partition("@")
        mail["Message-ID"] = f"<{'.'.join(filter(None, (local, self.owner, str(self._written))))}@{domain}>"
        mail.set_content(body)
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        if files:
            # The library would take one by chance, and no two rehearsals were the same.
            mail.set_boundary(f"=_{self.owner or local}_{self._written}")
        return mail

    def _send(self, mail: EmailMessage, to: str) -> EmailMessage:
        """Hand a mail over with the owner's login."""
        with self.post.courier() if self.post is not None else Courier(self.smtp) as courier:
            courier.send(self.address, to, mail.as_bytes(), before_data=lambda: None)
        self.written_to.append(to)
        return mail


def _got(raw: bytes) -> Got:
    """Read a mail of mailbot's own making as a mail program would."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    body = mail.get_body(("plain",))
    return Got(
        subject=str(mail["Subject"]),
        sender=mail["From"].addresses[0].addr_spec,
        message_id=str(mail["Message-ID"]),
        references=str(mail["References"] or ""),
        text=body.get_content() if body is not None else "",
        files=tuple((part.get_filename() or "", _content(part)) for part in mail.iter_attachments()),
        raw=raw,
    )


def _content(part: EmailMessage) -> bytes:
    """Return an enclosed file; a text, such as a calendar file, is one as well."""
    text = part.get_content_maintype() == "text"
    content: bytes = cast("bytes", part.get_payload(decode=True)) if text else part.get_content()
    return content


def _quoted(got: Got) -> str:
    """Quote a mail as Gmail in Indonesian does."""
    lines = "\n".join(f"> {line}" for line in got.text.splitlines())
    return f"Pada Sen, 5 Jan 2026 pukul 08.00 <{got.sender}> menulis:\n\n{lines}"
