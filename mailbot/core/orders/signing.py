"""Who signs the report: where that changes before it is ratified, a version of his own is made (SOP rows 6 to 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing import reminders
from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited, waits_for_paper
from mailbot.core.draft.draft_facts import SignerChanged
from mailbot.core.draft.letters_of_drafts import SignerTold
from mailbot.core.draft.versions import Draft
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative
from mailbot.core.procedure.word_asked import given_in_row

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.office import Office


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Rows 6 to 7: look who signs today; go on as in every row where it is who signs the present version.

    It is today once the mail of yesterday has been read: who held the post may have ratified on his last afternoon, and
    his word still wait to stand.
    """
    draft, today = cycle.draft, min(fact.at, fact.heard_until) if fact.heard_until is not None else None
    head = holder(Role.AGENCY_HEAD, office, today) if today is not None else None
    made = draft is not None and draft.compiled_at is not None and draft.signer
    ratified = cycle.step is Step.RATIFY and given_in_row(cycle) is True
    if today is not None and waits_for_paper(cycle, office, today):
        ratified = awaited(cycle, office) is not Awaited.SIGNED_REPORT  # who left will sign nothing any more
    if draft is None or head is None or not made or ratified or head.key == draft.signer:
        return reminders.time_passed(cycle, fact, office)
    return Outcome(cycle=cycle, becomes=SignerChanged(at=fact.at, person=head))


def signer_changed(cycle: Cycle, fact: SignerChanged, office: Office) -> Outcome:
    """Want a version that differs in its signatory alone; its letter says why."""
    del office
    draft = cycle.draft
    if draft is None:
        return Outcome(cycle=cycle)
    wanted = Draft(
        version=draft.version + 1,
        edited_by=draft.edited_by,
        grown_from=draft.docx_sha256,
        signer=fact.person.key,
        signer_before=draft.signer,
        waiting=draft.waiting,
    )
    moved = replace(cycle, draft=wanted)
    note = line(fact.at, "signer_changed", version=str(wanted.version), signer=fact.person.key, before=draft.signer)
    return Outcome(cycle=moved, journal=(note,), done=True)


def signer_changed_late(cycle: Cycle, fact: SignerChanged, office: Office) -> Outcome:
    """Rows 6b and 7: want such a version, and tell Subbag Program and who signs now why it is reviewed again."""
    outcome = signer_changed(cycle, fact, office)
    draft, planning = outcome.cycle.draft, holder(Role.PLANNING, office, fact.at)
    if draft is None or not outcome.done:
        return outcome
    about = SignerTold(person=fact.person.key, first=draft.signer_before, version=draft.version)
    people = dict.fromkeys(person for person in (planning, fact.person) if person is not None)
    letters = tuple(
        make_letter(about, outcome.cycle, on_initiative(person, office, fact.at), draft.version, person.key)
        for person in people
    )
    return replace(outcome, letters=letters)
