"""The Message-ID a mail says it has, read from its header block alone, for the record kept before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import scan_headers

if TYPE_CHECKING:
    from mailbot.reading.defects import Defect


def read_message_id(raw: bytes) -> str:
    """Return the first Message-ID with its brackets, empty if the mail has none; never raises, whatever the bytes."""
    ignored: set[Defect] = set()
    limits = MailLimits()
    headers, _ = scan_headers(raw, 0, min(len(raw), limits.header_bytes), limits, ignored)
    return next(iter(headers.message_ids("message-id")), "")
