"""The papers that came back signed: which of them counts, which one somebody has to look at (SOP rows 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.papers.checked import PaperKind, Ratified

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.papers.checked import PaperCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """One file that came back, or was sealed, with what was found in it, and what became of it."""

    kind: PaperKind
    of_sha256: str
    """The DOCX of the report or cover letter that it should be."""
    check: PaperCheck
    mail_sha256: str = ""
    """Of the mail that brought it; empty: the office's own service gave it back."""
    person: str = ""
    received_at: datetime
    counts: bool = False
    """It is by itself what the office wants."""
    unsure: bool = False
    """A person of Subbag Program may say that it is."""
    confirmed_by: str = ""
    """Who has said so."""
    rejected_by: str = ""
    """Who has said that it is not."""

    @property
    def settled(self) -> bool:
        """Say whether it counts, or somebody has said what it is."""
        return self.counts or bool(self.confirmed_by or self.rejected_by)


def paper_of(cycle: Cycle, kind: PaperKind) -> str:
    """Return the digest of the DOCX of that paper as it is now; empty where it is not made."""
    if kind is PaperKind.REPORT:
        return cycle.draft.docx_sha256 if cycle.draft is not None else ""
    return cycle.delivery.cover_docx_sha256 if cycle.delivery is not None else ""


def kept_of(cycle: Cycle, kind: PaperKind) -> tuple[KeptPaper, ...]:
    """Return what came back for the present version of a paper, in the order it came."""
    own = paper_of(cycle, kind)
    return tuple(one for one in cycle.papers if one.kind is kind and one.of_sha256 == own) if own else ()


def signed(cycle: Cycle, kind: PaperKind) -> KeptPaper | None:
    """Return the newest that counts for the present version of a paper, None if none does."""
    fitting = [one for one in kept_of(cycle, kind) if one.counts or one.confirmed_by]
    return fitting[-1] if fitting else None


def to_look_at(cycle: Cycle, kind: PaperKind) -> KeptPaper | None:
    """Return the newest that waits for somebody to say what it is, None if none does."""
    waiting = [one for one in kept_of(cycle, kind) if one.unsure and not one.settled]
    return waiting[-1] if waiting else None


def missing(cycle: Cycle, kind: PaperKind, office: Office) -> Awaited | None:
    """Return what is waited for before a paper counts as ratified; None where nothing is."""
    wanted = office.ratification.of(kind)
    if wanted is Ratified.BY_MAIL or signed(cycle, kind) is not None:
        return None
    if wanted is Ratified.SEALED:
        return Awaited.SEAL
    if to_look_at(cycle, kind) is not None:
        return Awaited.LOOK
    return Awaited.SIGNED_REPORT if kind is PaperKind.REPORT else Awaited.SIGNED_COVER
