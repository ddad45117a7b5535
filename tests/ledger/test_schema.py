"""The schema: migrations and tables are equal, old ledgers are brought up, newer and foreign ones refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from mailbot.core.model.cycle import Cycle, UnitForm, WaitingLines
from mailbot.core.model.form import FormData, Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.mail import Evidence
from mailbot.core.model.sop import Step
from mailbot.errors import LedgerProblem
from mailbot.ledger.columns import Table
from mailbot.ledger.engine import open_engine, reading, writing
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.mapping import cycle_row, different_parts, dump, part_row
from mailbot.ledger.offices.apart import look_past_views
from mailbot.ledger.place import SCHEMA
from mailbot.ledger.schema import configuration, revision, upgrade
from mailbot.ledger.tables import UnitFormRow
from tests.ledger.offices.expected import with_office


def test_the_migrations_make_exactly_the_tables(ledger: Ledger) -> None:
    """What `alembic check` would say: nothing to add, nothing to drop, no type that differs."""
    several = ledger.engine.dialect.name == "postgresql"
    with ledger.engine.connect() as connection:
        if several:
            look_past_views(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, with_office(Table.metadata) if several else Table.metadata) == []


def test_the_program_names_the_newest_migration() -> None:
    """Otherwise it would upgrade at every start, or never."""
    assert ScriptDirectory.from_config(configuration()).get_heads() == [SCHEMA]


def test_a_ledger_that_is_up_to_date_is_left_alone(url: str) -> None:
    """Opening twice keeps what is there."""
    with open_ledger(url) as first:
        first.notes.write("a", "kept")
    with open_ledger(url) as second:
        assert second.notes.read("a") == "kept"


def test_several_programs_that_open_a_new_ledger_at_once_make_it_once(url: str) -> None:
    """The second waits for the first and finds nothing to do."""
    with ThreadPoolExecutor(4) as pool:
        for ledger in pool.map(open_ledger, [url] * 4):
            ledger.close()
    with open_ledger(url) as ledger:
        assert ledger.journal.verify() is None


def test_a_ledger_of_a_newer_program_is_refused(url: str) -> None:
    """An old program must not write what it does not understand."""
    with open_ledger(url) as ledger, writing(ledger.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerProblem, match=r"schema 9999.*newer mailbot"):
        open_ledger(url)


def test_a_database_that_holds_something_else_is_refused(url: str) -> None:
    """And not a table is added to it."""
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE wages (id INTEGER)")
    with pytest.raises(LedgerProblem, match=r"something else.*'wages'"):
        open_ledger(url)
    assert inspect(engine).get_table_names() == ["wages"]
    engine.dispose()


def test_a_migration_killed_half_way_has_changed_nothing_and_begins_again(url: str) -> None:
    """All of it is one transaction, on both databases: tables, triggers and the revision."""
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.begin()
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert revision(connection) == SCHEMA
        connection.invalidate()
    assert inspect(engine).get_table_names() == []
    upgrade(engine)
    with reading(engine) as connection:
        assert revision(connection) == SCHEMA
    engine.dispose()


def test_what_came_beside_waiting_lines_becomes_evidence_of_their_unit(url: str) -> None:
    """Names without a digest, of the mail they came in; the lines go on waiting."""
    came, mail, tables = datetime(2026, 1, 8, 2, 16, tzinfo=UTC), "ab" * 32, Table.metadata.tables
    read = Submission(
        number=1,
        file_sha256="cd" * 32,
        file_name="balasan.txt",
        sender="kabid.dafduk@example.go.id",
        message_id="<1@example.go.id>",
        received_at=came,
        data=FormData(),
    )
    waiting = WaitingLines(read=read, mail_sha256=mail, written="IKU-02: 99,12")
    form = UnitForm(unit="dafduk", line_mails=1, waiting=waiting)
    cycle = Cycle(
        key="2025",
        period=Period(year=2025),
        step=Step.COLLECT,
        since=came,
        due_at=came,
        opened_at=came,
        units=(form, UnitForm(unit="capil")),
    )
    packed = dump(WaitingLines, waiting).replace('{"mail_sha256"', '{"attached":["Rekap.pdf","foto.jpg"],"mail_sha256"')
    engine = open_engine(url)
    with writing(engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        there = {
            name: {one["name"] for one in inspect(connection).get_columns(name)} for name in ("cycle", "unit_form")
        }
        first = {name: cell for name, cell in cycle_row(cycle, 1).items() if name in there["cycle"]}
        connection.execute(tables["cycle"].insert(), first)
        for (_, unit), part in different_parts(None, cycle)[1][UnitFormRow].items():
            row = part_row(UnitFormRow, (cycle.key, unit), part)
            row = {name: cell for name, cell in row.items() if name in there["unit_form"]}
            row["waiting"] = row["waiting"] and packed
            connection.execute(tables["unit_form"].insert(), row)
    engine.dispose()
    names = ("Rekap.pdf", "foto.jpg")
    kept = tuple(Evidence(file_sha256="", file_name=name, mail_sha256=mail, received_at=came) for name in names)
    with open_ledger(url) as ledger:
        migrated = ledger.cycles.get("2025")
    assert migrated == replace(cycle, version=1, units=(replace(form, evidence=kept), UnitForm(unit="capil")))


def test_migrating_leaves_foreign_keys_on() -> None:
    """SQLite's are off while a migration runs, and only then; in memory it is the same connection that goes on."""
    with open_ledger("sqlite://") as ledger, reading(ledger.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
