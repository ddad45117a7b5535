"""What explained a figure in the period before, offered where the Keterangan of its row is filled in."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import address
from mailbot.writing.form.sheet_frame import FIRST_ROW

if TYPE_CHECKING:
    from mailbot.writing.form.sheet_frame import Paper
    from mailbot.writing.form.workbook_model import Hint

_SHOWN = 150
"""So many of its characters are shown: a message has room for 255, and says what to type as well."""


def remark_hints(paper: Paper, whole: Hint, column: int) -> list[Hint]:
    """Return the hints of the Keterangan: one for all rows, or one a row where something is offered in one of them.

    Args:
        paper: what the sheet is drawn from.
        whole: the hint for all rows.
        column: of the Keterangan, from 1.
    """
    if not paper.asked.explained:
        return [whole]
    rows = enumerate(paper.indicators, FIRST_ROW)
    return [replace(whole, cells=address(row, column), prompt=_offered(paper, one.code, whole)) for row, one in rows]


def _offered(paper: Paper, code: str, whole: Hint) -> str:
    """Return what is said when the Keterangan of a row is selected."""
    known = textwrap.shorten(paper.asked.explained.get(code, ""), _SHOWN, placeholder=" …")
    return paper.words.text("hints.remark.known", known=known) if known else whole.prompt
