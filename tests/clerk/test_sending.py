"""Letting letters leave: at the office's pace, one refusal stopping no other, and what is in doubt not sent twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from mailbot.clerk.sending import DOUBT_WAIT, LEASE
from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.ledger.values import Changes, LetterState, OutboxLetter, Outgoing
from tests.clerk.post import OddPost, odd_office
from tests.office import CYCLE, ToyOffice

SECRETARY, OPERATOR = "sekretaris.disdukcapil@example.go.id", "operator.disdukcapil@example.go.id"
BAPPEDA = "bappeda.litbang@example.go.id"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office() -> ToyOffice:
    """The office before its first pass: one letter to the Sekretaris and one to the operator will be due."""
    return odd_office()[0]


def post_of(office: ToyOffice) -> OddPost:
    """Return the office's odd post."""
    assert isinstance(office.post, OddPost)
    return office.post


def first_letter(office: ToyOffice) -> OutboxLetter:
    """Return the letter of row 1 as the outbox knows it."""
    (letter,) = [queued for queued in office.ledger.letters.listing() if queued.kind == "data_needs"]
    return letter


def to_secretary(office: ToyOffice) -> list[bytes]:
    """Return every copy the Sekretaris has got of the letter of row 1."""
    return [raw for address, raw in office.post.delivered if address == SECRETARY]


def requests(office: ToyOffice) -> int:
    """Return how many letters of row 2 have left."""
    return sum(letter.kind.startswith("request") for letter in office.ledger.letters.listing(LetterState.SENT))


def pass_after(office: ToyOffice, pause: timedelta) -> None:
    """Let time pass, then make a pass."""
    office.clock.set_to(office.clock() + pause)
    office.works()


def paced(office: ToyOffice, per_minute: int, per_day: int) -> None:
    """Let letters leave at another pace."""
    office.has(pacing=office.clerk.books.pacing.but(per_minute=per_minute, per_day=per_day))


def test_no_more_letters_leave_in_a_minute_than_the_office_allows(office: ToyOffice) -> None:
    """Seven requests and a morning mail at three a minute."""
    office.works()
    office.days_pass(1)
    paced(office, 3, 400)
    day = office.office.calendar.next_working_day(office.office.calendar.local(office.clock()).date())
    office.clock.set_to(office.office.calendar.at(day, office.office.calendar.opens))
    sent = len(office.post.delivered)
    office.works()
    assert len(office.post.delivered) == sent + 3
    pass_after(office, MINUTE / 2)
    assert len(office.post.delivered) == sent + 3
    pass_after(office, MINUTE)
    assert len(office.post.delivered) == sent + 6
    pass_after(office, MINUTE + timedelta(seconds=1))
    assert requests(office) == 7


def test_no_more_letters_leave_in_a_day_than_the_office_allows(office: ToyOffice) -> None:
    """The rest leaves the day after."""
    paced(office, 20, 1)
    office.works()
    pass_after(office, timedelta(hours=23))
    assert len(office.post.delivered) == 1
    pass_after(office, timedelta(hours=2))
    assert len(office.post.delivered) == 2


def test_a_letter_refused_for_good_is_given_up_and_told_of_once(office: ToyOffice) -> None:
    """It is offered once; the operator and Subbag Program hear of it once, whatever the number of passes (F13)."""
    post_of(office).refusals[SECRETARY] = (550, "5.1.1 user unknown")
    office.works()
    office.days_pass(2)
    letter = first_letter(office)
    assert (letter.state, letter.last_error) == (LetterState.GIVEN_UP, "550 5.1.1 user unknown")
    assert post_of(office).offered.count(SECRETARY) == 1
    assert len(office.letters_to("operator", "undelivered")) == 1
    assert len(office.letters_to("perencanaan", "undelivered")) == 1
    assert office.ledger.letters.undelivered() == ()


def test_a_letter_refused_for_now_waits_longer_each_time_and_stops_no_other(office: ToyOffice) -> None:
    """After 1, 5 and 15 minutes; in the end it leaves, the very bytes (F12)."""
    post_of(office).breaks[SECRETARY] = [Refused(permanent=False, code=451, reply="4.2.0 later")] * 3
    office.works()
    raw = office.ledger.letters.raw(first_letter(office).key)
    assert [address for address, _ in office.post.delivered] == [OPERATOR]
    for tries, minutes in ((1, 1), (2, 5), (3, 15)):
        letter = first_letter(office)
        assert (letter.state, letter.tries) == (LetterState.PUT_OFF, tries)
        assert letter.due_at == office.clock() + minutes * MINUTE
        pass_after(office, minutes * MINUTE - timedelta(seconds=1))
        assert first_letter(office).tries == tries
        pass_after(office, timedelta(seconds=1))
    assert to_secretary(office) == [raw]


def test_a_letter_in_doubt_is_sent_again_byte_for_byte_after_the_wait(office: ToyOffice) -> None:
    """The line broke after its first byte; nothing proves that it arrived (F11)."""
    post_of(office).doubts[SECRETARY] = [(InDoubt("the line broke"), False)]
    office.works()
    letter = first_letter(office)
    assert (letter.state, letter.due_at) == (LetterState.IN_DOUBT, office.clock() + DOUBT_WAIT)
    pass_after(office, DOUBT_WAIT - MINUTE)
    assert to_secretary(office) == []
    pass_after(office, MINUTE)
    assert to_secretary(office) == [office.ledger.letters.raw(letter.key)]


def test_a_server_that_never_answers_for_a_letter_gets_each_one_twice_at_most(office: ToyOffice) -> None:
    """Six days of it: one repeat, the same bytes, then held and told; two letters a pass, and no sound way out."""
    post = post_of(office)
    for address in {person.addresses[0] for person in office.office.roster.people}:
        post.doubts[address] = [(InDoubt("no answer to the final dot"), True)] * 999
    office.works()
    for _ in range(6 * 24 * 4):
        offered = len(post.offered)
        pass_after(office, timedelta(minutes=15))
        assert len(post.offered) <= offered + 2
    copies = Counter(raw for _, raw in post.delivered)
    assert set(copies.values()) == {2}
    held = office.ledger.letters.held_in_doubt()
    assert first_letter(office) in held
    told = [letter.key for letter in held if letter.kind == "alarm"]
    assert f"alarm/in_doubt/{first_letter(office).key}/2" in told
    assert not any("alarm/in_doubt/alarm" in key for key in told)
    assert office.ledger.notes.read("way_out_failed")


def test_one_letter_that_is_never_answered_for_stops_no_other(office: ToyOffice) -> None:
    """The others leave in the same pass, and the way out counts as sound."""
    post = post_of(office)
    post.doubts[SECRETARY] = [(InDoubt("no answer to the final dot"), False)] * 999
    office.works()
    assert [address for address, _ in post.delivered] == [OPERATOR]
    assert not office.ledger.notes.read("way_out_failed")
    for _ in range(4 * 24):
        pass_after(office, timedelta(minutes=15))
    assert post.offered.count(SECRETARY) == 2
    assert len(office.letters_to("operator", "alarm")) == 1


def test_a_letter_in_doubt_that_is_found_in_the_sent_folder_is_not_sent_again(office: ToyOffice) -> None:
    """The provider filed it: it had been taken."""
    office.has(folders=office.clerk.post.boxes[0].folders.but(sent="Sent"))
    post = post_of(office)
    post.doubts[SECRETARY] = [(InDoubt("the line broke"), True)]
    office.works()
    post.copies.append(office.ledger.letters.raw(first_letter(office).key))
    pass_after(office, MINUTE)
    assert (first_letter(office).state, first_letter(office).reply) == (LetterState.SENT, "Sent")
    pass_after(office, DOUBT_WAIT)
    assert len(to_secretary(office)) == 1


def test_a_server_that_refuses_our_login_ends_the_pass_and_costs_no_try(office: ToyOffice) -> None:
    """The letter goes back as if it had never been claimed; the other one is not even offered (F14)."""
    post = post_of(office)
    away = PostUnavailable("535 wrong password", credentials=True)
    post.breaks = {SECRETARY: [away], OPERATOR: [away]}
    passed = office.works()
    assert (passed.sent, passed.locked_out, passed.trouble) == (0, True, ("535 wrong password",))
    assert len(post.offered) == 1
    assert {(letter.state, letter.tries) for letter in office.ledger.letters.listing()} == {(LetterState.QUEUED, 0)}
    post.breaks = {}
    assert office.works().sent == 0
    office.clock.set_to(office.clock() + timedelta(minutes=15))
    assert office.works().sent == 2


def test_letters_that_left_before_the_server_went_away_are_counted(office: ToyOffice) -> None:
    """What is done is done."""
    post_of(office).breaks[OPERATOR] = [PostUnavailable("gone")]
    passed = office.works()
    assert (passed.sent, passed.trouble) == (1, ("gone",))
    assert len(to_secretary(office)) == 1


def test_nothing_is_sent_once_the_claim_is_lost(office: ToyOffice) -> None:
    """The lease ran out before the first byte: somebody else has the letter now."""

    def lease_runs_out(place: str) -> None:
        if place == "connect" and first_letter(office).state is LetterState.SENDING:
            office.ledger.outbox.recover(office.clock() + LEASE, DOUBT_WAIT)
            office.ledger.outbox.hold(first_letter(office).key)

    office.post.seam = lease_runs_out
    office.works()
    assert to_secretary(office) == []
    assert first_letter(office).state is LetterState.HELD


def queued(office: ToyOffice, key: str, raw: bytes) -> Changes:
    """Return what queues the report to Bappeda."""
    letter = Outgoing(
        key=key,
        kind="submission",
        person="bappeda",
        address=BAPPEDA,
        message_id="<report@example.go.id>",
        raw=raw,
        due_at=office.clock(),
        cycle=CYCLE,
    )
    return Changes(at=office.clock(), letters=(letter,))


def test_a_report_in_doubt_waits_for_the_operator(office: ToyOffice) -> None:
    """Bappeda never gets it twice by itself; the operator is told each time it falls into doubt."""
    office.works()
    key = f"submission/{CYCLE}/1"
    ledger = office.ledger
    sent = ledger.letters.raw(first_letter(office).key)
    office.ledger.commit(queued(office, key, sent))
    post_of(office).doubts[BAPPEDA] = [(InDoubt("the line broke"), True)]
    office.works()
    pass_after(office, DOUBT_WAIT)
    (held,) = ledger.letters.listing(LetterState.HELD)
    assert held.key == key
    pass_after(office, timedelta(days=1))
    assert len([alarm for alarm in office.letters_to("operator", "alarm") if key in alarm.text]) == 1
    assert ledger.outbox.release(key)
    post_of(office).doubts[BAPPEDA] = [(InDoubt("the line broke again"), False)]
    office.works()
    pass_after(office, DOUBT_WAIT)
    pass_after(office, timedelta(days=1))
    assert len([alarm for alarm in office.letters_to("operator", "alarm") if key in alarm.text]) == 2
    assert ledger.outbox.release(key)
    office.works()
    assert [raw for address, raw in office.post.delivered if address == BAPPEDA] == [sent, sent]


@pytest.mark.parametrize("speaks", ["an answer", "a report"])
def test_a_letter_in_doubt_that_a_mail_speaks_of_is_not_sent_again(office: ToyOffice, speaks: str) -> None:
    """Who answers it has it, and a report about it names what only the letter bears; also a bad one proves it left."""
    post = post_of(office)
    post.doubts[SECRETARY] = [(InDoubt("the line broke"), True)]
    office.works()
    letter = first_letter(office)
    if speaks == "an answer":
        (seen,) = office.letters_to("sekretaris")
        office.answers("sekretaris", seen, "Baik, sudah kami terima suratnya.")
    else:
        office.arrives(report_about(letter))
    assert first_letter(office).state is LetterState.SENT
    assert first_letter(office).reply.endswith("speaks of it")
    pass_after(office, DOUBT_WAIT)
    assert to_secretary(office).count(office.ledger.letters.raw(letter.key)) == 1


def report_about(letter: OutboxLetter) -> bytes:
    """Return a report of non-delivery that carries the head of a letter."""
    return "\r\n".join(
        [
            "Return-Path: <>",
            "From: MAILER-DAEMON@example.go.id",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="batas"',
            "",
            "--batas",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.go.id",
            "",
            f"Final-Recipient: rfc822; {letter.address}",
            "Action: failed",
            "Status: 4.2.2",
            "",
            "--batas",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: {letter.message_id}",
            "",
            "--batas--",
            "",
        ]
    ).encode()


def test_a_letter_that_was_never_tried_is_not_proved_by_any_mail(office: ToyOffice) -> None:
    """No mail can truly speak of what never left."""
    changes = Changes(at=office.clock(), proved=((first_letter_queued(office).message_id, "a mail"),))
    office.ledger.commit(changes)
    assert first_letter(office).state is LetterState.QUEUED


def first_letter_queued(office: ToyOffice) -> OutboxLetter:
    """Let the letter of row 1 be decided, and nothing leave."""
    office.ledger.outbox.hold_all()
    office.works()
    return first_letter(office)


def test_a_letter_outside_every_cycle_that_is_given_up_is_told_to_the_operator(office: ToyOffice) -> None:
    """With its address and the server's words; the operator's own letters are told to nobody."""
    office.works()
    post = post_of(office)
    for person, address in (("kabid-piak", "kabid.piak@example.go.id"), ("operator", OPERATOR)):
        post.breaks[address] = [Refused(permanent=True, code=550, reply="5.1.1 tidak ada")]
        letter = Outgoing(
            key=f"guide/{person}",
            kind="guide",
            person=person,
            address=address,
            message_id=f"<{person}@x>",
            raw=b"Subject: x\r\n\r\n",
            due_at=office.clock(),
        )
        office.ledger.commit(Changes(at=office.clock(), letters=(letter,)))
    office.works()
    office.works()
    (alarm,) = office.letters_to("operator", "alarm")
    assert "kabid.piak@example.go.id: guide/kabid-piak, 550 5.1.1 tidak ada" in " ".join(alarm.text.split())
