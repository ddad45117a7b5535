"""The remarks that a letter repeats, each with its number, who gave it, and what became of it (SOP rows 6 to 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.remarks.listed import numbered
from mailbot.writing.values.cycle_values import title
from mailbot.writing.values.remark_lines import remark_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.remarks.listed import ListedRemark
    from mailbot.writing.words.phrases import Phrases

_MOST_IN_ONE = 4
"""So many numbers are named one by one before a run of them is shortened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """One remark as a letter prints it."""

    number: int
    said: str
    by: str
    """Title of who gave it."""
    person: str
    """His key."""
    version: int
    fate: str
    """The answer, or what became of it; empty where nothing has, yet."""
    answered: bool
    unit: str
    """Key of the unit whose data it seems to be about, in capitals; empty where that is not known."""
    unit_name: str


def remark_rows(cycle: Cycle, numbers: Iterable[int], office: Office, phrases: Phrases) -> tuple[RemarkRow, ...]:
    """Return the remarks with these numbers, in their order."""
    return tuple(_row(one, cycle, office, phrases) for one in numbered(cycle, numbers))


def _row(one: ListedRemark, cycle: Cycle, office: Office, phrases: Phrases) -> RemarkRow:
    """Return one remark as it is printed."""
    giver = next((person for person in office.roster.people if person.key == one.person), None)
    unit = one.passed_to or one.unit
    return RemarkRow(
        number=one.number,
        said=remark_line(one.remark, phrases),
        by=title(giver) if giver is not None else "",
        person=one.person,
        version=one.version,
        fate=_fate(one, cycle, office, phrases),
        answered=not one.open,
        unit=unit.upper(),
        unit_name=_name_of(unit, office),
    )


def _fate(one: ListedRemark, cycle: Cycle, office: Office, phrases: Phrases) -> str:
    """Return what became of a remark: what was answered, where it went, or that the version is another one since."""
    told: list[str] = []
    if one.passed_to:
        told.append(_passed(one, cycle, office, phrases))
    if one.answers:
        told.append(one.answers[-1].text)
    version = cycle.draft.version if cycle.draft is not None else one.version
    if not told and version > one.version:
        edited = cycle.draft is not None and cycle.draft.edited_by
        told.append(phrases.word("remark_fate", "edited" if edited else "renewed").format(version=version))
    return "; ".join(told)


def _passed(one: ListedRemark, cycle: Cycle, office: Office, phrases: Phrases) -> str:
    """Return that a remark went to a unit, and whether the unit's form has come back since."""
    form = cycle.form_of(one.passed_to)
    accepted_at = form.accepted_at if form is not None and form.state is UnitState.ACCEPTED else None
    mended = accepted_at is not None and one.passed_at is not None and accepted_at > one.passed_at
    return phrases.word("remark_fate", "mended" if mended else "passed").format(
        unit=_name_of(one.passed_to, office),
        day=phrases.short_date(accepted_at) if accepted_at is not None else "",
    )


def _name_of(unit: str, office: Office) -> str:
    """Return a unit's name; empty for one that the office has not, or no more."""
    return next((one.name for one in office.roster.units if one.key == unit), "")


def runs_of(numbers: Iterable[int]) -> str:
    """Return numbers on one line, a long run shortened: `3, 5-9, 12`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) >= _MOST_IN_ONE else ", ".join(map(str, run)) for run in runs)
