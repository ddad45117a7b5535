"""Kept files in an object store: carried, read, carried back, taken away; and a store that lies, forgets or is gone."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailbot.errors import FileAway, FileSpoilt, StoreUnavailable
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.carrying import carry_back, carry_out, whereabouts
from mailbot.ledger.elsewhere.letting_go import sweep
from mailbot.ledger.elsewhere.store import give_store
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.files_and_notes import CONFIG_ACCEPTED
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.personal.destroying import destroy
from mailbot.ledger.personal.sealing import give_key
from mailbot.ledger.personal.sealing_files import seal_files
from mailbot.ledger.tables import FileRow
from mailbot.ledger.values import Changes
from tests.ledger.elsewhere.shelf import on_a_shelf
from tests.ledger.examples import DAY, NOW, a_letter, a_mail

_FILE = table_of(FileRow).c

LONG = b"Subject: laporan\r\n\r\n" + b"isi yang panjang " * 1000
PAPER = b"%PDF-" + bytes(range(256)) * 100
SHA = hashlib.sha256(LONG).hexdigest()


def full(ledger: Ledger) -> None:
    """Keep a long mail and a short one, a letter and a paper."""
    ledger.inbox.keep([a_mail(1, LONG), a_mail(2)], NOW)
    ledger.commit(Changes(at=NOW, letters=(a_letter("satu"),)))
    ledger.files.keep(PAPER, "application/pdf", NOW)


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    """Return the rows of all files, as they lie."""
    with reading(ledger.engine) as connection:
        found = connection.exec_driver_sql("SELECT * FROM file ORDER BY sha256").all()
    return [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in found]


@pytest.fixture
def alone() -> Ledger:
    """A full ledger in memory."""
    ledger = open_ledger("sqlite://")
    full(ledger)
    return ledger


def test_whoever_reads_a_file_does_not_see_where_it_lies_and_back_every_row_is_as_it_was(ledger: Ledger) -> None:
    """Of a mail its head stays in the database, where the board's lists look."""
    full(ledger)
    before, shelf = rows(ledger), on_a_shelf(ledger)
    assert carry_out(ledger.engine, NOW).files == len(shelf.kept) == len(before) == 4
    with reading(ledger.engine) as connection:
        found = connection.execute(select(_FILE.sha256, _FILE.content))
        here = {row.sha256: row.content for row in found}
    assert here[SHA] == LONG[:6000]
    paper = hashlib.sha256(PAPER).hexdigest()
    assert here[paper] == b""
    assert not [name for name in shelf.kept if SHA in name or not name.startswith("disdukcapil/")]
    assert ledger.inbox.raw(1) == LONG
    assert ledger.files.read(paper) == PAPER
    assert ledger.letters.raw("satu") == b"Subject: satu\r\n\r\n"
    assert Boxes(ledger.engine).file(paper) == ("application/pdf", PAPER)
    assert carry_out(ledger.engine, NOW).files == 0
    lie = whereabouts(ledger.engine)
    assert (lie.here, lie.elsewhere, lie.to_delete) == (0, 4, 0)
    assert carry_back(ledger.engine).files == 4
    assert rows(ledger) == before
    assert sweep(ledger.engine, NOW).deleted == 4
    assert shelf.kept == {}


def test_small_and_young_files_stay_in_the_database(alone: Ledger) -> None:
    """So daily work waits for no store."""
    shelf = on_a_shelf(alone, smallest_bytes=10_000, after=DAY)
    assert carry_out(alone.engine, NOW + DAY - timedelta(seconds=1)).files == 0
    assert carry_out(alone.engine, NOW + DAY, most=1).files == 1
    assert sorted(shelf.kept.values()) == [PAPER]
    assert carry_out(alone.engine, NOW + DAY).files == 1
    assert sorted(shelf.kept.values()) == sorted([LONG, PAPER])


def test_the_configuration_in_force_stays_whatever_its_size(alone: Ledger) -> None:
    """The daemon reads it when it starts, and must start while the store is away."""
    files = json.dumps({"digest": "0" * 64, "files": {"office": hashlib.sha256(PAPER).hexdigest()}})
    alone.notes.write(CONFIG_ACCEPTED, files)
    shelf = on_a_shelf(alone)
    assert carry_out(alone.engine, NOW).files == 3
    assert PAPER not in shelf.kept.values()


@pytest.mark.parametrize("lie", ["forgets", "alters"])
def test_a_store_that_says_it_has_kept_and_has_not_is_seen_before_the_row_believes_it(alone: Ledger, lie: str) -> None:
    """Nothing is lost, and what lies there in vain is deleted later."""
    before, shelf = rows(alone), on_a_shelf(alone)
    setattr(shelf, lie, True)
    with pytest.raises(StoreUnavailable, match="gives back something else"):
        carry_out(alone.engine, NOW)
    assert rows(alone) == before
    assert sweep(alone.engine, NOW + timedelta(hours=2)).left == 0
    assert shelf.kept == {}


def test_killed_between_putting_and_saying_so_it_begins_again_and_leaves_nothing_behind(alone: Ledger) -> None:
    """The object of which no row knows is found by its note."""
    before, shelf = rows(alone), on_a_shelf(alone)
    shelf.dies = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        carry_out(alone.engine, NOW)
    assert rows(alone) == before
    assert len(shelf.kept) == 1
    assert sweep(alone.engine, NOW).deleted == 0
    assert carry_out(alone.engine, NOW + timedelta(minutes=1)).files == 4
    assert sweep(alone.engine, NOW + timedelta(hours=2)).deleted == 1
    assert alone.inbox.raw(1) == LONG
    assert len(shelf.kept) == 4


def test_bytes_that_changed_or_vanished_are_not_given_out_and_a_store_that_is_away_is_told_apart(alone: Ledger) -> None:
    """The former are noted as damage; the latter is asked again."""
    shelf = on_a_shelf(alone)
    carry_out(alone.engine, NOW)
    (name,) = (name for name, content in shelf.kept.items() if content == LONG)
    shelf.kept[name] = LONG[:-1] + b"X"
    with pytest.raises(FileSpoilt, match="gives back another file"):
        alone.inbox.raw(1)
    del shelf.kept[name]
    with pytest.raises(FileSpoilt, match="is gone from the object store"):
        alone.inbox.raw(1)
    shelf.away = True
    with pytest.raises(FileAway, match="cannot be had now"):
        alone.inbox.raw(1)
    give_store(alone.engine, None)
    with pytest.raises(FileAway, match="names none"):
        alone.inbox.raw(1)


def test_what_is_sealed_lies_sealed_there_and_is_sealed_there_anew(alone: Ledger) -> None:
    """The open object that lay there before is deleted."""
    give_key(alone.engine, b"rahasia kantor")
    shelf = on_a_shelf(alone)
    carry_out(alone.engine, NOW)
    with writing(alone.engine) as connection:
        seal_files(connection, [SHA])
    assert sweep(alone.engine, NOW).deleted == 1
    carry_out(alone.engine, NOW + DAY)
    assert len(shelf.kept) == 4
    assert not [content for content in shelf.kept.values() if b"isi yang panjang" in content]
    with reading(alone.engine) as connection:
        assert connection.execute(select(_FILE.content).where(_FILE.sha256 == SHA)).scalar() == b""
    assert alone.inbox.raw(1) == LONG
    carry_back(alone.engine)
    assert alone.inbox.raw(1) == LONG


def test_what_is_destroyed_goes_there_too_and_a_store_that_refuses_is_told_and_asked_again(alone: Ledger) -> None:
    """Until it is gone the ledger does not forget that it must go."""
    shelf = on_a_shelf(alone)
    carry_out(alone.engine, NOW)
    with writing(alone.engine) as connection:
        destroy(connection, [SHA])
    shelf.refuses_deleting = True
    refused = sweep(alone.engine, NOW)
    assert (refused.deleted, refused.left) == (0, 1)
    assert "AccessDenied" in refused.why
    assert whereabouts(alone.engine).to_delete == 1
    shelf.refuses_deleting = False
    assert sweep(alone.engine, NOW).deleted == 1
    assert LONG not in shelf.kept.values()
    assert alone.inbox.raw(1) == b""
