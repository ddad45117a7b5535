"""Compile the draft that a cycle wants: slow work, done before the transaction, then told as a fact (SOP row 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.facts import DraftCompiled
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def draft_one(clerk: Clerk) -> bool:
    """Compile one wanted draft; return whether there was one.

    A crash in between leaves a file nobody refers to; the next pass compiles the same bytes again.
    """
    wanting = next((one for one in clerk.ledger.cycles.open() if _wants(one)), None)
    if wanting is None or wanting.draft is None:
        return False
    at, draft = clerk.clock(), wanting.draft
    docx_sha256 = draft.docx_sha256
    if not docx_sha256:
        docx = clerk.press.draft(clerk, wanting, draft.version)
        docx_sha256 = clerk.ledger.files.keep(docx, DOCX, at)
    pdf = clerk.pdf.convert(clerk.ledger.files.read(docx_sha256)) if clerk.pdf is not None else None
    fact = DraftCompiled(
        at=at,
        version=draft.version,
        docx_sha256=docx_sha256,
        pdf_sha256=clerk.ledger.files.keep(pdf, PDF, at) if pdf else "",
    )
    write_down(clerk, at, lambda: Decision(facts=((wanting.key, fact),)))
    return True


def _wants(cycle: Cycle) -> bool:
    """Say whether a cycle waits for its draft to be compiled."""
    return cycle.step is Step.DRAFT and cycle.draft is not None and cycle.draft.compiled_at is None
