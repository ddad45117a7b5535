"""Files in an object store while the clerk works: it carries after a pass, and a store that is away holds nobody up."""

from __future__ import annotations

from datetime import timedelta

from mailbot.clerk.keeping.carrying import Carrier
from mailbot.core.model.cycle import UnitState
from mailbot.ledger.elsewhere.carrying import carry_out, whereabouts
from mailbot.ledger.files_and_notes import FILES_STAY
from mailbot.ledger.values import KeptMail
from tests.ledger.elsewhere.shelf import on_a_shelf
from tests.office import requested

CAPIL = "kabid-capil"


def test_a_mail_whose_bytes_lie_in_a_store_that_is_away_waits_and_others_are_worked() -> None:
    """It is worked once the store answers, and the waiting counts as no failed try."""
    office = requested()
    shelf = on_a_shelf(office.ledger)
    at = office.clock()
    raw = office.mail(CAPIL, None, "Kapan tenggatnya?")
    waiting = KeptMail(account="dahulu", folder="INBOX", uid_validity=1, uid=1, received_at=at, raw=raw, sender="")
    office.ledger.inbox.keep([waiting], at)
    assert carry_out(office.ledger.engine, at).files
    shelf.away = True
    (mail,) = office.ledger.inbox.unsettled(9)
    office.sends_form(CAPIL, "CAPIL")
    assert office.unit("CAPIL").state is not UnitState.WAITING
    assert [each.id for each in office.ledger.inbox.unsettled(9)] == [mail.id]
    assert office.ledger.inbox.get(mail.id).attempts == 0
    shelf.away = False
    office.works()
    assert office.ledger.inbox.unsettled(9) == ()


def test_after_a_pass_some_are_carried_and_what_hinders_it_is_told_once() -> None:
    """Until somebody carries them back: then they stay."""
    office, carrier = requested(), Carrier()
    books = office.clerk.books
    assert carrier.look(books) == ""
    shelf = on_a_shelf(office.ledger, after=timedelta(days=5))
    assert carrier.look(books) == ""
    assert shelf.kept == {}
    office.clock.set_to(office.clock() + timedelta(days=6))
    shelf.away = True
    assert "does not answer" in carrier.look(books)
    assert carrier.look(books) == ""
    shelf.away = False
    books.ledger.notes.write(FILES_STAY, "yes")
    carrier.look(books)
    assert shelf.kept == {}
    books.ledger.notes.write(FILES_STAY, "")
    carrier.look(books)
    assert len(shelf.kept) == min(20, whereabouts(office.ledger.engine).elsewhere) > 0
