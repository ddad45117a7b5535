"""The drafts that cycles want: compiled, stamped for who signs now, or as somebody has edited them (SOP row 6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.draft_examining import Prepared, as_of
from mailbot.clerk.desk.remembering import remembering
from mailbot.core.draft.document import Examined
from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.core.model.sop import Step
from mailbot.errors import FileUnreadable, ReadingStalled, TemplateProblem
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.draft.versions import Draft
    from mailbot.core.model.cycle import Cycle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def draft_one(books: Books, maker: MakesLetters) -> bool:
    """Compile one wanted draft; return whether there was one. A cycle whose draft cannot be made holds up no other.

    Raises:
        TemplateProblem: none of those that are wanted can be made.
    """
    wanting = tuple(cycle for cycle in books.ledger.cycles.open() if _wants_draft(cycle))
    return first_that_can(partial(_compile, books, maker), wanting)


def first_that_can(does: Callable[[Cycle], None], cycles: Iterable[Cycle]) -> bool:
    """Do it for the first cycle for which it can be done; False if there is none to do it for.

    Raises:
        TemplateProblem, OSError, ReadingStalled, FileUnreadable: as the last one, where it can be done for none.
    """
    failed: TemplateProblem | OSError | ReadingStalled | FileUnreadable | None = None
    for cycle in cycles:
        try:
            does(cycle)
        except (TemplateProblem, OSError, ReadingStalled, FileUnreadable) as problem:
            failed = problem
        else:
            return True
    if failed is not None:
        raise failed
    return False


def _compile(books: Books, maker: MakesLetters, wanting: Cycle) -> None:
    """Compile the draft of a cycle.

    A crash in between leaves a file nobody refers to; the next pass compiles the same bytes again.
    """
    files, draft = books.ledger.files, wanting.draft
    if draft is None:
        return
    at = books.clock()
    made = _made(books, maker, wanting, draft, at)
    docx_sha256 = files.keep(made.docx, DOCX, at)
    pdf = maker.as_pdf(made.docx) if docx_sha256 != draft.docx_sha256 or not draft.pdf_sha256 else None
    fact = DraftCompiled(
        at=at,
        version=made.version,
        docx_sha256=docx_sha256,
        pdf_sha256=files.keep(pdf, PDF, at) if pdf else draft.pdf_sha256,
        examined=made.examined,
    )
    write_down(books, maker, lambda: Decision(beside=Changes(at=at), facts=((wanting.key, fact),)))


def _made(books: Books, maker: MakesLetters, wanting: Cycle, draft: Draft, at: datetime) -> Prepared:
    """Make the version that a cycle wants: compiled, stamped for who signs now, or as its author has edited it."""
    office = remembering(books, {wanting.key: wanting.period}).office
    cycle, read = as_of(wanting, at), books.ledger.files.read
    if draft.renew:
        return maker.renewed(office, cycle, read(draft.docx_sha256) if draft.docx_sha256 else b"")
    if draft.grown_from:
        return maker.resigned(office, cycle, read(draft.grown_from))
    if not draft.docx_sha256:
        return Prepared(docx=maker.draft(office, cycle, draft.version), version=draft.version, examined=Examined())
    docx = read(draft.docx_sha256)
    return Prepared(docx=docx, version=draft.version, examined=maker.standing(office, cycle, docx))


def _wants_draft(cycle: Cycle) -> bool:
    """Say whether a cycle waits for its draft to be compiled, or compiled anew to see whether it has changed."""
    if cycle.draft is None or cycle.step not in {Step.DRAFT, Step.REVIEW}:
        return False
    return cycle.draft.compiled_at is None or (cycle.draft.renew and cycle.step is Step.DRAFT)
