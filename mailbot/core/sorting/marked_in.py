"""Deciding words with the files that came beside them, and such files without a word (SOP rows 1 and 6 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import VERDICTS, WITH_REASON, Said, Word
from mailbot.core.model.facts import AnswerUnclear, VerdictGiven
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Paper, evidence_in
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.core.papers.papers_in import papers_in
from mailbot.core.procedure.speakers import may_say
from mailbot.core.procedure.word_asked import asked_now, current
from mailbot.core.remarks.returned import ReturnedKind
from mailbot.core.remarks.together import joined, says_nothing, speaks, to_be_seen
from mailbot.core.sorting.free_text import in_turn, kept_for
from mailbot.core.sorting.placing import Sorted, cycle_meant, enclosed, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.letters_in_answer import WhatLacks
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.people import Person
    from mailbot.core.remarks.returned import ReturnedFile
    from mailbot.core.sorting.placing import Desk

_LAID_BEFORE = frozenset({Step.REVIEW, Step.RATIFY})
_PASSED_ON = frozenset({Paper.DOCX, Paper.PDF})


def verdict(desk: Desk, cycle: Cycle, said: Said, meant: Word) -> VerdictGiven:
    """Make the fact of a deciding word, said in the post that may say it now, or ever.

    A Word file that says nothing but what the draft says stands for nothing beside it.
    """

    def rank(person: Person) -> int:
        return 0 if may_say(person.role, meant, cycle.step) else 1 if may_say(person.role, meant) else 2

    kept = kept_for(desk, said)
    mails = (desk,) if kept is None else (desk, kept)
    document, signed = (
        next((file for one in mails if (file := _beside(one, cycle, kind)) is not None), None)
        for kind in (Paper.DOCX, Paper.PDF)
    )
    back = tuple({file.file_sha256: file for one in mails for file in returned_in(one)}.values())
    return VerdictGiven(
        at=desk.at,
        source=source_of(desk, speaker(desk, cycle, rank)),
        said=replace(said, remarks=(*kept.said.remarks, *said.remarks)) if kept is not None else said,
        about=word_wanted(desk, cycle),
        letter_gone=desk.letter_gone,
        document_sha256=document.sha256 if document is not None else "",
        document_name=document.name if document is not None else "",
        signed_pdf_sha256=signed.sha256 if signed is not None else "",
        signed_pdf_name=signed.name if signed is not None else "",
        papers=papers_in(mails),
        remark_answers=desk.with_answers[1],
        marked=joined(back),
        returned=tuple(dict.fromkeys(sha256 for one in mails for sha256 in _to_pass_on(one))),
        confirms=any(letter.kind == LetterKind.DRAFT_HELD and current(cycle, letter.asks) for letter in desk.about),
    )


def returned_in(desk: Desk) -> tuple[ReturnedFile, ...]:
    """Return what is marked in the files of a mail, in their order."""
    return tuple(back for file in desk.mail.attachments for back in desk.returned if back.file_sha256 == file.sha256)


def _beside(desk: Desk, cycle: Cycle, kind: Paper) -> Attachment | None:
    """Return the first file of that kind that stands for something."""
    silent = {file.file_sha256 for file in returned_in(desk) if kind is Paper.DOCX and says_nothing(file)}
    files = tuple(file for file in desk.mail.attachments if file.sha256 not in silent)
    return enclosed(replace(desk, mail=replace(desk.mail, attachments=files)), cycle, kind)


def _to_pass_on(desk: Desk) -> tuple[str, ...]:
    """Return the files of a mail in which something is marked, as far as they may go on to others.

    What cannot be read to the end goes to nobody, nor what holds numbers like a NIK.
    """
    held = {file.file_sha256 for file in evidence_in(desk.mail) if file.held}
    safe = {
        file.sha256
        for file in desk.mail.attachments
        if file.media_type in _PASSED_ON or file.media_type.startswith("image/")
    }
    return tuple(
        file.file_sha256 for file in returned_in(desk) if not says_nothing(file) and file.file_sha256 in safe - held
    )


def marked_document(desk: Desk) -> Sorted | None:
    """Is it a file in answer to a draft laid before a reader, without a word? Where remarks are in it, it is a refusal.

    A note on a paper that somebody has signed is none.
    """
    cycle = cycle_meant(desk)
    about = _laid(desk, cycle) if cycle is not None else None
    if cycle is None or about is None:
        return None
    back = returned_in(desk)
    signed = {sha256 for sha256, check in desk.papers.items() if check.signatures}
    unknown = not back and _beside(desk, cycle, Paper.DOCX) is not None
    marked = joined(file for file in back if file.file_sha256 not in signed)
    if not (unknown or speaks(marked) or any(map(_is_damaged_document, back))):
        return None
    fact = verdict(desk, cycle, Said(word=Word.PERBAIKI, remarks=desk.said.remarks), Word.PERBAIKI)
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=Word.PERBAIKI.value)


def unmarked_document(desk: Desk) -> Sorted | None:
    """Is it such a file in which nothing is marked, or that only a person can look at? It is asked about, and kept."""
    cycle = cycle_meant(desk)
    about = _laid(desk, cycle) if cycle is not None else None
    back = returned_in(desk)
    if cycle is None or about is None or not back or desk.said.remarks:
        return None
    marked = joined(back)
    if marked.unread_text:
        return _asked_back(desk, cycle, about, Reason.NOT_DOCX)
    if marked.remarks or to_be_seen(marked):
        return _asked_back(desk, cycle, about, Reason.TO_BE_SEEN)
    documents = any(file.kind is ReturnedKind.DOCX for file in back)
    return _asked_back(desk, cycle, about, Reason.NO_MARKS) if documents else None


def loose_marks(desk: Desk) -> Sorted | None:
    """Is it such a file in answer to no letter, from whoever the draft lies before? It is kept, and asked about.

    Which draft he has marked is not known, so the question names the present one; a refusal in answer takes the file.
    """
    cycle = laid_before(desk)
    said = desk.said
    if cycle is None or said.unclear or (said.word is not None and said.word not in VERDICTS & WITH_REASON):
        return None
    if any(word_wanted(desk, other) is not None for other in desk.cycles):
        return None
    if in_turn(desk, cycle) is None or all(map(says_nothing, returned_in(desk))):
        return None
    return _asked_back(desk, cycle, asked_now(cycle), Reason.LOOSE_MARKS)


def laid_before(desk: Desk) -> Cycle | None:
    """Return the cycle whose draft lies before a reader, and that a mail may be about; None where there is none."""
    meant = cycle_meant(desk)
    if desk.about or (meant is not None and meant.step in _LAID_BEFORE and not meant.closed):
        return meant
    return next((cycle for cycle in desk.cycles if cycle.step in _LAID_BEFORE and not cycle.closed), None)


def _laid(desk: Desk, cycle: Cycle) -> Asked | None:
    """Return what a letter asked that laid a draft before its reader, where he answers it without a word."""
    about = word_wanted(desk, cycle)
    if about is None or about.step not in _LAID_BEFORE or desk.said.word is not None or desk.said.unclear:
        return None
    return about


def _is_damaged_document(file: ReturnedFile) -> bool:
    """Say whether a Word file is damaged, so that nobody knows whether something else is marked in it."""
    return file.kind is ReturnedKind.DOCX and bool(file.marked.damaged) and not file.unread


def _asked_back(desk: Desk, cycle: Cycle, about: Asked, reason: WhatLacks) -> Sorted:
    """Ask which word is meant by files that came without one; they are kept for it."""
    source = source_of(desk, speaker(desk, cycle))
    names = tuple(file.file_name for file in returned_in(desk))
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(remarks=names), about=about, reason=reason)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=reason.value)
