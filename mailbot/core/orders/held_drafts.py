"""What stands in the way of a draft that is passed on, and is asked about once (SOP row 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.letters_of_drafts import DraftHeld, OpenChanges
from mailbot.core.draft.versions import WaitingDraft
from mailbot.core.model.outcome import Outcome
from mailbot.core.procedure.addressing import in_answer, line, make_letter, repeating
from mailbot.core.procedure.word_asked import asked_now, refused_before
from mailbot.core.remarks.listed import of_mail, open_numbers

if TYPE_CHECKING:
    from mailbot.core.draft.document import Examined
    from mailbot.core.draft.draft_facts import DraftEdited
    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.facts import VerdictGiven


def held(cycle: Cycle, fact: VerdictGiven) -> Outcome | None:
    """Ask once whether a draft is to go on as it is; None where nothing stands in its way, or it was asked before.

    In the way stand remarks by which the very same version came back, whatever disagrees with the data, that a file is
    an older version edited or damaged, and an edited draft that waits for a word about its open changes.

    Args:
        cycle: the cycle, with the version that is to go on as the draft's present one.
        fact: the word that passes it on.
    """
    refused = unmet(cycle)
    confirmed = fact.confirms and not fact.document_sha256
    if cycle.draft is None or confirmed:
        return None
    waits, found = cycle.draft.waiting is not None, fact.examined
    if not (refused or waits or found.differences or found.of_version or found.damaged):
        return None
    draft, asks, to = cycle.draft, asked_now(cycle), in_answer(fact.source)
    person, remarks = (refused.person, refused.remarks) if refused is not None else ("", ())
    numbers = open_numbers(of_mail(cycle, refused.mail_sha256)) if refused is not None else ()
    about = DraftHeld(
        word=fact.spoken,
        version=draft.version,
        sha_short=draft.docx_sha256[:12],
        file_name=fact.document_name,
        person=person,
        waits=waits,
    )
    letter = make_letter(about, cycle, to, *to.marks, asks.version, asks=asks, remarks=remarks, examined=found)
    counted = {"differences": str(len(found.differences)), "remarks": str(len(remarks))}
    version = {"version": str(draft.version), "docx": draft.docx_sha256}
    note = line(fact.at, "draft_held", fact.source.person.key, **version, **counted)
    moved = replace(cycle, draft=replace(draft, asked=True))
    return Outcome(cycle=moved, letters=(repeating(letter, numbers),), journal=(note,))


def unmet(cycle: Cycle) -> Verdict | None:
    """Return the refusal of the present version that has remarks nobody has met, None where there is none such."""
    refused = refused_before(cycle)
    listed = of_mail(cycle, refused.mail_sha256) if refused is not None else ()
    return None if listed and not any(one.open for one in listed) else refused


def asked_about_changes(
    cycle: Cycle, fact: DraftEdited | VerdictGiven, document_sha256: str, name: str, examined: Examined
) -> Outcome:
    """Keep an edited draft in which changes are open, and ask whether they are accepted; the present version stays."""
    draft, asks, to = cycle.draft, asked_now(cycle), in_answer(fact.source)
    if draft is None:
        return Outcome(cycle=cycle)
    waiting = WaitingDraft(
        docx_sha256=document_sha256, mail_sha256=fact.source.mail_sha256, address=fact.source.address
    )
    moved = replace(cycle, draft=replace(draft, waiting=waiting))
    about = OpenChanges(word=fact.spoken, version=draft.version, file_name=name)
    letter = make_letter(about, moved, to, *to.marks, asks.version, asks=asks, examined=examined)
    asked = replace(letter, answers_mail=fact.source.mail_sha256)
    note = line(
        fact.at, "changes_open", fact.source.person.key, docx=document_sha256, changes=str(len(examined.open_changes))
    )
    return Outcome(cycle=moved, letters=(asked,), journal=(note,))
