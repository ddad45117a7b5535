"""Every case as people send it is read as it must be: figures, stamp, and faults to the cell."""

from __future__ import annotations

import json

import pytest

from mailbot.core.model.form import ReadForm
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.form_json import as_json, dump_form, load_form
from mailbot.reading.workbook.read_form import read_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook import cases_cells, cases_files, cases_people, cases_tables
from tests.reading.workbook.cases import Case, fault_line, figures

_READ: dict[str, ReadForm] = {}
CASES = (*cases_cells.CASES, *cases_tables.CASES, *cases_files.CASES, *cases_people.CASES)


def read(case: Case) -> ReadForm:
    """Read a case's file, once for all tests."""
    if case.name not in _READ:
        _READ[case.name] = read_form(case.build(), case.file_name, known_rows(office()), SECRET)
    return _READ[case.name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_read_as_it_must_be(case: Case) -> None:
    """Exactly the faults named, exactly the figures named."""
    form = read(case)
    assert (form.unreadable, form.untouched) == (case.unreadable, case.untouched)
    assert tuple(sorted(map(fault_line, form.faults))) == tuple(sorted(case.faults))
    assert form.years == case.years
    found = figures(form)
    assert {code: found.get(code) for code in case.values} == dict(case.values)


@pytest.mark.parametrize("case", [case for case in CASES if case.unreadable is None], ids=lambda case: case.name)
def test_a_stamp_holds_wherever_it_is_untouched(case: Case) -> None:
    """The stamp survives every edit of the rest; without it, or with it changed, nothing is believed of it."""
    stamp = read(case).stamp
    assert (stamp is not None) is case.stamped
    if stamp is not None and case.name != "the stamp was changed":
        assert (stamp.valid, stamp.cycle, stamp.unit) == (True, "2025", "dafduk")


def test_a_changed_stamp_does_not_hold() -> None:
    """A form whose stamp was edited says another unit, and is not believed."""
    (case,) = (case for case in CASES if case.name == "the stamp was changed")
    stamp = read(case).stamp
    assert stamp is not None
    assert (stamp.valid, stamp.unit) == (False, "capil")


def test_another_secret_makes_the_stamp_worthless() -> None:
    """Only our own key makes a stamp that holds."""
    (case,) = (case for case in CASES if case.name == "the form in good order")
    stamp = read_form(case.build(), case.file_name, known_rows(office()), b"another secret").stamp
    assert stamp is not None
    assert not stamp.valid


def test_there_are_as_many_cases_as_promised() -> None:
    """At least 120, no two of the same name."""
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 120


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_read_survives_the_way_out_of_the_process(case: Case) -> None:
    """The JSON that leaves the reader's process says the same as the value inside."""
    form = read(case)
    assert load_form(json.loads(as_json(dump_form(form)))) == form
