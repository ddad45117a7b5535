"""What `Mailbox` promises about listing and fetching, held against the embedded server and against Dovecot alike."""

from __future__ import annotations

import dataclasses

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.account import Account
from mailbot.post.imap import INBOX, Mailbox
from tests.post.boxes import LIMIT, fetched, fill
from tests.post.letters import letter
from tests.post.offices import MailOffice, arrived
from tests.post.person import Person


def test_an_empty_folder_lists_nothing(mailbox: Mailbox) -> None:
    """No mail is an empty list, not an error."""
    assert mailbox.list_uids().uids == ()


def test_each_mail_is_listed_with_its_uid(mailbox: Mailbox) -> None:
    """The list ascends by UID."""
    fill(mailbox, 3)

    listing = mailbox.list_uids()

    assert listing.uids == tuple(range(listing.uids[0], listing.uids[0] + 3))


def test_a_list_from_a_uid_on_never_repeats_the_last_mail(mailbox: Mailbox) -> None:
    """On the wire "n:*" brings the last mail again even if it is below n; the list does not."""
    fill(mailbox, 2)
    first, second = mailbox.list_uids().uids

    assert mailbox.list_uids(above=first).uids == (second,)
    assert mailbox.list_uids(above=second).uids == ()


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

    assert mailbox.list_uids().uids == ()


def test_what_a_sender_chose_never_gets_into_a_search(mailbox: Mailbox) -> None:
    """A Message-ID with a line break would be read as commands; only the plain shape of ours is asked for."""
    with pytest.raises(ValueError, match="not a Message-ID of ours"):
        mailbox.copies_held(INBOX, '<x"\r\nX1 STORE 1:* +FLAGS (\\Deleted)@example.go.id>')


def test_a_list_value_gives_its_uids(mailbox: Mailbox) -> None:
    """A listing is a value: what it shows does not change when the mailbox does."""
    fill(mailbox, 1)
    listing = mailbox.list_uids()
    fill(mailbox, 1)

    assert len(listing.uids) == 1
