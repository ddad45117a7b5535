"""Lines beside a form: only what they say otherwise is told."""

from __future__ import annotations

import pytest

from mailbot.core.model.form import Entry, FormData, Narrative
from mailbot.core.sorting.forms_together import unused_lines
from tests.core.small_forms import NIL, number, row, words, written

FORM = FormData(
    indicators=(row("IKU-02", "99.45", obstacles=words("Jaringan  putus")), row("IKK-12", actual=NIL)),
    narrative=Narrative(innovation=words("Layanan malam")),
)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (FormData(indicators=(row("IKU-02", "99.450", obstacles=words("jaringan putus")),)), []),
        (FormData(indicators=(row("IKK-12", actual=NIL),)), []),
        (FormData(indicators=(row("IKK-12", "0"),)), [("IKK-12", "Realisasi", "0")]),
        (FormData(indicators=(row("IKU-02", "99.40"),)), [("IKU-02", "Realisasi", "99.40")]),
        (
            FormData(indicators=(row("IKU-02", "99.45", follow_up=words("Alat")),)),
            [("IKU-02", "Tindak Lanjut", "Alat")],
        ),
        (FormData(indicators=(row("IKU-05", denominator=number("4")),)), [("IKU-05", "Penyebut", "4")]),
    ],
)
def test_only_what_differs_from_the_form_is_told(lines: FormData, told: list[tuple[str, str, str]]) -> None:
    """Figures by value, texts whatever their case and blanks; a row the form lacks is told too."""
    found = unused_lines(written(lines), FORM)
    usual = {"Faktor Pendukung", "Sumber Data", "Data Dukung"}
    assert [(fault.row, fault.column, fault.given) for fault in found if fault.column not in usual] == told


def test_a_narrative_that_differs_is_told_without_a_column() -> None:
    """Its row has no column of its own."""
    lines = written(FormData())
    other = FormData(narrative=Narrative(innovation=Entry(text="Layanan pagi")))
    found = unused_lines(type(lines)(form=type(lines.form)(file_sha256="", file_name="", data=other)), FORM)
    assert [(fault.row, fault.column, fault.given) for fault in found] == [("", "", "Layanan pagi")]
