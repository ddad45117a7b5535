"""Which version of the draft each of its readers got last, and which one before it (SOP rows 6 to 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.letters_of_drafts import WithDraft
from mailbot.core.draft.versions import SeenDraft
from mailbot.core.model.letters import Enclosure, EnclosureKind

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import Outcome


def noticed(outcome: Outcome) -> Outcome:
    """Write down which version the letters of a decision lay before whom."""
    cycle = outcome.cycle
    for letter in outcome.letters:
        if isinstance(letter.about, WithDraft):
            cycle = seen_by(cycle, letter.to)
    return outcome if cycle is outcome.cycle else replace(outcome, cycle=cycle)


def seen_by(cycle: Cycle, person: str) -> Cycle:
    """Return the cycle with the present version of its draft as what that person has seen last."""
    draft, before = cycle.draft, next((one for one in cycle.seen if one.person == person), None)
    if draft is None or (before is not None and before.docx_sha256 == draft.docx_sha256):
        return cycle
    seen = SeenDraft(
        person=person,
        version=draft.version,
        docx_sha256=draft.docx_sha256,
        former_version=before.version if before is not None else 0,
        former_sha256=before.docx_sha256 if before is not None else "",
    )
    return replace(cycle, seen=(*(one for one in cycle.seen if one is not before), seen))


def former_seen(cycle: Cycle, person: str) -> SeenDraft | None:
    """Return the version that somebody had before the present one is laid before him, None if he had none."""
    draft, seen = cycle.draft, next((one for one in cycle.seen if one.person == person), None)
    if seen is None or draft is None or seen.docx_sha256 != draft.docx_sha256 or draft.again:
        return seen
    if not seen.former_version:
        return None
    return replace(seen, version=seen.former_version, docx_sha256=seen.former_sha256)


def compared(cycle: Cycle, former: SeenDraft | None) -> tuple[Enclosure, ...]:
    """Return the present version with what is new in it marked against another one; none where there is no other."""
    draft = cycle.draft
    if former is None or draft is None or former.version == draft.version:
        return ()
    return (Enclosure(kind=EnclosureKind.COMPARED, sha256=draft.docx_sha256, former=former.docx_sha256),)
