"""The cover letter that is to be signed (SOP row 8): made once, kept, and handed to the core as made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.papers import DOCX, PDF, first_that_can
from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.delivery.delivery_facts import CoverMade
from mailbot.core.delivery.leaving import submission
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle


def cover_one(books: Books, maker: MakesLetters) -> bool:
    """Make one cover letter that is to be signed; return whether there was one. One that fails holds up no other.

    Raises:
        TemplateProblem: none of those that are wanted can be made.
        PdfAwaited: a PDF cannot be made now, and the office wants no letter without it.
    """
    at = books.clock()
    wanting = tuple(
        cycle
        for cycle in books.ledger.cycles.open()
        if awaited(cycle, books.office) is Awaited.COVER and submission(cycle, at, books.office) is not None
    )
    return first_that_can(partial(_make, books, maker), wanting)


def _make(books: Books, maker: MakesLetters, cycle: Cycle) -> None:
    """Make the cover letter of a cycle, and keep it.

    A crash in between leaves a file nobody refers to; the next pass makes the same bytes again.
    """
    at, files, delivery = books.clock(), books.ledger.files, cycle.delivery
    letter, head = submission(cycle, at, books.office), holder(Role.AGENCY_HEAD, books.office, at)
    if letter is None or delivery is None or head is None:
        return
    docx = maker.cover_letter(books.office, letter, cycle)
    pdf = maker.as_pdf(docx)
    fact = CoverMade(
        at=at,
        number=delivery.number,
        signer=head.key,
        docx_sha256=files.keep(docx, DOCX, at),
        pdf_sha256=files.keep(pdf, PDF, at) if pdf else "",
    )
    write_down(books, maker, lambda: Decision(beside=Changes(at=at), facts=((cycle.key, fact),)))
