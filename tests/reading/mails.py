"""Mails for the tests of reading: the numbered cases, small ones made on the spot, and what reading them gives."""

from __future__ import annotations

import base64
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from mailbot.core.model.mail import Mail
from mailbot.reading.limits import MailLimits
from mailbot.reading.mail import read_mail
from tests.yaml_files import typed

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RECEIVED_AT = datetime(2026, 1, 5, 10, 20, tzinfo=timezone(timedelta(hours=7)))
OURS = "program@disdukcapil.example.go.id"
OUR_SERVER = "mail.example.go.id"

# Fields that are the bytes' or the caller's, not the reader's.
_NOT_SAID = frozenset(
    {"through_list", "sha256", "received_at", "forms", "lines", "oversize", "quotes", "own_texts", "subject_beside"}
)
_DEFAULTS: dict[str, object] = {
    "message_id": "",
    "senders": [],
    "subject": "",
    "in_reply_to": [],
    "own_words": "",
    "sent_by": "",
    "renderings_agree": True,
    "tokens": [],
    "codes": [],
    "proof": "none",
    "automatic": None,
    "returns_on": "",
    "bounces": [],
    "attachments": [],
    "unopened": [],
    "cloud_links": [],
    "gesture": None,
    "defects": [],
    "stands_in": "",
    "words_of_body": None,
}


def case_names() -> list[str]:
    """Give the names of the numbered cases."""
    return sorted(path.stem for path in CASES.glob("*.eml"))


def load_case(name: str) -> tuple[bytes, tuple[str, ...], dict[str, object]]:
    """Give a case's bytes, whose Authentication-Results are believed in it, and all that must be read from it."""
    wanted: dict[str, Any] = typed((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    believed = tuple(wanted.get("authserv_ids", [OUR_SERVER]))
    return (CASES / f"{name}.eml").read_bytes(), believed, {**_DEFAULTS, **wanted["mail"]}


def read(raw: bytes, *, believed: tuple[str, ...] = (OUR_SERVER,), limits: MailLimits | None = None) -> Mail:
    """Read a mail as the office of the cases does."""
    return read_mail(raw, received_at=RECEIVED_AT, own_addresses=(OURS,), authserv_ids=believed, limits=limits)


def said(mail: Mail) -> dict[str, object]:
    """Give all that a mail says, in the words of the cases' YAML."""
    told: dict[str, object] = {}
    for field in fields(mail):
        value = getattr(mail, field.name)
        if field.name == "attachments":
            value = [f"{file.name} | {file.media_type} | {file.size_bytes}" for file in value]
        elif field.name == "bounces":
            value = [
                {part.name: getattr(bounce, part.name) for part in fields(bounce) if part.name != "returned"}
                for bounce in value
            ]
        elif isinstance(value, tuple):
            value = list(value)
        if field.name not in _NOT_SAID:
            told[field.name] = value
    return told


def plain(words: str, *header: str) -> bytes:
    """Make a plain text mail from the Sekretaris."""
    fields_before = ("From: sekretaris@disdukcapil.example.go.id", "Subject: Re: Draf", *header)
    head = "\r\n".join((*fields_before, "Content-Type: text/plain; charset=utf-8"))
    return f"{head}\r\n\r\n".encode() + words.replace("\n", "\r\n").encode()


def with_file(name: str, content: bytes) -> bytes:
    """Make a mail that carries one file."""
    head = b"From: kabid@example.go.id\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    words = b"--q\r\n\r\nTerlampir.\r\n--q\r\n"
    file = f"Content-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + words + file.encode() + base64.encodebytes(content) + b"--q--\r\n"
