"""The form by which whoever the row waits for decides on the board, and what it is bound to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.orders.on_board import OFFERED, WITH_REMARKS, shown_now
from mailbot.web.pages.page import path
from mailbot.web.viewer import Act

if TYPE_CHECKING:
    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.orders.on_board import Shown
    from mailbot.web.pages.page import Here

_SIGNS = 12
"""So many of a digest are shown, as letters show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """The form for a word: its address, and what it is bound to."""

    action: str
    fields: tuple[tuple[str, str], ...]
    words: tuple[tuple[Word, str], ...]
    """Each word that may be given, and what it means here."""
    remarks_with: str
    """The word beside which remarks stand."""
    version: int
    sha_short: str
    """Empty where no file is decided about (row 1)."""
    row: str


def decision_form(cycle: Cycle, here: Here) -> DecisionForm | None:
    """Return the form for whoever the row waits for; None: this viewer decides nothing here now."""
    shown = shown_now(cycle) if here.may(Act.DECIDE) else None
    if shown is None:
        return None
    row = here.office.sop.row(shown.asks.step)
    if not any(post.role is row.who for post in here.viewer.posts):
        return None
    words = OFFERED[shown.asks.step]
    return DecisionForm(
        action=path("acts", "decide", cycle.key),
        fields=fields_of(shown),
        words=tuple((word, here.told("decision", f"means_{word.value.casefold()}")) for word in words),
        remarks_with=next(word.value for word in words if word in WITH_REMARKS),
        version=shown.asks.version,
        sha_short=shown.asks.docx_sha256[:_SIGNS],
        row=row.sop,
    )


def fields_of(shown: Shown) -> tuple[tuple[str, str], ...]:
    """Return the hidden fields that say what lay before whoever decides."""
    asks = shown.asks
    bound = {"step": asks.step.value, "version": str(asks.version), "docx": asks.docx_sha256, "pdf": shown.pdf_sha256}
    return tuple(bound.items())
