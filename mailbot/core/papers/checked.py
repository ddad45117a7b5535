"""A paper that came back (rows 7, 8): whether it is the document that was laid before somebody, and signed by him."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Ratified(StrEnum):
    """What makes a paper of this office count as ratified."""

    BY_MAIL = "email"
    """The word by mail alone."""
    SIGNED_PDF = "signed_pdf"
    """The PDF, signed electronically by who ratifies."""
    SCAN = "scan"
    """A scan of the paper that was signed by hand."""
    SEALED = "sealed"
    """The PDF, sealed by the office's own service after the word by mail."""


class PaperKind(StrEnum):
    """Which paper of a cycle it is."""

    REPORT = "report"
    COVER_LETTER = "cover_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratification:
    """What this office wants of its report, and of the letter that goes with it."""

    report: Ratified = Ratified.BY_MAIL
    cover_letter: Ratified = Ratified.BY_MAIL

    def of(self, kind: PaperKind) -> Ratified:
        """Return what is wanted of that paper."""
        return self.report if kind is PaperKind.REPORT else self.cover_letter


class PaperVerdict(StrEnum):
    """What a file is; a closed list, the gravest first."""

    TOO_LARGE = "too_large"
    PHOTO = "photo"
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    OTHER_DOCUMENT = "other_document"
    """Its pages say something else throughout."""
    INVALID = "invalid"
    """A signature in it does not hold."""
    ALTERED = "altered"
    """Something was put into it after it was signed."""
    CHANGED = "changed"
    """It is the document, but something on a page is not as it was laid before him."""
    UNSIGNED = "unsigned"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNTRUSTED = "untrusted"
    """The certificate leads to no authority that this office trusts."""
    OTHER_SIGNER = "other_signer"
    UNSURE = "unsure"
    """Nothing speaks against it, and a person has to look."""
    SCANNED = "scanned"
    """A scan of the document, all of its pages recognised."""
    SIGNED = "signed"
    """The document, signed by whom it should be."""


class PaperFlaw(StrEnum):
    """What was found in a file, one after the other; each has its sentence in `templates/words.yaml`."""

    TOO_LARGE = "too_large"
    PHOTO = "photo"
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    OTHER_TEXT = "other_text"
    """Most pages say something else."""
    NOT_RECOGNISED_AT_ALL = "not_recognised_at_all"
    """A scan in which other words stand than in the document."""
    PAGE_COUNT = "page_count"
    DIGEST = "digest"
    """What is signed is not what stands there."""
    BAD_SIGNATURE = "bad_signature"
    WEAK = "weak"
    """Signed by a method that is no longer taken."""
    NOT_WHOLE = "not_whole"
    """The last signature does not cover the file to its last byte."""
    CHANGED_AFTER = "changed_after"
    """A later revision changes more than a further signature does."""
    PAGE_TEXT = "page_text"
    COVERED = "covered"
    """Something lies on the words of a page."""
    REMOVED = "removed"
    """Something that a page showed is no longer drawn there, or otherwise."""
    ANNOTATION = "annotation"
    ACTIVE = "active"
    """A script, an action, an enclosed file or a layer that the document did not have."""
    NO_SIGNATURE = "no_signature"
    PICTURE_ONLY = "picture_only"
    """A picture (a QR code, a drawn signature) was put in, and no signature."""
    ONLY_TIMESTAMP = "only_timestamp"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NO_ROOTS = "no_roots"
    UNTRUSTED = "untrusted"
    KEY_USAGE = "key_usage"
    OTHER_SIGNER = "other_signer"
    NO_ORIGINAL = "no_original"
    """There is no PDF of ours to hold it against."""
    STAMP_ON_TEXT = "stamp_on_text"
    ADDED = "added"
    """Something was drawn where the page was empty."""
    OTHER_FIGURES = "other_figures"
    """A scan that says what the document says, with other figures: another version, or last year's."""
    SCAN_PAGES = "scan_pages"
    """A scan with more or fewer pages."""
    PAGE_NOT_RECOGNISED = "page_not_recognised"
    NO_RECOGNITION = "no_recognition"
    """This machine recognises no text in pictures."""


VERDICT_OF: dict[PaperFlaw, PaperVerdict] = {
    PaperFlaw.TOO_LARGE: PaperVerdict.TOO_LARGE,
    PaperFlaw.PHOTO: PaperVerdict.PHOTO,
    PaperFlaw.NOT_PDF: PaperVerdict.NOT_PDF,
    PaperFlaw.ENCRYPTED: PaperVerdict.ENCRYPTED,
    PaperFlaw.DAMAGED: PaperVerdict.DAMAGED,
    PaperFlaw.OTHER_TEXT: PaperVerdict.OTHER_DOCUMENT,
    PaperFlaw.NOT_RECOGNISED_AT_ALL: PaperVerdict.OTHER_DOCUMENT,
    PaperFlaw.PAGE_COUNT: PaperVerdict.OTHER_DOCUMENT,
    PaperFlaw.DIGEST: PaperVerdict.INVALID,
    PaperFlaw.BAD_SIGNATURE: PaperVerdict.INVALID,
    PaperFlaw.WEAK: PaperVerdict.INVALID,
    PaperFlaw.NOT_WHOLE: PaperVerdict.ALTERED,
    PaperFlaw.CHANGED_AFTER: PaperVerdict.ALTERED,
    PaperFlaw.PAGE_TEXT: PaperVerdict.CHANGED,
    PaperFlaw.COVERED: PaperVerdict.CHANGED,
    PaperFlaw.REMOVED: PaperVerdict.CHANGED,
    PaperFlaw.ANNOTATION: PaperVerdict.CHANGED,
    PaperFlaw.ACTIVE: PaperVerdict.CHANGED,
    PaperFlaw.NO_SIGNATURE: PaperVerdict.UNSIGNED,
    PaperFlaw.PICTURE_ONLY: PaperVerdict.UNSIGNED,
    PaperFlaw.ONLY_TIMESTAMP: PaperVerdict.UNSIGNED,
    PaperFlaw.REVOKED: PaperVerdict.REVOKED,
    PaperFlaw.EXPIRED: PaperVerdict.EXPIRED,
    PaperFlaw.NOT_YET_VALID: PaperVerdict.EXPIRED,
    PaperFlaw.NO_ROOTS: PaperVerdict.UNTRUSTED,
    PaperFlaw.UNTRUSTED: PaperVerdict.UNTRUSTED,
    PaperFlaw.KEY_USAGE: PaperVerdict.UNTRUSTED,
    PaperFlaw.OTHER_SIGNER: PaperVerdict.OTHER_SIGNER,
    PaperFlaw.NO_ORIGINAL: PaperVerdict.UNSURE,
    PaperFlaw.STAMP_ON_TEXT: PaperVerdict.UNSURE,
    PaperFlaw.ADDED: PaperVerdict.UNSURE,
    PaperFlaw.OTHER_FIGURES: PaperVerdict.UNSURE,
    PaperFlaw.SCAN_PAGES: PaperVerdict.UNSURE,
    PaperFlaw.PAGE_NOT_RECOGNISED: PaperVerdict.UNSURE,
    PaperFlaw.NO_RECOGNITION: PaperVerdict.UNSURE,
}
"""What each flaw makes of a file, the gravest verdict first: the first one found decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReason:
    """One flaw, with the page it is on and what its sentence names."""

    flaw: PaperFlaw
    page: int = 0
    """0: the file as a whole."""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSignature:
    """One electronic signature in a file, as its certificate and its own fields say."""

    signer: str
    issuer: str = ""
    signed_at: datetime | None = None
    """As the signer's machine says."""
    stamped_at: datetime | None = None
    """As a time-stamp in it proves."""
    holds: bool = False
    """It is whole, and its certificate leads to an authority of this office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCheck:
    """What was found in one file that came back, or was sealed, held against the document that it should be."""

    file_sha256: str
    file_name: str = ""
    against_sha256: str = ""
    """The PDF it was held against; empty: there is none."""
    pages: int = 0
    scan: bool = False
    """Its pages are pictures."""
    signatures: tuple[PaperSignature, ...] = ()
    reasons: tuple[PaperReason, ...] = ()

    @property
    def verdict(self) -> PaperVerdict:
        """Return what the gravest of its reasons makes of it; without any it is what it should be."""
        found = {reason.flaw for reason in self.reasons}
        worst = next((verdict for flaw, verdict in VERDICT_OF.items() if flaw in found), None)
        return worst or (PaperVerdict.SCANNED if self.scan and not self.signatures else PaperVerdict.SIGNED)

    @property
    def signer(self) -> str:
        """Return who signed it last; empty: nobody."""
        return self.signatures[-1].signer if self.signatures else ""

    @property
    def signed_at(self) -> datetime | None:
        """Return when it was signed last: as proved where it is, else as the signer's machine says."""
        last = self.signatures[-1] if self.signatures else None
        return (last.stamped_at or last.signed_at) if last is not None else None

    def meets(self, wanted: Ratified) -> bool:
        """Say whether it is by itself what the office wants; a signed PDF is more than a scan."""
        return self.verdict is PaperVerdict.SIGNED or (wanted is Ratified.SCAN and self.verdict is PaperVerdict.SCANNED)

    def may_be_confirmed(self, wanted: Ratified) -> bool:
        """Say whether a person of Subbag Program may say that it is what the office wants."""
        signed = any(signature.holds for signature in self.signatures)
        return self.verdict is PaperVerdict.UNSURE and (signed or (self.scan and wanted is Ratified.SCAN))
