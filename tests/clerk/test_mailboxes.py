"""Several mailboxes: each read by itself, one that fails stops no other, and letters leave from the first alone."""

from __future__ import annotations

import re
from contextlib import nullcontext

from mailbot.clerk.parts import Box
from mailbot.clerk.receiving import receive
from mailbot.clerk.reconciling import reconcile
from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import PostUnavailable
from tests.clerk.post import OddPost, letter_from, odd_office
from tests.office import ACCOUNT, AUTHSERV_ID, ToyOffice

STRANGER = "orang@luar.example"


def two_mailboxes(authserv_ids: tuple[str, ...] = ()) -> tuple[ToyOffice, OddPost, OddPost]:
    """Return an office with a second mailbox at another server, its cycle open."""
    office, first = odd_office()
    second = OddPost(office.clock)
    main = office.clerk.post.boxes[0]
    folders = main.folders.but(extra=("Junk",))
    box = Box(account="bersama", folders=folders, open_mailbox=lambda: nullcontext(second))
    office.has(boxes=(main, box), believed={ACCOUNT: (AUTHSERV_ID,), "bersama": authserv_ids})
    office.works()
    return office, first, second


def test_every_mailbox_is_read_under_a_name_of_its_own() -> None:
    """The same UIDs in two mailboxes are different mails."""
    office, first, second = two_mailboxes()
    first.arrive(letter_from(STRANGER, "satu"))
    second.arrive(letter_from(STRANGER, "dua"))
    second.arrives_in("Junk", letter_from(STRANGER, "tiga"))
    assert office.works().received == 3
    places = {(mail.account, mail.folder, mail.uid) for mail in office.ledger.inbox.listing()}
    assert places == {("toy", "INBOX", 1), ("bersama", "INBOX", 1), ("bersama", "Junk", 2)}
    proof = reconcile(office.ledger)
    assert [(count.account, count.folder, count.rows) for count in proof.counts] == [
        ("bersama", "INBOX", 1),
        ("bersama", "Junk", 1),
        ("toy", "INBOX", 1),
    ]
    assert proof.difference == 0


def test_what_comes_to_the_second_mailbox_is_answered_from_the_first() -> None:
    """One sender for all letters, so that every thread stays one."""
    office, first, second = two_mailboxes()
    second.arrive(office.mail("kabid-piak", None, "STATUS"))
    office.works()
    assert office.letter("kabid-piak", "status").address == "kabid.piak@example.go.id"
    assert (len(first.delivered) > 0, second.delivered) == (True, [])


def test_a_mail_to_both_mailboxes_is_answered_once() -> None:
    """Each server writes lines of its own on top; what was said is the same."""
    office, first, second = two_mailboxes()
    raw = office.mail("kabid-piak", None, "STATUS")
    first.arrive(raw)
    second.arrive(b"Received: from lain\r\n" + raw)
    office.works()
    assert len(office.letters_to("kabid-piak", "status")) == 1
    assert [mail.outcome for mail in office.ledger.inbox.listing()] == [MailOutcome.DUPLICATE, MailOutcome.COMMAND]


def test_a_mailbox_that_cannot_be_reached_stops_no_other() -> None:
    """Whichever of the two it is."""
    office, first, second = two_mailboxes()
    second.mailbox_away = PostUnavailable("the second is away")
    first.arrive(letter_from(STRANGER, "satu"))
    passed = office.works()
    assert (passed.received, passed.trouble) == (1, ("the second is away",))
    second.mailbox_away, first.mailbox_away = None, PostUnavailable("the first is away")
    second.arrive(letter_from(STRANGER, "dua"))
    passed = office.works()
    assert (passed.received, passed.trouble) == (1, ("the first is away",))


def test_each_server_is_believed_in_its_own_mailbox_alone() -> None:
    """A line that our own server would have written proves nothing on mail that another server took in."""
    office, _, second = two_mailboxes()
    forged = office.mail("perencanaan", None, "PERPANJANG PIAK 2026-01-30")
    assert re.search(rb"Authentication-Results: " + AUTHSERV_ID.encode(), forged)
    second.arrive(forged)
    office.works()
    assert len(office.letters_to("perencanaan", "challenge")) == 1
    trusted, _, second = two_mailboxes((AUTHSERV_ID,))
    second.arrive(trusted.mail("perencanaan", None, "PERPANJANG PIAK 2026-01-30"))
    trusted.works()
    assert trusted.letters_to("perencanaan", "challenge") == []


def test_a_mailbox_that_is_ours_no_more_is_believed_no_more() -> None:
    """Mail that still waits from there is read, and has to be proved otherwise."""
    office, _, second = two_mailboxes((AUTHSERV_ID,))
    box = office.clerk.post.boxes[1]
    second.arrive(office.mail("perencanaan", None, "PERPANJANG PIAK 2026-01-30"))
    with box.open_mailbox() as mailbox:
        receive(office.clerk.books, box, mailbox, size_limit_bytes=1_000_000)
    office.has(boxes=office.clerk.post.boxes[:1], believed={ACCOUNT: (AUTHSERV_ID,)})
    office.works()
    assert len(office.letters_to("perencanaan", "challenge")) == 1


def test_a_mailbox_that_moved_to_another_server_is_read_anew_without_a_second_effect() -> None:
    """All of its mail lies there under new numbers; what came meanwhile is answered."""
    office, first, _ = two_mailboxes()
    office.has(boxes=office.clerk.post.boxes[:1])
    first.arrive(office.mail("kabid-piak", None, "STATUS"))
    office.works()
    moved, former = OddPost(office.clock, uid_validity=7), office.clerk.post.boxes[0]
    for mail in reversed(first.mails):
        moved.arrive(mail.raw)
    moved.arrive(office.mail("kabid-capil", None, "STATUS"))
    office.has(boxes=(Box(account="baru", folders=former.folders, open_mailbox=lambda: nullcontext(moved)),))
    office.works()
    office.hours_pass(1)
    assert [len(office.letters_to(key, "status")) for key in ("kabid-piak", "kabid-capil")] == [1, 1]
    assert reconcile(office.ledger).difference == 0
