"""Sheets that came as files of their own are one form; two forms of one unit, or of two, stay two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import FormData, ReadForm
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of
from tests.core.play import collecting
from tests.core.small_forms import read, whole

WHOLE = whole("DAFDUK")
INDICATORS = read(FormData(indicators=WHOLE.indicators), name="Indikator.csv", stamped=False)
BUDGET = read(FormData(budget=WHOLE.budget), name="Anggaran.csv", stamped=False)
NARRATIVE = read(FormData(narrative=WHOLE.narrative), name="Narasi.csv", stamped=False)
CYCLE = collecting().cycle


def forms(*sent: ReadForm) -> list[ReadForm]:
    """Return the forms that a mail of the unit's head with these files comes to."""
    found = sort(desk(CYCLE, mail=mail_of("kabid-dafduk", "Terlampir.", *sent)))
    assert found.outcome is MailOutcome.FORM
    return [fact.form for _, fact in found.facts if isinstance(fact, FormArrived)]


def test_the_sheets_of_a_form_are_one_form() -> None:
    """Every answer of all three, the names of all files, none of them evidence."""
    (form,) = forms(INDICATORS, BUDGET, NARRATIVE)
    assert form.data == replace(WHOLE, filled_by="")
    assert (form.file_name, form.file_sha256) == ("Indikator.csv, Anggaran.csv, Narasi.csv", INDICATORS.file_sha256)
    play = collecting()
    play.sends("DAFDUK", form=form)
    assert play.unit("DAFDUK").counted == 1


@pytest.mark.parametrize(
    "sent",
    [
        (INDICATORS, replace(INDICATORS, file_sha256="5" * 64)),
        (NARRATIVE, replace(NARRATIVE, file_sha256="5" * 64)),
        (INDICATORS, read(FormData(budget=WHOLE.budget))),
        (read(WHOLE), read(whole("CAPIL"), "CAPIL")),
    ],
    ids=["the same rows twice", "two narratives", "one with our stamp", "two units"],
)
def test_what_says_the_same_twice_or_bears_a_stamp_stays_apart(sent: tuple[ReadForm, ...]) -> None:
    """Which of them counts is decided as ever."""
    found = sort(desk(CYCLE, mail=mail_of("kabid-dafduk", "Terlampir.", *sent)))
    assert len(found.facts) == 2
