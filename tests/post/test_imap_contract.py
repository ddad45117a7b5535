"""What `Mailbox` promises, held against the embedded server and against Dovecot alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from threading import Timer
from time import monotonic

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.post.fetched import FetchedMail, ListedMail, Settled
from mailbot.post.imap import INBOX, Mailbox
from tests.post.letters import letter
from tests.post.offices import MailOffice, arrived
from tests.post.person import Person

LIMIT = 1_000_000


@pytest.fixture
def account(office: MailOffice) -> Account:
    """The account of an empty mailbox."""
    return office.imap(office.new_address("mailbot"))


@pytest.fixture
def mailbox(account: Account) -> Iterator[Mailbox]:
    """An open connection to that mailbox."""
    with Mailbox(account) as opened:
        yield opened


@pytest.fixture
def person(account: Account) -> Iterator[Person]:
    """A colleague with the same mailbox open."""
    somebody = Person(account)
    yield somebody
    somebody.leave()


def fill(mailbox: Mailbox, count: int, folder: str = INBOX) -> list[bytes]:
    """Put numbered letters into a folder."""
    letters = [letter(f"nomor-{number}") for number in range(count)]
    for raw in letters:
        mailbox.append(folder, raw)
    return letters


def fetched(mailbox: Mailbox, folder: str = INBOX, limit: int = LIMIT) -> list[FetchedMail]:
    """Fetch everything a folder lists."""
    return list(mailbox.fetch(folder, mailbox.list_uids(folder).uids, size_limit_bytes=limit))


def test_an_empty_folder_lists_nothing(mailbox: Mailbox) -> None:
    """No mail is an empty list, not an error."""
    assert mailbox.list_uids().mails == ()


def test_each_mail_is_listed_with_its_uid_and_its_size(mailbox: Mailbox) -> None:
    """The list ascends by UID and states the size in bytes."""
    letters = fill(mailbox, 3)

    listing = mailbox.list_uids()

    assert listing.uids == tuple(range(listing.uids[0], listing.uids[0] + 3))
    assert [mail.size_bytes for mail in listing.mails] == [len(raw) for raw in letters]


def test_a_list_from_a_uid_on_never_repeats_the_last_mail(mailbox: Mailbox) -> None:
    """On the wire "n:*" brings the last mail again even if it is below n; the list does not."""
    fill(mailbox, 2)
    first, second = mailbox.list_uids().mails

    assert mailbox.list_uids(above=first.uid).mails == (second,)
    assert mailbox.list_uids(above=second.uid).mails == ()


def test_every_byte_comes_back(mailbox: Mailbox) -> None:
    """Dots, 8-bit text, an empty line at the end and a line of 900 characters come back as they were."""
    raw = letter("byte", body=".titik\r\n..dua titik\r\nsalam dari Pélabuhan – ya\r\n" + "x" * 900 + "\r\n\r\n")
    mailbox.append(INBOX, raw)

    (mail,) = fetched(mailbox)

    assert (mail.raw, mail.size_bytes, mail.truncated) == (raw, len(raw), False)
    assert mail.internal_date.utcoffset() is not None


def test_a_hundred_and_twenty_mails_come_in_batches_without_one_lost(mailbox: Mailbox) -> None:
    """More mails than one batch holds all come out, each with its own bytes."""
    letters = fill(mailbox, 120)

    assert [mail.raw for mail in fetched(mailbox)] == letters


def test_fetching_leaves_no_trace(mailbox: Mailbox, person: Person, office: MailOffice) -> None:
    """A mail that was listed and fetched is as unread as before."""
    office.deliver(letter(), "luar@example.com", mailbox.account.user)
    (uid,) = arrived(mailbox, 1).uids

    fetched(mailbox)

    assert person.flags(uid) == set()


def test_a_mail_that_somebody_has_read_is_listed_all_the_same(mailbox: Mailbox, person: Person) -> None:
    """Read or unread says nothing about whether mailbot has kept it."""
    fill(mailbox, 1)
    (uid,) = mailbox.list_uids().uids
    person.flag(uid, r"\Seen")

    assert mailbox.list_uids().uids == (uid,)


def test_flags_changed_while_fetching_bring_no_phantom_mail(mailbox: Mailbox, person: Person) -> None:
    """The server reports a colleague's flag in the middle of our answers; the mails stay what they are."""
    letters = fill(mailbox, 10)
    uids = mailbox.list_uids().uids
    for uid in uids[::2]:
        person.flag(uid, r"\Flagged")

    mails = list(mailbox.fetch(INBOX, uids, size_limit_bytes=LIMIT))

    assert [mail.raw for mail in mails] == letters
    assert tuple(mail.uid for mail in mails) == uids


def test_a_mail_that_vanished_meanwhile_does_not_come_out(mailbox: Mailbox, account: Account, person: Person) -> None:
    """What was listed and then purged by somebody is simply missing for the next connection, and the others come."""
    letters = fill(mailbox, 3)
    uids = mailbox.list_uids().uids
    person.purge(uids[1])

    with Mailbox(account) as later:
        mails = list(later.fetch(INBOX, uids, size_limit_bytes=LIMIT))

    assert [mail.raw for mail in mails] == [letters[0], letters[2]]


def test_of_a_mail_that_is_too_large_only_the_headers_come(mailbox: Mailbox) -> None:
    """The body stays on the server, and the value says so."""
    small, large = letter("kecil"), letter("besar", body="x" * 70 + "\r\n" * 2000)
    mailbox.append(INBOX, small)
    mailbox.append(INBOX, large)

    mails = sorted(fetched(mailbox, limit=1000), key=lambda mail: mail.uid)

    headers = large[: large.index(b"\r\n\r\n") + 4]
    assert [(mail.raw, mail.truncated, mail.size_bytes) for mail in mails] == [
        (small, False, len(small)),
        (headers, True, len(large)),
    ]


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


def test_nothing_is_settled_under_another_uidvalidity(mailbox: Mailbox) -> None:
    """When the numbers may mean other mails, all mails stay where they are."""
    fill(mailbox, 1)
    listing = mailbox.list_uids()

    done = mailbox.settle(INBOX, listing.uids, uid_validity=listing.uid_validity + 1, keep_in="Arsip-2026")

    assert done is Settled.LEFT
    assert mailbox.list_uids() == listing


def test_a_folder_made_anew_shows_another_uidvalidity(mailbox: Mailbox, person: Person) -> None:
    """After a folder was deleted and made again, its list starts a new epoch."""
    person.make_anew("Formulir")
    fill(mailbox, 1, "Formulir")
    before = mailbox.list_uids("Formulir")
    mailbox.list_uids()
    person.make_anew("Formulir")
    fill(mailbox, 1, "Formulir")

    after = mailbox.list_uids("Formulir")

    assert after.uid_validity != before.uid_validity
    assert [mail.uid_validity for mail in fetched(mailbox, "Formulir")] == [after.uid_validity]


def test_a_copy_of_a_letter_that_went_out_is_filed_and_found_again(mailbox: Mailbox) -> None:
    """The copy stands in the folder for sent mail and is found there by the Message-ID we made."""
    folder = mailbox.sent_folder()
    assert folder == "Sent"
    mailbox.append(folder, letter("pengantar-1"))

    assert mailbox.holds_letter(folder, "<pengantar-1@example.go.id>")
    assert not mailbox.holds_letter(folder, "<pengantar-2@example.go.id>")


def test_waiting_ends_at_once_for_what_came_since_the_last_list(mailbox: Mailbox, account: Account) -> None:
    """A mail that arrived between the list and the wait is not slept through."""
    mailbox.list_uids()
    with Mailbox(account) as other:
        fill(other, 1)
    began = monotonic()

    assert mailbox.wait(20.0)
    assert monotonic() - began < 5.0


def test_waiting_ends_when_a_mail_arrives(mailbox: Mailbox, office: MailOffice) -> None:
    """IDLE wakes us long before the time is over."""
    mailbox.list_uids()
    began = monotonic()
    delivery = Timer(0.3, office.deliver, (letter(), "luar@example.com", mailbox.account.user))
    delivery.start()

    assert mailbox.wait(20.0)
    assert 0.3 <= monotonic() - began < 5.0
    delivery.join()


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


def test_a_wrong_password_is_told_apart_from_a_server_that_is_away(account: Account) -> None:
    """The error carries `credentials`, names server and user, and never the password."""
    wrong = dataclasses.replace(account, password="keliru-sekali")

    with pytest.raises(PostUnavailable) as caught, Mailbox(wrong):
        pytest.fail("logged in with a wrong password")

    assert caught.value.credentials
    assert f"{account.where} refused the login of {account.user}" in str(caught.value)
    assert "keliru-sekali" not in str(caught.value)


def test_a_folder_that_is_not_there_is_named(mailbox: Mailbox) -> None:
    """The sentence says which folder; the connection goes on."""
    with pytest.raises(PostUnavailable, match="listing Tidak-Ada"):
        mailbox.list_uids("Tidak-Ada")

    assert mailbox.list_uids().mails == ()


def test_what_a_sender_chose_never_gets_into_a_search(mailbox: Mailbox) -> None:
    """A Message-ID with a line break would be read as commands; only the plain shape of ours is asked for."""
    with pytest.raises(ValueError, match="not a Message-ID of ours"):
        mailbox.holds_letter(INBOX, '<x"\r\nX1 STORE 1:* +FLAGS (\\Deleted)@example.go.id>')


def test_a_list_value_gives_its_uids(mailbox: Mailbox) -> None:
    """A listing is a value: what it shows does not change when the mailbox does."""
    fill(mailbox, 1)
    listing = mailbox.list_uids()
    fill(mailbox, 1)

    assert listing.mails == (ListedMail(uid=listing.uids[0], size_bytes=len(letter("nomor-0"))),)
