"""Keeping what the server holds: each mail once, none lost, and nothing moved before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.clerk.operator_letters import counted
from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import LedgerProblem, PostUnavailable
from mailbot.ledger.inbox import Inbox
from mailbot.ledger.values import KeptMail
from tests.clerk.post import letter_from, odd_office
from tests.office import ToyOffice

STRANGER = "orang@luar.example"
MIB = 1024 * 1024


def outcomes(office: ToyOffice) -> dict[int, MailOutcome | None]:
    """Return the final state of every mail by its UID."""
    return {mail.uid: mail.outcome for mail in office.ledger.inbox.listing()}


def test_a_mail_that_is_gone_before_it_could_be_read_is_written_down_as_vanished() -> None:
    """Once, after two good looks apart in time have missed it; the others are read at once (F5, P2)."""
    office, post = odd_office()
    for words in ("satu", "dua"):
        post.arrive(letter_from(STRANGER, words))
    post.takes_away = {1}
    for _ in range(3):
        office.works()
    assert outcomes(office) == {2: MailOutcome.STRANGER}
    office.hours_pass(0.2)
    office.works()
    assert outcomes(office) == {1: MailOutcome.VANISHED, 2: MailOutcome.STRANGER}
    figures = counted(office.ledger)
    assert (figures.received, figures.on_server, figures.difference) == (2, 2, 0)


def test_a_mail_the_server_only_stumbles_over_is_fetched_at_a_later_pass() -> None:
    """It is no vanished mail; until it comes, the accounts show a difference (F8)."""
    office, post = odd_office()
    for words in ("satu", "dua"):
        post.arrive(letter_from(STRANGER, words))
    post.stumbles_over = {1}
    office.works()
    assert outcomes(office) == {2: MailOutcome.STRANGER}
    assert counted(office.ledger).difference == 1
    post.stumbles_over = set()
    office.works()
    assert outcomes(office) == {1: MailOutcome.STRANGER, 2: MailOutcome.STRANGER}
    assert counted(office.ledger).difference == 0


def test_what_did_not_come_before_holds_up_nothing_that_is_new() -> None:
    """A mail at which the line breaks each time is asked for last; what came before the break is kept (F3, F8)."""
    office, post = odd_office()
    for words in ("satu", "dua"):
        post.arrive(letter_from(STRANGER, words))
    post.breaks_at = {2}
    office.works()
    post.arrive(letter_from(STRANGER, "tiga"))
    office.works()
    assert outcomes(office) == {1: MailOutcome.STRANGER, 3: MailOutcome.STRANGER}
    post.breaks_at = set()
    office.works()
    assert outcomes(office) == dict.fromkeys((1, 2, 3), MailOutcome.STRANGER)


def test_a_mailbox_that_counts_anew_is_read_anew_without_a_second_effect() -> None:
    """Another UIDVALIDITY: every mail again, each a duplicate of itself (F4)."""
    office, post = odd_office()
    post.arrive(letter_from("kabid.piak@example.go.id", "Apa kabar?"))
    office.works()
    answers = len(office.letters_to("kabid-piak"))
    post.counts_anew()
    office.works()
    assert outcomes(office) == {1: MailOutcome.UNPLACED, 1001: MailOutcome.DUPLICATE}
    assert len(office.letters_to("kabid-piak")) == answers == 1


def test_every_folder_the_office_names_is_looked_into() -> None:
    """What the provider took for Junk is received; other folders are not ours."""
    office, post = odd_office()
    office.has(folders=office.clerk.post.boxes[0].folders.but(extra=("Junk",)))
    post.arrive(letter_from(STRANGER, "satu"))
    post.arrives_in("Junk", letter_from(STRANGER, "dua"))
    post.arrives_in("Pribadi", letter_from(STRANGER, "tiga"))
    assert office.works().received == 2
    assert {mail.folder for mail in office.ledger.inbox.listing()} == {"INBOX", "Junk"}
    assert counted(office.ledger).on_server == 2


def test_a_mail_is_received_when_the_server_took_it_and_never_later_than_it_was_seen() -> None:
    """A server's clock a day ahead puts no mail in the future; one that is moved here keeps the moment it came."""
    office, post = odd_office()
    now = office.clock()
    for words, took in (("satu", now + timedelta(days=1)), ("dua", now - timedelta(days=3))):
        post.arrive(letter_from(STRANGER, words))
        post.mails[-1] = replace(post.mails[-1], internal_date=took)
    office.works()
    received = {mail.uid: mail.received_at for mail in office.ledger.inbox.listing()}
    assert received == {1: now, 2: now - timedelta(days=3)}


class CountingInbox(Inbox):
    """An inbox that remembers how much was kept at once, and whose disk may be full."""

    kept: list[int]
    full: bool

    def keep(self, mails: Sequence[KeptMail], at: datetime) -> int:
        """Keep mails, if there is room."""
        if self.full:
            raise LedgerProblem("the disk is full")
        self.kept.append(len(mails))
        return super().keep(mails, at)


def with_counting_inbox(office: ToyOffice, *, full: bool = False) -> CountingInbox:
    """Give the office such an inbox."""
    inbox = CountingInbox(office.ledger.engine)
    inbox.kept, inbox.full = [], full
    office.ledger.inbox = inbox
    return inbox


def test_nothing_is_moved_on_the_server_before_it_is_kept() -> None:
    """With a full disk the mail stays where it is; once there is room, it is kept and then moved (F16)."""
    office, post = odd_office()
    office.has(folders=office.clerk.post.boxes[0].folders.but(done="Selesai"))
    inbox = with_counting_inbox(office, full=True)
    post.arrive(letter_from(STRANGER))
    with pytest.raises(LedgerProblem):
        office.works()
    assert (post.settled, post.mails[0].folder) == ([], "INBOX")
    inbox.full = False
    office.works()
    assert post.settled == [((1,), "Selesai")]
    office.works()
    assert post.settled == [((1,), "Selesai")]


def test_mails_are_kept_in_batches_that_fit_into_memory() -> None:
    """Three mails of five MiB are two commits, a hundred and twenty small ones are two."""
    office, post = odd_office()
    inbox = with_counting_inbox(office)
    for number in range(3):
        post.arrive(letter_from(STRANGER, f"besar {number}", size_bytes=5 * MIB))
    office.works()
    assert inbox.kept == [2, 1]
    for number in range(120):
        post.arrive(letter_from(STRANGER, f"{number}"))
    office.works()
    assert inbox.kept == [2, 1, 100, 20]
    assert len({mail.uid for mail in office.ledger.inbox.listing(limit=200)}) == 123


def test_a_mailbox_that_locks_us_out_stops_nothing_else() -> None:
    """The cycle opens, its letter leaves, and the pass says that it was locked out (F14)."""
    office, post = odd_office()
    post.mailbox_away = PostUnavailable("wrong password", credentials=True)
    passed = office.works()
    assert (passed.received, passed.sent, passed.locked_out) == (0, 2, True)
    assert passed.trouble == ("wrong password",)
