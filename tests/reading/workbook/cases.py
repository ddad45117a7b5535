"""What one case is: a file as somebody sends it, and what it must be read as, faults to the cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mailbot.core.model.form import Fault, ReadForm
from mailbot.core.model.unreadable import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file and its reading. Faults are written `code Sheet!Cell`, or `code Sheet what` where there is no cell."""

    name: str
    build: Callable[[], bytes]
    file_name: str = "form.xlsx"
    faults: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Code -> figure as read (`NIHIL`, empty for none); codes that are not named are not looked at."""
    unreadable: Unreadable | None = None
    untouched: bool = False
    stamped: bool = True
    years: tuple[int, ...] = ()


def fault_line(fault: Fault) -> str:
    """Return a fault as cases write it."""
    where = f"{fault.sheet}!{fault.cell}" if fault.cell else f"{fault.sheet} {fault.row or fault.expected}"
    return f"{fault.code.value} {where.strip()}"


def figures(form: ReadForm) -> dict[str, str]:
    """Return code -> figure as read."""
    rows = [(answer.code, answer.actual) for answer in form.data.indicators]
    rows += [(answer.code, answer.spent_idr) for answer in form.data.budget]
    return {
        code: "NIHIL" if entry.nil else "" if entry.value is None else f"{entry.value.normalize():f}"
        for code, entry in rows
    }
