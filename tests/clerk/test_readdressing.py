"""A letter that did not arrive goes to the present address: by one command, by the edit alone, by a second address."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.clerk.readdressing import try_again
from mailbot.core.model.sop import Step
from mailbot.ledger.values import LetterState
from tests.clerk.post import OddPost, odd_office
from tests.office import ToyOffice, requested

CAPIL = "kabid.capil@example.go.id"
MENDED = "bidang.capil@example.go.id"
SECOND = "capil.cadangan@example.go.id"
GONE = (550, "5.1.1 user unknown")


def edited(office: ToyOffice, key: str = "kabid-capil", **changed: object) -> None:
    """Let somebody's entry in the list be edited, as the daemon reads it anew."""
    people = tuple(
        replace(one, **changed) if one.key == key else one  # type: ignore[arg-type]  # fields of a person
        for one in office.office.roster.people
    )
    office.office = replace(office.office, roster=replace(office.office.roster, people=people))
    office.has(office=office.office)


def refused() -> tuple[ToyOffice, OddPost, str]:
    """Return the office in row 2, one request given up for an address that is gone, and that request's key."""
    office, post = odd_office()
    post.refusals[CAPIL] = GONE
    office.works()
    office.days_pass(3)
    lost = office.ledger.letters.listing(LetterState.GIVEN_UP)
    assert [letter.kind for letter in lost] == ["request"]
    assert office.cycle().step is Step.REQUEST
    return office, post, lost[0].key


def report(office: ToyOffice, key: str, recipient: str, status: str = "5.1.1") -> bytes:
    """Return the report of a letter that came back, with the header of the letter."""
    head = office.ledger.letters.raw(key).partition(b"\r\n\r\n")[0].decode()
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.go.id\r\nTo: {office.office.mailbox}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{status}.{recipient}>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=n\r\n\r\n"
        "--n\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--n\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.go.id\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"--n\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--n--\r\n"
    ).encode()


def test_the_edit_alone_sends_a_letter_that_was_given_up_to_the_mended_address() -> None:
    """The request leaves with the next pass, once, to the new address, and row 2 goes on (P7)."""
    office, post, key = refused()
    edited(office, addresses=(MENDED,))
    office.works()
    office.days_pass(1)
    (request,) = office.letters_to("kabid-capil", "request")
    assert request.address == MENDED
    assert f"<{MENDED}>".encode() in request.raw.partition(b"\r\n\r\n")[0]
    assert CAPIL.encode() not in request.raw
    assert post.offered.count(MENDED) == 1
    assert office.cycle().step is Step.COLLECT
    (noted,) = office.ledger.journal.of_event("letter_readdressed", office.clock() - timedelta(days=9))
    sent = hashlib.sha256(request.raw).hexdigest()
    assert dict(noted.detail) == {"letter": key, "former": CAPIL, "to": MENDED, "sent": sent}


def test_the_command_sends_it_to_the_present_address() -> None:
    """`mailbot outbox retry KEY`, with the list as it stands at that moment (P7)."""
    office, _, key = refused()
    edited(office, addresses=(MENDED,))
    letter = office.ledger.letters.by_key(key)
    assert letter is not None
    assert try_again(office.ledger, office.office, letter, office.clock()) == MENDED
    office.morning()
    assert [request.address for request in office.letters_to("kabid-capil", "request")] == [MENDED]


def test_a_letter_that_came_back_goes_to_the_mended_address_and_may_be_answered_there() -> None:
    """It was sent, and a report gave it back; the same command and the same edit are the way out (P7)."""
    office = requested()
    key = "request/2025/capil/kabid-capil"
    office.arrives(report(office, key, CAPIL))
    letter = office.ledger.letters.by_key(key)
    assert letter is not None
    assert (letter.state, letter.bounce) == (LetterState.SENT, "5.1.1")
    edited(office, addresses=(MENDED,))
    office.works()
    assert [request.address for request in office.letters_to("kabid-capil", "request")] == [MENDED]
    office.sends_form("kabid-capil", "CAPIL")
    assert office.unit("CAPIL").attempts == 1
    office.works()
    assert len(office.letters_to("kabid-capil", "request")) == 1


def test_an_address_mended_before_its_report_comes_is_used_once_it_has_come() -> None:
    """The edit came first: the report of the former address is what sends the letter on."""
    office = requested()
    edited(office, addresses=(MENDED,))
    office.works()
    assert office.letters_to("kabid-capil", "request") == []
    office.arrives(report(office, "request/2025/capil/kabid-capil", CAPIL))
    office.works()
    assert [request.address for request in office.letters_to("kabid-capil", "request")] == [MENDED]


def test_a_letter_that_still_waits_leaves_to_the_mended_address() -> None:
    """Refused for now at the old one; what was put off is not tried there any more."""
    office, post = odd_office()
    post.refusals[CAPIL] = (451, "4.2.0 try again later")
    office.works()
    office.days_pass(2)
    edited(office, addresses=(MENDED,))
    before = post.offered.count(CAPIL)
    office.days_pass(1)
    assert [request.address for request in office.letters_to("kabid-capil", "request")] == [MENDED]
    assert post.offered.count(CAPIL) == before


def test_reminders_go_to_the_second_address_while_the_first_is_known_to_fail() -> None:
    """And to the first again once the list names another (P7)."""
    office = requested()
    edited(office, second_address=SECOND)
    office.arrives(report(office, "request/2025/capil/kabid-capil", CAPIL))
    office.days_pass(6)
    reminders = [one for kind in ("reminder", "reminder_today") for one in office.letters_to("kabid-capil", kind)]
    assert reminders
    assert {one.address for one in reminders} == {SECOND}
    assert {one.address for one in office.letters_to("kabid-capil", "request")} == {CAPIL, SECOND}
    edited(office, addresses=(MENDED,))
    office.days_pass(10)
    later = [one.address for one in office.letters_to("kabid-capil", "reminder")]
    assert later[-1] == MENDED


def test_where_both_addresses_fail_each_is_tried_once() -> None:
    """No letter goes to and fro."""
    office, post, _ = refused()
    post.refusals[SECOND] = GONE
    edited(office, second_address=SECOND)
    office.days_pass(2)
    assert post.offered.count(SECOND) == 1
    assert post.offered.count(CAPIL) == 1


@pytest.mark.parametrize("key", ["request/2025/dafduk/kabid-dafduk", "data_needs/2025/sekretaris"])
def test_what_arrived_or_is_no_longer_wanted_is_not_sent_again(key: str) -> None:
    """A letter that nobody gave back stays where it is; one whose form is in, or whose row is over, is not repeated."""
    office = requested()
    known = office.ledger.letters.by_key(key)
    office.sends_form("kabid-dafduk", "DAFDUK")
    person = known.person if known is not None else "sekretaris"
    if known is not None:
        office.arrives(report(office, key, known.address))
    edited(office, key=person, addresses=("lain@example.go.id",))
    office.days_pass(1)
    assert "lain@example.go.id" not in {
        address for address, raw in office.post.delivered if b"Pengingat" not in raw and b"Tercatat" not in raw
    }


def test_a_letter_that_arrived_is_not_sent_again_by_the_command() -> None:
    """Only what was refused or came back."""
    office = requested()
    letter = office.ledger.letters.by_key("request/2025/capil/kabid-capil")
    assert letter is not None
    edited(office, addresses=(MENDED,))
    assert try_again(office.ledger, office.office, letter, office.clock()) == ""
