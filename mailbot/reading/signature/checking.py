"""Papers as an office has them checked (rows 7, 8): apart, by the certificates of its folder, scans recognised."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, Ratified
from mailbot.reading.signature.paper import Question
from mailbot.reading.signature.recognised import recognised
from mailbot.reading.signature.trusted import trusted_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from mailbot.reading.signature.paper import Examined
    from mailbot.settings.files.ratified import RatifiedBlock

_KEPT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a paper should be: which document, in which way ratified, signed by whom, as it stood when it came."""

    against: bytes = field(repr=False)
    """The PDF that was laid before who signs; empty: there is none."""
    as_what: Ratified
    signers: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperChecker:
    """Checks papers; the certificates are read anew each time, so that a list of revoked ones may be kept fresh."""

    examine: Callable[[str, bytes, Question], Examined]
    recognise: Callable[[bytes, tuple[int, ...], float], tuple[str, ...] | None]
    settings: RatifiedBlock
    folder: Path | None
    """The folder of certificates."""
    _known: dict[tuple[str, Wanted], PaperCheck] = field(default_factory=dict, repr=False)
    """What was checked last: a mail that is worked again brings the same file."""

    def check(self, name: str, content: bytes, wanted: Wanted) -> PaperCheck:
        """Return what a file is; a scan is recognised only where the office wants scans.

        Raises:
            ReadingStalled: it could not be looked into, for the machine is too busy.
            OSError: the certificates cannot be read.
        """
        key = hashlib.sha256(content).hexdigest(), wanted
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._check(name, content, wanted)
        return replace(self._known[key], file_name=name)

    def _check(self, name: str, content: bytes, wanted: Wanted) -> PaperCheck:
        """Return what a file is; raises as `check`."""
        question = Question(
            trusted=trusted_in(self.folder, wanted.signers),
            at=wanted.at,
            against=wanted.against,
            largest_bytes=self.settings.largest_bytes,
        )
        examined = self.examine(name, content, question)
        check = examined.check
        if not check.scan or not examined.to_read:
            return check
        if wanted.as_what is not Ratified.SCAN:
            return replace(check, reasons=(PaperReason(flaw=PaperFlaw.NO_SIGNATURE), *check.reasons))
        texts = self.recognise(content, examined.to_read, self.settings.recognition_seconds)
        return recognised(examined, texts, self.settings.recognised_pct)
