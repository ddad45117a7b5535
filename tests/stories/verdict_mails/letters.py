"""A letter of ours as a mail program quotes it: its lines, its page, and who sent it when."""

from __future__ import annotations

import email
import email.policy
import html
import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.office import Seen

OFFICE_NAME = "LKjIP DISDUKCAPIL Kota Probolinggo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a reply quotes."""

    name: str
    address: str
    to: str
    subject: str
    message_id: str
    lines: tuple[str, ...]
    page: str
    """What stands in its HTML body."""

    @property
    def sender(self) -> str:
        """Return who wrote it, as header lines print it."""
        return f"{self.name} <{self.address}>"

    def marked(self, mark: str = "> ") -> tuple[str, ...]:
        """Return its lines, each with the mark of a quotation."""
        return tuple(f"{mark}{line}".rstrip() for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a mail program speaks one language."""

    on: str
    """A day and a clock time, with what stands before them."""
    stamp: str
    wrote: str
    original: str
    header: tuple[str, str, str, str]
    phone: str
    """What a phone puts under a mail, with the name of the telephone left open."""

    def announced(self, letter: Letter, *, ending: str = ":") -> str:
        """Return the line that announces a quotation."""
        return f"{self.on} {letter.sender} {self.wrote}{ending}"

    def block(self, letter: Letter, mark: str = "") -> tuple[str, ...]:
        """Return the lines of a header above a quotation."""
        said = (letter.sender, self.stamp, letter.to, letter.subject)
        return tuple(f"{mark}{name}:{mark} {value}" for name, value in zip(self.header, said, strict=True))

    def block_page(self, letter: Letter) -> str:
        """Return the same as HTML."""
        return "<br>\r\n".join(
            f"<b>{name}:</b> {html.escape(value)}"
            for name, value in zip(self.header, (letter.sender, self.stamp, letter.to, letter.subject), strict=True)
        )


ID = Words(
    on="Pada Sen, 5 Jan 2026 pukul 08.02",
    stamp="Senin, 5 Januari 2026 08.02",
    wrote="menulis",
    original="Pesan Asli",
    header=("Dari", "Dikirim", "Kepada", "Subjek"),
    phone="Dikirim dari {} saya",
)
EN = Words(
    on="On Mon, Jan 5, 2026 at 8:02 AM",
    stamp="Monday, January 5, 2026 8:02 AM",
    wrote="wrote",
    original="Original Message",
    header=("From", "Sent", "To", "Subject"),
    phone="Sent from my {}",
)
MS = Words(
    on="Pada Isn, 5 Jan 2026 pada 8:02 PG",
    stamp="Isnin, 5 Januari 2026 8:02 PG",
    wrote="menulis",
    original="Mesej Asal",
    header=("Daripada", "Dihantar", "Kepada", "Subjek"),
    phone="Dihantar daripada {} saya",
)


def letter_of(seen: Seen) -> Letter:
    """Return a letter that somebody got, as his mail program quotes it."""
    mail = email.message_from_bytes(seen.raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    page = mail.get_body(("html",))
    shown = re.search(r"<body[^>]*>(.*)</body>", page.get_content(), re.DOTALL) if page is not None else None
    assert shown is not None
    return Letter(
        name=OFFICE_NAME,
        address=str(mail["From"].addresses[0].addr_spec),
        to=seen.address,
        subject=seen.subject,
        message_id=seen.message_id,
        lines=tuple(seen.text.splitlines()),
        page=shown[1].replace("\r\n", "\n"),
    )
