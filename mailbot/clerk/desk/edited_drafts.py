"""What a mail does with the draft of row 6, examined before it is decided: the file it brings, or the one it passes on.

Whatever becomes a version is stamped here, so that the bytes whose digest is told and recorded are those that go on.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.clerk.desk.draft_examining import Prepared, as_of
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftEdited
from mailbot.core.model.facts import VerdictGiven
from mailbot.core.model.mail import Paper
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.ledger.values import KeptFile

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.sorting.placing import Desk, Sorted


def with_drafts_examined(
    books: Books, maker: MakesLetters, desk: Desk, found: Sorted
) -> tuple[Sorted, tuple[KeptFile, ...]]:
    """Return what a mail is with the drafts in its facts examined, and the files that came of it.

    Nothing is looked into for somebody who is not believed: his word does not count before he has proved himself.

    Raises:
        ReadingStalled: a file could not be looked into, for the machine is too busy.
        TemplateProblem: the report of today cannot be written.
    """
    facts: list[tuple[str, Fact]] = []
    files: list[KeptFile] = []
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    for key, fact in found.facts:
        cycle = cycles.get(key)
        examined, kept = (fact, ()) if cycle is None else _examined(books, maker, desk, cycle, fact)
        facts.append((key, examined))
        files.extend(kept)
    return replace(found, facts=tuple(facts)), tuple(files)


def _examined(
    books: Books, maker: MakesLetters, desk: Desk, cycle: Cycle, fact: Fact
) -> tuple[Fact, tuple[KeptFile, ...]]:
    """Return a fact with the draft it is about examined."""
    draft = cycle.draft
    if not isinstance(fact, DraftEdited | VerdictGiven | ChangesAccepted) or cycle.step is not Step.DRAFT:
        return fact, ()
    believed = books.office.policy.believes(fact.source.proof) and fact.source.person.role is Role.PLANNING
    if draft is None or not draft.docx_sha256 or not believed:
        return fact, ()
    cycle, read = as_of(cycle, desk.at), books.ledger.files.read
    if isinstance(fact, ChangesAccepted):
        waiting = draft.waiting
        if waiting is None or waiting.mail_sha256 != fact.asked_about:
            return fact, ()
        clean = maker.accepted(read(waiting.docx_sha256))
        return _with(fact, maker.edited(books.office, cycle, clean, read(draft.docx_sha256)))
    if fact.document_sha256:
        content = _content(books, desk, fact.document_sha256)
        return _with(fact, maker.edited(books.office, cycle, content, read(draft.docx_sha256)))
    if isinstance(fact, VerdictGiven) and draft.edited_by:
        return replace(fact, examined=maker.standing(books.office, cycle, read(draft.docx_sha256))), ()
    return fact, ()


def _with(fact: DraftEdited | VerdictGiven | ChangesAccepted, prepared: Prepared) -> tuple[Fact, tuple[KeptFile, ...]]:
    """Return a fact with the file as it goes on, and that file."""
    sha256 = hashlib.sha256(prepared.docx).hexdigest()
    kept = KeptFile(content=prepared.docx, media_type=Paper.DOCX.value)
    return replace(fact, document_sha256=sha256, examined=prepared.examined), (kept,)


def _content(books: Books, desk: Desk, sha256: str) -> bytes:
    """Return the bytes of a file that this mail brings, or that an earlier one brought."""
    found = next((file.content for file in desk.mail.attachments if file.sha256 == sha256), None)
    return books.ledger.files.read(sha256) if found is None else found
