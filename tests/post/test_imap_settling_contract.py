"""What `Mailbox` promises about settling, filing and waiting, against the embedded server and Dovecot alike."""

from __future__ import annotations

from threading import Timer
from time import monotonic

from mailbot.post.account import Account
from mailbot.post.fetched import Settled
from mailbot.post.imap import IDLE_SECONDS, INBOX, Mailbox
from tests.post.boxes import LIMIT, fetched, fill
from tests.post.letters import letter
from tests.post.offices import MailOffice
from tests.post.person import Person

LONG_BEFORE_SECONDS = IDLE_SECONDS / 2
"""Whoever was not woken sleeps through the whole wait; how busy the machine is makes no such difference."""


def test_settled_mail_moves_into_a_folder_that_is_made_for_it(mailbox: Mailbox) -> None:
    """The folder need not exist; the bytes stay the same."""
    letters = fill(mailbox, 3)
    listing = mailbox.list_uids()

    done = mailbox.settle(INBOX, listing.uids[:2], uid_validity=listing.uid_validity, keep_in="Arsip-2026")

    assert done is Settled.MOVED
    assert [mail.raw for mail in fetched(mailbox, "Arsip-2026")] == letters[:2]
    assert [mail.raw for mail in fetched(mailbox)] == letters[2:]


def test_settling_purges_nothing_that_others_marked_deleted(mailbox: Mailbox, person: Person) -> None:
    """A colleague's mail in the waste basket is still there after we have moved another."""
    fill(mailbox, 3)
    listing = mailbox.list_uids()
    kept, moved, wasted = listing.uids
    person.flag(wasted, r"\Deleted")

    mailbox.settle(INBOX, [moved], uid_validity=listing.uid_validity, keep_in="Arsip-2026")

    assert mailbox.list_uids().uids == (kept, wasted)


def test_settled_mail_can_be_marked_instead_of_moved(mailbox: Mailbox, person: Person) -> None:
    """Without a folder to keep it in, the mail gets a keyword and stays, unread."""
    fill(mailbox, 1)
    (uid,) = mailbox.list_uids().uids
    person.flag(uid, r"\Flagged")
    before = person.flags(uid)

    done = mailbox.settle(INBOX, [uid], uid_validity=mailbox.list_uids().uid_validity, keep_in=None)

    assert done is Settled.FLAGGED
    assert person.flags(uid) - before == {"$Mailbot"}


def test_fetching_leaves_no_trace_in_a_folder_open_for_writing(mailbox: Mailbox, person: Person) -> None:
    """After a settling the folder is open for writing, and the mails fetched then are as unread as the others."""
    fill(mailbox, 2)
    listing = mailbox.list_uids()
    first, second = listing.uids
    person.unread(second)
    mailbox.settle(INBOX, [first], uid_validity=listing.uid_validity, keep_in=None)

    (mail,) = mailbox.fetch(INBOX, [second], size_limit_bytes=LIMIT)

    assert mail.uid == second
    assert person.flags(second) == set()


def test_nothing_is_settled_under_another_uidvalidity(mailbox: Mailbox) -> None:
    """When the numbers may mean other mails, all mails stay where they are."""
    fill(mailbox, 1)
    listing = mailbox.list_uids()

    done = mailbox.settle(INBOX, listing.uids, uid_validity=listing.uid_validity + 1, keep_in="Arsip-2026")

    assert done is Settled.LEFT
    assert mailbox.list_uids() == listing


def test_a_copy_of_a_letter_that_went_out_is_filed_and_found_again(mailbox: Mailbox) -> None:
    """The copy stands in the folder for sent mail and is found there by the Message-ID we made."""
    folder = mailbox.sent_folder()
    assert folder == "Sent"
    mailbox.append(folder, letter("pengantar-1"))

    assert mailbox.copies_held(folder, "<pengantar-1@example.go.id>") == 1
    assert mailbox.copies_held(folder, "<pengantar-2@example.go.id>") == 0
    mailbox.append(folder, letter("pengantar-1"))
    assert mailbox.copies_held(folder, "<pengantar-1@example.go.id>") == 2
    assert mailbox.copies_held("Tidak Ada", "<pengantar-1@example.go.id>") == 0


def test_waiting_ends_at_once_for_what_came_since_the_last_list(mailbox: Mailbox, account: Account) -> None:
    """A mail that arrived between the list and the wait is not slept through."""
    mailbox.list_uids()
    with Mailbox(account) as other:
        fill(other, 1)
    began = monotonic()

    assert mailbox.wait(IDLE_SECONDS)
    assert monotonic() - began < LONG_BEFORE_SECONDS


def test_waiting_ends_when_a_mail_arrives(mailbox: Mailbox, office: MailOffice) -> None:
    """IDLE wakes us long before the time is over."""
    mailbox.list_uids()
    began = monotonic()
    delivery = Timer(0.3, office.deliver, (letter(), "luar@example.com", mailbox.account.user))
    delivery.start()

    assert mailbox.wait(IDLE_SECONDS)
    assert 0.3 <= monotonic() - began < LONG_BEFORE_SECONDS
    delivery.join()


def test_a_watch_that_never_lists_hears_of_each_mail_once(mailbox: Mailbox, account: Account) -> None:
    """What was there at the start is no news, each arrival is, and one that came between two waits is not missed."""
    fill(mailbox, 2)

    with Mailbox(account) as watch:
        before = watch.wait(0.2)
        fill(mailbox, 1)
        arrival = watch.wait(IDLE_SECONDS)
        fill(mailbox, 1)
        between = watch.wait(IDLE_SECONDS)
        after = watch.wait(0.2)

    assert (before, arrival, between, after) == (False, True, True, False)


def test_waiting_in_vain_ends_with_the_time(mailbox: Mailbox) -> None:
    """With nothing new the answer is no, and a mail already listed is nothing new."""
    fill(mailbox, 1)
    mailbox.list_uids()

    assert not mailbox.wait(0.3)


def test_mail_that_only_moved_away_is_no_news(mailbox: Mailbox) -> None:
    """Our own settling does not wake us."""
    fill(mailbox, 2)
    listing = mailbox.list_uids()
    mailbox.settle(INBOX, listing.uids, uid_validity=listing.uid_validity, keep_in="Arsip-2026")

    assert not mailbox.wait(0.3)
