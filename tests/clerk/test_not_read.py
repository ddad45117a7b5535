"""Not read is not empty: what a server would not list or give is not gone, and the operator hears of it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import PostUnavailable
from tests.clerk.post import OddPost, letter_from, odd_office
from tests.clerk.test_watchdog import told
from tests.office import ToyOffice

STRANGER = "orang@luar.example"
REFUSED = PostUnavailable("the server said NO", answered=True)


def office_with(*words: str) -> tuple[ToyOffice, OddPost]:
    """Return an office in whose inbox such mails lie."""
    office, post = odd_office()
    office.works()
    for each in words:
        post.arrive(letter_from(STRANGER, each))
    return office, post


def kept(office: ToyOffice) -> dict[int, MailOutcome | None]:
    """Return the mails in the inbox by UID."""
    return {mail.uid: mail.outcome for mail in office.ledger.inbox.listing()}


def read_at(office: ToyOffice) -> timedelta:
    """Return how long ago everything that the inbox held was kept."""
    (look,) = office.ledger.looks.moments()
    assert look.read_at is not None
    return office.clock() - look.read_at


def test_a_listing_that_is_refused_is_told_of_at_once_and_so_is_its_end() -> None:
    """One letter when it begins, one when it is over; meanwhile the folder does not count as read (P1)."""
    office, post = office_with("satu")
    post.mailbox_away = REFUSED
    passed = office.works()
    assert passed.trouble == ("the server said NO",)
    assert told(office) == ["Perlu perhatian: layanan surel"]
    for _ in range(20):
        office.hours_pass(1)
    assert told(office) == ["Perlu perhatian: layanan surel"]
    assert read_at(office) == timedelta(hours=20)
    post.mailbox_away = None
    office.works()
    assert kept(office) == {1: MailOutcome.STRANGER}
    for _ in range(4):
        office.hours_pass(0.1)
    assert told(office) == ["Perlu perhatian: layanan surel", "Pulih: layanan surel"]
    assert read_at(office) == timedelta()


def test_a_server_that_is_away_is_no_server_that_says_no() -> None:
    """A line that breaks now and then is told of when it lasts; nothing that was open is closed by it."""
    office, post = office_with("satu")
    post.mailbox_away = PostUnavailable("the line broke")
    office.works()
    assert told(office) == []
    post.mailbox_away = REFUSED
    office.works()
    post.mailbox_away = PostUnavailable("the line broke")
    for _ in range(20):
        office.hours_pass(1)
    assert told(office) == ["Perlu perhatian: layanan surel"]


def test_a_list_that_lacks_mails_is_kept_and_does_not_count_as_read() -> None:
    """What it names is read; what it lacks has not vanished, however long that lasts."""
    office, post = office_with("satu", "dua")
    post.stumbles_over = {2}
    office.works()
    post.stumbles_over, post.hides, post.lists_whole = set(), {2}, False
    for _ in range(10):
        office.hours_pass(1)
    assert kept(office) == {1: MailOutcome.STRANGER}
    assert read_at(office) >= timedelta(hours=10)
    assert told(office) == ["Perlu perhatian: layanan surel"]
    post.hides, post.lists_whole = set(), True
    office.works()
    assert kept(office) == {1: MailOutcome.STRANGER, 2: MailOutcome.STRANGER}
    assert read_at(office) == timedelta()


@pytest.mark.parametrize("looks", [1, 2, 3])
def test_what_good_looks_missed_and_one_shows_again_is_read(looks: int) -> None:
    """Before it counts as vanished and after: the mail is fetched, and has its one final state (P2)."""
    office, post = office_with("satu", "dua")
    post.stumbles_over = {2}
    office.works()
    post.stumbles_over, post.hides = set(), {2}
    for _ in range(looks):
        office.hours_pass(0.2)
    assert kept(office).get(2) == (MailOutcome.VANISHED if looks > 1 else None)
    post.hides = set()
    office.works()
    assert kept(office) == {1: MailOutcome.STRANGER, 2: MailOutcome.STRANGER}
    assert office.ledger.inbox.counts().kept == 2
    office.works()
    assert office.ledger.looks.in_balance()
    assert read_at(office) == timedelta()


def test_two_good_looks_in_one_breath_are_one() -> None:
    """A server that stumbles does so for a while: only looks apart in time tell that a mail is gone."""
    office, post = office_with("satu", "dua")
    post.stumbles_over = {2}
    office.works()
    post.hides = {2}
    for _ in range(30):
        office.hours_pass(0.005)
    assert 2 not in kept(office)
    assert read_at(office) > timedelta()


def test_a_mail_that_is_listed_and_not_given_keeps_the_folder_unread() -> None:
    """Fetching is refused, listing is not: as long as that lasts nothing there counts as silence."""
    office, post = office_with("satu")
    post.stumbles_over = {1}
    for _ in range(5):
        office.hours_pass(1)
    assert read_at(office) == timedelta(hours=5)
    post.stumbles_over = set()
    office.works()
    assert read_at(office) == timedelta()


def test_a_further_folder_that_is_refused_is_told_of_as_well() -> None:
    """Providers put real answers into Junk: where it cannot be looked into, somebody must know."""
    office, post = office_with("satu")
    office.has(folders=office.clerk.post.boxes[0].folders.but(extra=("Junk",)))
    post.missing_folders = {"Junk"}
    office.works()
    assert kept(office) == {1: MailOutcome.STRANGER}
    assert told(office) == ["Perlu perhatian: layanan surel"]
