"""The inbox keeps what comes, knows it again, acts on it once and loses count of nothing."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import StaleCycle
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.looking.counts import InboxCounts
from mailbot.ledger.values import Changes, InboxMail, Settlement
from tests.ledger.examples import ACCOUNT, DAY, EPOCH, FOLDER, MINUTE, NOW, a_mail, a_new_cycle, opening


def settled(mail: int, outcome: MailOutcome = MailOutcome.ROBOT, *, detail: str = "", error: str = "") -> Changes:
    """Return what settles one mail and nothing else."""
    return Changes(at=NOW, settled=(Settlement(mail=mail, outcome=outcome, detail=detail, error=error),))


def test_a_kept_mail_is_read_back_byte_for_byte_and_with_all_that_was_known_of_it(ledger: Ledger) -> None:
    """Bytes of every kind come back as they came."""
    raw = bytes(range(256)) * 3
    assert ledger.inbox.keep([a_mail(7, raw)], NOW) == 1
    (mail,) = ledger.inbox.unsettled(10)
    assert ledger.inbox.raw(mail.id) == raw
    assert mail == InboxMail(
        id=mail.id,
        account=ACCOUNT,
        folder=FOLDER,
        uid_validity=EPOCH,
        uid=7,
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id="<7@example.go.id>",
        size_bytes=768,
        truncated=False,
        received_at=NOW + 7 * MINUTE,
        kept_at=NOW,
        attempts=0,
        outcome=None,
        detail="",
        settled_at=None,
        error="",
        same_as=None,
        server_done=False,
    )


def test_a_mail_kept_twice_is_one_row(ledger: Ledger) -> None:
    """The same place on the server is the same mail, within a batch and between two."""
    assert ledger.inbox.keep([a_mail(1), a_mail(1), a_mail(2)], NOW) == 2
    assert ledger.inbox.keep([a_mail(2), a_mail(3)], NOW) == 1
    assert [mail.uid for mail in ledger.inbox.unsettled(10)] == [1, 2, 3]


def test_the_same_bytes_elsewhere_are_a_duplicate_of_the_first(ledger: Ledger) -> None:
    """A copy in another folder, in a new epoch, or beside it in the same batch has its end at once."""
    raw = b"Subject: sama\r\n\r\n"
    copies = [a_mail(1, raw), a_mail(2, raw), a_mail(1, raw, folder="Arsip")]
    assert ledger.inbox.keep(copies, NOW) == 3
    assert ledger.inbox.keep([a_mail(1, raw, epoch=EPOCH + 1)], NOW + DAY) == 1
    first, *others = reversed(ledger.inbox.listing())
    assert (first.outcome, first.same_as) == (None, None)
    assert {(mail.outcome, mail.same_as) for mail in others} == {(MailOutcome.DUPLICATE, first.id)}
    assert ledger.inbox.by_sha256(first.sha256) == first
    assert ledger.inbox.counts() == InboxCounts(kept=4, waiting=1, settled=3, set_aside=0, by_outcome={"duplicate": 3})


def test_the_same_message_id_with_other_bytes_is_a_mail_of_its_own(ledger: Ledger) -> None:
    """Resending from a template, or an attacker, must not make a mail disappear."""
    one, two = a_mail(1, b"satu"), a_mail(2, b"dua")
    ledger.inbox.keep([one, replace(two, message_id=one.message_id)], NOW)
    assert [mail.uid for mail in ledger.inbox.unsettled(10)] == [1, 2]


def test_known_uids_belong_to_account_folder_and_epoch(ledger: Ledger) -> None:
    """A new UIDVALIDITY knows nothing of the old numbers."""
    ledger.inbox.keep([a_mail(4_294_967_295), a_mail(2), a_mail(3, folder="Junk")], NOW)
    assert ledger.inbox.known_uids(ACCOUNT, FOLDER, EPOCH) == {4_294_967_295, 2}
    assert ledger.inbox.known_uids(ACCOUNT, "Junk", EPOCH) == {3}
    assert ledger.inbox.known_uids(ACCOUNT, FOLDER, EPOCH + 1) == frozenset()
    assert ledger.inbox.known_uids("lain@imap.example.go.id", FOLDER, EPOCH) == frozenset()


def test_mails_that_vanished_before_they_were_read_are_written_down(ledger: Ledger) -> None:
    """They count, they are known, they have no bytes, and cannot be replayed."""
    ledger.inbox.keep([a_mail(1)], NOW)
    assert ledger.inbox.vanished(ACCOUNT, FOLDER, EPOCH, [1, 2, 3], NOW) == 2
    assert ledger.inbox.vanished(ACCOUNT, FOLDER, EPOCH, [2, 3], NOW) == 0
    assert ledger.inbox.known_uids(ACCOUNT, FOLDER, EPOCH) == {1, 2, 3}
    (gone, _) = ledger.inbox.listing(MailOutcome.VANISHED)
    assert (gone.sha256, gone.settled_at) == ("", NOW)
    assert not ledger.inbox.replay(gone.id)
    with pytest.raises(KeyError):
        ledger.inbox.raw(gone.id)


def test_unsettled_mails_come_oldest_first_by_the_servers_own_time(ledger: Ledger) -> None:
    """The order in which they were fetched does not matter."""
    ledger.inbox.keep([a_mail(5), a_mail(1)], NOW)
    ledger.inbox.keep([a_mail(3)], NOW)
    assert [mail.uid for mail in ledger.inbox.unsettled(2)] == [1, 3]


def test_an_attempt_is_counted_before_the_work_and_a_failure_keeps_its_traceback(ledger: Ledger) -> None:
    """A mail that kills its reader is found with its attempts counted."""
    ledger.inbox.keep([a_mail(1)], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    assert [ledger.inbox.begin_attempt(mail.id) for _ in range(3)] == [1, 2, 3]
    ledger.inbox.note_failure(mail.id, "Traceback: …")
    (again,) = ledger.inbox.unsettled(1)
    assert (again.attempts, again.error, again.outcome) == (3, "Traceback: …", None)


def test_a_settled_mail_is_not_begun_again(ledger: Ledger) -> None:
    """Whoever comes late finds nothing to do."""
    ledger.inbox.keep([a_mail(1)], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    ledger.commit(settled(mail.id))
    assert ledger.inbox.begin_attempt(mail.id) == 0
    assert ledger.inbox.unsettled(1) == ()


def test_a_mail_is_settled_once(ledger: Ledger) -> None:
    """The second of two workers is refused, and nothing of his is written."""
    ledger.inbox.keep([a_mail(1)], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    ledger.commit(settled(mail.id, MailOutcome.FORM, detail="piak"))
    with pytest.raises(StaleCycle):
        ledger.commit(settled(mail.id, MailOutcome.VERDICT))
    done = ledger.inbox.get(mail.id)
    assert (done.outcome, done.detail, done.settled_at) == (MailOutcome.FORM, "piak", NOW)


def test_a_mail_set_aside_keeps_its_traceback_and_can_be_replayed(ledger: Ledger) -> None:
    """Replaying makes it as if it had just come."""
    ledger.inbox.keep([a_mail(1), a_mail(2)], NOW)
    before, _ = ledger.inbox.unsettled(2)
    ledger.inbox.begin_attempt(before.id)
    ledger.commit(settled(before.id, MailOutcome.SET_ASIDE, error="Traceback: …", detail="ValueError"))
    aside = ledger.inbox.get(before.id)
    assert (aside.outcome, aside.error, aside.detail) == (MailOutcome.SET_ASIDE, "Traceback: …", "ValueError")
    assert ledger.inbox.counts() == InboxCounts(kept=2, waiting=1, settled=0, set_aside=1, by_outcome={"set_aside": 1})
    assert ledger.inbox.replay(before.id)
    assert ledger.inbox.get(before.id) == before


def test_a_duplicate_is_not_replayed(ledger: Ledger) -> None:
    """Its bytes are acted on through the first alone."""
    ledger.inbox.keep([a_mail(1, b"sama"), a_mail(2, b"sama")], NOW)
    (duplicate,) = ledger.inbox.listing(MailOutcome.DUPLICATE)
    assert not ledger.inbox.replay(duplicate.id)
    assert ledger.inbox.get(duplicate.id) == duplicate


def test_a_mail_knows_the_cycles_it_belongs_to(ledger: Ledger) -> None:
    """The archive of a cycle asks for its mails."""
    ledger.commit(opening(a_new_cycle("2026")))
    ledger.commit(opening(a_new_cycle("2026-tw1")))
    ledger.inbox.keep([a_mail(1), a_mail(2), a_mail(3)], NOW)
    one, two, three = ledger.inbox.unsettled(3)
    belongs = Settlement(mail=two.id, outcome=MailOutcome.FORM, cycles=("2026", "2026-tw1"))
    also = Settlement(mail=one.id, outcome=MailOutcome.FORM, cycles=("2026",))
    ledger.commit(Changes(at=NOW, settled=(belongs, also, Settlement(mail=three.id, outcome=MailOutcome.ROBOT))))
    assert [mail.uid for mail in ledger.inbox.of_cycle("2026")] == [1, 2]
    assert [mail.uid for mail in ledger.inbox.of_cycle("2026-tw1")] == [2]


def test_what_is_kept_and_not_yet_moved_on_the_server_is_known(ledger: Ledger) -> None:
    """A crash between the commit and the move leaves work that can be found."""
    ledger.inbox.keep([a_mail(2), a_mail(1), a_mail(3)], NOW)
    pending = ledger.inbox.untidied(ACCOUNT, FOLDER, EPOCH)
    assert [uid for _, uid in pending] == [1, 2, 3]
    ledger.inbox.mark_server_done([mail for mail, _ in pending[:2]])
    assert ledger.inbox.untidied(ACCOUNT, FOLDER, EPOCH) == pending[2:]


def test_only_what_was_set_aside_can_be_mended_and_what_came_stays(ledger: Ledger) -> None:
    """It is read from the new bytes until it is replayed as it came."""
    came = a_mail(1)
    ledger.inbox.keep([came], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    assert not ledger.inbox.mend(mail.id, b"mended", NOW)
    settled = Settlement(mail=mail.id, outcome=MailOutcome.SET_ASIDE)
    ledger.commit(Changes(at=NOW, settled=(settled,)))
    assert ledger.inbox.mend(mail.id, b"mended", NOW)
    (again,) = ledger.inbox.unsettled(1)
    assert (ledger.inbox.to_read(again), ledger.inbox.raw(again.id)) == (b"mended", came.raw)
    assert again.sha256 == mail.sha256
    ledger.commit(Changes(at=NOW, settled=(settled,)))
    assert ledger.inbox.replay(mail.id)
    assert ledger.inbox.to_read(ledger.inbox.get(mail.id)) == came.raw


def test_asking_for_a_mail_that_is_not_there_is_an_error_of_the_program(ledger: Ledger) -> None:
    """No empty value that could pass for a mail."""
    with pytest.raises(KeyError):
        ledger.inbox.get(99)
    with pytest.raises(KeyError):
        ledger.inbox.raw(99)


def test_text_that_no_database_takes_does_not_stop_a_mail(ledger: Ledger) -> None:
    """A NUL or a lone surrogate in a Message-ID is replaced; the raw bytes still have it."""
    hostile = replace(a_mail(1), message_id="<a\0b\ud800c@x>")
    ledger.inbox.keep([hostile], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    assert mail.message_id == "<a\ufffdb\ufffdc@x>"


def test_two_fetchers_of_the_same_mails_keep_each_once(ledger: Ledger) -> None:
    """Places and bytes are guarded by the database itself, not by turn-taking."""
    batches = [[a_mail(uid, folder=folder) for uid in range(1, 21)] for folder in (FOLDER, FOLDER, "Arsip", "Junk")]
    with ThreadPoolExecutor(4) as pool:
        new = sum(pool.map(lambda batch: ledger.inbox.keep(batch, NOW), batches))
    counts = ledger.inbox.counts()
    assert (counts.kept, counts.waiting, counts.by_outcome) == (60, 20, {"duplicate": 40})
    assert new >= counts.kept


def test_lists_longer_than_one_statement_takes_are_asked_for_in_parts(ledger: Ledger) -> None:
    """SQLite takes 32,766 values in one (P11)."""
    uids = range(1, 701)
    assert ledger.inbox.vanished(ACCOUNT, FOLDER, EPOCH, uids, NOW) == 700
    assert ledger.inbox.vanished(ACCOUNT, FOLDER, EPOCH, uids, NOW) == 0
    ledger.inbox.mark_server_done(range(1, 40_001))
    assert len(ledger.inbox.known_uids(ACCOUNT, FOLDER, EPOCH)) == 700
