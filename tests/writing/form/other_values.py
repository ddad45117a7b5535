"""The office with values that are no plain numbers: a word, a range, a formula of its own, an output of its budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from mailbot.core.model.form import Asked, Entry, FormData
from mailbot.core.model.office import Office
from mailbot.writing.form.form import fill_form, write_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.writing.form.paper import asked_of, good_data, words

GRADED, RANGED, OWN = "IKU-07", "IKU-05", "IKK-09"
WITH_OUTPUT, WITHOUT = "2.12.02.2.01.0005", "2.12.02.2.01.0004"
_ALL = Decimal(75)


@cache
def office_with_words() -> Office:
    """Return the office: one indicator by words (BB), one by a range, one by T / R, and one line with an output."""
    changes = {
        GRADED: {
            "grades": (("A", Decimal(85)), ("BB", _ALL), ("B", Decimal(65)), ('"C"', Decimal(40))),
            "targets": dict.fromkeys((2025, 2026), (None, None, None, _ALL)),
            "history": {2024: Decimal(65)},
            **dict.fromkeys(("numerator", "denominator"), ""),
            "minimum": None,
            "maximum": None,
        },
        RANGED: {
            "targets": {2025: (None, None, None, Decimal(70))},
            "upper_targets": {2025: (None, None, None, Decimal("75.5"))},
        },
        OWN: {"negative": "b"},
    }
    indicators = (replace(one, **changes.get(one.code, {})) for one in office().indicators)  # type: ignore[arg-type]  # any of its fields
    outputs = {"output": "Dokumen yang diterbitkan", "output_unit": "Dokumen", "output_targets": {2025: Decimal(1200)}}
    none = {"output": "", "output_unit": "", "output_targets": {}}
    budget = (replace(line, **(outputs if line.code == WITH_OUTPUT else none)) for line in office().budget)
    return replace(office(), indicators=tuple(indicators), budget=tuple(budget))


@cache
def office_without_outputs() -> Office:
    """Return the office as one that set down no output."""
    return replace(office(), budget=tuple(replace(line, output="", output_targets={}) for line in office().budget))


def asked() -> Asked:
    """Return what the unit is asked, its last value of the indicator by words among it."""
    return replace(asked_of(), last=asked_of().last | {GRADED: Decimal(65)})


def blank_form() -> bytes:
    """Return the form as it is sent out."""
    return write_form(office_with_words(), asked(), words(), SECRET)


def filled_data(made: str = "1180") -> FormData:
    """Return the unit's answers in good order: BB reached, and so many documents."""
    data = good_data()
    return replace(
        data,
        indicators=tuple(
            replace(row, actual=Entry(value=_ALL, text="BB"), numerator=Entry(), denominator=Entry())
            if row.code == GRADED
            else row
            for row in data.indicators
        ),
        budget=tuple(
            replace(row, output_actual=Entry(value=Decimal(made)) if made and row.code == WITH_OUTPUT else Entry())
            for row in data.budget
        ),
    )


def filled_form(made: str = "1180") -> bytes:
    """Return the form filled in good order."""
    return fill_form(office_with_words(), asked(), filled_data(made), words(), SECRET)
