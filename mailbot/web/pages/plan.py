"""What is to come: the cycles of the next year, when each opens and until when each row of it should be over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import row_ends_at
from mailbot.core.opening.arranged import arranged_in
from mailbot.core.opening.days import coming
from mailbot.core.opening.plans import AROUND
from mailbot.ledger.files_and_notes import ARRANGED
from mailbot.web.pages.page import Page
from mailbot.writing.values.cycle_values import holder_title, role_words

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.opening.plans import CyclePlan
    from mailbot.web.pages.page import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of a cycle to come."""

    number: str
    what: str
    who: str
    due: str
    estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCycle:
    """One cycle to come."""

    key: str
    name: str
    opens: str
    units: str
    rows: tuple[PlannedRow, ...]


def plan_page(here: Here) -> Page:
    """Return the page of what opens within a year."""
    arranged = arranged_in(here.ledger.notes.read(ARRANGED))
    found = coming(here.at, here.at + AROUND, here.office, arranged)
    off = tuple((one.key, one.reason) for one in arranged.values() if one.starts_on is None)
    values = {
        "planned": tuple(_planned(opens, plan, here) for opens, plan in found),
        "called_off": off if here.viewer.sees_everything else (),
    }
    return Page(template="pages/plan.j2", title=here.words["places"]["plan"], values=values, place="plan")


def _planned(opens: datetime, plan: CyclePlan, here: Here) -> PlannedCycle:
    """Return one cycle, each row of it as if the one before took all its time."""
    rows, since = [], opens
    for row in here.office.sop.rows:
        since = row_ends_at(plan.row_days, row.step, since, here.office)
        rows.append(
            PlannedRow(
                number=row.sop,
                what=here.phrases.word("step", row.step.value),
                who=holder_title(here.office, row.who, since) or role_words(row.who, here.office, here.phrases),
                due=here.phrases.day(since),
                estimate=here.office.calendar.is_estimate(here.at, since),
            )
        )
    units = plan.units or tuple(unit.key for unit in here.office.roster.units)
    return PlannedCycle(
        key=plan.key,
        name=here.phrases.period(plan.period),
        opens=here.phrases.moment(opens),
        units=", ".join(here.office.roster.unit(unit).name for unit in units if here.viewer.sees(unit)),
        rows=tuple(rows),
    )
