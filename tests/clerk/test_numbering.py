"""Letter numbers: taken from those the office reserved, one paper one number, journalled, never invented."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from tests.office import CYCLE, ToyOffice


def numbering(*reserved: str) -> ToyOffice:
    """Return the office with these numbers for the house, on the morning the requests have left."""
    office = ToyOffice()
    own = office.office
    numbers = replace(own.letter_numbers, reserved_inside=reserved, reserved=("0900",))
    office.office = replace(own, letter_numbers=numbers)
    office.has(office=office.office)
    office.works()
    office.days_pass(1)
    office.morning()
    return office


def paper_of(office: ToyOffice, key: str, kind: str) -> str:
    """Return the number printed on the Surat Pengantar that somebody got."""
    _, content = office.letter(key, kind).file(".docx")
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return next(text for text in texts if "000.8.6.3/" in text)


def journalled(office: ToyOffice) -> list[tuple[str, str]]:
    """Return unit and number of every line about a number."""
    lines = [entry.line for entry in office.ledger.journal.read(CYCLE) if entry.line.event == "letter_numbered"]
    return [(line.unit, dict(line.detail)["number"]) for line in lines]


def test_each_request_takes_the_next_number_and_its_copies_bear_the_same() -> None:
    """On paper, in the mail and in the journal."""
    office = numbering("0121", "0122", "0123", "0124", "0125")
    assert [number for _, number in journalled(office)] == ["0121", "0122", "0123", "0124"]
    for unit, number in journalled(office):
        heads = [person for person in office.office.roster.people if person.unit == unit]
        for person in heads:
            kind = "request" if person.role.value == "division_head" else "request_copy"
            printed = f"000.8.6.3/{number}/425.111/2026"
            assert printed in paper_of(office, person.key, kind)
            assert f"Nomor surat: {printed}" in office.letter(person.key, kind).text


def test_when_the_numbers_run_out_the_place_stays_open_and_the_operator_hears_once() -> None:
    """Two for four units; what is set aside for letters that go out is not touched."""
    office = numbering("0121", "0122")
    assert len(journalled(office)) == 2
    last = office.office.roster.units[-1].key
    heads = [person for person in office.office.roster.people if person.role.value == "division_head"]
    head = next(person for person in heads if person.unit == last)
    assert "000.8.6.3/___/425.111/2026" in paper_of(office, head.key, "request")
    assert "Nomor surat" not in office.letter(head.key, "request").text
    (alarm,) = office.letters_to("operator", "alarm")
    assert "nomor surat yang disediakan telah habis" in " ".join(alarm.text.split())


def test_an_office_that_reserves_none_is_left_to_its_register() -> None:
    """The place is open, and nobody is alarmed."""
    office = numbering()
    assert "000.8.6.3/___/425.111/2026" in paper_of(office, "kabid-piak", "request")
    assert (journalled(office), office.letters_to("operator", "alarm")) == ([], [])
