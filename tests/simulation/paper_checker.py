"""A checker of signed papers that believes what a file says of itself, for runs without signatures (rows 7 and 8)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, PaperSignature
from mailbot.reading.signature.checking import PaperChecker
from mailbot.settings.files.ratified import RatifiedBlock

if TYPE_CHECKING:
    from mailbot.reading.signature.checking import Wanted

SIGNED, SCANNED, UNSURE, UNSIGNED = (b"%PDF-1.4 " + word for word in (b"signed", b"scanned", b"unsure", b"unsigned"))
_FLAWS = {UNSURE: PaperFlaw.PAGE_NOT_RECOGNISED, UNSIGNED: PaperFlaw.NO_SIGNATURE}


class PlainPaperChecker(PaperChecker):
    """Takes a file for what its first line says."""

    def check(self, name: str, content: bytes, wanted: Wanted) -> PaperCheck:
        """Return what a file says that it is."""
        signed = content.startswith(SIGNED)
        against = hashlib.sha256(wanted.against).hexdigest() if wanted.against else ""
        flaws = tuple(flaw for begins, flaw in _FLAWS.items() if content.startswith(begins))
        known = signed or content.startswith((SCANNED, *_FLAWS))
        return PaperCheck(
            file_sha256=hashlib.sha256(content).hexdigest(),
            file_name=name,
            against_sha256=against,
            scan=content.startswith((SCANNED, UNSURE)),
            signatures=(PaperSignature(signer="kadis", holds=True),) if signed else (),
            reasons=tuple(PaperReason(flaw=flaw) for flaw in (flaws if known else (PaperFlaw.OTHER_TEXT,))),
        )


def plain_papers() -> PlainPaperChecker:
    """Return such a checker."""
    return PlainPaperChecker(
        examine=lambda *_: (_ for _ in ()).throw(AssertionError),
        recognise=lambda *_: None,
        settings=RatifiedBlock(),
        folder=None,
    )
