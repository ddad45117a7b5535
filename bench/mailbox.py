"""A mailbox full of mail on a real Dovecot, for the measurements of mail."""

from __future__ import annotations

import base64
import email.policy
import shutil
from email.message import EmailMessage
from random import Random

from tests.servers.real_mail import RealMail

MAIL_BYTES = 42_000
"""About a filled form with a few words, as it stands in the mail."""
_PACKED = 3 / 4
"""Share of a base64 part that is content."""


def fill(servers: RealMail, address: str, number: int, *, size_bytes: int = MAIL_BYTES) -> None:
    """Put so many mails, all different, straight into an address's Maildir, as if they had come long ago."""
    folder = servers.folder / "mail" / address.partition("@")[0] / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    chance = Random(1)  # noqa: S311 - only different bytes
    for at in range(number):
        path = folder / "cur" / f"{1_700_000_000 + at}.M{at}.bench:2,S"
        path.write_bytes(mail(at, chance.randbytes(int(size_bytes * _PACKED)), address))
    for path in (folder.parent, *folder.parent.rglob("*")):
        shutil.chown(path, "mail", "mail")


def mail(number: int, content: bytes, address: str) -> bytes:
    """Write one mail with a file."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = f"orang{number % 50}@lain.example.com"
    made["To"] = address
    made["Subject"] = f"Laporan {number}"
    made["Date"] = "Mon, 5 Jan 2026 08:00:00 +0700"
    made["Message-ID"] = f"<{number}@lain.example.com>"
    made.set_content("Dengan hormat,\n\nterlampir laporan kami.\n")
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename="laporan.xlsx")
    assert len(base64.b64encode(content)) <= len(made.as_bytes())
    return made.as_bytes()
