"""The journal: added to, never changed, and every change would show."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from mailbot.core.model.outcome import JournalLine
from mailbot.ledger.engine import writing
from mailbot.ledger.journal import FIRST, JournalEntry, JournalHead, canonical, first_broken, link, salt_of
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.values import Changes
from tests.ledger.examples import MINUTE, NOW, a_line

JAKARTA = timezone(timedelta(hours=7))
TOUCHED = "UPDATE journal SET event = 'forged' WHERE number = 2"


def fill(ledger: Ledger, lines: int = 3) -> None:
    """Write lines in commits of their own, in two cycles by turns."""
    for number in range(1, lines + 1):
        line = a_line(f"event-{number}", NOW + number * MINUTE)
        ledger.commit(Changes(at=NOW, journal=((f"cycle-{number % 2}", line),)))


def chained(lines: int) -> tuple[list[JournalEntry], JournalHead]:
    """Make a journal without a database."""
    entries: list[JournalEntry] = []
    digest = FIRST
    for number in range(1, lines + 1):
        line = a_line(f"event-{number}")
        salt = salt_of("pepper", number) if number % 3 else ""
        digest = link(digest, salt, number, "2026", line)
        entries.append(JournalEntry(number=number, cycle="2026", line=line, hash=digest, salt=salt))
    return entries, JournalHead(count=lines, hash=digest)


def test_lines_are_read_back_in_order_with_their_cycle(ledger: Ledger) -> None:
    """All of them, or one cycle's; numbers run without a gap."""
    fill(ledger)
    assert [(entry.number, entry.cycle, entry.line.event) for entry in ledger.journal.read()] == [
        (1, "cycle-1", "event-1"),
        (2, "cycle-0", "event-2"),
        (3, "cycle-1", "event-3"),
    ]
    assert [entry.number for entry in ledger.journal.read("cycle-1")] == [1, 3]
    (_, second, _) = ledger.journal.read()
    assert second.line == a_line("event-2", NOW + 2 * MINUTE)


def test_a_new_journal_is_whole_and_empty(ledger: Ledger) -> None:
    """Its chain begins with nothing."""
    assert ledger.journal.head() == JournalHead(count=0, hash=FIRST)
    assert ledger.journal.verify() is None


def test_the_head_is_the_hash_of_the_last_line(ledger: Ledger) -> None:
    """To be printed in letters as a witness outside."""
    fill(ledger)
    assert ledger.journal.head() == JournalHead(count=3, hash=ledger.journal.read()[-1].hash)
    assert ledger.journal.verify() is None


@pytest.mark.parametrize("statement", [TOUCHED, "DELETE FROM journal WHERE number = 3"])
def test_the_database_itself_refuses_to_change_the_journal(ledger: Ledger, statement: str) -> None:
    """Triggers, on both."""
    fill(ledger)
    with ledger.engine.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.exec_driver_sql(statement)
    assert ledger.journal.verify() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (TOUCHED, 2),
        ("UPDATE journal SET detail = '[]' WHERE number = 1", 1),
        ("UPDATE journal SET cycle = 'other' WHERE number = 3", 3),
        ("UPDATE journal SET at = (SELECT at FROM journal WHERE number = 1) WHERE number = 2", 2),
        ("DELETE FROM journal WHERE number = 2", 2),
        ("DELETE FROM journal WHERE number = 3", 3),
        ("DELETE FROM journal", 1),
        ("UPDATE journal SET number = 7 WHERE number = 2", 2),
        ("UPDATE journal_head SET lines = 2", 3),
    ],
)
def test_a_change_past_the_triggers_is_found_at_its_line(ledger: Ledger, statement: str, broken: int) -> None:
    """Whoever owns the machine can drop a trigger; the chain still tells."""
    fill(ledger)
    with writing(ledger.engine) as connection:
        if ledger.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER journal_no_update")
            connection.exec_driver_sql("DROP TRIGGER journal_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER journal_no_change ON public.journal")
            connection.exec_driver_sql("DROP TRIGGER journal_no_update ON public.journal")
        connection.exec_driver_sql(statement)
    assert ledger.journal.verify() == broken


def test_the_canonical_spelling_is_fixed(ledger: Ledger) -> None:
    """Another machine, in ten years, must make the same bytes of the same line."""
    line = JournalLine(
        at=NOW.astimezone(JAKARTA), event="form_returned", actor="mailbot", unit="piak", detail=(("kata", "café"),)
    )
    assert canonical(7, "2026", line) == (
        b'{"actor":"mailbot","at":"2027-01-11T02:30:00.000000+00:00","cycle":"2026",'
        b'"detail":[["kata","caf\\u00e9"]],"event":"form_returned","number":7,"unit":"piak"}'
    )
    assert re.fullmatch("[0-9a-f]{64}", link(FIRST, "", 7, "2026", line))
    ledger.commit(Changes(at=NOW, journal=(("2026", line),)))
    assert ledger.journal.head().hash == link(FIRST, salt_of("", 1), 1, "2026", line)


def test_the_chain_runs_over_salted_digests() -> None:
    """Nobody who lacks the salt can tell from the hashes which of two things a line said; a former line has no salt."""
    line, salt = a_line("form_returned"), salt_of("pepper", 7)
    digest = hashlib.sha256(bytes.fromhex(salt) + canonical(7, "2026", line)).digest()
    assert link(FIRST, salt, 7, "2026", line) == hashlib.sha256(bytes(32) + digest).hexdigest()
    assert link(FIRST, "", 7, "2026", line) == hashlib.sha256(bytes(32) + canonical(7, "2026", line)).hexdigest()


def test_the_salts_of_a_ledger_that_is_kept_come_from_chance_once(tmp_path: Path) -> None:
    """Opened again, the ledger keeps its pepper; two ledgers chain the same line differently."""
    for folder, chance in (("one", b"1"), ("other", b"2")):
        (tmp_path / folder).mkdir()
        url = f"sqlite:///{tmp_path / folder / 'ledger.db'}"
        for again in (chance, b"3"):
            with open_ledger(url, fresh=again.__mul__) as ledger:
                ledger.commit(Changes(at=NOW, journal=(("", a_line("event")),)))
    heads = []
    for folder in ("one", "other"):
        with open_ledger(f"sqlite:///{tmp_path / folder / 'ledger.db'}") as ledger:
            assert [entry.salt for entry in ledger.journal.read()] == [
                salt_of((b"1" if folder == "one" else b"2").hex() * 32, number) for number in (1, 2)
            ]
            assert ledger.journal.verify() is None
            heads.append(ledger.journal.head().hash)
    assert heads[0] != heads[1]


def test_a_line_with_text_no_database_takes_is_kept_and_still_proves_itself(ledger: Ledger) -> None:
    """A NUL in a name from outside breaks neither the row nor the chain."""
    line = replace(a_line("mail\0settled"), actor="\ud800", detail=(("file", "a\0b\ud800"),))
    ledger.commit(Changes(at=NOW, journal=(("2026", line),)))
    assert ledger.journal.verify() is None
    (entry,) = ledger.journal.read()
    assert entry.line == replace(line, event="mail\ufffdsettled", actor="\ufffd")


@given(st.integers(2, 8), st.data())
def test_every_mutation_of_a_journal_is_found(lines: int, data: st.DataObject) -> None:
    """Edited, deleted, swapped, repeated or cut: the first line that is not as it was is named, or one before it."""
    entries, head = chained(lines)
    assert first_broken(entries, head) is None
    at = data.draw(st.integers(0, lines - 1))
    match data.draw(st.sampled_from(["edit", "delete", "swap", "repeat", "cut", "rehash"])):
        case "edit":
            entries[at] = replace(entries[at], line=replace(entries[at].line, actor="forger"))
        case "delete":
            del entries[at]
        case "swap":
            at = min(at, lines - 2)
            entries[at], entries[at + 1] = entries[at + 1], entries[at]
        case "repeat":
            entries.insert(at + 1, entries[at])
            at += 1
        case "cut":
            del entries[at:]
        case _:
            entries[at] = replace(entries[at], hash="f" * 64)
    assert first_broken(entries, head) == at + 1
