"""Story 16: the mail program hangs our own form on the answer again; the word beside it is what was meant."""

from __future__ import annotations

import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from tests.office import HEADS, Seen, ToyOffice, laid, requested


def forms_of(letter: Seen) -> tuple[tuple[str, bytes], ...]:
    """Return every form that a letter enclosed, as a mail program sends them back."""
    return tuple(file for file in letter.files if file[0].lower().endswith(".xlsx"))


def informed() -> tuple[ToyOffice, Seen]:
    """Return the office in row 1, and the letter with every unit's form before the Sekretaris."""
    office = ToyOffice()
    office.works()
    return office, office.letter("sekretaris", "data_needs")


def test_an_objection_with_our_forms_on_it_stops_the_requests() -> None:
    """Row 1: the four forms say nothing; KEBERATAN is noted, and nothing leaves to the units."""
    office, letter = informed()
    assert len(forms_of(letter)) == 4
    office.answers("sekretaris", letter, "KEBERATAN\nIKU-14 belum dapat diminta.", *forms_of(letter))
    office.days_pass(3)
    assert office.cycle().step is Step.INFORM
    assert len(office.letters_to("sekretaris", "verdict_noted")) == 1
    assert not office.letters_to("sekretaris", "unreadable")
    assert not office.letters_to("kabid-dafduk", "unreadable")
    assert "IKU-14 belum dapat diminta." in office.letter("perencanaan", "data_needs_objected").text
    assert not office.letters_to("kabid-dafduk", "request")


def test_consent_with_our_forms_on_it_is_consent() -> None:
    """Row 1: SETUJU."""
    office, letter = informed()
    office.answers("sekretaris", letter, "SETUJU", *forms_of(letter))
    assert office.cycle().step is not Step.INFORM
    assert not office.letters_to("sekretaris", "unreadable")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("TUNDA 2 HARI", "extended"),
        ("BANTUAN", "guide"),
        ("STATUS", "status"),
        ("FORM", "form_again"),
        ("NIHIL", "unclear"),
    ],
)
def test_a_unit_s_word_counts_beside_its_own_empty_form(words: str, kind: str) -> None:
    """Rows 3 and 4: one answer, to the word; the form is still owed."""
    office = requested()
    letter = office.letter("kabid-dafduk", "request")
    before = len(office.letters_to("kabid-dafduk"))
    office.answers("kabid-dafduk", letter, words, *forms_of(letter))
    assert [one.kind for one in office.letters_to("kabid-dafduk")[before:]] == [kind]
    assert office.unit("DAFDUK").state is UnitState.WAITING
    assert not office.unit("DAFDUK").submissions


def test_the_marked_return_hung_on_a_word_is_no_new_try() -> None:
    """Row 4: BANTUAN with our own marked form on it asks for help; the form is not returned once more."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK", mistakes=2)
    returned = office.letter("kabid-dafduk", "returned")
    office.answers("kabid-dafduk", returned, "BANTUAN\n\nKami bingung dengan kolom target.", *forms_of(returned))
    assert len(office.unit("DAFDUK").submissions) == 1
    assert len(office.letters_to("kabid-dafduk", "returned")) == 1
    assert "Kami bingung dengan kolom target." in office.letter("perencanaan", "help_wanted").text


def test_an_empty_form_and_no_word_is_still_said_to_be_empty() -> None:
    """Row 3: somebody attached the wrong file."""
    office = requested()
    letter = office.letter("kabid-dafduk", "request")
    office.answers("kabid-dafduk", letter, "Terlampir form isian kami.", *forms_of(letter))
    assert len(office.letters_to("kabid-dafduk", "unreadable")) == 1


def test_a_filled_form_beside_a_word_is_a_form() -> None:
    """Row 3: STATUS beside the form that was filled in: the receipt says how it stands."""
    office = requested()
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "STATUS", office.filled("DAFDUK"))
    assert office.unit("DAFDUK").state is UnitState.ACCEPTED


def test_salah_beside_our_own_empty_form_opens_the_form_again() -> None:
    """Row 5 or 6: the word is done once, and no form is judged."""
    office = laid()
    form = forms_of(office.letter("kabid-dafduk", "request"))
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "receipt"), "SALAH\nIKU-01 keliru.", *form)
    assert office.unit("DAFDUK").state is UnitState.RETURNED
    assert len(office.unit("DAFDUK").submissions) == 1
    assert HEADS["DAFDUK"] == "kabid-dafduk"
    assert len(office.letters_to("kabid-dafduk", "reopened")) == 1
    assert not office.letters_to("kabid-dafduk", "unreadable")
