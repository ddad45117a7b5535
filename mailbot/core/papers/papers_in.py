"""Signed papers that a mail brings in rows 7 and 8, with a deciding word beside them or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited as lacking
from mailbot.core.delivery.delivery_facts import PaperLooked
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import OUTSIDE, Role
from mailbot.core.papers.awaited import awaited, is_paper
from mailbot.core.papers.paper_facts import PaperArrived
from mailbot.core.sorting.placing import Sorted, answered_cycle, cycle_meant, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.papers.checked import PaperCheck
    from mailbot.core.sorting.placing import Desk


_SIGNATURES = frozenset({Awaited.SIGNED_REPORT, Awaited.SIGNED_COVER})


def papers_in(mails: Iterable[Desk]) -> tuple[PaperCheck, ...]:
    """Return the checks of the files of mails that may be signed papers, each file once."""
    found = {file.sha256: one.papers.get(file.sha256) for one in mails for file in one.mail.attachments}
    return tuple(check for check in found.values() if check is not None)


def signed_paper(desk: Desk) -> Sorted | None:
    """Is it a signed paper without a deciding word, from somebody of the house, or whatever we are sent for one?"""
    cycle = cycle_meant(desk)
    papers = papers_in((desk,))
    if cycle is None or desk.said.word is not None or not papers or not awaited(cycle, desk.office):
        return None
    person = speaker(desk, cycle)
    # Whoever is to sign answers a reminder too, and then hears what is wrong with what he has sent.
    his_move = person.role is Role.AGENCY_HEAD and lacking(cycle, desk.office) in _SIGNATURES
    asked = his_move or any(letter.kind == LetterKind.PAPER_WANTED for letter in desk.about)
    if person.role in OUTSIDE or not (asked or any(map(is_paper, papers))):
        return None
    fact = PaperArrived(
        at=desk.at,
        source=source_of(desk, person),
        papers=papers,
        about=word_wanted(desk, cycle),
        remarks=desk.said.remarks,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=papers[-1].verdict.value)


def paper_looked_at(desk: Desk) -> Sorted | None:
    """Does it say BENAR or SALAH to our question whether a paper is the signed one?"""
    cycle = answered_cycle(desk)
    asking = next((letter for letter in desk.about if letter.kind == LetterKind.PAPER_SHOWN), None)
    if cycle is None or asking is None or desk.said.word not in {Word.BENAR, Word.SALAH}:
        return None
    source = source_of(desk, speaker(desk, cycle, lambda person: 0 if person.role is Role.PLANNING else 1))
    paper = asking.key.rpartition("/")[2]
    fact = PaperLooked(at=desk.at, source=source, paper=paper, word=desk.said.word)
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=desk.said.word.value)
