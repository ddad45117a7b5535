"""Edited drafts as a mail brings them in answer to the draft of row 6, whatever stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mailbot.core.draft.draft_facts import ChangesAccepted, DraftEdited, RemarksAnswered
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.letters_in_answer import ANSWERS
from mailbot.core.model.mail import Paper
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.speakers import may_say
from mailbot.core.procedure.word_asked import asked_now
from mailbot.core.sorting.placing import Sorted, cycle_meant, enclosed, remarked, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Asked
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
        remark_answers=desk.with_answers[1],
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail="DOCX")


def answers_alone(desk: Desk) -> Sorted | None:
    """Does it answer remarks on the draft by their numbers, and say no word?"""
    if desk.said.word is not None or desk.said.unclear:
        return None
    found = answers_beside(desk)
    return Sorted(outcome=MailOutcome.VERDICT, facts=found, detail=ANSWERS) if found else None


def answers_beside(desk: Desk) -> tuple[tuple[str, RemarksAnswered], ...]:
    """Return the answers to remarks in a mail as a fact of their own; none where there are none."""
    cycle, (_, answers) = remarked(desk), desk.with_answers
    if cycle is None or not answers:
        return ()
    unread = desk.said.remarks if desk.said.word is None else ()
    source = source_of(desk, speaker(desk, cycle, _author))
    return ((cycle.key, RemarksAnswered(at=desk.at, source=source, answers=answers, unread=unread)),)


def draft_of_a_unit(desk: Desk) -> Sorted | None:
    """Is it a DOCX of a unit in answer to what DRAF brought? No evidence: its sender hears whose draft it is."""
    cycle = cycle_meant(desk)
    document = enclosed(desk, cycle, Paper.DOCX) if cycle is not None else None
    brought = any(letter.kind == LetterKind.DRAFT_AGAIN for letter in desk.about)
    if cycle is None or document is None or not brought:
        return None
    sender = speaker(desk, cycle, _author)
    if not sender.unit or sender.role is Role.PLANNING:
        return None
    fact = DraftEdited(
        at=desk.at,
        source=source_of(desk, sender),
        about=asked_now(cycle),
        document_sha256=document.sha256,
        document_name=document.name,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail="DOCX")


def changes_accepted(desk: Desk) -> Sorted | None:
    """Does it say BENAR, and nothing else, to our question about the open changes of a draft?"""
    cycle = cycle_meant(desk)
    asking = next((letter for letter in desk.about if letter.kind == LetterKind.OPEN_CHANGES), None)
    if cycle is None or asking is None or desk.said.word is not Word.BENAR:
        return None
    source = source_of(desk, speaker(desk, cycle, _author))
    fact = ChangesAccepted(at=desk.at, source=source, asked_about=asking.answers_mail)
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=Word.BENAR.value)


def several_drafts(desk: Desk) -> Sorted | None:
    """Are there several DOCX in answer to the draft of row 6? Nobody knows which of them is to go on."""
    cycle = cycle_meant(desk)
    about = word_wanted(desk, cycle) if cycle is not None else None
    if cycle is None or about is None or about.step is not Step.DRAFT:
        return None
    documents = _documents(desk, cycle)
    return _asked_back(desk, cycle, about, documents, Reason.SEVERAL_DOCX) if len(documents) > 1 else None


def loose_draft(desk: Desk) -> Sorted | None:
    """Is it a text of Subbag Program in answer to no draft, while the draft lies with them? It must not be passed over.

    Which version was edited is not known, so they are asked to send it in answer to that letter, as a DOCX.
    """
    cycle = next((cycle for cycle in desk.cycles if cycle.step is Step.DRAFT and not cycle.closed), None)
    if cycle is None or cycle.draft is None or all(person.role is not Role.PLANNING for person in desk.people):
        return None
    if any(word_wanted(desk, other) is not None for other in desk.cycles):
        return None
    documents = _documents(desk, cycle)
    if documents:
        return _asked_back(desk, cycle, asked_now(cycle), documents, Reason.LOOSE_DOCX)
    unread = _other_texts(desk)
    return _asked_back(desk, cycle, asked_now(cycle), unread, Reason.NOT_DOCX) if unread else None


def _documents(desk: Desk, cycle: Cycle) -> tuple[str, ...]:
    """Return the names of the different DOCX in a mail, the draft as we sent it left out."""
    ours = cycle.draft.docx_sha256 if cycle.draft is not None else ""
    found = {file.sha256: file.name for file in desk.mail.attachments if file.media_type == Paper.DOCX}
    return tuple(name for sha256, name in found.items() if sha256 != ours)


def _other_texts(desk: Desk) -> tuple[str, ...]:
    """Return the names of the files in a mail that were meant as texts and are no DOCX."""
    others = (file.name for file in desk.mail.attachments if file.media_type != Paper.DOCX)
    return tuple(name for name in others if name.casefold().endswith(_TEXTS))


def _asked_back(
    desk: Desk,
    cycle: Cycle,
    about: Asked,
    names: tuple[str, ...],
    reason: Literal[Reason.SEVERAL_DOCX, Reason.LOOSE_DOCX, Reason.NOT_DOCX],
) -> Sorted:
    """Ask the author of the draft back about files that came."""
    source = source_of(desk, speaker(desk, cycle, _author))
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(remarks=names), about=about, reason=reason)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=reason.value)


def unreadable_draft(desk: Desk) -> Sorted | None:
    """Is it a text in answer to the draft of row 6 that is no DOCX we can read? The draft does not go on without it."""
    cycle = cycle_meant(desk)
    about = word_wanted(desk, cycle) if cycle is not None else None
    if cycle is None or about is None or about.step is not Step.DRAFT or enclosed(desk, cycle, Paper.DOCX) is not None:
        return None
    unread = _other_texts(desk)
    return _asked_back(desk, cycle, about, unread, Reason.NOT_DOCX) if unread else None
