"""What strangers send in one day: hostile mails by the hundred, a body that is dear to read, forgeries, a report."""

from __future__ import annotations

import smtplib
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.real_mail import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tests.servers.real_mail import RealMail

STRANGER = "orang@luar.example"
_CASES = Path(__file__).parents[2] / "cases"
_HOSTILE = ("flood-hostile-stranger", "sangat-dalam-alternative", "ribuan-baris-kepala", "ratusan-bagian")
_DEAR_BYTES = 4_000_000


def hostile(count: int, at: datetime) -> list[bytes]:
    """Return so many of the kept hostile mails, each with a Message-ID of its own; they are set aside."""
    kept = [(_CASES / "flood" / f"{name}.eml").read_bytes() for name in _HOSTILE]
    return [
        dated(kept[number % len(kept)].replace(b"Message-ID: <", b"Message-ID: <%d." % number, 1), at)
        for number in range(count)
    ]


def dear(at: datetime) -> bytes:
    """Return a mail whose body, of dashes alone, once cost half a minute (P13)."""
    head = (
        f"From: {STRANGER}\r\nSubject: dashes\r\nMessage-ID: <dear@luar.example>\r\nMIME-Version: 1.0\r\n"
        f'Date: {format_datetime(at)}\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    )
    line = b"--b" * 300 + b"\r\n"
    return head.encode() + line * (_DEAR_BYTES // len(line))


def report(at: datetime) -> bytes:
    """Return a report of non-delivery that gives no proof of a letter of ours (P8)."""
    return dated((_CASES / "ndr" / "laporan-tanpa-surat-asal.eml").read_bytes(), at)


def plain(sender: str, words: str, name: str, at: datetime) -> bytes:
    """Return a short mail that says it comes from somebody; nobody vouches for it."""
    return (
        f"From: {sender}\r\nSubject: {words}\r\nMessage-ID: <{name}@luar.example>\r\n"
        f"Date: {format_datetime(at)}\r\n\r\n{words}\r\n"
    ).encode()


def dated(raw: bytes, at: datetime) -> bytes:
    """Return a mail with the Date of that moment."""
    head, _, rest = raw.partition(b"Message-ID: ")
    return (
        head + f"Date: {format_datetime(at)}".encode() + (b"\r\n" if b"\r\n" in raw else b"\n") + b"Message-ID: " + rest
    )


def arrive(servers: RealMail, mailbox: str, mails: Iterable[bytes], sender: str = STRANGER) -> None:
    """Hand mails to Postfix as another server would, over one line, and wait until Dovecot has them all."""
    with smtplib.SMTP(servers.host, servers.ports["SMTP"], "luar.example", timeout=PATIENCE_SECONDS) as line:
        for raw in mails:
            line.sendmail(sender, [mailbox], raw)
    servers.wait_until_delivered()
