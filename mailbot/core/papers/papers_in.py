"""Signed papers that a mail brings in rows 7 and 8, with a deciding word beside them or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.papers.awaited import awaited, is_paper
from mailbot.core.papers.paper_facts import PaperArrived
from mailbot.core.sorting.placing import Sorted, cycle_meant, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.papers.checked import PaperCheck
    from mailbot.core.sorting.placing import Desk


def papers_in(mails: Iterable[Desk]) -> tuple[PaperCheck, ...]:
    """Return the checks of the files of mails that may be signed papers, each file once."""
    found = {file.sha256: one.papers.get(file.sha256) for one in mails for file in one.mail.attachments}
    return tuple(check for check in found.values() if check is not None)


def signed_paper(desk: Desk) -> Sorted | None:
    """Is it a signed paper without a deciding word, from somebody of the house?"""
    cycle = cycle_meant(desk)
    papers = papers_in((desk,))
    if cycle is None or desk.said.word is not None or not awaited(cycle, desk.office) or not any(map(is_paper, papers)):
        return None
    person = speaker(desk, cycle)
    if person.role is Role.PLANNING_BOARD:
        return None
    fact = PaperArrived(
        at=desk.at,
        source=source_of(desk, person),
        papers=papers,
        about=word_wanted(desk, cycle),
        remarks=desk.said.remarks,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=papers[-1].verdict.value)
