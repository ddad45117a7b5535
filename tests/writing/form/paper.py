"""What the tests of forms fill in: one unit of the toy office, its questions, and answers in good order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from mailbot.core.model.form import Asked, BudgetAnswer, Entry, FormData, IndicatorAnswer, Narrative
from mailbot.core.model.office import Office
from mailbot.writing.form.form import fill_form, write_form
from mailbot.writing.form.words import FormWords, read_form_words
from mailbot.writing.words.templates import shipped_templates
from tests.writing.sample import DUE, SECRET, sample_office

UNIT = "dafduk"
CYCLE = "2025"

RATIO = "IKU-05"
"""The one indicator of the unit that is asked with pembilang and penyebut."""

FIGURES = {"IKU-02": "99.45", "IKU-05": "71.25", "IKU-07": "99.61", "IKK-09": "1", "IKK-12": "52"}
SPENT = {"2.12.02.2.01.0005": "309725000", "2.12.02.2.01.0004": "146912500", "2.12.02.2.03.0005": "60350000"}


@cache
def office() -> Office:
    """Return the toy office, with a ratio for one indicator and the range of percentages."""
    plain = sample_office()
    indicators = tuple(
        replace(
            indicator,
            numerator="Anak 0-17 tahun yang memiliki KIA" if indicator.code == RATIO else "",
            denominator="Jumlah anak 0-17 tahun" if indicator.code == RATIO else "",
            minimum=Decimal(0) if indicator.unit_of_measure == "Persen" else None,
            maximum=Decimal(100) if indicator.unit_of_measure == "Persen" else None,
        )
        for indicator in plain.indicators
    )
    return replace(plain, indicators=indicators)


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
        budget=tuple(BudgetAnswer(code=code, spent_idr=Entry(value=Decimal(idr))) for code, idr in SPENT.items()),
        narrative=Narrative(analysis=Entry(text="Semua sasaran tercapai.")),
        filled_by="Kepala Seksi Identitas Penduduk",
    )


def _answer(code: str, figure: str) -> IndicatorAnswer:
    """Return one indicator's answer."""
    ratio = code == RATIO
    return IndicatorAnswer(
        code=code,
        actual=Entry(value=Decimal(figure)),
        numerator=Entry(value=Decimal(57000)) if ratio else Entry(),
        denominator=Entry(value=Decimal(80000)) if ratio else Entry(),
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
