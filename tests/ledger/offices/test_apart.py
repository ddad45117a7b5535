"""Two offices of one database: each has its own rows, keys, mark and seal, and a pool they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from sqlalchemy import event, inspect, select
from sqlalchemy.exc import DBAPIError

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import LedgerProblem
from mailbot.ledger.columns import Table
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.mark import WRITES, mark_of
from mailbot.ledger.offices.pool import pool_of
from mailbot.ledger.personal.destroying import destroy
from mailbot.ledger.tables import NoteRow
from mailbot.ledger.values import Changes, Settlement
from tests.ledger.examples import NOW, a_letter, a_line, a_mail, a_new_cycle, opening, queueing
from tests.ledger.offices.neighbour import NEIGHBOUR, rows_of, works

pytestmark = pytest.mark.servers
OURS = "kantor-a"
MANY = 200


@pytest.fixture
def two(postgres_url: str) -> Iterator[tuple[Ledger, Ledger]]:
    """Two offices that have done nothing yet."""
    with open_ledger(postgres_url, office=OURS) as ours, open_ledger(postgres_url, office="kantor-b") as other:
        yield ours, other


def test_every_key_and_index_begins_with_the_office(two: tuple[Ledger, Ledger]) -> None:
    """And every table has a view; Alembic compares neither primary keys nor what a view shows."""
    look = inspect(two[0].engine)
    for table in Table.metadata.tables:
        keys: list[Sequence[str | None]] = [look.get_pk_constraint(table, "public")["constrained_columns"]]
        keys += [key["constrained_columns"] for key in look.get_foreign_keys(table, "public")]
        keys += [index["column_names"] for index in look.get_indexes(table, "public")]
        assert {key[0] for key in keys} == {"office"}, table
        shown = {column["name"] for column in look.get_columns(table, "one_office")}
        assert shown == {column["name"] for column in look.get_columns(table, "public")}, table


def test_a_new_office_begins_like_a_new_ledger(two: tuple[Ledger, Ledger]) -> None:
    """With the rows that migrations put into a new SQLite file, and nothing is left of an office without a key."""
    with open_ledger("sqlite://") as alone, alone.engine.connect() as connection:
        first = {
            name: len(connection.execute(select(table)).all()) for name, table in sorted(Table.metadata.tables.items())
        }
    for ledger, office in zip((*two, two[0]), (OURS, "kantor-b", ""), strict=True):
        found = {name: count for name, (count, _) in rows_of(ledger.engine, office).items()}
        assert found == (first if office else dict.fromkeys(first, 0))


def test_the_same_of_everything_is_each_offices_own(two: tuple[Ledger, Ledger]) -> None:
    """The same bytes are two mails, the same key two letters; what one destroys the other has."""
    for ledger in two:
        assert ledger.inbox.keep([a_mail(1)], NOW) == 1
        ledger.commit(opening(a_new_cycle()))
        assert ledger.commit(queueing(a_letter("k"))).queued == ("k",)
        (mail,) = ledger.inbox.unsettled(9)
        settled = Settlement(mail=mail.id, outcome=MailOutcome.STRANGER, cycles=("2026",))
        ledger.commit(Changes(at=NOW, settled=(settled,), journal=(("2026", a_line("opened")),)))
        assert (ledger.inbox.counts().kept, ledger.journal.head().count, ledger.looks.in_balance()) == (1, 1, True)
    ours, other = two
    (mine,), (its,) = ours.inbox.listing(), other.inbox.listing()
    with writing(ours.engine) as connection:
        destroy(connection, [mine.sha256])
    assert (its.sha256, other.inbox.raw(its.id)) == (mine.sha256, a_mail(1).raw)
    assert ours.inbox.raw(mine.id) == b""
    with pytest.raises(KeyError):
        ours.inbox.get(its.id)


def test_a_transaction_that_is_undone_leaves_the_connection_to_the_right_office(two: tuple[Ledger, Ledger]) -> None:
    """One connection serves both in turn: what is set inside of a transaction would be undone with it."""
    ours, other = two
    for turn in range(4):
        with suppress(ZeroDivisionError), writing(ours.engine) as connection:
            connection.execute(select(NoteRow)).all()
            raise ZeroDivisionError
        other.notes.write("whose", f"other {turn}")
        assert ours.notes.read("whose") == (f"ours {turn - 1}" if turn else "")
        ours.notes.write("whose", f"ours {turn}")
        assert other.notes.read("whose") == f"other {turn}"


def test_many_threads_of_many_offices_take_nobody_elses_rows(postgres_url: str) -> None:
    """Connections go from hand to hand; each office counts its own writes."""
    with ExitStack() as opened, ThreadPoolExecutor(8) as pool:
        ledgers = [opened.enter_context(open_ledger(postgres_url, office=f"kantor-{number}")) for number in range(5)]

        def work(turn: int) -> bool:
            ledger, mine = ledgers[turn % 5], str(turn % 5)
            ledger.notes.write("whose", mine)
            return ledger.notes.read("whose") == mine

        assert all(pool.map(work, range(100)))
        held = pool_of(ledgers[0].engine)
        assert held is not None
        assert held.engine.pool.checkedin() <= 15  # type: ignore[attr-defined]  # a QueuePool's


def test_many_ledgers_share_one_pool_and_one_look(postgres_url: str) -> None:
    """A further office costs two questions and its first rows; once it has them, one question."""
    with ExitStack() as opened:
        first = opened.enter_context(open_ledger(postgres_url, office="kantor"))
        pool = pool_of(first.engine)
        assert pool is not None
        asked: list[str] = []
        event.listen(pool.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        ledgers = [opened.enter_context(open_ledger(postgres_url, office=f"kantor-{one}")) for one in range(MANY)]
        assert len(asked) == 4 * MANY
        asked.clear()
        opened.enter_context(open_ledger(postgres_url, office="kantor-7"))
        assert len(asked) == 1
        assert {pool_of(ledger.engine) for ledger in ledgers} == {pool}
        with first.engine.connect() as connection:
            held = connection.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).scalar_one()
        assert held == 1


def test_closing_one_ledger_closes_no_others(two: tuple[Ledger, Ledger]) -> None:
    """The pool ends with the last of them, and twice is as good as once."""
    ours, other = two
    ours.close()
    ours.close()
    other.notes.write("a", "still here")
    assert other.notes.read("a") == "still here"


def test_each_office_has_a_mark_of_its_own(postgres_url: str, tmp_path: Path) -> None:
    """By database and office; the mark of one says nothing of another's writes."""
    with open_ledger(postgres_url, marks=tmp_path, office=OURS) as ours:
        for value in "abc":
            ours.notes.write("a", value)
    with open_ledger(postgres_url, marks=tmp_path, office="kantor-b") as other:
        other.notes.write("a", "1")
        assert (other.notes.read(WRITES), other.notes.read(RESTORED)) == ("1", "")
    marks = [mark_of(postgres_url, tmp_path, office) for office in (OURS, "kantor-b", "")]
    assert [mark.read() for mark in marks if mark] == [3, 1, 0]


def test_each_office_seals_with_its_own_key(postgres_url: str) -> None:
    """One cannot open what the other has sealed, and one without a key seals nothing."""
    from mailbot.ledger.personal.sealing_files import seal_files  # noqa: PLC0415 - used here alone

    contents = {}
    with ExitStack() as opened:
        for office, secret in ((OURS, b"a" * 32), ("kantor-b", b"b" * 32), ("kantor-c", None)):
            ledger = opened.enter_context(open_ledger(postgres_url, office=office, secret=secret))
            sha256 = ledger.files.keep(b"NIK 3276012345670001", "text/plain", NOW)
            with writing(ledger.engine) as connection:
                assert seal_files(connection, [sha256]) == ({sha256} if secret else set())
            assert ledger.files.read(sha256) == b"NIK 3276012345670001"
            with reading(ledger.engine) as connection:
                contents[office] = connection.exec_driver_sql("SELECT content FROM file").scalar_one()
        assert len(set(contents.values())) == 3
        with writing(ledger.engine) as connection:
            connection.exec_driver_sql("UPDATE file SET content = %s", (contents[OURS],))
        with pytest.raises(LedgerProblem, match="key is missing"):
            ledger.files.read(sha256)


def test_an_office_that_got_its_key_since_is_not_begun_anew(beside_neighbour: str) -> None:
    """An empty ledger would ask everybody again; told that it is the same, the database gives its rows the key."""
    with open_ledger(beside_neighbour) as alone:
        works(alone)
        before = {name: count for name, (count, _) in rows_of(alone.engine, "").items()}
        with pytest.raises(LedgerProblem, match=r"office without a key.*CALL name_office\('', 'kantor-a'\)"):
            open_ledger(beside_neighbour, office=OURS)
        with alone.engine.begin() as connection:
            connection.exec_driver_sql(f"CALL name_office('', '{OURS}')")
    with open_ledger(beside_neighbour, office=OURS) as named:
        assert {name: count for name, (count, _) in rows_of(named.engine, OURS).items()} == before
        assert named.journal.verify() is None
        with pytest.raises(DBAPIError, match="append-only"), named.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM journal")


def test_what_is_written_for_another_office_by_name_is_refused(beside_neighbour: str) -> None:
    """By the database itself, through the views that everything goes through."""
    told = f"INSERT INTO note (office, name, value) VALUES ('{NEIGHBOUR}', 'x', 'y')"  # noqa: S608 - our own name
    with open_ledger(beside_neighbour) as ledger, writing(ledger.engine) as connection:
        with pytest.raises(DBAPIError, match="check option"):
            connection.exec_driver_sql(told)
        connection.rollback()
