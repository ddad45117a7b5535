"""How often each finding was made in a cycle's forms, and in whose: every form that came, whatever became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.form import FaultCode, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.cycle import Cycle

    Found = tuple[FaultCode, Severity]

_ORDER = tuple(FaultCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultCount:
    """One code, and the units in whose forms it was found, most often first: unit and number of findings."""

    code: FaultCode
    units: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how often it was found in all."""
        return sum(count for _, count in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultCounts:
    """What was found in the forms of one cycle, the most frequent code first; notes are not counted."""

    forms: int = 0
    """How many forms held a fault or a warning."""
    faults: tuple[FaultCount, ...] = ()
    warnings: tuple[FaultCount, ...] = ()
    """Findings that a written reason would have let pass, apart from the faults."""


def fault_counts(forms: Iterable[tuple[str, Iterable[Found]]]) -> FaultCounts:
    """Count the findings of forms.

    Args:
        forms: for every form that came, the unit it is of and its findings; one that went back counts, whether it was
            taken in the end or not.
    """
    counts: dict[Severity, dict[FaultCode, dict[str, int]]] = {Severity.FAULT: {}, Severity.WARNING: {}}
    wrong = 0
    for unit, findings in forms:
        counted = [(code, severity) for code, severity in findings if severity in counts]
        wrong += bool(counted)
        for code, severity in counted:
            units = counts[severity].setdefault(code, {})
            units[unit] = units.get(unit, 0) + 1
    faults, warnings = (_most_first(counts[severity]) for severity in (Severity.FAULT, Severity.WARNING))
    return FaultCounts(forms=wrong, faults=faults, warnings=warnings)


def faults_of(cycle: Cycle) -> FaultCounts:
    """Count the findings in all forms of a cycle."""
    return fault_counts(
        (form.unit, [(fault.code, fault.severity) for fault in sent.faults])
        for form in cycle.units
        for sent in form.submissions
    )


def _most_first(counted: dict[FaultCode, dict[str, int]]) -> tuple[FaultCount, ...]:
    """Return the counts, the most frequent first; of equals, codes as they are listed and units as they were asked."""
    counts = (
        FaultCount(code=code, units=tuple(sorted(counted[code].items(), key=lambda unit: -unit[1])))
        for code in sorted(counted, key=_ORDER.index)
    )
    return tuple(sorted(counts, key=lambda count: -count.total))
