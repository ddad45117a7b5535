"""A version of the draft is there: compiled, or edited by its author, who does not pass it on yet (SOP row 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.versions import Draft
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import NotYours, OutOfTurn, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.orders.held_drafts import asked_about_changes
from mailbot.core.orders.verdict_effects import edited
from mailbot.core.procedure.addressing import answered, challenge, holder, in_answer, line, make_letter, unproved
from mailbot.core.procedure.row_beginnings import draft_laid, review
from mailbot.core.procedure.word_asked import bound_version, current
from mailbot.core.remarks.answering import taken, with_answers

if TYPE_CHECKING:
    from mailbot.core.draft.draft_facts import ChangesAccepted, DraftCompiled, DraftEdited, RemarksAnswered
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def draft_compiled(cycle: Cycle, fact: DraftCompiled, office: Office) -> Outcome:
    """Take the wanted version; it goes to Subbag Program, or on if they had already passed it on."""
    made = _made(cycle.draft, fact, office)
    if made is None or cycle.draft is None:
        return Outcome(cycle=cycle)
    awaited = cycle.draft.compiled_at is None
    moved = replace(cycle, draft=made)
    note = line(fact.at, "draft_compiled", version=str(made.version), docx=made.docx_sha256, pdf=made.pdf_sha256)
    if made.passed_on:
        return Outcome(cycle=moved, journal=(note,), done=True)
    if made.asked or (not awaited and made.version == cycle.draft.version):
        return Outcome(cycle=moved, journal=(note,))  # it lies with its author already
    letters = tuple(_telling(letter, fact) for letter in draft_laid(moved, fact.at, office))
    return Outcome(cycle=moved, letters=letters, journal=(note,))


def draft_resigned(cycle: Cycle, fact: DraftCompiled, office: Office) -> Outcome:
    """Row 6b: the version for who signs now is there, and goes to the Sekretaris, unless he has that very file."""
    made = _made(cycle.draft, fact, office)
    if made is None or cycle.draft is None:
        return Outcome(cycle=cycle)
    moved, before = replace(cycle, draft=made), cycle.draft
    note = line(fact.at, "draft_compiled", version=str(made.version), docx=made.docx_sha256, pdf=made.pdf_sha256)
    lies_there = before.compiled_at is not None and before.docx_sha256 == made.docx_sha256
    letters = () if lies_there else review(moved, fact.at, office)
    return Outcome(cycle=moved, letters=letters, journal=(note,))


def _made(draft: Draft | None, fact: DraftCompiled, office: Office) -> Draft | None:
    """Return the version that was made, None where it is not the one that is wanted."""
    if draft is None:
        return None
    head = holder(Role.AGENCY_HEAD, office, fact.at)
    signer = head.key if head is not None else ""
    if draft.renew and fact.docx_sha256 != draft.docx_sha256:
        wanted = fact.version == draft.version + 1
        fresh = Draft(version=fact.version, signer=signer, waiting=draft.waiting)
        return _finished(fresh, fact) if wanted else None
    other = bool(draft.docx_sha256) and draft.docx_sha256 != fact.docx_sha256
    if draft.version != fact.version or other or (draft.compiled_at is not None and not draft.renew):
        return None
    return _finished(replace(draft, signer=draft.signer or signer), fact)


def _finished(draft: Draft, fact: DraftCompiled) -> Draft:
    """Return a version with its two files."""
    return replace(
        draft,
        docx_sha256=fact.docx_sha256,
        pdf_sha256=draft.pdf_sha256 or fact.pdf_sha256,
        compiled_at=draft.compiled_at or fact.at,
        renew=False,
        grown_from="",
    )


def _telling(letter: Letter, fact: DraftCompiled) -> Letter:
    """Let the letter that lays a draft before its author tell what was found in it."""
    return replace(letter, examined=fact.examined)


def its_author(cycle: Cycle, fact: DraftEdited | ChangesAccepted | RemarksAnswered, office: Office) -> Outcome | None:
    """Is it Subbag Program, whose draft it is?"""
    del office
    if fact.source.person.role is Role.PLANNING:
        return None
    return answered(NotYours(word=fact.spoken, role=(Role.PLANNING,)), cycle, fact.source, fact.at)


def draft_edited(cycle: Cycle, fact: DraftEdited, office: Office) -> Outcome:
    """Take Subbag Program's edited DOCX as the next version; it goes to the Sekretaris only on their TERUSKAN.

    One with tracked changes that nobody has accepted is no version yet: it is kept, and asked about.
    """
    cycle, notes = taken(cycle, fact.remark_answers, fact.source, office)
    return with_answers(_edited(cycle, fact, office), notes)


def _edited(cycle: Cycle, fact: DraftEdited, office: Office) -> Outcome:
    """Take an edited DOCX, or say why it is no version."""
    if not current(cycle, fact.about):
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.OLD_VERSION), cycle, fact.source, fact.at)
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    if fact.examined.open_changes:
        return asked_about_changes(cycle, fact, fact.document_sha256, fact.document_name, fact.examined)
    return _taken(cycle, fact, office, VerdictNoted(word=fact.spoken, step=cycle.step, beside=fact.beside))


def changes_accepted(cycle: Cycle, fact: ChangesAccepted, office: Office) -> Outcome:
    """BENAR to open changes: the draft with all of them accepted is the next version, and comes back to its author."""
    waiting = cycle.draft.waiting if cycle.draft is not None else None
    waits = waiting is not None and waiting.mail_sha256 == fact.asked_about
    if waits and unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    if not (waits and fact.document_sha256):
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.OLD_VERSION), cycle, fact.source, fact.at)
    return _taken(cycle, fact, office, VerdictNoted(word=fact.spoken, step=cycle.step))


def _taken(cycle: Cycle, fact: DraftEdited | ChangesAccepted, office: Office, about: VerdictNoted) -> Outcome:
    """Take an edited draft as the next version, and tell its author what was found in it."""
    moved = edited(cycle, fact.document_sha256, fact.source, office, same=fact.examined.same)
    noted = make_letter(
        replace(
            about,
            version=bound_version(moved),
            sha_short=fact.document_sha256[:12],
            file_name=getattr(fact, "document_name", ""),
            same=fact.examined.same,
        ),
        moved,
        in_answer(fact.source),
        examined=fact.examined,
    )
    note = line(
        fact.at,
        "draft_edited",
        fact.source.person.key,
        version=str(bound_version(moved)),
        docx=fact.document_sha256,
        proof=fact.source.proof.value,
    )
    return Outcome(cycle=moved, letters=(noted,), journal=(note,))
