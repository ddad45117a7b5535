"""Which papers of a cycle may come back signed, and whether a file is one (rows 7 and 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperKind, PaperVerdict, Ratified

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.papers.checked import PaperCheck

_SIGNED_IN = frozenset({Step.RATIFY, Step.SUBMIT})
_SCANS = frozenset({PaperVerdict.SCANNED, PaperVerdict.UNSURE})


def awaited(cycle: Cycle, office: Office) -> tuple[tuple[PaperKind, str], ...]:
    """Return the papers that may come back signed, each with the digest of the PDF that was laid before who signs.

    Where the word by mail is enough nothing is awaited, and what comes is shown to Subbag Program unchecked.
    A digest is empty where this machine made no PDF.
    """
    if cycle.closed or cycle.draft is None or cycle.step not in _SIGNED_IN:
        return ()
    papers = [(PaperKind.REPORT, cycle.draft.pdf_sha256)]
    if cycle.delivery is not None and cycle.delivery.cover_docx_sha256:
        papers.append((PaperKind.COVER_LETTER, cycle.delivery.cover_pdf_sha256))
    return tuple(paper for paper in papers if office.ratification.of(paper[0]) is not Ratified.BY_MAIL)


def is_paper(check: PaperCheck) -> bool:
    """Say whether a file is a signed paper at all, right or wrong: it carries a signature, or is such a scan."""
    return bool(check.signatures) or (check.scan and check.verdict in _SCANS)
