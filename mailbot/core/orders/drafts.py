"""A version of the draft is there: compiled, or edited by its author, who does not pass it on yet (SOP row 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import NotYours, OutOfTurn, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.orders.verdict_effects import edited
from mailbot.core.procedure.addressing import answered, challenge, in_answer, line, make_letter, unproved
from mailbot.core.procedure.row_beginnings import draft_laid
from mailbot.core.procedure.word_asked import bound_version, current

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import DraftCompiled, DraftEdited
    from mailbot.core.model.office import Office


def draft_compiled(cycle: Cycle, fact: DraftCompiled, office: Office) -> Outcome:
    """Take the wanted version; it goes to Subbag Program, or on if they had already passed it on."""
    draft = cycle.draft
    if draft is None or draft.version != fact.version or draft.compiled_at is not None:
        return Outcome(cycle=cycle)
    made = replace(draft, docx_sha256=fact.docx_sha256, pdf_sha256=fact.pdf_sha256, compiled_at=fact.at)
    moved = replace(cycle, draft=made)
    note = line(fact.at, "draft_compiled", version=str(fact.version), docx=fact.docx_sha256, pdf=fact.pdf_sha256)
    if made.passed_on:
        return Outcome(cycle=moved, journal=(note,), done=True)
    return Outcome(cycle=moved, letters=draft_laid(moved, fact.at, office), journal=(note,))


def its_author(cycle: Cycle, fact: DraftEdited, office: Office) -> Outcome | None:
    """Is it Subbag Program, whose draft it is?"""
    del office
    if fact.source.person.role is Role.PLANNING:
        return None
    return answered(NotYours(word=fact.spoken, role=(Role.PLANNING,)), cycle, fact.source, fact.at)


def draft_edited(cycle: Cycle, fact: DraftEdited, office: Office) -> Outcome:
    """Take Subbag Program's edited DOCX as the next version; it goes to the Sekretaris only on their TERUSKAN."""
    if not current(cycle, fact.about):
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.OLD_VERSION), cycle, fact.source, fact.at)
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    moved = edited(cycle, fact.document_sha256, fact.source.address)
    about = VerdictNoted(
        word=fact.spoken,
        step=cycle.step,
        version=bound_version(moved),
        sha_short=fact.document_sha256[:12],
        file_name=fact.document_name,
        beside=fact.beside,
    )
    noted = make_letter(about, moved, in_answer(fact.source))
    note = line(
        fact.at,
        "draft_edited",
        fact.source.person.key,
        version=str(bound_version(moved)),
        docx=fact.document_sha256,
        proof=fact.source.proof.value,
    )
    return Outcome(cycle=moved, letters=(noted,), journal=(note,))
