"""What machines write: reports on letters that did not arrive, and vacation replies; nothing else of theirs counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.chasing.absences import stand_in
from mailbot.core.model.facts import AbsenceNoticed, LetterUndelivered
from mailbot.core.model.mail import Automatic
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import Sorted

if TYPE_CHECKING:
    from mailbot.core.model.facts import Fact
    from mailbot.core.sorting.placing import Desk


def delivery_report(desk: Desk) -> Sorted | None:
    """Does it report what became of a letter? Only a report that carries our own Message-ID may mark anything."""
    if desk.mail.automatic not in {Automatic.BOUNCE, Automatic.DELAY, Automatic.DELIVERED}:
        return None
    facts: list[tuple[str, Fact]] = []
    for bounce, letter in zip(desk.mail.bounces, desk.bounced, strict=True):
        if letter is None or not letter.cycle or desk.mail.automatic is Automatic.DELIVERED:
            continue
        fact = LetterUndelivered(
            at=desk.at,
            letter=letter.key,
            kind=letter.kind,
            person=letter.person,
            address=letter.address,
            status=bounce.status,
            permanent=bounce.permanent and desk.mail.automatic is Automatic.BOUNCE,
            received_at=desk.mail.received_at,
        )
        facts.append((letter.cycle, fact))
    return Sorted(outcome=MailOutcome.BOUNCE, facts=tuple(facts), detail=desk.mail.automatic.value)


def robot(desk: Desk) -> Sorted | None:
    """Was it written by a robot? A proved vacation reply tells when somebody is back; nothing else of it counts."""
    if desk.mail.automatic is None:
        return None
    facts: tuple[tuple[str, Fact], ...] = ()
    if desk.mail.automatic is Automatic.VACATION and desk.office.policy.believes(desk.mail.proof):
        returns = date.fromisoformat(desk.mail.returns_on) if desk.mail.returns_on else None
        facts = tuple(
            (
                cycle.key,
                AbsenceNoticed(
                    at=desk.at,
                    person=person,
                    returns_on=returns,
                    deputy=stand_in(person, desk.mail.stands_in, desk.office, desk.at),
                    said=desk.mail.stands_in,
                    received_at=desk.mail.received_at,
                ),
            )
            for person in desk.people
            for cycle in desk.cycles
            if not cycle.closed
        )
    return Sorted(outcome=MailOutcome.ROBOT, facts=facts, detail=desk.mail.automatic.value)
