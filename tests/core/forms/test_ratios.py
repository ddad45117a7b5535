"""A ratio that cannot be is told at both its cells in the first round, and nothing impossible is proposed for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.forms.checks import check, findings_of
from mailbot.core.forms.judging import Filled
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Entry, Fault, FaultCode, IndicatorAnswer
from mailbot.core.model.indicators import Indicator
from mailbot.core.model.office import Office
from tests.core.play import collecting
from tests.core.small_forms import ANNUAL, NIL, number, read, row, whole, words
from tests.offices.small import OFFICE

SHARE = replace(OFFICE.indicator("IKU-02"), minimum=Decimal(0), maximum=Decimal(100))
Values = tuple[Decimal | None, Decimal | None]


def judged(indicator: Indicator, answer: IndicatorAnswer) -> tuple[Fault, ...]:
    """Check a form in order but for one answer, in the office with one indicator changed."""
    form = whole("DAFDUK")
    rows = tuple(answer if one.code == answer.code else one for one in form.indicators)
    filled = Filled(
        data=replace(form, indicators=rows),
        unit="DAFDUK",
        period=ANNUAL,
        office=office_of(indicator),
        last={},
        attached=(),
    )
    return check(filled)


def office_of(indicator: Indicator) -> Office:
    """Return the small office with one indicator changed."""
    return replace(
        OFFICE, indicators=tuple(indicator if one.code == indicator.code else one for one in OFFICE.indicators)
    )


def divided(above: str, below: str, actual: Entry) -> IndicatorAnswer:
    """Return the share as two cells and what stands in its realisasi."""
    return replace(
        row("IKU-02", "", numerator=number(above, "H7"), denominator=number(below, "I7")),
        actual=actual,
        obstacles=words("Blangko habis", "M7"),
        follow_up=words("Dipesan", "N7"),
    )


@pytest.mark.parametrize(
    "actual",
    [Entry(sheet="Indikator", cell="J7"), words("sekitar 93 persen", "J7"), number("93"), number("118.75"), NIL],
    ids=["empty", "words", "possible", "fits", "nil"],
)
def test_an_impossible_ratio_is_told_at_both_cells_whatever_stands_in_the_realisasi(actual: Entry) -> None:
    """95 of 80: the ratio and the range are told, and 118,75 is not asked for in the realisasi."""
    told = judged(SHARE, divided("95", "80", actual))
    ratio = [
        (fault.cell, fault.column, fault.given, fault.other, fault.expected)
        for fault in told
        if fault.code is FaultCode.RATIO_OUT_OF_RANGE
    ]
    assert ratio == [
        ("H7", "Pembilang", "95", "118.75", "0|100"),
        ("I7", "Penyebut", "80", "118.75", "0|100"),
    ]
    assert not any(fault.code is FaultCode.RATIO_MISMATCH for fault in told)
    assert any(fault.code is FaultCode.OUT_OF_RANGE for fault in told) is (actual.value == Decimal("118.75"))


@pytest.mark.parametrize(
    ("bounds", "above", "below", "expected"),
    [
        ((Decimal(0), Decimal(100)), "80", "80", None),
        ((Decimal(0), None), "95", "80", None),
        ((None, None), "-1", "80", "0|"),
        ((Decimal(-50), None), "-1", "80", None),
        ((Decimal(50), None), "30", "80", "50|"),
        ((None, Decimal(100)), "95", "80", "0|100"),
    ],
)
def test_a_ratio_is_held_against_the_ends_its_indicator_has(
    bounds: Values, above: str, below: str, expected: str | None
) -> None:
    """As a realisasi is: from zero upward where no end below is told."""
    share = replace(SHARE, minimum=bounds[0], maximum=bounds[1])
    told = judged(share, divided(above, below, Entry(sheet="Indikator", cell="J7")))
    ends = {fault.expected for fault in told if fault.code is FaultCode.RATIO_OUT_OF_RANGE}
    assert ends == (set() if expected is None else {expected})


@pytest.mark.parametrize(
    ("fields", "proposal", "kept"),
    [
        ({}, "93", "93"),
        ({}, "118,75", ""),
        ({}, "-3", ""),
        ({}, "NIHIL", "NIHIL"),
        ({"decimals": 0, "numerator": "", "unit_of_measure": "Dokumen"}, "2,5", ""),
        ({"decimals": 0, "numerator": "", "unit_of_measure": "Dokumen"}, "2", "2"),
    ],
)
def test_a_proposal_that_would_come_back_is_not_made(fields: dict[str, object], proposal: str, kept: str) -> None:
    """Reading knows no range; what it would propose is held against it."""
    share = replace(SHARE, **fields)  # type: ignore[arg-type]  # any of its fields
    read_so = Fault(
        code=FaultCode.NOT_A_NUMBER, sheet="Indikator", cell="J7", row="IKU-02", column="Realisasi", proposal=proposal
    )
    data, play = whole("DAFDUK"), collecting()
    form = replace(read(data), faults=(read_so,))
    fact = FormArrived(at=play.at, source=play.source("kabid-dafduk"), unit="DAFDUK", form=form, last={})
    told = findings_of(play.cycle, fact, data, office_of(share))
    assert [fault.proposal for fault in told if fault.code is FaultCode.NOT_A_NUMBER] == [kept]
