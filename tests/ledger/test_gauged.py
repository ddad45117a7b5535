"""What a machine is watched by, on both databases: counts, the oldest that waits, deadlines, notes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.errors import LedgerProblem
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.looking.gauged import Gauged, gauged
from tests.ledger.examples import MINUTE, NOW, a_full_cycle, a_letter, a_mail, opening, queueing


def test_an_empty_ledger_has_nothing_that_waits(url: str) -> None:
    """No mail, no letter, no deadline, no moment."""
    open_ledger(url).close()
    found = gauged(url)
    assert found == Gauged(
        mails={},
        oldest_unworked=None,
        letters={},
        oldest_due=None,
        read={},
        cycles_due=(),
        forms_due=(),
        journal_lines=0,
        notes={},
    )
    assert found.noted_at("proved_poll") is None


def test_it_tells_what_waits_since_when_and_what_is_due(url: str) -> None:
    """A mail, a letter, a cycle with its forms, a note; moments with their zone, whatever the database keeps."""
    cycle = a_full_cycle("2026-tw1")
    with open_ledger(url) as ledger:
        ledger.commit(opening(cycle))
        ledger.inbox.keep([a_mail(1), a_mail(2)], NOW)
        ledger.commit(queueing(a_letter("a"), a_letter("b")))
        ledger.notes.write("proved_poll", (NOW + MINUTE).isoformat())
        lines = ledger.journal.head().count
    found = gauged(url)
    assert (found.mails, found.letters) == ({"": 2}, {"queued": 2})
    assert (found.oldest_unworked, found.oldest_due) == (a_mail(1).received_at, a_letter("a").due_at)
    assert found.cycles_due == (cycle.due_at,)
    awaited = [form.due_at for form in cycle.units if form.accepted_at is None and form.due_at is not None]
    assert sorted(found.forms_due) == sorted(awaited)
    assert found.journal_lines == lines
    proved = found.noted_at("proved_poll")
    assert proved is not None
    assert proved - NOW == timedelta(minutes=1)


def test_where_there_is_no_ledger_it_says_so() -> None:
    """Nothing is made by looking."""
    with pytest.raises(LedgerProblem, match="There is no ledger"):
        gauged("sqlite:////tidak/ada.db")
