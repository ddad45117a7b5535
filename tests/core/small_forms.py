"""Forms of the small office as they are read: in order, with gaps, with faults."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FormData,
    IndicatorAnswer,
    Narrative,
    ReadForm,
    ReadLines,
    Stamp,
)
from mailbot.core.model.indicators import Period
from mailbot.core.model.mail import Evidence
from mailbot.core.model.office import Office
from tests.offices.small import KICK_OFF, OFFICE, YEAR

ANNUAL = Period(year=2025)
REACHED = {"IKU-01": "88.94", "IKU-02": "99.45", "IKK-10": "2.7", "IKK-12": "52", "IKU-14": "82.75"}
SPENT = {"2.12.01.2.01.0006": "17980000", "2.12.02.2.01.0005": "309725000", "2.12.03.2.01.0001": "203118000"}
QUARTER_REACHED = {"IKU-02": "99.20", "IKK-10": "2.9", "IKK-12": "11"}

NIL = Entry(text="NIHIL", nil=True, sheet="Indikator", cell="J7")
BLANK = Entry(sheet="Indikator", cell="J7")


def number(value: str, cell: str = "J7", sheet: str = "Indikator") -> Entry:
    """Return a cell with a number."""
    return Entry(value=Decimal(value), text=value, sheet=sheet, cell=cell)


def words(text: str, cell: str = "L7", sheet: str = "Indikator") -> Entry:
    """Return a cell with words."""
    return Entry(text=text, sheet=sheet, cell=cell)


def row(code: str, value: str = "", **cells: Entry) -> IndicatorAnswer:
    """Return one whole row of sheet Indikator; other cells by keyword."""
    standing = {
        "actual": number(value) if value else BLANK,
        "enabling_factors": words("Layanan daring"),
        "data_source": words("SIAK", "O7"),
        "evidence": words("Rekap.pdf", "P7"),
    }
    return IndicatorAnswer(code=code, **(standing | cells))


def money(code: str, spent: str = "", **cells: Entry) -> BudgetAnswer:
    """Return one row of sheet Anggaran."""
    standing = {"spent_idr": number(spent, "E6", "Anggaran") if spent else Entry(sheet="Anggaran", cell="E6")}
    return BudgetAnswer(code=code, **(standing | cells))


def whole(
    unit: str,
    period: Period = ANNUAL,
    office: Office = OFFICE,
    **changed: str,
) -> FormData:
    """Return everything a unit is asked, in order; `IKU_02="98"` changes one value, an empty one leaves it blank."""
    values = {**REACHED, **SPENT} if not period.quarter else {**REACHED, **QUARTER_REACHED, **SPENT}
    values |= {code.replace("_", "-"): value for code, value in changed.items()}
    return FormData(
        indicators=tuple(
            row(indicator.code, values[indicator.code]) for indicator in office.asked_indicators(unit, period)
        ),
        budget=tuple(money(line.code, values[line.code]) for line in office.asked_budget(unit, period)),
        narrative=Narrative(analysis=words("Tercapai", "C6", "Narasi")),
        filled_by="Kepala Bidang",
    )


def faulty(unit: str) -> FormData:
    """Return a unit's form with a first value below zero."""
    filled = whole(unit)
    below = row(filled.indicators[0].code, "-1")
    return replace(filled, indicators=(below, *filled.indicators[1:]))


def only(data: FormData, *codes: str) -> FormData:
    """Return a form in which every other row is blank."""
    return FormData(
        indicators=tuple(
            indicator if indicator.code in codes else IndicatorAnswer(code=indicator.code)
            for indicator in data.indicators
        ),
        budget=tuple(line if line.code in codes else BudgetAnswer(code=line.code) for line in data.budget),
    )


def read(
    data: FormData, unit: str = "DAFDUK", *, cycle: str = YEAR, name: str = "form.xlsx", stamped: bool = True
) -> ReadForm:
    """Return an attachment read as a form, with our stamp; its digest is made of what it holds."""
    return ReadForm(
        file_sha256=hashlib.sha256(f"{name}{data!r}".encode()).hexdigest(),
        file_name=name,
        stamp=Stamp(cycle=cycle, unit=unit, template_version=1, valid=True) if stamped else None,
        data=data,
    )


def evidence(*names: str, held: bool = False, mail: str = "ab" * 32, at: datetime = KICK_OFF) -> tuple[Evidence, ...]:
    """Return files of evidence as a mail brings them; the digest is made of the name."""
    return tuple(
        Evidence(
            file_sha256=hashlib.sha256(name.encode()).hexdigest(),
            file_name=name,
            mail_sha256=mail,
            received_at=at,
            held=held,
        )
        for name in names
    )


def placeless(data: FormData) -> FormData:
    """Return the same answers as lines of a mail give them: none has a sheet or a cell."""

    def bare(entry: Entry) -> Entry:
        return replace(entry, sheet="", cell="")

    return FormData(
        indicators=tuple(
            IndicatorAnswer(
                code=indicator.code,
                actual=bare(indicator.actual),
                numerator=bare(indicator.numerator),
                denominator=bare(indicator.denominator),
                enabling_factors=bare(indicator.enabling_factors),
                obstacles=bare(indicator.obstacles),
                follow_up=bare(indicator.follow_up),
                data_source=bare(indicator.data_source),
                evidence=bare(indicator.evidence),
                remark=bare(indicator.remark),
            )
            for indicator in data.indicators
        ),
        budget=tuple(
            BudgetAnswer(code=line.code, spent_idr=bare(line.spent_idr), note=bare(line.note)) for line in data.budget
        ),
        narrative=Narrative(analysis=bare(data.narrative.analysis)),
        filled_by=data.filled_by,
    )


def written(data: FormData, *faults: Fault, words: str = "baris", ignored: tuple[str, ...] = ()) -> ReadLines:
    """Return a mail's own words read as these answers, with what was found in them."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    form = ReadForm(file_sha256=digest, file_name="balasan.txt", data=placeless(data), faults=faults)
    return ReadLines(form=form, written=words, ignored=ignored)
