"""Each unit of work by itself: it says what is left, lets answers go first, and takes the place of one that is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.clerk import units
from mailbot.clerk.passing import do_unit
from mailbot.clerk.units import Done, Gone, Unit
from mailbot.ledger.values import LetterState
from tests.office import ToyOffice


def test_mail_is_kept_worked_and_answered_by_units_called_apart() -> None:
    """Each says whether it moved something; called again, it finds nothing to do."""
    office = ToyOffice()
    office.works()
    office.post.arrive(office.mail("sekretaris", None, "STATUS"))
    assert do_unit(office.clerk, Unit.TICK).moved == 0
    assert do_unit(office.clerk, Unit.WATCH) == Done(moved=1)
    assert do_unit(office.clerk, Unit.TICK) == Done(calls=(Unit.WORK,)), "an answer goes before reminders"
    assert do_unit(office.clerk, Unit.WORK) == Done(moved=1)
    assert do_unit(office.clerk, Unit.TICK) == Done(calls=(Unit.SEND, Unit.RENDER))
    assert do_unit(office.clerk, Unit.SEND) == Done(moved=1)
    assert not any(do_unit(office.clerk, unit).moved for unit in Unit)
    assert len(office.letters_to("sekretaris", "status")) == 1


def test_a_flood_is_worked_some_at_a_time_and_what_failed_waits_a_minute() -> None:
    """More mails than are worked at a time are said to be left; one that failed is not tried again at once."""
    office = ToyOffice()
    office.works()
    for _ in range(units.AT_A_TIME + 1):
        office.post.arrive(office.mail("sekretaris", None, "STATUS"))
    do_unit(office.clerk, Unit.WATCH)
    whole = office.clerk
    office.has(template_folders=())  # no answer can be written
    assert units.work(office.clerk, most=1).trouble
    office.clerk = whole
    assert do_unit(office.clerk, Unit.WORK) == Done(moved=units.AT_A_TIME, left=True)
    assert do_unit(office.clerk, Unit.WORK) == Done()
    office.clock.set_to(office.clock() + timedelta(minutes=1))
    do_unit(office.clerk, Unit.WORK)
    assert not office.ledger.inbox.unsettled(1)


def test_a_sender_that_was_replaced_finds_its_claim_gone_before_the_first_byte() -> None:
    """Whoever sends now takes back what another has in hand; that one may not begin, and the letter leaves once."""
    office = ToyOffice()
    office.works()
    office.post.arrive(office.mail("sekretaris", None, "STATUS"))
    for unit in (Unit.WATCH, Unit.WORK):
        do_unit(office.clerk, unit)
    paused = office.ledger.outbox.claim_due(office.clock(), "another", timedelta(minutes=15))
    assert paused is not None
    assert do_unit(office.clerk, Unit.SEND) == Done(moved=1)
    assert not office.ledger.outbox.mark_data(paused)
    letter = office.ledger.letters.by_key(paused.key)
    assert letter is not None
    assert letter.state is LetterState.SENT


def test_a_mailbox_that_is_no_more_is_left() -> None:
    """It was taken out of the settings meanwhile."""
    with pytest.raises(Gone):
        do_unit(ToyOffice().clerk, Unit.WATCH, "former@mail.example.go.id")
