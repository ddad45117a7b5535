"""Papers as an office has them checked (rows 7, 8): apart, by the certificates of its folder, scans recognised."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, Ratified
from mailbot.errors import PagesAwaited
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
_AT_ONCE_SECONDS = 10.0
"""So long pages are recognised before other mails have their turn."""


@dataclass(slots=True)
class _Recognised:
    """The pages of one scan, as far as they were read."""

    texts: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0
    """How long that took."""


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
    lists: Path | None = None
    """The folder of lists of revoked ones, which are fetched daily, and take trust away alone; None: the same."""
    _known: dict[tuple[str, Wanted], PaperCheck] = field(default_factory=dict, repr=False)
    """What was checked last: a mail that is worked again brings the same file."""
    _read: dict[str, _Recognised] = field(default_factory=dict, repr=False)
    """What was recognised last, by the file."""

    def check(self, name: str, content: bytes, wanted: Wanted) -> PaperCheck:
        """Return what a file is; a scan is recognised only where the office wants scans.

        Raises:
            ReadingStalled: it could not be looked into, for the machine is too busy.
            PagesAwaited: it is a scan of many pages, of which some are still to be recognised.
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
            trusted=trusted_in(self.folder, wanted.signers, self.lists),
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
        return recognised(examined, self._texts(content, examined), self.settings.recognised_pct)

    def _texts(self, content: bytes, examined: Examined) -> tuple[str, ...] | None:
        """Return what the pages of a scan say as far as they could be read in time; None: nothing here recognises.

        Raises:
            PagesAwaited: some are still to be read.
        """
        sha256, pages = examined.check.file_sha256, examined.to_read
        if sha256 not in self._read and len(self._read) >= _KEPT:
            self._read.clear()
        known = self._read.setdefault(sha256, _Recognised())
        left = tuple(number for number in pages if number not in known.texts)
        most = self.settings.recognition_seconds - known.seconds
        if left and most > 0:
            began = time.monotonic()
            texts = self.recognise(content, left, min(most, _AT_ONCE_SECONDS))
            if texts is None:
                return None
            known.texts.update(zip(left, texts, strict=False))
            known.seconds += max(time.monotonic() - began, _AT_ONCE_SECONDS if not texts else 0.0)
            if len(texts) < len(left) and known.seconds < self.settings.recognition_seconds:
                raise PagesAwaited(f"{len(known.texts)} of {len(pages)} pages of a scan are recognised")
        return tuple(known.texts.get(number, "") for number in pages)
