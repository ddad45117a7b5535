"""Faults are counted by code and unit over every form that came, warnings apart, notes not at all."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.forms.fault_counts import FaultCount, FaultCounts, fault_counts, faults_of
from mailbot.core.model.form import Fault, FaultCode, Severity
from tests.ledger.examples import a_full_cycle, a_new_cycle

EMPTY, JUMP = (FaultCode.REQUIRED_EMPTY, Severity.FAULT), (FaultCode.JUMP, Severity.WARNING)
RANGE, SAME = (FaultCode.OUT_OF_RANGE, Severity.FAULT), (FaultCode.SAME_AS_LAST_YEAR, Severity.NOTE)


def count(code: FaultCode, **units: int) -> FaultCount:
    """Return a count, its units in the order given."""
    return FaultCount(code=code, units=tuple(units.items()))


def test_the_most_frequent_code_and_unit_come_first() -> None:
    """A form in which only a note was made was not wrong."""
    forms = (("CAPIL", [EMPTY, RANGE]), ("PIAK", [EMPTY, EMPTY, SAME]), ("PIAK", [JUMP]), ("DAFDUK", [SAME]))
    assert fault_counts(forms) == FaultCounts(
        forms=3,
        faults=(count(FaultCode.REQUIRED_EMPTY, PIAK=2, CAPIL=1), count(FaultCode.OUT_OF_RANGE, CAPIL=1)),
        warnings=(count(FaultCode.JUMP, PIAK=1),),
    )
    assert fault_counts(forms).faults[0].total == 3


def test_of_equals_the_order_hangs_on_no_accident() -> None:
    """Codes as they are listed, units as they were asked."""
    told = fault_counts([("PIAK", [RANGE, EMPTY]), ("CAPIL", [EMPTY, RANGE])])
    codes = (FaultCode.REQUIRED_EMPTY, FaultCode.OUT_OF_RANGE)
    assert told.faults == tuple(count(code, PIAK=1, CAPIL=1) for code in codes)


def test_a_form_that_went_back_counts_though_it_was_taken_later() -> None:
    """By a mended one, or by TERIMA in spite of its faults; one weighed otherwise by the office counts as that."""
    cycle = a_full_cycle()
    piak = cycle.units[0]
    faulty, good = piak.submissions
    taken = replace(faulty, accepted=True, reason="disepakati")
    for first in (faulty, taken):
        told = faults_of(cycle.with_unit(replace(piak, submissions=(first, good))))
        assert told == FaultCounts(forms=1, faults=(count(FaultCode.OUT_OF_RANGE, piak=1),))
    milder = replace(faulty, faults=(Fault(code=FaultCode.OUT_OF_RANGE, severity=Severity.WARNING),))
    told = faults_of(cycle.with_unit(replace(piak, submissions=(milder, good))))
    assert told == FaultCounts(forms=1, warnings=(count(FaultCode.OUT_OF_RANGE, piak=1),))
    assert faults_of(a_new_cycle("2026")) == FaultCounts()
