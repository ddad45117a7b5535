"""When one row of the SOP counts as left, and the next one as entered (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperKind
from mailbot.core.papers.kept import signed

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """When a row counts as entered, from when its time runs, and when the row before counts as left."""

    since: datetime
    counts_from: datetime | None = None
    left_at: datetime | None = None  # None: as `since`, of both


def after(cycle: Cycle, word: Verdict | None, at: datetime) -> Passage:
    """Return when the row after a word begins: when the word stands, its draft is there, and its paper is signed."""
    if word is None or word.stands_at is None:
        return Passage(since=at)
    paper = signed(cycle, PaperKind.REPORT) if cycle.step is Step.RATIFY else None
    if paper is not None and (paper.confirmed_by or paper.received_at > word.stands_at):
        return Passage(since=at)
    made_at = cycle.draft.compiled_at if cycle.draft is not None else None
    if made_at is not None and made_at > word.stands_at:
        return Passage(since=made_at)
    return Passage(since=word.stands_at, left_at=word.given_at)
