"""F13 on real servers: refused at RCPT or bounced later, it is told the same day and the second address tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import LetterState, OutboxLetter
from mailbot.rehearsal.keyboard import Keyboard
from tests.servers.real_mail import RealMail
from tests.servers.real_office import PASSWORD, RealOffice, real_office

pytestmark = pytest.mark.servers

HEAD, SECOND = "kabid-capil", "kabid.capil.pribadi@example.go.id"


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office on its first morning."""
    with real_office(tmp_path, real_mail, {}) as at_work:
        yield at_work


def moves_away(office: RealOffice, servers: RealMail, gone: str) -> None:
    """Let a head of a unit have an address that is gone, and a second one that is not."""
    servers.add_accounts({SECOND: PASSWORD})
    people = tuple(
        replace(person, addresses=(gone,), second_address=SECOND) if person.key == HEAD else person
        for person in office.office.roster.people
    )
    listed = replace(office.office, roster=replace(office.office.roster, people=people))
    office.has(office=listed)
    office.keyboards = {
        **office.keyboards,
        HEAD: Keyboard(
            address=SECOND,
            display="Kepala Bidang",
            imap=servers.imap(SECOND),
            smtp=servers.smtp(SECOND),
            now=office.clock,
        ),
    }
    office.keyboards[HEAD].new_mail()


def letters(office: RealOffice, address: str) -> list[OutboxLetter]:
    """Return every letter to an address, the oldest first."""
    every = office.clerk.books.ledger.letters.listing(limit=1000)
    return sorted((one for one in every if one.address == address), key=lambda one: one.id)


def told_and_tried_again(office: RealOffice, refused: OutboxLetter) -> None:
    """Hold what must follow on the same day; then the form comes back from the second address and is accepted."""
    today = office.office.calendar.local(office.clock()).date()
    for key in ("operator", "perencanaan"):
        told = office.letter(key, "undelivered")
        assert refused.address in told.text
        listed = office.clerk.books.ledger.letters.by_message_id((told.message_id,))
        assert listed is not None
        assert listed.sent_at is not None
        assert office.office.calendar.local(listed.sent_at).date() == today
    again = office.letter(HEAD, "request")
    assert [(one.kind, one.state) for one in letters(office, SECOND)] == [("request", LetterState.SENT)]
    office.sends_form(HEAD, again)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED


def test_a_letter_refused_at_rcpt_is_told_of_the_same_day_and_the_second_address_tried(
    office: RealOffice, real_mail: RealMail
) -> None:
    """Postfix knows no such address and says so at once; the other units have their letters."""
    gone = "kabid.capil.pindah@example.go.id"
    moves_away(office, real_mail, gone)
    office.works()
    office.next_morning()
    office.next_morning()
    (refused,) = letters(office, gone)
    assert refused.state is LetterState.GIVEN_UP
    assert refused.last_error.startswith("550 5.1.1")
    assert office.letter("kabid-piak", "request").file(".xlsx") is not None
    told_and_tried_again(office, refused)


def test_a_letter_bounced_later_is_told_of_the_same_day_and_the_second_address_tried(
    office: RealOffice, real_mail: RealMail
) -> None:
    """Postfix takes it, Dovecot does not; the report that comes back names exactly that letter."""
    gone = "kabid.capil.hilang@example.go.id"
    real_mail.leads_nowhere(gone)
    moves_away(office, real_mail, gone)
    office.works()
    office.next_morning()
    office.next_morning()
    real_mail.wait_until_delivered()
    office.works()
    (bounced,) = letters(office, gone)
    assert office.clerk.books.ledger.inbox.counts().by_outcome == {MailOutcome.BOUNCE: 1}
    told_and_tried_again(office, bounced)
