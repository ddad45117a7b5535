"""F24: a thousand vacation replies in one night: none is answered, each is kept and has its end."""

from __future__ import annotations

import pytest

from tests.office import requested


@pytest.mark.parametrize("replies", [150, pytest.param(1000, marks=pytest.mark.sweep)])
def test_a_thousand_vacation_replies_are_kept_and_none_is_answered(replies: int) -> None:
    """Nothing leaves that would not have left without them, and the unit still owes its form."""
    office = requested()
    sent = len(office.post.delivered)
    request = office.letter("kabid-dafduk", "request")
    before = office.unit("DAFDUK").state
    for number in range(replies):
        office.post.arrive(
            office.mail(
                "kabid-dafduk",
                request,
                f"Saya sedang cuti, surat ke-{number}.",
                extra=(("Auto-Submitted", "auto-replied"), ("Precedence", "bulk")),
            )
        )
    passed = office.works()
    assert (passed.received, passed.worked, passed.trouble) == (replies, replies, ())
    assert len(office.post.delivered) == sent
    counts = office.ledger.inbox.counts()
    assert (counts.waiting, counts.by_outcome) == (0, {"robot": replies})
    assert office.unit("DAFDUK").state == before
