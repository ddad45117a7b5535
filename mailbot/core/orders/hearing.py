"""What people write that is no word: asked back, and shown to Subbag Program; nobody's words are lost (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_to_operator import Heard, HeardMail
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative, repeating, unclear, unplaced
from mailbot.core.remarks.listed import waiting

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import AnswerUnclear, MailUnplaced
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome


def asked_back(cycle: Cycle, fact: AnswerUnclear, office: Office) -> Outcome:
    """Ask for the exact word; what is no word is kept for it, and shown to Subbag Program."""
    asked = unclear(cycle, fact, office)
    if fact.source.person.role is Role.PLANNING and fact.reason in {None, Reason.REMARKS}:
        unmet = waiting(cycle)
        asked = replace(asked, letters=tuple(repeating(letter, unmet) for letter in asked.letters))
    if fact.reason is not Reason.REMARKS:
        return asked
    return replace(asked, letters=(*asked.letters, *_told(cycle, fact.source, fact.said.remarks, office)))


def replied(cycle: Cycle, fact: MailUnplaced, office: Office) -> Outcome:
    """Answer kindly what we can do nothing with; whose move it is, his words are shown to Subbag Program at once."""
    answer = unplaced(cycle, fact, office)
    if not fact.in_turn:
        return answer
    return replace(answer, letters=(*answer.letters, *_told(cycle, fact.source, fact.remarks, office)))


def _told(cycle: Cycle, source: Source, words: tuple[str, ...], office: Office) -> tuple[Letter, ...]:
    """Show Subbag Program what somebody wrote whose move it is."""
    planning = holder(Role.PLANNING, office, source.received_at)
    if planning is None or planning.key == source.person.key:
        return ()
    mail = HeardMail(
        person=source.person.key,
        address=source.address,
        at=source.received_at,
        subject=source.answers.subject,
        words=quotable(words, source.proof, office),
    )
    to = on_initiative(planning, office, source.received_at)
    return (make_letter(Heard(mails=(mail,)), cycle, to, source.mail_sha256[:16]),)


def quotable(words: tuple[str, ...], proof: Proof, office: Office) -> tuple[str, ...]:
    """Return words that may be quoted to others: those of a sender who is proved, where the office asks for a proof."""
    return words if office.policy.believes(proof) else ()
