"""A copy of each letter that left stands once in the folder for sent mail, whoever files it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.clerk.logins import pause, resume
from mailbot.errors import PostUnavailable
from mailbot.settings.files.mailbox import Filing, filing_at
from tests.clerk.post import OddPost, odd_office
from tests.office import ACCOUNT, ToyOffice


@pytest.fixture
def office() -> ToyOffice:
    """The office before its first pass: two letters are due."""
    return odd_office()[0]


def files(office: ToyOffice, copies: Filing, *, sent: str = "") -> None:
    """Settle who files copies, and in which folder."""
    office.has(filing=copies, folders=office.clerk.post.boxes[0].folders.but(sent=sent))


def left(office: ToyOffice) -> list[bytes]:
    """Return the bytes of every letter that left."""
    return [raw for _, raw in office.post.delivered]


@pytest.mark.parametrize("sent", ["", "Terkirim"])
def test_a_copy_of_each_letter_is_filed_without_being_asked_for(office: ToyOffice, sent: str) -> None:
    """In the folder the office names, else in the one the server shows; where it shows none, one is made."""
    files(office, "auto", sent=sent)
    office.works()
    office.days_pass(1)
    office.morning()
    assert len(left(office)) > 7
    assert office.post.copies == left(office)
    assert office.post.made is not bool(sent)


def test_where_the_server_files_them_no_second_copy_is_filed(office: ToyOffice) -> None:
    """Each letter is looked for first."""
    office.post.sent = "Surat Keluar"
    office.works()
    office.days_pass(1)
    assert office.post.copies == left(office)


def test_a_server_that_files_them_a_moment_later_is_left_to_do_it(office: ToyOffice) -> None:
    """Two copies of one letter tell; from then on there is one again."""
    office.works()
    doubled = left(office)
    office.post.copies.extend(doubled)
    office.days_pass(1)
    later = left(office)[len(doubled) :]
    assert len(later) > 0
    assert office.post.copies == doubled * 2
    files(office, "always")
    office.days_pass(1)
    assert len(office.post.copies) > len(doubled * 2)


@pytest.mark.parametrize("copies", ["never", "provider"])
def test_none_is_filed_where_the_office_wants_none_or_the_provider_is_known_to(
    office: ToyOffice, copies: Filing
) -> None:
    """Nor is a folder made."""
    files(office, copies)
    assert office.works().sent > 0
    assert (office.post.copies, office.post.made) == ([], False)


def test_a_copy_that_cannot_be_filed_is_told_of_and_filed_later(office: ToyOffice) -> None:
    """The letter has left; that is what counts. The copy follows an hour later, or with the next letter."""
    assert isinstance(office.post, OddPost)
    office.post.mailbox_away = PostUnavailable("no mailbox")
    passed = office.works()
    assert (passed.sent, passed.trouble) == (2, ("no mailbox",))
    assert office.post.copies == []
    office.post.mailbox_away = None
    assert office.works().sent == 0
    assert office.post.copies == []
    office.clock.set_to(office.clock() + timedelta(hours=1))
    office.works()
    assert office.post.copies == left(office)


def test_a_copy_is_owed_while_the_mailbox_is_left_alone(office: ToyOffice) -> None:
    """A refused login is not tried for the sake of a copy."""
    pause(office.ledger, ACCOUNT, office.clock())
    assert office.works().sent > 0
    assert office.post.copies == []
    resume(office.ledger, [ACCOUNT])
    office.works()
    assert office.post.copies == left(office)


@pytest.mark.parametrize(
    ("wanted", "host", "who"),
    [
        ("auto", "smtp.gmail.com", "provider"),
        ("auto", "SMTP.Office365.com", "provider"),
        ("auto", "smtp.bukangmail.com", "auto"),
        ("auto", "smtp.gmail.com.example.go.id", "auto"),
        ("always", "smtp.gmail.com", "always"),
        ("never", "smtp.example.go.id", "never"),
    ],
)
def test_gmail_and_microsoft_are_known_to_file_what_they_send(wanted: Filing, host: str, who: Filing) -> None:
    """Unless the office says otherwise."""
    assert wanted != "provider"
    assert filing_at(wanted, host) == who
