"""A refused login is left alone for a quarter of an hour, and nothing else with it (F14)."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

from mailbot.clerk.logins import OUTGOING, logins_of, paused, resume
from mailbot.errors import PostUnavailable
from tests.clerk.post import OddPost, letter_from, odd_office
from tests.office import ToyOffice

REFUSED = PostUnavailable("wrong password", credentials=True)


class Doorman:
    """Counts who comes to a mailbox, and lets nobody in while the password is wrong."""

    def __init__(self, post: OddPost) -> None:
        """Stand at the door of a mailbox; the password is wrong at first."""
        self.post = post
        self.wrong = True
        self.came = 0

    def opens(self) -> nullcontext[OddPost]:
        """Open, or refuse."""
        self.came += 1
        if self.wrong:
            raise REFUSED
        return nullcontext(self.post)


def locked_office() -> tuple[ToyOffice, OddPost, Doorman]:
    """Return an office whose second mailbox refuses us."""
    office, first = odd_office()
    door = Doorman(OddPost(office.clock))
    box = replace(office.clerk.post.boxes[0], account="bersama", open_mailbox=door.opens)
    office.has(boxes=(*office.clerk.post.boxes, box))
    return office, first, door


def test_a_refused_mailbox_is_tried_once_in_a_quarter_of_an_hour() -> None:
    """All the while the first one is read at every pass."""
    office, first, door = locked_office()
    passed = office.works()
    assert (passed.locked_out, passed.paused, passed.trouble) == (True, ("bersama",), ("wrong password",))
    began = office.clock()
    for minutes in range(1, 15):
        office.clock.set_to(began + timedelta(minutes=minutes))
        first.arrive(letter_from("orang@luar.example", f"{minutes}"))
        passed = office.works()
        assert (passed.received, passed.locked_out, passed.paused, passed.trouble) == (1, False, ("bersama",), ())
    assert door.came == 1
    office.clock.set_to(began + timedelta(minutes=15))
    office.works()
    assert door.came == 2
    assert paused(office.ledger, ["bersama"]) == {"bersama": began}


def test_a_mailbox_that_lets_us_in_again_is_paused_no_more() -> None:
    """At the next try, or at once when somebody has mended it."""
    office, _, door = locked_office()
    office.works()
    door.wrong = False
    office.works()
    assert door.came == 1
    resume(office.ledger, logins_of(office.clerk.post.boxes))
    passed = office.works()
    assert (door.came, passed.paused) == (2, ())
    assert paused(office.ledger, ["bersama"]) == {}


def test_a_refused_way_out_keeps_every_letter_and_is_left_alone() -> None:
    """Mail is read and decided meanwhile; what was decided leaves when the login is mended."""
    office, post = odd_office()
    tries: list[int] = []

    def opens() -> nullcontext[OddPost]:
        tries.append(1)
        raise REFUSED

    whole = office.clerk
    office.has(open_courier=opens)
    for _ in range(3):
        office.works()
    assert (len(tries), paused(office.ledger, [OUTGOING]), post.delivered) == (1, {OUTGOING: office.clock()}, [])
    waiting = office.ledger.letters.counts().queued
    assert waiting > 0
    resume(office.ledger, [OUTGOING])
    office.clerk = whole
    assert office.works().sent >= waiting
    assert office.ledger.letters.counts().queued == 0
