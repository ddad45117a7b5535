"""An edited draft that came back without a word: it becomes the next version, and comes to its author again (row 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import DOCX, NotYours, OutOfTurn, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.verdict_effects import edited
from mailbot.core.procedure.addressing import in_answer, line
from mailbot.core.procedure.answering import answered, challenge, unproved
from mailbot.core.procedure.word_asked import current, matter_version

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import DraftEdited
    from mailbot.core.model.letters_in_answer import WhyNotNow
    from mailbot.core.model.office import Office


def draft_edited(cycle: Cycle, fact: DraftEdited, office: Office) -> Outcome:
    """Take Subbag Program's edited DOCX as the next version; it goes to the Sekretaris only on their TERUSKAN."""
    if fact.source.person.role is not Role.PLANNING:
        return answered(NotYours(word=DOCX, role=(Role.PLANNING,)), cycle, fact.source, fact.at)
    if cycle.step is not Step.DRAFT or not current(cycle, fact.about):
        why: WhyNotNow = Reason.OLD_VERSION if cycle.step is Step.DRAFT else Reason.ALREADY
        return answered(OutOfTurn(word=DOCX, reason=why), cycle, fact.source, fact.at)
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, DOCX, office)
    moved = edited(cycle, fact.document_sha256, fact.source.address)
    about = VerdictNoted(word=DOCX, step=cycle.step, sha_short=fact.document_sha256[:12])
    noted = in_answer(about, fact.source, cycle)
    note = line(
        fact.at,
        "draft_edited",
        fact.source.person.key,
        version=str(matter_version(moved)),
        docx=fact.document_sha256,
        proof=fact.source.proof.value,
    )
    return Outcome(cycle=moved, letters=(noted,), journal=(note,))
