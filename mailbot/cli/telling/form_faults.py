"""What `mailbot status` tells of the faults that forms of a cycle came with, in words and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.forms.fault_counts import FaultCount, FaultCounts
    from mailbot.core.model.form import FaultCode
    from mailbot.settings.sayings.catalogue import Say


def faults_json(counts: FaultCounts) -> dict[str, Any]:
    """Return how often each code was found in each unit's forms, faults and warnings apart, most often first."""
    return {
        "forms": counts.forms,
        "faults": [_json(count) for count in counts.faults],
        "warnings": [_json(count) for count in counts.warnings],
    }


def faults_words(counts: FaultCounts, say: Say, name: Callable[[FaultCode], str]) -> Iterator[str]:
    """Yield a line that names the most frequent fault and warning; none where nothing was found."""
    if not counts.forms:
        return
    told = "  " + say("st_faulty_forms", count=counts.forms)
    if counts.faults:
        told += say("st_most_often", what=_words(counts.faults[0], name))
    if counts.warnings:
        told += say("st_most_warned", what=_words(counts.warnings[0], name))
    yield told


def _json(count: FaultCount) -> dict[str, Any]:
    """Return one code's count."""
    return {"code": count.code.value, "total": count.total, "units": dict(count.units)}


def _words(count: FaultCount, name: Callable[[FaultCode], str]) -> str:
    """Return `Required cell is empty: 3 (PIAK 2, CAPIL 1)`."""
    return f"{name(count.code)}: {count.total} ({', '.join(f'{unit} {number}' for unit, number in count.units)})"
