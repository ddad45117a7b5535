"""What `mailbot status` tells of the time that each row and each unit took, in words and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.calendar.clocks import clocks, late_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from mailbot.core.calendar.clocks import RowClock, Spent
    from mailbot.core.model.office import Office
    from mailbot.ledger.standing import CycleStanding, UnitStanding


def rows_json(cycle: CycleStanding, at: datetime, office: Office) -> list[dict[str, Any]]:
    """Return each row that was entered, its rounds together: what it may take, took, and how late it was."""
    return [
        {
            "sop_row": office.sop.row(row.step).sop,
            "step": row.step.value,
            "rounds": len(row.visits),
            "sop_days": row.sop_days,
            "sop_hours": row.sop_hours,
            "own_days": row.own_days,
            "days": row.spent.days,
            "office_minutes": _minutes(row.spent.hours),
            "late_days": row.late.days,
            "late_office_minutes": _minutes(row.late.hours),
            "over": row.visits[-1].left_at is not None,
        }
        for row in clocks(cycle, at, office.sop, office.calendar).rows
    ]


def rows_words(cycle: CycleStanding, at: datetime, office: Office) -> Iterator[str]:
    """Yield a line for every row that is over, and the sum against the SOP's own."""
    gone = clocks(cycle, at, office.sop, office.calendar)
    over = [row for row in gone.rows if row.visits[-1].left_at is not None]
    if not over:
        return
    yield "  time taken, in working days (office hours):"
    for row in over:
        yield f"    row {office.sop.row(row.step).sop:<3} {_row(row)}{_late(row.late)}"
    own = f"; this cycle gives them {_days(gone.own_days)}" if gone.own_days != gone.sop_days else ""
    until = "until it was closed" if cycle.closed_at is not None else "so far"
    yield (
        f"    all     {_days(gone.whole.days)} ({_clock(gone.whole.hours)}) {until}; "
        f"the SOP gives {_days(gone.sop_days)} and {gone.sop_hours} hour{'s' if gone.sop_hours != 1 else ''}{own}"
    )


def late_words(due_at: datetime | None, done_at: datetime | None, at: datetime, office: Office) -> str:
    """Return `, late by 2 working days`; empty where something is in time, or has no deadline.

    Args:
        due_at: its deadline.
        done_at: when it was done; None: it is not.
        at: now.
        office: whose days are counted.
    """
    return "" if due_at is None else _late(late_by(due_at, done_at or at, office.calendar))


def late_days(unit: UnitStanding, at: datetime, office: Office) -> int:
    """Return by how many working days a unit's form is, or was, late."""
    if unit.due_at is None:
        return 0
    return late_by(unit.due_at, unit.counting_came_at or at, office.calendar).days


def _row(row: RowClock) -> str:
    """Return what a row took, of what it may take in this cycle and by the SOP."""
    rounds = f" in {len(row.visits)} rounds" if len(row.visits) > 1 else ""
    if row.sop_hours and row.own_days is None:
        return f"{_clock(row.spent.hours)} of {row.sop_hours}:00 hours{rounds}"
    own = row.sop_days if row.own_days is None else row.own_days
    sop = f", by the SOP {row.sop_days}" if own != row.sop_days else ""
    return f"{row.spent.days} of {own}{sop} ({_clock(row.spent.hours)}){rounds}"


def _late(late: Spent) -> str:
    """Return how late something was."""
    if late.days:
        return f", late by {late.days} working day{'s' if late.days != 1 else ''}"
    return f", late by {_clock(late.hours)} hours" if late.hours else ""


def _days(count: int) -> str:
    """Return a number of working days."""
    return f"{count} working day{'s' if count != 1 else ''}"


def _minutes(open_for: timedelta) -> int:
    """Return office time in minutes."""
    return round(open_for.total_seconds() / 60)


def _clock(open_for: timedelta) -> str:
    """Return office time, `12:30`."""
    return f"{_minutes(open_for) // 60}:{_minutes(open_for) % 60:02d}"
