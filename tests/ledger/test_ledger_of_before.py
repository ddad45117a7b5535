"""A ledger of the version before, in the middle of a cycle: migrated, it goes on; killed at any statement, no less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step
from mailbot.ledger.engine import open_engine, writing
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.place import is_sqlite
from mailbot.ledger.schema import upgrade
from mailbot.ledger.values import HeldWhy, LetterState, OutboxLetter
from mailbot.rehearsal.clock import HandClock
from mailbot.writing.letters.letter import one_time_code
from tests.ledger.ledgers_of_before import COLLECTING, DRAFTING, SUBMITTING, lay, shape
from tests.office import SECRET, Seen, ToyOffice, ToyPost

FRIDAY = datetime(2026, 1, 9, 9, 5, tzinfo=UTC)
WEDNESDAY = datetime(2026, 1, 7, 4, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REPORT = "submission/2025/1"


class KilledHere(Exception):
    """The process died before this statement."""


@pytest.fixture
def opened(url: str, tmp_path: Path) -> Iterator[Callable[[str, datetime], ToyOffice]]:
    """Open an office on a ledger of the version before; its mail server counts anew."""
    with ExitStack() as at_the_end:

        def open_office(name: str, at: datetime) -> ToyOffice:
            lay(name, url, tmp_path)
            clock, ledger = HandClock(at), at_the_end.enter_context(open_ledger(url))
            office = ToyOffice(ledger=ledger, post=ToyPost(clock, uid_validity=2), clock=clock)
            office.archives_in(tmp_path / "arsip")
            return office

        yield open_office


def received(office: ToyOffice, kind: str) -> Seen:
    """Return the one letter of that kind, as its reader has had it since before the migration."""
    (letter,) = [letter for letter in office.ledger.letters.listing(limit=500) if letter.kind == kind]
    return office.seen(letter.address, office.ledger.letters.raw(letter.key))


def at(office: ToyOffice, key: str) -> OutboxLetter:
    """Return how a letter stands."""
    letter = office.ledger.letters.by_key(key)
    assert letter is not None
    return letter


def keys(office: ToyOffice, start: str) -> list[str]:
    """Return the keys of letters that begin so."""
    return [key for key in office.letter_keys() if key.startswith(start)]


def test_the_columns_say_what_was_read_out_of_keys(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """The row and version a letter asks about, the mail a code is for, which lines were read back; why it is held."""
    office = opened(COLLECTING, FRIDAY)
    letters = {letter.kind: letter for letter in office.ledger.letters.listing(limit=500)}
    challenge = letters["challenge"]
    assert challenge.asks == Asked(step=Step.COLLECT, version=1)
    asked_about = office.ledger.inbox.by_sha256(challenge.answers_mail)
    assert asked_about is not None
    assert b"TERIMA CAPIL" in office.ledger.inbox.raw(asked_about.id)
    assert letters["data_needs"].asks == Asked(step=Step.INFORM, version=1)
    assert (letters["lines_read"].number, letters["lines_read"].asks) == (1, None)
    assert letters["request"].asks is None
    held = [letter.held_why for letter in office.ledger.letters.listing(LetterState.HELD)]
    assert held == [HeldWhy.BY_HAND]
    assert office.ledger.journal.verify() is None


def test_a_cycle_with_letters_in_every_state_goes_on(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """What waits leaves, what is in doubt goes once more, byte for byte; what was given up is told of, once."""
    office = opened(COLLECTING, FRIDAY)
    by_state = {letter.state: letter for letter in reversed(office.ledger.letters.listing(limit=500))}
    queued, put_off = by_state[LetterState.QUEUED], by_state[LetterState.PUT_OFF]
    doubted, held, given_up = (
        by_state[state] for state in (LetterState.IN_DOUBT, LetterState.HELD, LetterState.GIVEN_UP)
    )
    office.works()
    assert at(office, queued.key).state is LetterState.SENT
    assert at(office, put_off.key).state is LetterState.PUT_OFF
    told = keys(office, f"undelivered/2025/{given_up.key}/")
    assert {key.rpartition("/")[2] for key in told} == {"operator", "perencanaan"}
    office.morning()
    assert {at(office, letter.key).state for letter in (put_off, doubted)} == {LetterState.SENT}
    raw = office.ledger.letters.raw(doubted.key)
    assert [sent for _, sent in office.post.delivered].count(raw) == 1
    assert at(office, held.key).state is LetterState.HELD
    assert not keys(office, "alarm/in_doubt/")
    assert office.ledger.outbox.release(held.key)
    office.hours_pass(0.1)
    assert at(office, held.key).state is LetterState.SENT
    assert keys(office, "undelivered/") == told


def test_the_code_of_a_challenge_of_before_is_taken(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """And makes the word count that it was asked for."""
    office = opened(COLLECTING, FRIDAY)
    assert office.unit("CAPIL").state is UnitState.RETURNED
    challenge = received(office, "challenge")
    (key,) = [letter.key for letter in office.ledger.letters.listing(limit=500) if letter.kind == "challenge"]
    office.answers("perencanaan", challenge, one_time_code(SECRET, key), proved=False)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED


def test_benar_to_lines_that_waited_before_makes_them_a_form(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """The answer finds which mail of lines it is about."""
    office = opened(COLLECTING, FRIDAY)
    assert office.unit("DAFDUK").waiting is not None
    office.answers("kabid-dafduk", received(office, "lines_read"), "BENAR")
    form = office.unit("DAFDUK")
    assert (form.waiting, form.attempts) == (None, 1)


def test_an_answer_to_a_draft_of_before_counts(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """It is about the version it was laid before its reader with."""
    office = opened(DRAFTING, WEDNESDAY)
    assert office.cycle().step is Step.DRAFT
    office.answers("perencanaan", received(office, "draft"), "TERUSKAN")
    assert office.cycle().step is Step.REVIEW


def test_a_report_held_in_doubt_before_is_told_of_and_released(opened: Callable[[str, datetime], ToyOffice]) -> None:
    """Nobody knows whether it arrived: it waits for the operator, and an answer to it proves that it did."""
    office = opened(SUBMITTING, WEDNESDAY)
    assert at(office, REPORT).held_why is HeldWhy.IN_DOUBT
    office.works()
    office.works()
    assert len(keys(office, "alarm/in_doubt/")) == 1
    assert at(office, REPORT).state is LetterState.HELD
    office.answers("bappeda", received(office, "submission"), "DITERIMA")
    proved = at(office, REPORT)
    assert (proved.state, proved.held_why) == (LetterState.SENT, None)
    assert office.cycle().closed


def test_a_migration_killed_before_any_statement_changes_nothing_and_ends_the_same(url: str, tmp_path: Path) -> None:
    """Killed before its first statement, its second, and so on; the same schema and the same rows in the end."""
    lay(COLLECTING, url, tmp_path)
    engine = open_engine(url)
    before, statements = shape(engine), 0
    left = [0]

    def die(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KilledHere

    while True:
        left[0] = statements
        event.listen(engine, "before_cursor_execute", die)
        try:
            upgrade(engine)
        except KilledHere:
            statements += 1
        else:
            break
        finally:
            event.remove(engine, "before_cursor_execute", die)
        assert shape(engine) == before
    assert statements > len(before)
    assert shape(engine) == _migrated_at_once(url, tmp_path)
    engine.dispose()


def _migrated_at_once(url: str, folder: Path) -> dict[str, Any]:
    """Return what becomes of the same ledger where nothing is killed; the database is emptied for it first."""
    engine = open_engine(url)
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    again = folder / "again"
    again.mkdir()
    other = f"sqlite:///{again / 'ledger.db'}" if is_sqlite(url) else url
    lay(COLLECTING, other, again)
    engine = open_engine(other)
    upgrade(engine)
    found = shape(engine)
    engine.dispose()
    return found
