"""How far the delivery of one version of the report has come: its number, its papers, what came back (SOP row 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.codes.awaited import Awaited
    from mailbot.core.delivery.letter_numbers import GivenNumber
    from mailbot.core.model.mail import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class UnprovedReceipt:
    """Somebody of the receiver's address said that the report arrived, and nothing proves that it was he."""

    person: str
    address: str
    proof: Proof
    mail_sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How often it was asked where and when the report is published, and what Subbag Program has said."""

    asked: int = 0
    asked_at: datetime | None = None
    day: date | None = None
    """None: nobody has said so."""
    where: str = ""
    """Address of the page; empty where a file alone shows it."""
    proof_sha256: str = ""
    """A file that shows it, if one came along."""
    mail_sha256: str = ""
    person: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardCopy:
    """The printed archive: what is to be printed, how often it was asked for, and where it lies since when."""

    binder_sha256: str = ""
    """The file that is ready to be printed; empty where the archive's folder is all there is."""
    sheets: int = 0
    enclosed: bool = False
    """It is small enough for a mail."""
    folder: str = ""
    """Name of the archive's folder."""
    asked: int = 0
    asked_at: datetime | None = None
    filed_at: datetime | None = None
    where: str = ""
    """What Subbag Program said of the place, if anything."""
    person: str = ""
    """Key of who said that it is filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNumber:
    """A number of the cover letter that Subbag Program has told, while BATAL or another one still takes its place."""

    agenda: str
    number: str
    day: date
    person: str
    address: str
    given_at: datetime
    stands_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The delivery of one version of the report; `report_sha256` is its DOCX."""

    version: int
    report_sha256: str
    agenda: str = ""
    """The number of the cover letter in the office's register; empty while it has none."""
    number: str = ""
    """The same as it is printed, whole."""
    day: date | None = None
    """The day that the cover letter bears."""
    told: ToldNumber | None = None
    """The number that it will bear, once that can be taken back no more."""
    cover_docx_sha256: str = ""
    cover_pdf_sha256: str = ""
    """The cover letter as it is to be signed, where the office has it signed; empty while it is not made."""
    signer: str = ""
    """Key of who is to sign it: who was Kepala Dinas when it was made."""
    wants: Awaited | None = None
    """What kept it from leaving when that was looked at last."""
    leaves_at: datetime | None = None
    """When nothing was wanting any more, so that the letter could leave: from then on the hour of row 8 runs."""
    hour_ends: datetime | None = None
    unproved: tuple[UnprovedReceipt, ...] = ()
    published: Publication | None = None
    hard_copy: HardCopy | None = None

    def numbered(self, given: GivenNumber, day: date) -> Delivery:
        """Return the delivery with its number, as of the day that the cover letter bears."""
        return replace(self, agenda=given.agenda, number=given.whole, day=day)
