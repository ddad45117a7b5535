"""What rows 7 and 8 wait for beside the word that ends them: a number, a signature, a look, a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperKind, Ratified
from mailbot.core.papers.kept import missing
from mailbot.core.procedure.word_asked import given_in_row, waiting_word

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office


def awaited(cycle: Cycle, office: Office) -> Awaited | None:
    """Return what the present row waits for first; None where that is its word, or its forms."""
    if cycle.closed:
        return None
    if cycle.step is Step.RATIFY:
        return missing(cycle, PaperKind.REPORT, office) if given_in_row(cycle) is True else None
    return wanting(cycle, office) if cycle.step is Step.SUBMIT else None


def wanting(cycle: Cycle, office: Office) -> Awaited | None:
    """Return what keeps the report from leaving; None where nothing does, or where it has left.

    A report that left before deliveries were kept has none.
    """
    delivery = cycle.delivery
    if delivery is None or delivery.leaves_at is not None:
        return None
    if delivery.told is not None:
        return Awaited.WINDOW
    if office.letter_numbers.awaited and not delivery.agenda:
        return Awaited.NUMBER
    if office.ratification.cover_letter is not Ratified.BY_MAIL and not delivery.cover_docx_sha256:
        return Awaited.COVER
    return missing(cycle, PaperKind.COVER_LETTER, office)


def has_left(cycle: Cycle) -> bool:
    """Say whether the present version of the report was let go: nothing is wanting any more."""
    draft, delivery = cycle.draft, cycle.delivery
    own = draft is not None and delivery is not None and delivery.report_sha256 == draft.docx_sha256
    return own and delivery is not None and delivery.leaves_at is not None


def has_gone_out(cycle: Cycle, at: datetime, office: Office) -> bool:
    """Say whether the report has left the house at a moment; what was let go at night waits for the office to open.

    One that left before deliveries were kept has none.
    """
    delivery = cycle.delivery
    if delivery is None or cycle.closed:
        return True
    return delivery.leaves_at is not None and office.calendar.next_office_moment(delivery.leaves_at) <= at


def waits_for_paper(cycle: Cycle, office: Office, at: datetime) -> bool:
    """Say whether the word of row 7 can be taken back no more, and has come to nothing: its paper is not signed."""
    return cycle.step is Step.RATIFY and awaited(cycle, office) is not None and waiting_word(cycle, at) is None


def wants_seal(cycle: Cycle, office: Office) -> PaperKind | None:
    """Return which paper the office's own service is to seal now; None: none."""
    if awaited(cycle, office) is not Awaited.SEAL:
        return None
    return PaperKind.REPORT if cycle.step is Step.RATIFY else PaperKind.COVER_LETTER
