"""Whether the whole house, not only the reader, keeps silent to robots: each arrives as if its sender were listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.core.model.people import Person, Role
from tests.office import ToyOffice

_UNIT = "PIAK"
_ALL = 100_000


def answers_to(mails: Iterable[bytes], senders: Iterable[str]) -> int:
    """Let mails arrive at the sample office, their senders being on its list; return how many answers it decided."""
    office = ToyOffice()
    anybody = Person(
        key="siapa-saja",
        role=Role.SECTION_HEAD,
        title="Kepala Seksi",
        name="Siapa saja",
        addresses=tuple(sorted(set(senders))),
        unit=_UNIT,
    )
    roster = replace(office.office.roster, people=(*office.office.roster.people, anybody))
    pacing = office.clerk.books.pacing.but(answers_per_day=_ALL, answers_in_all_per_day=_ALL)
    policy = replace(office.office.policy, answers_per_day=_ALL)
    listed = replace(office.office, roster=roster, policy=policy)
    office.office = listed
    office.has(office=listed, pacing=pacing)
    office.works()
    for raw in mails:
        office.post.arrive(raw)
    office.works()
    return sum(letter.is_answer for letter in office.ledger.letters.listing(limit=_ALL))
