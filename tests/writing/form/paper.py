"""What the tests of forms fill in: one unit with a long name, its questions, and answers in good order."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from mailbot.core.model.form import Asked, BudgetAnswer, Entry, FormData, IndicatorAnswer, Narrative
from mailbot.writing.form.form import fill_form, write_form
from mailbot.writing.words.form_words import FormWords, read_form_words
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import DUE, SECRET
from tests.offices.long_names import long_named_office as office

UNIT = "dafduk"
CYCLE = "2025"

RATIOS = {"IKU-02": (198900, 200000), "IKU-05": (57000, 80000), "IKU-07": (99610, 100000)}
"""Pembilang and penyebut of the unit's indicators that are asked with them."""

FIGURES = {"IKU-02": "99.45", "IKU-05": "71.25", "IKU-07": "99.61", "IKK-09": "1", "IKK-12": "52"}
MADE = {"2.12.02.2.01.0005": "41850", "2.12.02.2.01.0004": "51", "2.12.02.2.03.0005": "29"}
"""What of each output was realised."""
SPENT = {"2.12.02.2.01.0005": "309725000", "2.12.02.2.01.0004": "146912500", "2.12.02.2.03.0005": "60350000"}


@cache
def words() -> FormWords:
    """Return the shipped words."""
    return read_form_words((shipped_templates(),), office().calendar)


def asked_of(unit: str = UNIT, cycle: str = CYCLE) -> Asked:
    """Return what a unit is asked in a cycle."""
    period = office().plan(cycle).period
    indicators = office().asked_indicators(unit, period)
    return Asked(
        cycle=cycle,
        period=period,
        unit=unit,
        due_at=DUE,
        indicators=tuple(indicator.code for indicator in indicators),
        budget=tuple(line.code for line in office().asked_budget(unit, period)),
        last={indicator.code: indicator.history[2024] for indicator in indicators},
    )


def good_data() -> FormData:
    """Return the unit's answers, nothing wrong with them."""
    return FormData(
        indicators=tuple(_answer(code, figure) for code, figure in FIGURES.items()),
        budget=tuple(
            BudgetAnswer(
                code=code,
                spent_idr=Entry(value=Decimal(idr)),
                output_actual=Entry(value=Decimal(MADE[code])),
            )
            for code, idr in SPENT.items()
        ),
        narrative=Narrative(analysis=Entry(text="Semua sasaran tercapai.")),
        filled_by="Kepala Seksi Identitas Penduduk",
    )


def _answer(code: str, figure: str) -> IndicatorAnswer:
    """Return one indicator's answer."""
    parts = [Entry(value=Decimal(number)) for number in RATIOS.get(code, ())] or [Entry(), Entry()]
    return IndicatorAnswer(
        code=code,
        actual=Entry(value=Decimal(figure)),
        numerator=parts[0],
        denominator=parts[1],
        enabling_factors=Entry(text=f"Jemput bola untuk {code}."),
        obstacles=Entry(text="Blangko terbatas pada bulan Agustus."),
        follow_up=Entry(text="Penambahan jadwal pelayanan."),
        evidence=Entry(text=f"Rekap {code}.xlsx"),
    )


@cache
def blank_form(unit: str = UNIT, cycle: str = CYCLE) -> bytes:
    """Return a unit's form as it is sent out."""
    return write_form(office(), asked_of(unit, cycle), words(), SECRET)


@cache
def good_form() -> bytes:
    """Return the unit's form filled in good order."""
    return fill_form(office(), asked_of(), good_data(), words(), SECRET)
