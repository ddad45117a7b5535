"""The core's plain values: people in their dates, rows in their order, forms by code, stamps that hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitForm, UnitState
from mailbot.core.model.form import Entry, FormData, Narrative
from mailbot.core.model.form_layout import COLUMNS, FIELDS_BY_HEADER, SheetName, address, code_key, header_key, place_of
from mailbot.core.model.form_stamp import Print, holds, sign
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_in_answer import Status
from mailbot.core.model.mail import Mail
from mailbot.core.model.people import Acting, Person, Role
from mailbot.core.model.sop import Step
from tests.core.desks import MAIL
from tests.core.play import collecting
from tests.core.small_forms import money, number, row, whole, words
from tests.offices.small import OFFICE

ROSTER = OFFICE.roster


def test_a_deputy_in_his_dates_stands_before_the_incumbent() -> None:
    """Plt. from 14 to 20 January, both included."""
    holders = [ROSTER.holder(Role.DIVISION_HEAD, date(2026, 1, day), "CAPIL") for day in (13, 14, 20, 21)]
    assert [person.key for person in holders if person] == ["kabid-capil", "plt-capil", "plt-capil", "kabid-capil"]
    assert ROSTER.person("plt-capil").acting is Acting.ACTING


def test_a_post_that_nobody_holds_has_no_holder() -> None:
    """Before the first day, after the last."""
    person = replace(ROSTER.person("kadis"), since=date(2026, 1, 10), until=date(2026, 1, 20))
    roster = replace(ROSTER, people=(person,))
    assert roster.holder(Role.AGENCY_HEAD, date(2026, 1, 9)) is None
    assert roster.holder(Role.AGENCY_HEAD, date(2026, 1, 10)) == person
    assert roster.holder(Role.AGENCY_HEAD, date(2026, 1, 21)) is None


def test_people_are_known_by_every_address_of_theirs_without_case() -> None:
    """One address may be two posts; an empty one is nobody's."""
    on = date(2026, 1, 7)
    assert [person.key for person in ROSTER.senders("KABID.DAFDUK@surel.example", on)] == ["kabid-dafduk"]
    assert [person.key for person in ROSTER.senders("dafduk.cadangan@example.go.id", on)] == ["kabid-dafduk"]
    assert [person.key for person in ROSTER.senders("sekretaris@example.go.id", on)] == [
        "sekretaris",
        "kepala-sekretariat",
    ]
    assert ROSTER.senders("plt.capil@example.go.id", on) == ()
    assert ROSTER.senders("", on) == ()


def test_units_and_people_are_found_by_key_or_not_at_all() -> None:
    """A wrong key is a fault of the program; only a unit may be gone since its cycle closed, and goes by its key."""
    assert ROSTER.unit("CAPIL").name == "Bidang Pelayanan Pencatatan Sipil"
    assert ROSTER.unit("bubar").name == "bubar"
    for find in (ROSTER.person, collecting().cycle.unit):
        with pytest.raises(KeyError):
            find("tidak-ada")


def test_the_rows_of_the_sop_are_found_and_followed() -> None:
    """After the last there is none."""
    assert [OFFICE.sop.row(step).sop for step in Step] == ["1", "2", "3", "4", "5", "6", "6b", "7", "8"]
    following = OFFICE.sop.after(Step.DRAFT)
    assert following is not None
    assert following.step is Step.REVIEW
    assert OFFICE.sop.after(Step.SUBMIT) is None
    with pytest.raises(KeyError):
        replace(OFFICE.sop, rows=OFFICE.sop.rows[:2]).row(Step.DRAFT)


def test_a_figure_is_found_by_its_code_however_it_is_written() -> None:
    """Indicators and budget lines."""
    data = whole("DAFDUK")
    assert data.figure("iku 02") == number("99.45")
    assert data.figure("2.12.02.02.01.0005") == money("", "309725000").spent_idr
    assert data.figure("IKU-99") is None
    assert data.codes == {"IKU-02", "IKK-12", "2.12.02.2.01.0005"}


def test_a_form_is_blank_where_neither_figure_nor_narrative_stands() -> None:
    """A pembilang, NIHIL, a written word are something; blanks are not."""
    assert FormData().blank
    assert FormData(indicators=(row("IKU-02"),)).blank
    assert not FormData(indicators=(row("IKU-02", numerator=number("5")),)).blank
    assert not FormData(budget=(money("1", spent_idr=Entry(nil=True)),)).blank
    assert not FormData(narrative=Narrative(awards=words("Juara"))).blank
    assert FormData(narrative=Narrative(awards=words("  "))).blank


def test_a_part_of_a_unit_knows_what_counts_and_what_waits() -> None:
    """Nothing at first."""
    form = UnitForm(unit="CAPIL")
    assert (form.counting, form.rival, form.attempts, form.returned) == (None, None, 0, 0)
    play = collecting()
    play.sends("CAPIL")
    kept = play.unit("CAPIL")
    assert (kept.counting, kept.rival) == (kept.submissions[0], None)
    second = replace(kept.submissions[0], number=2)
    assert kept.with_submission(second).rival == second
    assert replace(kept.with_submission(second), state=UnitState.RETURNED).rival is None


def test_a_mail_has_one_sender_or_none() -> None:
    """Two From addresses are nobody."""
    assert MAIL.sender == "kabid.dafduk@example.go.id"
    two: Mail = replace(MAIL, senders=("a@example.go.id", "b@example.go.id"))
    assert two.sender == ""


def test_a_letter_s_key_is_made_of_state_in_lower_case() -> None:
    """Its values say which kind it is."""
    assert letter_key(LetterKind.RETURNED, "2026-TW1", "DAFDUK", 2) == "returned/2026-tw1/dafduk/2"
    assert Letter(key="k", about=Status(word=Word.STATUS), to="a", address="a@b").kind is LetterKind.STATUS


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Realisasi TW I (Persen)", "REALISASI"),
        ("Target Triwulan 2 Tahun 2026", "target"),
        ("Faktor Penghambat/Kendala", "faktor penghambat / kendala"),
        ("Capaian (%)", "capaian"),
        ("(Rp)", "rp"),
    ],
)
def test_headers_are_compared_without_what_offices_add(written: str, same: str) -> None:
    """Period, brackets, punctuation, case."""
    assert header_key(written) == header_key(same)


@pytest.mark.parametrize(
    ("written", "same"),
    [("iku 2", "IKU-02"), ("IKU02", "IKU-02"), ("2.12.01.02.01.0006", "2.12.1.2.01.6"), ("0", "00")],
)
def test_codes_are_compared_without_zeros_and_punctuation(written: str, same: str) -> None:
    """Permendagri 90/2019 is written both ways."""
    assert code_key(written) == code_key(same)


def test_a_header_means_one_column() -> None:
    """No alias stands for two fields of a sheet."""
    for sheet, columns in COLUMNS.items():
        names = [header_key(name) for column in columns for name in (column.header, *column.aliases)]
        assert {FIELDS_BY_HEADER[sheet][name] for name in names} == {column.field for column in columns}
    assert FIELDS_BY_HEADER[SheetName.BUDGET][header_key("Realisasi Keuangan")] == "spent_idr"


STAMP = Print(cycle="2025", unit="CAPIL", version=1, values={"Indikator/IKK-10": {"target": "3", "actual": ""}})


def test_a_stamp_tells_what_the_form_held_when_it_left() -> None:
    """Row by row, in the order sent."""
    assert STAMP.row("Indikator", "IKK-10") == {"target": "3", "actual": ""}
    assert STAMP.row("Anggaran", "IKK-10") is None
    assert STAMP.codes("Indikator") == ("IKK-10",)
    assert STAMP.codes("Anggaran") == ()
    assert STAMP.lines() == (("Indikator/IKK-10", '{"actual":"","target":"3"}'),)


PARTS = st.text(max_size=4)


@given(PARTS, PARTS, PARTS, st.lists(st.tuples(PARTS, PARTS), max_size=3).map(tuple), st.data())
def test_a_signature_covers_every_part_and_no_part_passes_for_another(
    cycle: str, unit: str, version: str, lines: tuple[tuple[str, str], ...], data: st.DataObject
) -> None:
    """A change anywhere, or another key, breaks it."""
    signature = sign(b"kunci", cycle, unit, version, lines)
    assert holds(b"kunci", signature, cycle, unit, version, lines)
    assert not holds(b"lain", signature, cycle, unit, version, lines)
    other = data.draw(st.tuples(PARTS, PARTS, PARTS))
    if other != (cycle, unit, version):
        assert not holds(b"kunci", signature, *other, lines)


def test_a_person_prints_the_kind_of_his_post() -> None:
    """The prefix is the value."""
    assert [acting.value for acting in Acting] == ["", "Plt.", "Plh."]
    assert isinstance(ROSTER.person("kadis"), Person)


def test_a_cell_is_found_by_its_reference_and_no_other_text_is_one() -> None:
    """There and back; what is no reference is refused."""
    assert place_of(address(7, 28)) == (7, 28)
    with pytest.raises(ValueError, match="'Indikator' is no cell"):
        place_of("Indikator")
