"""The versions of the draft: the present one with all that is known of it, one that waits, who has seen which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """An edited draft in which changes are open: kept, and no version before somebody says that they are accepted."""

    docx_sha256: str
    mail_sha256: str
    """Of the mail that brought it: BENAR in answer to our question about that mail accepts the changes."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One version of the report. `docx_sha256` is empty while it is still wanted and not yet rendered."""

    version: int
    docx_sha256: str = ""
    pdf_sha256: str = ""
    """Empty where no PDF could be made."""
    edited_by: str = ""
    """Address of who sent the edited DOCX that it is, or grew from; empty if mailbot compiled it from the data."""
    compiled_at: datetime | None = None
    """When both files were kept; None while the version is still wanted."""
    passed_on: bool = False
    """Subbag Program has already said TERUSKAN for it (with the edited DOCX it sent)."""
    asked: bool = False
    """Its author was asked whether it is to go on as it is; the letter that asks lays it before him."""
    renew: bool = False
    """It is to be compiled from the data once more: a new version, unless the words and figures are the same."""
    again: int = 0
    """How often it was laid before somebody anew under the same number, so that its letters have keys of their own."""
    signer: str = ""
    """Key of the person who signs it: who held that post on the day the version was made."""
    grown_from: str = ""
    """SHA-256 of the file that this version is to be, with our anchors stamped anew; empty for any other."""
    signer_before: str = ""
    """Key of who signed the version before, where the signatory alone made this one a new version."""
    waiting: WaitingDraft | None = None
    """An edited draft that waits beside it for a word about its open changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDraft:
    """Which version of the draft somebody got last, and which one before it; version 0: none."""

    person: str
    version: int
    docx_sha256: str
    former_version: int = 0
    former_sha256: str = ""
    leaves_at: datetime | None = None
    """When the letter that lays it before him may leave; None: he had it at once."""
