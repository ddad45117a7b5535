"""What can happen with signed papers: one comes back by mail, or the office's own service has sealed it (rows 7, 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.mail import OfMail

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.letters import Asked
    from mailbot.core.model.mail import Source
    from mailbot.core.papers.checked import PaperCheck, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperArrived(OfMail):
    """A PDF or a picture came without a deciding word, where a signed paper may come back; each file was checked.

    `about` is what the letter answered asks for, if it asks for a decision.
    """

    at: datetime
    source: Source
    papers: tuple[PaperCheck, ...]
    about: Asked | None = None
    remarks: tuple[str, ...] = ()
    """What was written beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSealed:
    """The office's own service gave a paper back, sealed or not as it should be; or it gave nothing back."""

    at: datetime
    kind: PaperKind
    pdf_sha256: str
    """The PDF that was given to it."""
    paper: PaperCheck | None = None
    """None: it gave nothing back, and `failed` says why."""
    failed: str = ""
