"""Which version of the draft each of its readers got last, and which one before it (SOP rows 6 to 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.letters_of_drafts import WithDraft
from mailbot.core.draft.versions import SeenDraft
from mailbot.core.model.letters import Enclosure, EnclosureKind

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import Outcome


def noticed(outcome: Outcome, at: datetime) -> Outcome:
    """Write down which version the letters of a decision lay before whom."""
    cycle = outcome.cycle
    for letter in outcome.letters:
        if isinstance(letter.about, WithDraft):
            cycle = seen_by(cycle, letter.to, at, letter.send_after)
    return outcome if cycle is outcome.cycle else replace(outcome, cycle=cycle)


def seen_by(cycle: Cycle, person: str, at: datetime, leaves_at: datetime | None = None) -> Cycle:
    """Return the cycle with the present version of its draft as what that person has seen last."""
    draft, before = cycle.draft, _had(cycle, person, at)
    if draft is None or (before is not None and before.docx_sha256 == draft.docx_sha256):
        return cycle
    seen = SeenDraft(
        person=person,
        version=draft.version,
        docx_sha256=draft.docx_sha256,
        former_version=before.version if before is not None else 0,
        former_sha256=before.docx_sha256 if before is not None else "",
        leaves_at=leaves_at,
    )
    return replace(cycle, seen=(*(one for one in cycle.seen if one.person != person), seen))


def former_seen(cycle: Cycle, person: str, at: datetime) -> SeenDraft | None:
    """Return the version that somebody had before the present one is laid before him, None if he had none."""
    draft, seen = cycle.draft, _had(cycle, person, at)
    if seen is None or draft is None or seen.docx_sha256 != draft.docx_sha256 or draft.again:
        return seen
    return _one_before(seen)


def _had(cycle: Cycle, person: str, at: datetime) -> SeenDraft | None:
    """Return the version that somebody got last: what waits for office hours he has not, and a later one replaces it.

    The present version is told apart by its file, wherever its letter is.
    """
    seen = next((one for one in cycle.seen if one.person == person), None)
    replaced = seen is not None and (cycle.draft is None or seen.docx_sha256 != cycle.draft.docx_sha256)
    waits = seen is not None and seen.leaves_at is not None and at < seen.leaves_at
    return _one_before(seen) if seen is not None and replaced and waits else seen


def _one_before(seen: SeenDraft) -> SeenDraft | None:
    """Return the version before the one that somebody got last, None if that was his first."""
    if not seen.former_version:
        return None
    return SeenDraft(person=seen.person, version=seen.former_version, docx_sha256=seen.former_sha256)


def compared(cycle: Cycle, former: SeenDraft | None) -> tuple[Enclosure, ...]:
    """Return the present version with what is new in it marked against another one; none where there is no other."""
    draft = cycle.draft
    if former is None or draft is None or former.version == draft.version:
        return ()
    return (Enclosure(kind=EnclosureKind.COMPARED, sha256=draft.docx_sha256, former=former.docx_sha256),)
