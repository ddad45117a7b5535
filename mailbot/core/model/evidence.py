"""Evidence as it comes beside a form, in its place or alone: kept with its mail, and asked for once (rows 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.language.nik import MASK
from mailbot.core.model.form import Unreadable

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.mail import Mail

MEANT_AS_FORM = frozenset({Unreadable.PASSWORD, Unreadable.BROKEN, Unreadable.TOO_LARGE, Unreadable.EMPTY_FILE})
"""Why a file cannot be read that was meant as a form: a PDF, a picture or another table beside a form is evidence."""

MAY_BE_EVIDENCE = frozenset(
    {
        Unreadable.PDF,
        Unreadable.PICTURE,
        Unreadable.TEXT_DOCUMENT,
        Unreadable.OLD_DOCUMENT,
        Unreadable.ARCHIVE,
        Unreadable.NOT_A_FORM,
    }
)
"""Why a file cannot be read that need not be meant as a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file of evidence, and the mail it came in; the file itself is kept under its digest."""

    file_sha256: str
    """Empty for one that came before digests were noted."""
    file_name: str
    mail_sha256: str
    received_at: datetime
    held: bool = False
    """It holds a number like a NIK: kept, and spread nowhere."""


def evidence_in(mail: Mail) -> tuple[Evidence, ...]:
    """Return the files of a mail that are no form, nor meant as one; whose name showed a NIK is held back, too."""
    forms = {one.file_sha256 for one in mail.forms if one.unreadable is None or one.unreadable in MEANT_AS_FORM}
    personal = {one.file_sha256 for one in mail.forms if one.personal_data}
    return tuple(
        Evidence(
            file_sha256=one.sha256,
            file_name=one.name,
            mail_sha256=mail.sha256,
            received_at=mail.received_at,
            held=one.sha256 in personal or MASK in one.name,
        )
        for one in mail.attachments
        if one.sha256 not in forms
    )
