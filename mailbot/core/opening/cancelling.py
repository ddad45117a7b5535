"""A cycle opened by mistake is withdrawn: who was asked is told once, and what comes later is answered, and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing import undelivered
from mailbot.core.model.facts import LetterUndelivered
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening.letters_of_opening import CycleCancelledTold
from mailbot.core.opening.opening_facts import Cancelled
from mailbot.core.procedure.addressing import holder, in_answer, line, make_letter, on_initiative

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.opening.opening_facts import CycleCancelled


def cancel(cycle: Cycle, fact: CycleCancelled, office: Office) -> Outcome:
    """Withdraw a cycle whose report is not ratified, and tell everybody who heard of it, each once.

    Subbag Program is told in any case; the operator, who ordered it, is not.
    """
    if ratified(cycle):
        return Outcome(cycle=cycle)
    day = office.calendar.local(fact.at).date()
    planning = holder(Role.PLANNING, office, fact.at)
    keys = fact.written_to | ({planning.key} if planning is not None else set())
    people = (one for one in office.roster.people if one.key in keys and one.in_office(day))
    told = {one.addresses[0]: one for one in people if one.role is not Role.OPERATOR}
    letters = tuple(
        make_letter(
            CycleCancelledTold(since=fact.at),
            cycle,
            on_initiative(one, office, fact.at),
            one.key,
            remarks=(fact.reason,),
        )
        for one in told.values()
    )
    note = line(fact.at, "cycle_cancelled", fact.by, cycle=cycle.key, reason=fact.reason)
    gone = replace(cycle, cancelled=Cancelled(at=fact.at, reason=fact.reason, by=fact.by))
    return Outcome(cycle=gone, letters=letters, journal=(note,), done=True)


def ratified(cycle: Cycle) -> bool:
    """Say whether the Kepala Dinas has given his word: what is wrong then is put right by KOREKSI."""
    word = cycle.verdicts[-1] if cycle.verdicts else None
    given = word is not None and word.step is Step.RATIFY and word.approved
    return given or cycle.closed or cycle.delivery is not None or cycle.corrected > 0


def after_cancelling(cycle: Cycle, fact: Fact, why: Cancelled, office: Office) -> Outcome:
    """Answer whatever is said to a cycle that was cancelled: it is kept with its mail, and nothing comes of it."""
    if isinstance(fact, LetterUndelivered):
        noted = undelivered.letter_undelivered(cycle, fact, office)
        # What it asked for before is asked no more; whom the end of the cycle did not reach somebody else must tell.
        return noted if fact.kind == LetterKind.CYCLE_CANCELLED else replace(noted, letters=())
    source: Source | None = getattr(fact, "source", None)
    if source is None:
        return Outcome(cycle=cycle)
    about = CycleCancelledTold(since=why.at, replies=True)
    letter = make_letter(about, cycle, in_answer(source), remarks=(why.reason,))
    note = line(fact.at, "answered", source.person.key, kind=about.letter_kind.value, word="", reason="cancelled")
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))
