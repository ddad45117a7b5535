"""Story 36: mailbot is brought up to date twice in the middle of a cycle, from each of the last three ledgers.

First in row 3, with letters in every state and lines of a mail that wait for BENAR; then in row 6, with a draft before
Subbag Program. It goes on to the archive; nothing leaves twice, and nothing is lost.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from mailbot.clerk.sending import take_back
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.ledger.engine import open_engine, writing
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.place import SCHEMA
from mailbot.ledger.schema import configuration
from mailbot.ledger.values import ClaimedLetter, LetterState
from mailbot.writing.archive.verify import verify_archive
from tests.copied import copy_of
from tests.office import CYCLE, ToyOffice, requested
from tests.stories.lines_life import FIRST

BEFORE = ("0025", "0026", "0027")
ASKERS = ("kadis", "sekretaris", "perencanaan", "umum", "kabid-dafduk", "kabid-piak", "kasi-inovasi")
CLEAR = FIRST.replace("3.000", "3")


def as_it_was(office: ToyOffice, revision: str, folder: Path) -> str:
    """Write an office's ledger as the program of that schema kept it; return the URL."""
    folder.mkdir()
    now, before = folder / "now.db", folder / "ledger.db"
    now.write_bytes(copy_of(office.ledger))
    engine = open_engine(f"sqlite:///{before}")
    with writing(engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(before)) as database, database:
        database.execute("ATTACH ? AS now", (str(now),))
        triggers = database.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'").fetchall()
        tables = [row[0] for row in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for table in tables:
            if table != "alembic_version":
                columns = ", ".join(row[1] for row in database.execute(f"PRAGMA main.table_info({table})"))
                database.execute(f"DELETE FROM main.{table}")  # noqa: S608 - its own table
                database.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")  # noqa: S608 - as above
        for _, trigger in triggers:
            database.execute(trigger)
    return f"sqlite:///{before}"


def brought_up_to_date(office: ToyOffice, revision: str, folder: Path) -> ToyOffice:
    """Return the office at work by this program on what that one left, as the daemon begins."""
    url = as_it_was(office, revision, folder)
    office.ledger.close()
    again = ToyOffice(ledger=open_ledger(url), post=office.post, clock=office.clock)
    with again.ledger.engine.connect() as connection:
        (schema,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
    assert (revision < SCHEMA, schema) == (True, SCHEMA)
    take_back(again.ledger, again.clock(), again.clerk.post.name)
    return again


def with_letters_in_every_state(office: ToyOffice) -> dict[str, str]:
    """Let letters stand in every state there is; return the key of each, by what becomes of it."""
    outbox = office.ledger.outbox
    outbox.hold_all()
    for person in ASKERS:
        office.post.arrive(office.mail(person, None, "STATUS"))
    office.works()
    outbox.release_all()
    at, lease = office.clock(), timedelta(minutes=15)
    keys: dict[str, str] = {}

    def next_one(fate: str) -> ClaimedLetter:
        claimed = outbox.claim_due(at, office.clerk.post.name, lease)
        assert claimed is not None
        keys[fate] = claimed.key
        return claimed

    next_one("sending")
    assert outbox.mark_data(next_one("sending_data"))
    assert outbox.put_off(next_one("put_off"), at + timedelta(hours=1), "451 4.7.1 later")
    assert outbox.give_up(next_one("given_up"), "550 5.1.1 User unknown")
    doubted = next_one("in_doubt")
    assert outbox.mark_data(doubted)
    assert outbox.doubt(doubted, at + timedelta(minutes=30), "the line broke")
    waiting = [letter.key for letter in office.ledger.letters.listing(LetterState.QUEUED)]
    keys["held"], keys["queued"] = waiting[0], waiting[1]
    assert outbox.hold(keys["held"])
    return keys


@pytest.mark.parametrize("revision", BEFORE)
def test_a_cycle_goes_on_from_each_of_the_last_three_ledgers(tmp_path: Path, revision: str) -> None:
    """Row 3 with everything under way, then row 6 with a draft, then the archive."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), CLEAR)
    assert office.unit("CAPIL").waiting is not None
    office.sends_form("kabid-dafduk", "DAFDUK", mistakes=1)
    office.sends_form("kabid-piak", "PIAK")
    keys = with_letters_in_every_state(office)
    units, letters = {form.unit: form.state for form in office.cycle().units}, office.letter_keys()

    office = brought_up_to_date(office, revision, tmp_path / "row-3")
    assert {form.unit: form.state for form in office.cycle().units} == units
    assert office.letter_keys() == letters
    office.works()
    for _ in range(4):
        office.hours_pass(1)
    stands = {fate: office.ledger.letters.by_key(key) for fate, key in keys.items()}
    assert {fate: letter.state.value for fate, letter in stands.items() if letter is not None} == {
        **dict.fromkeys(("sending", "sending_data", "put_off", "in_doubt", "queued"), "sent"),
        "given_up": "given_up",
        "held": "held",
    }
    assert office.ledger.outbox.release(keys["held"])
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read"), "BENAR")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    office.sends_form("kabid-dafduk", "DAFDUK")
    office.sends_form("umum", "SEKRETARIAT")
    office.hours_pass(1)
    assert office.cycle().step is Step.DRAFT

    office = brought_up_to_date(office, revision, tmp_path / "row-6")
    office.archives_in(tmp_path / "arsip")
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    office.morning()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA")
    office.days_pass(2)
    assert office.cycle().closed
    assert verify_archive(tmp_path / "arsip" / CYCLE) == ()
    assert office.ledger.journal.verify() is None
    _nothing_twice_and_nothing_lost(office, keys)


def _nothing_twice_and_nothing_lost(office: ToyOffice, keys: dict[str, str]) -> None:
    """Each letter that was to leave has left once, in the bytes that are kept; each mail is kept and has one fate."""
    left = Counter(raw for _, raw in office.post.delivered)
    assert max(left.values()) == 1
    kept = {letter.key: letter.state for letter in office.ledger.letters.listing(limit=1000)}
    assert {key for key, state in kept.items() if state is not LetterState.SENT} == {keys["given_up"]}
    assert {office.ledger.letters.raw(key) for key in kept if key != keys["given_up"]} == set(left)
    counts = office.ledger.inbox.counts()
    assert (counts.kept, counts.waiting, counts.set_aside) == (len(office.post.mails), 0, 0)
    told = [key for key in kept if key.startswith("undelivered/")]
    assert len(told) == 2
