"""The books are held against what the server has shown; a difference is an alarm, once, and never passes for zero."""

from __future__ import annotations

from mailbot.clerk.operator_letters import counted
from mailbot.clerk.reconciling import Proof, reconcile
from mailbot.core.model.outcome import MailOutcome
from tests.clerk.post import OddPost, letter_from, odd_office
from tests.office import ToyOffice

STRANGER = "orang@luar.example"


def one_folder(office: ToyOffice) -> Proof:
    """Return the proof of an office with one folder."""
    proof = reconcile(office.ledger)
    assert len(proof.counts) == 1
    return proof


def alarms(office: ToyOffice) -> list[str]:
    """Return the texts of the alarms about differences."""
    return [
        " ".join(letter.text.split())
        for letter in office.letters_to("operator", "alarm")
        if "berbeda dengan buku catatan" in " ".join(letter.text.split())
    ]


def three_mails() -> tuple[ToyOffice, OddPost]:
    """Return an office to which three strangers write."""
    office, post = odd_office()
    for words in ("satu", "dua", "tiga"):
        post.arrive(letter_from(STRANGER, words))
    return office, post


def test_every_uid_the_server_has_shown_has_one_row() -> None:
    """One read, one gone before it could be read, one come twice: three shown, three rows, no difference."""
    office, post = odd_office()
    post.arrive(letter_from(STRANGER, "satu"))
    post.arrive(letter_from(STRANGER, "dua"))
    post.arrive(post.mails[0].raw)
    post.takes_away = {2}
    for _ in range(3):
        office.hours_pass(0.2)
    (count,) = one_folder(office).counts
    assert (count.shown, count.holds, count.rows, count.copies) == (3, 2, 3, 1)
    assert (count.by_outcome, count.waiting, count.difference) == ({"stranger": 1, "vanished": 1}, 0, 0)
    assert count.compared_at == office.clock()
    office.works()
    assert one_folder(office).counts[0].holds == 2
    figures = counted(office.ledger)
    assert (figures.received, figures.on_server, figures.copies, figures.difference) == (3, 3, 1, 0)


def test_mail_that_people_delete_after_it_was_kept_is_no_difference() -> None:
    """The server has shown it, the inbox has it: both sides still say three."""
    office, post = three_mails()
    office.works()
    post.mails = post.mails[:1]
    office.works()
    (count,) = one_folder(office).counts
    assert (count.shown, count.holds, count.rows, count.difference) == (3, 1, 3, 0)


def test_a_mail_the_inbox_lost_is_a_difference() -> None:
    """The proof does not count its own rows twice: a row taken out of the inbox is missed."""
    office, _ = three_mails()
    office.works()
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM inbox WHERE uid = 2")
    assert one_folder(office).counts[0].not_kept == (2,)
    assert counted(office.ledger).difference == 1


def test_a_mail_the_server_never_showed_is_a_difference() -> None:
    """Nobody writes a row for a mail that was in no list."""
    office, _ = three_mails()
    office.works()
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE inbox SET uid = 77 WHERE uid = 2")
    (count,) = one_folder(office).counts
    assert (count.not_kept, count.not_shown, count.difference) == ((2,), (77,), 2)


def test_a_difference_is_told_once_and_a_new_one_once_more() -> None:
    """A mail the server will not give: silence at the first look, an alarm at the second, then silence again."""
    office, post = three_mails()
    post.stumbles_over = {2}
    office.works()
    assert alarms(office) == []
    for _ in range(3):
        office.works()
    assert len(alarms(office)) == 1
    assert "toy INBOX UIDVALIDITY 1 UID 2" in alarms(office)[0]
    office.morning()
    post.arrive(letter_from(STRANGER, "empat"))
    post.stumbles_over = {2, 4}
    for _ in range(3):
        office.works()
    assert len(alarms(office)) == 2
    assert alarms(office)[1].count("UID 4") == 1
    post.stumbles_over = set()
    office.works()
    assert counted(office.ledger).difference == 0


def test_an_unkept_mail_that_two_looks_apart_have_missed_has_vanished() -> None:
    """Its alarm is spared, its end is written down."""
    office, post = three_mails()
    post.stumbles_over = {2}
    office.works()
    post.mails = [mail for mail in post.mails if mail.uid != 2]
    office.works()
    office.hours_pass(0.2)
    assert {mail.uid: mail.outcome for mail in office.ledger.inbox.listing()}[2] is MailOutcome.VANISHED
    assert (counted(office.ledger).difference, alarms(office)) == (0, [])


def test_a_folder_that_counts_anew_closes_its_old_books() -> None:
    """Old numbers end, the copies are told apart, the journal says so, and nothing differs (F4)."""
    office, post = three_mails()
    post.stumbles_over = {2}
    office.works()
    post.stumbles_over = set()
    post.counts_anew()
    office.works()
    old, new = reconcile(office.ledger).counts
    assert (old.by_outcome, old.copies, old.difference) == ({"stranger": 2, "vanished": 1}, 0, 0)
    assert (new.by_outcome, new.copies, new.difference) == ({"stranger": 1}, 2, 0)
    events = [entry.line.event for entry in office.ledger.journal.read()]
    assert events.count("mailbox_counts_anew") == 1


def test_a_live_count_tells_news_from_differences() -> None:
    """What came since the last look is news; a number the last look should have listed is a difference."""
    office, _ = three_mails()
    office.works()
    place = ("toy", "INBOX", 1)
    proof = reconcile(office.ledger, {place: frozenset({1, 3, 4})})
    assert (proof.counts[0].new, proof.counts[0].holds, proof.difference) == ((4,), 3, 0)
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE look SET uid_next = 5")
    late = reconcile(office.ledger, {place: frozenset({1, 3, 4})})
    assert (late.counts[0].new, late.counts[0].not_kept, late.difference) == ((), (4,), 1)


def test_a_folder_that_is_missing_stops_no_other() -> None:
    """INBOX is read, the trouble is named."""
    office, post = three_mails()
    office.has(folders=office.clerk.post.boxes[0].folders.but(extra=("Tidak Ada",)))
    post.missing_folders = {"Tidak Ada"}
    passed = office.works()
    assert (passed.received, passed.trouble) == (3, ("no folder Tidak Ada",))
