"""What a deciding word is about: the present row and version, and what was given there already (rows 1, 6 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, Verdict


def bound_version(cycle: Cycle) -> int:
    """Return the version a verdict of the present row is bound to: from row 6 on the draft's, before it the round."""
    if cycle.draft is None or cycle.step.is_before(Step.DRAFT):
        return cycle.round
    return cycle.draft.version


def asked_now(cycle: Cycle) -> Asked:
    """Return the word that the present row waits for."""
    return asked_in(cycle, cycle.step)


def asked_in(cycle: Cycle, step: Step) -> Asked:
    """Return the word that a row asks for, about what stands now."""
    file = "" if cycle.draft is None or step.is_before(Step.DRAFT) else cycle.draft.docx_sha256
    return Asked(step=step, version=bound_version(cycle), docx_sha256=file)


def current(cycle: Cycle, asked: Asked | None) -> bool:
    """Say whether that is the word of this cycle's present row, version and file; a letter of it has asked for it.

    A letter of which nobody knows the file, written before that was kept, asks about the version alone.
    """
    now = asked_now(cycle)
    return asked is not None and asked == (now if asked.docx_sha256 else replace(now, docx_sha256=""))


def given_in_row(cycle: Cycle) -> bool | None:
    """Return what was decided in the present row and round: approved, refused, or nothing yet (None)."""
    last = last_word(cycle)
    return last.approved if last is not None else None


def last_word(cycle: Cycle) -> Verdict | None:
    """Return the last decision of the present row and round, about what lies there now; whether it stands is left open.

    A word of another row after it says that the row was left, and is entered anew for the same version.
    """
    version = bound_version(cycle)
    for verdict in reversed(cycle.verdicts):
        if verdict.step is not cycle.step:
            return None
        if verdict.given_at >= cycle.since and verdict.draft_version == version:
            return verdict if _same_file(cycle, verdict) else None
    return None


def _same_file(cycle: Cycle, verdict: Verdict) -> bool:
    """Say whether a word of rows 6 to 8 was given on the very file that lies there: a number can stand for two."""
    return cycle.draft is None or cycle.step.is_before(Step.DRAFT) or verdict.docx_sha256 == cycle.draft.docx_sha256


def waiting_word(cycle: Cycle, at: datetime) -> Verdict | None:
    """Return the decision of the present row that can still be taken back at that moment, None if there is none."""
    last = last_word(cycle)
    return last if last is not None and last.stands_at is not None and at < last.stands_at else None


def stands(verdict: Verdict, heard_until: datetime | None) -> bool:
    """Say whether a decision stands: its time to be taken back is over, and whoever gave it was listened to so long."""
    return verdict.stands_at is None or (heard_until is not None and heard_until >= verdict.stands_at)


def refused_before(cycle: Cycle) -> Verdict | None:
    """Return the refusal by which the present version came back to its author, if nothing was said of it since."""
    last = cycle.verdicts[-1] if cycle.verdicts else None
    if last is None or last.approved or last.step not in {Step.REVIEW, Step.RATIFY}:
        return None
    return last if last.draft_version == bound_version(cycle) else None


def awaits_draft(cycle: Cycle) -> bool:
    """Say whether the wanted version of the draft is still to be compiled: what was said of it cannot go on before."""
    return cycle.draft is not None and cycle.draft.compiled_at is None
