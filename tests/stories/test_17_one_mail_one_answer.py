"""Story 17: several files in one mail, several words: one mail has one answer, and it says what became of each."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from mailbot.core.model.cycle import UnitState
from tests.office import ToyOffice, requested
from tests.stories.test_16_a_form_beside_a_word import forms_of


def sent(
    office: ToyOffice, *files: tuple[str, bytes], words: str = "Terlampir.", by: str = "kabid-dafduk"
) -> list[str]:
    """Let the unit send these files in one mail; return the kinds of what its sender was answered."""
    before = len(office.letters_to(by))
    office.answers(by, office.letter("kabid-dafduk", "request"), words, *files)
    return [letter.kind for letter in office.letters_to(by)[before:]]


def renamed(name: str, file: tuple[str, bytes]) -> tuple[str, bytes]:
    """Return a file under another name."""
    return name, file[1]


def test_the_original_beside_the_filled_form_is_nothing() -> None:
    """One receipt."""
    office = requested()
    original = forms_of(office.letter("kabid-dafduk", "request"))
    assert sent(office, *original, renamed("isian.xlsx", office.filled("DAFDUK"))) == ["receipt"]
    assert office.unit("DAFDUK").state is UnitState.ACCEPTED
    assert len(office.unit("DAFDUK").submissions) == 1


def test_of_a_faulty_and_a_good_form_the_good_one_counts() -> None:
    """In either order; the receipt names the file that was not used."""
    for order in (1, -1):
        office = requested()
        faulty = renamed("salah.xlsx", office.filled("DAFDUK", mistakes=2))
        files = (faulty, renamed("benar.xlsx", office.filled("DAFDUK")))[::order]
        assert sent(office, *files) == ["receipt"]
        assert office.unit("DAFDUK").state is UnitState.ACCEPTED
        assert [form.file_name for form in office.unit("DAFDUK").submissions] == ["benar.xlsx"]
        assert "salah.xlsx" in office.letter("kabid-dafduk", "receipt").text


def test_two_good_forms_that_differ_are_asked_back() -> None:
    """Nobody guesses which is meant; none counts."""
    office = requested()
    name, other = office.filled("DAFDUK")
    assert sent(office, (name, other), ("lain.xlsx", _changed(office))) == ["unreadable"]
    assert office.unit("DAFDUK").state is UnitState.WAITING
    told = office.letter("kabid-dafduk", "unreadable").text
    assert name in told
    assert "lain.xlsx" in told


def test_the_same_form_twice_is_one_form() -> None:
    """As a copy under another name, and as the very same bytes."""
    office = requested()
    form = office.filled("DAFDUK")
    assert sent(office, form, renamed("salinan.xlsx", form)) == ["receipt"]
    assert len(office.unit("DAFDUK").submissions) == 1


def test_a_broken_file_beside_a_good_form_is_named_in_the_receipt() -> None:
    """One receipt, and no second letter about the broken one."""
    office = requested()
    form = office.filled("DAFDUK")
    assert sent(office, form, ("rusak.xlsx", form[1][:3000])) == ["receipt"]
    assert "rusak.xlsx" in office.letter("kabid-dafduk", "receipt").text


def test_another_unit_s_form_beside_one_s_own_is_named_in_the_receipt() -> None:
    """It is not that unit's to send."""
    office = requested()
    other = renamed("form capil.xlsx", office.filled("CAPIL"))
    assert sent(office, office.filled("DAFDUK"), other) == ["receipt"]
    assert "form capil.xlsx" in office.letter("kabid-dafduk", "receipt").text
    assert office.unit("CAPIL").state is UnitState.WAITING


def test_salah_beside_the_right_form_has_one_answer() -> None:
    """The receipt of the new form; that the former was opened again needs no letter of its own."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK")
    assert sent(office, ("lain.xlsx", _changed(office)), words="SALAH") == ["receipt"]
    assert len(office.unit("DAFDUK").submissions) == 2


def test_an_unproved_salah_beside_a_form_is_not_answered_twice() -> None:
    """A code is asked for, or the form is answered; never both."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK")
    before = len(office.letters_to("kabid-dafduk"))
    letter = office.letter("kabid-dafduk", "request")
    office.answers("kabid-dafduk", letter, "SALAH", ("lain.xlsx", _changed(office)), proved=False)
    assert len(office.letters_to("kabid-dafduk")[before:]) == 1


def test_a_second_form_that_waits_for_the_head_says_so() -> None:
    """A Kasi contradicts what counts: his answer says that it waits for the Kepala Bidang, and claims no more."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK")
    assert sent(office, ("kasi.xlsx", _changed(office)), by="identitas-penduduk") == ["receipt"]
    told = office.letter("identitas-penduduk", "receipt").text
    assert "penegasan" in told
    assert "diterima dengan lengkap" not in told


def _changed(office: ToyOffice) -> bytes:
    """Return the unit's form filled in with another spending."""
    _, content = office.filled("DAFDUK")
    book = load_workbook(BytesIO(content))
    sheet = book["Anggaran"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Realisasi (Rp) *")
    cell = head.offset(row=1)
    assert isinstance(cell.value, int)
    cell.value -= 1_000
    out = BytesIO()
    book.save(out)
    return out.getvalue()
