"""What lines are laid over, and which codes of a unit are still open."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.forms.merge_lines import base_of, merge_lines, open_codes
from mailbot.core.model.form import Entry, FormData, Narrative, ReadForm
from tests.core.play import collecting
from tests.core.small_forms import ANNUAL, NIL, only, placeless, row, whole, words
from tests.offices.small import OFFICE

FORM = collecting().unit("DAFDUK")


def written(data: FormData) -> ReadForm:
    """Return these answers as lines."""
    return ReadForm(file_sha256="a" * 64, file_name="balasan.txt", data=placeless(data))


def test_without_anything_before_the_lines_stand_alone() -> None:
    """A narrative and a name are laid over too."""
    assert base_of(FORM) == FormData()
    data = replace(placeless(whole("DAFDUK")), narrative=Narrative(innovation=Entry(text="Layanan malam")))
    assert merge_lines(FORM, written(data), ANNUAL, OFFICE).data.codes == data.codes
    alone = ReadForm(file_sha256="a" * 64, file_name="balasan.txt", data=data)
    assert merge_lines(FORM, alone, ANNUAL, OFFICE).data == data


def test_the_newest_form_is_the_ground_with_its_readable_entries_only() -> None:
    """A figure that could not be read, and every cell, stay behind."""
    play = collecting()
    unread = row("IKU-02", actual=words("98.120"), evidence=words(""))
    data = FormData(indicators=(unread, row("IKK-12", actual=NIL)), narrative=whole("DAFDUK").narrative, filled_by="A")
    play.sends("DAFDUK", data)
    base = base_of(play.unit("DAFDUK"))
    first, second = base.indicators
    assert (first.actual, first.evidence, first.enabling_factors) == (Entry(), Entry(), Entry(text="Layanan daring"))
    assert second.actual == Entry(text="NIHIL", nil=True)
    assert base.narrative == placeless(data).narrative
    assert merge_lines(play.unit("DAFDUK"), written(FormData()), ANNUAL, OFFICE).data.filled_by == "A"


def test_open_codes_are_those_without_a_figure() -> None:
    """Of indicators and budget, in the order of the form."""
    assert open_codes(FORM, ANNUAL, OFFICE) == ("IKU-02", "IKK-12", "2.12.02.2.01.0005")
    play = collecting()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKK-12"))
    assert open_codes(play.unit("DAFDUK"), ANNUAL, OFFICE) == ("IKU-02", "2.12.02.2.01.0005")
