"""A version of the report as it was laid before people: the bytes in the letter are the truth, not those made today."""

from __future__ import annotations

import email
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.decide import decide
from mailbot.core.draft.document import Examined
from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.writing.letters.letter import message_id, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.clerk.rebuilding.past import Copy, Past
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"
_NEAR = timedelta(seconds=1)


def laid_before_people(
    past: Past, secret: bytes, office: Office, cycle: Cycle, version: int, at: datetime
) -> tuple[bytes, bytes | None] | None:
    """Return a version as a letter of that moment enclosed it, with its PDF; None where no letter did.

    Which file it is, the letter's Message-ID says, which is made from the digest of the file that it asks about.
    """
    for copy in past.copies.values():
        if abs(copy.written_at - at) >= _NEAR:
            continue
        files = tuple(_files(copy))
        for media_type, content in files:
            if media_type == _DOCX and copy.message_id in _asked_about(content, secret, office, cycle, version, at):
                return content, next((pdf for kind, pdf in files if kind == _PDF), None)
    return None


def _asked_about(
    docx: bytes, secret: bytes, office: Office, cycle: Cycle, version: int, at: datetime
) -> frozenset[str]:
    """Return the Message-IDs of the letters that would lay these bytes before people."""
    sha256 = hashlib.sha256(docx).hexdigest()
    fact = DraftCompiled(at=at, version=version, docx_sha256=sha256, pdf_sha256="", examined=Examined())
    letters = decide(cycle, fact, office).letters
    asking = (one for one in letters if one.asks is not None and one.asks.docx_sha256 == sha256)
    return frozenset(message_id(secret, name_of(one), office.mailbox) for one in asking)


def _files(copy: Copy) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a letter encloses, each with its kind."""
    for part in email.message_from_bytes(copy.raw()).walk():
        content = part.get_payload(decode=True) if part.get_filename() else None
        if isinstance(content, bytes):
            yield part.get_content_type(), content
