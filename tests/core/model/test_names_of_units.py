"""What the office calls the unit that runs the reporting, and whom the report goes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.model.office import Office
from mailbot.core.model.people import Role, Roster, unit_headed_by
from mailbot.core.model.profile import Profile
from tests.offices.small import OFFICE


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Kepala Sub Bagian Perencanaan dan Keuangan", "Sub Bagian Perencanaan dan Keuangan"),
        ("Kasubbag Program", "Sub Bagian Program"),
        ("kasubag  Umum", "Sub Bagian Umum"),
        ("Ketua Tim Perencanaan", "Tim Perencanaan"),
        ("Kepala Bapperida Kota Contoh", "Bapperida Kota Contoh"),
        ("Perencana Ahli Muda", ""),
    ],
)
def test_a_heads_title_names_his_unit(title: str, unit: str) -> None:
    """As offices write it; a title that names nothing gives nothing."""
    assert unit_headed_by(title) == unit


def titled(role: Role, *titles: str) -> Office:
    """Return the small office, its holders of a role replaced by these."""
    one = next(person for person in OFFICE.roster.people if person.role is role)
    others = tuple(person for person in OFFICE.roster.people if person.role is not role)
    people = (*others, *(replace(one, title=title) for title in titles))
    return replace(OFFICE, roster=Roster(units=OFFICE.roster.units, people=people))


def test_the_units_name_is_the_offices_own_before_it_is_taken_from_a_title() -> None:
    """The profile first; then the first title that says it; then nobody invents one."""
    office = titled(Role.PLANNING, "Perencana Ahli Muda", "Kepala Sub Bagian Program")
    assert office.planning_unit == "Sub Bagian Program"
    assert replace(office, profile=Profile(planning_unit="Tim Program")).planning_unit == "Tim Program"
    assert titled(Role.PLANNING, "Perencana Ahli Muda").planning_unit == ""


def test_who_held_a_post_before_names_no_unit_while_somebody_holds_it() -> None:
    """Units are renamed; an office keeps its former officials in its list."""
    office = titled(Role.PLANNING, "Kepala Sub Bagian Lama", "Kepala Sub Bagian Baru")
    *others, former, now = office.roster.people
    gone = replace(former, until=date(2025, 12, 31))
    assert (
        replace(office, roster=replace(office.roster, people=(*others, gone, now))).planning_unit == "Sub Bagian Baru"
    )


def test_the_board_is_named_by_its_heads_title() -> None:
    """Bappeda, Bapperida or Bagian Organisasi: whatever the roster says."""
    assert titled(Role.PLANNING_BOARD, "Kepala Bagian Organisasi").planning_board == "Bagian Organisasi"
