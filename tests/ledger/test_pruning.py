"""What is due goes out of rows, free pages and the log, on both databases; the books still balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from mailbot.core.model.outcome import MailOutcome
from mailbot.core.retention.kinds import Keeping, Kind, Retention
from mailbot.ledger.engine import writing
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.personal.destroying import destroy, held_mail
from mailbot.ledger.personal.pruning import look, prune, wipe_and_look
from mailbot.ledger.place import sqlite_path
from mailbot.ledger.values import Changes, KeptMail, Settlement
from tests.ledger.examples import MINUTE, NOW, a_line

NAME = "Wiratmaja"
LATER = NOW + timedelta(days=400)


def mail_comes(ledger: Ledger) -> None:
    """Let a stranger's mail come, twice."""
    raw = f"From: {NAME}@example.com\r\nMessage-ID: <{NAME}>\r\n\r\n{NAME}\r\n".encode()
    mail = KeptMail(
        account="us",
        folder="INBOX",
        uid_validity=1,
        uid=1,
        raw=raw,
        received_at=NOW,
        message_id=f"<{NAME}>",
        sender=f"{NAME}@example.com",
    )
    ledger.inbox.keep([mail, replace(mail, uid=2)], NOW)


def stray(ledger: Ledger) -> None:
    """Let a stranger's mail come, twice, and be settled; the journal names him."""
    mail_comes(ledger)
    settled = Settlement(mail=1, outcome=MailOutcome.STRANGER, detail=NAME)
    named = replace(a_line("stranger"), actor=NAME)
    ledger.commit(Changes(at=NOW, settled=(settled,), journal=(("", named), ("", a_line("other", NOW + MINUTE)))))


def raw_files(ledger: Ledger, url: str) -> list[bytes]:
    """Return the database's own files with its log, or on PostgreSQL the files of its tables and their indexes."""
    if (path := sqlite_path(url)) is not None:
        files = [path.with_name(path.name + ending) for ending in ("", "-wal")]
        return [one.read_bytes() for one in files if one.exists()]
    every = """SELECT pg_read_binary_file(pg_relation_filepath(oid::regclass)) FROM pg_class
        WHERE relkind IN ('r', 'i', 't') AND (relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace))"""
    with ledger.engine.connect() as connection:
        return [bytes(content) for (content,) in connection.exec_driver_sql(every)]


def test_what_is_destroyed_is_nowhere_and_its_copies_neither(url: str) -> None:
    """By HAPUS and its code, long before its time; the rows tell that there was a mail, and not of whom."""
    with open_ledger(url, fresh=b"1".__mul__) as ledger:
        mail_comes(ledger)
        wipe_and_look(ledger)
        assert any(NAME.encode() in content for content in raw_files(ledger, url)), "there until then"
        (second, first) = ledger.inbox.listing()
        assert (held_mail(ledger.engine, first.sha256[:12])[1], second.same_as) == ("there", first.id)
        with writing(ledger.engine) as connection:
            destroy(connection, [first.sha256])
        wipe_and_look(ledger)
        assert held_mail(ledger.engine, first.sha256[:12]) == (first.sha256, "gone")
        assert [(one.pruned, ledger.inbox.raw(one.id)) for one in ledger.inbox.listing()] == [(True, b"")] * 2
        assert not any(NAME.encode() in content for content in raw_files(ledger, url))


def test_a_stranger_is_gone_and_the_mail_is_known_still(url: str) -> None:
    """His bytes and his name go; the row proves that nothing is lost, and the same bytes are a copy if they come."""
    with open_ledger(url, fresh=b"1".__mul__) as ledger:
        stray(ledger)
        ends = Retention(kept={kind: Keeping(years=1) for kind in (Kind.STRAY_MAILS, Kind.LOG)})
        before = {kind: end for kind in Kind if (end := ends.due_before(kind, LATER)) is not None}
        found = look(ledger, before).found
        assert {kind: len(due.rows) for kind, due in found.due.items()} == {Kind.STRAY_MAILS: 2, Kind.LOG: 2}
        assert prune(ledger, before, "0" * 64, LATER, b"2".__mul__) is None
        removed = prune(ledger, before, found.digest, LATER, b"2".__mul__)
        assert removed is not None
        assert removed.files == 1
        mails = ledger.inbox.listing()
        assert [(mail.pruned, mail.message_id, ledger.inbox.raw(mail.id)) for mail in mails] == [(True, "", b"")] * 2
        assert ledger.inbox.counts().settled == 2
        assert not ledger.inbox.replay(1)
        first, _, told = ledger.journal.read()
        assert (first.line.actor, first.salt, first.line.event) == ("", "", "stranger")
        assert dict(told.line.detail)["stray_mails"] == "2"
        assert ledger.journal.verify() is None
        assert not look(ledger, before).found.due
        assert not any(NAME.encode() in content for content in raw_files(ledger, url))


def test_words_are_taken_from_the_journal_and_never_changed(ledger: Ledger) -> None:
    """The one change that the database lets through keeps everything that the chain runs over."""
    stray(ledger)
    (first, *_) = ledger.journal.read()
    words = "UPDATE journal SET actor = '', detail = '[]', salt = '', digest = 'ab'"
    for statement in (f"{words}, event = 'other'", f"{words}, hash = 'ab'", words.replace("actor = ''", "actor = 'x'")):
        with ledger.engine.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
            connection.exec_driver_sql(f"{statement} WHERE number = 1")
    assert ledger.journal.read()[0] == first


def test_the_record_waits_for_what_is_found_by_it() -> None:
    """And the archive goes with the record: an end for one of them alone makes neither due."""
    parts = {kind: Keeping(days=1) for kind in (Kind.MAILS, Kind.HELD, Kind.FORMS, Kind.DRAFTS)}
    some = Retention(kept={**parts, Kind.RECORD: Keeping(days=1), Kind.ARCHIVE: Keeping(years=5)})
    assert some.due_before(Kind.RECORD, NOW) is None
    whole = Retention(kept={**some.kept, Kind.LETTERS: Keeping(days=3)})
    ends = {kind: whole.due_before(kind, NOW) for kind in (Kind.MAILS, Kind.RECORD, Kind.ARCHIVE)}
    five = NOW.replace(year=NOW.year - 5)
    assert ends == {Kind.MAILS: NOW - timedelta(days=1), Kind.RECORD: five, Kind.ARCHIVE: five}
    for_ever = Retention(kept={**whole.kept, Kind.ARCHIVE: Keeping(years=5, permanent=True)})
    assert for_ever.due_before(Kind.ARCHIVE, NOW) is None
    assert for_ever.due_before(Kind.RECORD, NOW) == NOW - timedelta(days=3)
    leap = NOW.replace(year=2028, month=2, day=29)
    yearly = Retention(kept={Kind.LOG: Keeping(years=1)})
    assert yearly.due_before(Kind.LOG, leap) == leap.replace(year=2027, day=28)
