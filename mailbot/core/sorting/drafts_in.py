"""Edited drafts as a mail brings them in answer to the draft of row 6, whatever stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Said
from mailbot.core.model.facts import AnswerUnclear, DraftEdited
from mailbot.core.model.letters import Reason
from mailbot.core.model.mail import Paper
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.table import may_say
from mailbot.core.sorting.placing import Sorted, cycle_meant, enclosed, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk

_TEXTS = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".wps", ".pages")
"""How the name of a file ends that was meant as a text."""


def _author(person: Person) -> int:
    """Rank the post whose draft it is before any other."""
    return 0 if person.role is Role.PLANNING else 1


def edited_draft(desk: Desk) -> Sorted | None:
    """Is it a DOCX in answer to the draft of row 6? It is the next version, whatever stands beside it.

    The word that passes the draft on is done, with the document; any other word is not, and that is said.
    """
    cycle = cycle_meant(desk)
    about = word_wanted(desk, cycle) if cycle is not None else None
    document = enclosed(desk, cycle, Paper.DOCX) if cycle is not None else None
    if cycle is None or about is None or about.step is not Step.DRAFT or document is None:
        return None
    author = speaker(desk, cycle, _author)
    said = desk.said.word
    if said is not None and may_say(author.role, said, Step.DRAFT):
        return None
    fact = DraftEdited(
        at=desk.at,
        source=source_of(desk, author),
        about=about,
        document_sha256=document.sha256,
        document_name=document.name,
        beside=said,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail="DOCX")


def unreadable_draft(desk: Desk) -> Sorted | None:
    """Is it a text in answer to the draft of row 6 that is no DOCX we can read? The draft does not go on without it."""
    cycle = cycle_meant(desk)
    about = word_wanted(desk, cycle) if cycle is not None else None
    if cycle is None or about is None or about.step is not Step.DRAFT or enclosed(desk, cycle, Paper.DOCX) is not None:
        return None
    others = (file.name for file in desk.mail.attachments if file.media_type != Paper.DOCX)
    unread = [name for name in others if name.casefold().endswith(_TEXTS)]
    if not unread:
        return None
    source = source_of(desk, speaker(desk, cycle, _author))
    said = Said(remarks=tuple(unread))
    fact = AnswerUnclear(at=desk.at, source=source, said=said, about=about, reason=Reason.NOT_DOCX)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.NOT_DOCX.value)
