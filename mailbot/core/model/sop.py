"""The SOP as a table: one row per row of the signed document (`config/sop.yaml`), and who must move in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.model.people import Role


class Step(StrEnum):
    """The rows of the SOP by name; every row of `sop.yaml` is one of these, in this order."""

    INFORM = "inform"
    REQUEST = "request"
    COLLECT = "collect"
    CHECK = "check"
    ANALYSE = "analyse"
    DRAFT = "draft"
    REVIEW = "review"
    RATIFY = "ratify"
    SUBMIT = "submit"

    def is_before(self, other: Step) -> bool:
        """Say whether this row stands before the other in the document."""
        return _PLACES[self] < _PLACES[other]


_PLACES = {step: place for place, step in enumerate(Step)}


class DoneWhen(StrEnum):
    """When a row is over. A closed list: there are no expressions in the YAML."""

    AT_ONCE = "at_once"
    """As soon as what the row makes has been made."""
    UNOPPOSED = "unopposed"
    """On consent, or when the row's time has passed without an objection."""
    ALL_SENT = "all_sent"
    """When every letter of the row was handed to the mail server."""
    ALL_RECEIVED = "all_received"
    """When every unit has sent in a form, good or faulty."""
    ALL_ACCEPTED = "all_accepted"
    """When every unit's form is accepted."""
    APPROVED = "approved"
    """When the person of the row says the word."""
    ACKNOWLEDGED = "acknowledged"
    """When the receiver confirms receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SopRow:
    """One row of the SOP: exactly one of `days` and `hours` (working time) is set."""

    sop: str
    """The printed number; the second `6` is `6b`."""
    step: Step
    title: str
    who: Role
    done_when: DoneWhen
    days: int = 0
    hours: int = 0
    letter: str = ""
    """The kind of letter that opens the row, for the reader of the YAML; empty if the row opens with none."""
    back: Step | None = None
    """Where a refusal leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sop:
    """All rows in the document's order."""

    rows: tuple[SopRow, ...]

    def row(self, step: Step) -> SopRow:
        """Return the row of that step; raises KeyError if the SOP has none such."""
        for row in self.rows:
            if row.step is step:
                return row
        raise KeyError(step)

    def after(self, step: Step) -> SopRow | None:
        """Return the row after that step, or None after the last."""
        steps = [row.step for row in self.rows]
        position = steps.index(step) + 1
        return self.rows[position] if position < len(self.rows) else None
