"""What is written is what is read: rows and JSON text give back the very values of the core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import Fault, FormData
from mailbot.ledger.columns import Table, storable
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.mapping import cycle_row, different_parts, dump, load, part_row
from mailbot.ledger.tables import CycleRow
from mailbot.ledger.values import Changes, CycleChange
from tests.ledger.examples import NOW, a_full_cycle, opening
from tests.ledger.strategies import cycles, faults, forms

SLOWLY = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
_numbers = count(1)


def write(ledger: Ledger, before: Cycle | None, after: Cycle) -> Cycle:
    """Write a cycle and read it back."""
    (stored,) = ledger.commit(Changes(at=NOW, cycles=(CycleChange(before=before, after=after),))).cycles
    read = ledger.cycles.get(after.key)
    assert read == stored
    return stored


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Ledger]:
    """One ledger for all examples; each takes a key of its own."""
    with open_ledger("sqlite://") as ledger:
        yield ledger


@SLOWLY
@given(cycles, cycles)
def test_any_cycle_comes_back_equal_however_it_was_changed(in_memory: Ledger, first: Cycle, second: Cycle) -> None:
    """A new one, one that became quite another, and one that became what it had been."""
    key = str(next(_numbers))
    first, second = replace(first, key=key), replace(second, key=key)
    stored = write(in_memory, None, first)
    assert stored == replace(first, version=1)
    stored = write(in_memory, stored, second)
    assert stored == replace(second, version=2)
    assert write(in_memory, stored, first) == replace(first, version=3)


def test_a_full_cycle_comes_back_equal_on_both_databases(ledger: Ledger) -> None:
    """Every table has a row of it."""
    cycle = a_full_cycle()
    assert ledger.commit(opening(cycle)).cycles == (replace(cycle, version=1),)
    assert ledger.cycles.all() == ledger.cycles.open() == (replace(cycle, version=1),)


@SLOWLY
@given(forms, st.lists(faults, max_size=3).map(tuple))
def test_any_form_and_its_faults_survive_as_json(data: FormData, found: tuple[Fault, ...]) -> None:
    """Decimals to the last zero, lone surrogates and NULs included."""
    assert load(FormData, dump(FormData, data)) == data
    assert load(tuple[Fault, ...], dump(tuple[Fault, ...], found)) == found
    assert dump(FormData, data).isascii()


def test_a_decimal_keeps_its_zeros() -> None:
    """98,50 is not 98,5 to whoever signs the report."""
    (answer,) = a_full_cycle().units[0].submissions[0].data.indicators
    assert str(load(type(answer), dump(type(answer), answer)).actual.value) == "98.50"


def test_every_column_is_written() -> None:
    """A column without a field would stay empty for ever; a field without a column would be lost."""
    cycle = a_full_cycle()
    written: dict[type[Table], set[str]] = {CycleRow: set(cycle_row(cycle, 1))}
    for table, found in different_parts(None, cycle)[1].items():
        key, part = next(iter(found.items()))
        written[table] = set(part_row(table, key, part))
    columns = {table: set(Table.metadata.tables[str(table.__tablename__)].columns.keys()) for table in written}
    assert written == columns


def test_a_type_that_was_never_met_is_refused_and_not_guessed() -> None:
    """Whoever adds one to the core hears of it at once."""
    with pytest.raises(TypeError, match="set"):
        dump(set[str], {"one"})


def test_a_field_that_is_not_known_is_refused_and_not_dropped() -> None:
    """A text written by a program that knows more is not read as less."""
    with pytest.raises(ValueError, match="filed_by"):
        load(FormData, '{"filed_by":"Kabid"}')


@given(st.text())
def test_any_text_is_made_storable_and_storable_text_is_left_alone(text: str) -> None:
    """What comes out can be encoded and holds no NUL; good text is the same as before."""
    made = storable(text)
    made.encode()
    assert "\0" not in made
    assert storable(made) == made
    assert made == text or "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def test_the_versions_of_the_draft_that_are_over_stay_for_the_record(tmp_path: Path) -> None:
    """The cycle shows the present one alone."""
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        first = write(ledger, None, a_full_cycle())
        assert first.draft is not None
        second = write(ledger, first, replace(first, draft=replace(first.draft, version=3)))
        assert second.draft is not None
        assert second.draft.version == 3
        with ledger.engine.connect() as connection:
            versions = connection.exec_driver_sql("SELECT version FROM draft ORDER BY version").scalars().all()
        assert versions == [2, 3]
