"""What `mailbot status` tells of the faults that forms of a cycle came with, in words and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.forms.fault_counts import FaultCount, FaultCounts


def faults_json(counts: FaultCounts) -> dict[str, Any]:
    """Return how often each code was found in each unit's forms, faults and warnings apart, most often first."""
    return {
        "forms": counts.forms,
        "faults": [_json(count) for count in counts.faults],
        "warnings": [_json(count) for count in counts.warnings],
    }


def faults_words(counts: FaultCounts) -> Iterator[str]:
    """Yield a line that names the most frequent fault and warning; none where nothing was found."""
    if not counts.forms:
        return
    told = f"  forms with faults or warnings: {counts.forms}"
    for found, words in ((counts.faults, "most often"), (counts.warnings, "most frequent warning")):
        if found:
            told += f"; {words} {_words(found[0])}"
    yield told


def _json(count: FaultCount) -> dict[str, Any]:
    """Return one code's count."""
    return {"code": count.code.value, "total": count.total, "units": dict(count.units)}


def _words(count: FaultCount) -> str:
    """Return `required_empty: 3 (PIAK 2, CAPIL 1)`."""
    return f"{count.code.value}: {count.total} ({', '.join(f'{unit} {number}' for unit, number in count.units)})"
