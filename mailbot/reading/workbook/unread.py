"""What is known of a mail or a file all the same where the reading process died of it."""

from __future__ import annotations

import hashlib
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Mail
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.defects import Defect
from mailbot.reading.files.pdf_text import MAGIC
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import header_start, read_senders, scan_headers
from mailbot.reading.workbook.form_json import OUT_OF_MEMORY

if TYPE_CHECKING:
    from datetime import datetime

_TOO_DEAR = frozenset({OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT})
"""How a process ends that met a limit: compiled readers abort where they are refused memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadApart:
    """One file as read, and what reading it took."""

    form: ReadForm
    defects: tuple[str, ...] = ()
    """Why it was refused, or how the process died of it; for the operator."""
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    """Peak memory of the reading process while it read this file, in MiB."""


def died(name: str, content: bytes, code: int) -> ReadApart:
    """Say that the process died of a file: of its limits, or of a fault in a parser.

    A PDF was only searched: it is no form whatever became of the search.
    """
    defect = "over the memory limit" if code == OUT_OF_MEMORY else f"the reading process ended with {code}"
    reason = Unreadable.TOO_LARGE if code in _TOO_DEAR else Unreadable.BROKEN
    if content.startswith(MAGIC):
        reason = Unreadable.PDF
    form = ReadForm(file_sha256=hashlib.sha256(content).hexdigest(), file_name=name, unreadable=reason)
    return ReadApart(form=form, defects=(defect,))


def too_dear_mail(raw: bytes, received_at: datetime) -> Mail:
    """Return what is known of a mail that the process died of: who says he wrote it, and that it was not read."""
    odd: set[Defect] = set()
    headers, _ = scan_headers(raw, header_start(raw), len(raw), MailLimits(), odd)
    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=next(iter(headers.message_ids("message-id")), ""),
        received_at=received_at,
        senders=read_senders(headers, odd),
        subject="",
        in_reply_to=(),
        own_words="",
        defects=(Defect.TOO_DEAR.value,),
    )
