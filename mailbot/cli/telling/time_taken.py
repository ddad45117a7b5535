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
    from mailbot.settings.sayings.catalogue import Say


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


def rows_words(cycle: CycleStanding, at: datetime, office: Office, say: Say) -> Iterator[str]:
    """Yield a line for every row that is over, and the sum against the SOP's own."""
    gone = clocks(cycle, at, office.sop, office.calendar)
    over = [row for row in gone.rows if row.visits[-1].left_at is not None]
    if not over:
        return
    yield "  " + say("st_time_taken")
    for row in over:
        name = say("st_row_name", row=office.sop.row(row.step).sop)
        yield f"    {name:<9} {_row(row, say)}{_late(row.late, say)}"
    whole = f"{_days(gone.whole.days, say)} ({_clock(gone.whole.hours)})"
    until = say("st_until_closed") if cycle.closed_at is not None else say("st_so_far")
    hours = say("st_hour") if gone.sop_hours == 1 else say("st_hours", count=gone.sop_hours)
    given = say("st_sop_gives", days=_days(gone.sop_days, say), hours=hours)
    own = say("st_cycle_gives", days=_days(gone.own_days, say)) if gone.own_days != gone.sop_days else ""
    yield f"    {say('st_all'):<9} {whole} {until}; {given}{own}"


def late_words(due_at: datetime | None, done_at: datetime | None, at: datetime, office: Office, say: Say) -> str:
    """Return `, late by 2 working days`; empty where something is in time, or has no deadline.

    Args:
        due_at: its deadline.
        done_at: when it was done; None: it is not.
        at: now.
        office: whose days are counted.
        say: in whose language it is said.
    """
    return "" if due_at is None else _late(late_by(due_at, done_at or at, office.calendar), say)


def late_days(unit: UnitStanding, at: datetime, office: Office) -> int:
    """Return by how many working days a unit's form is, or was, late."""
    if unit.due_at is None:
        return 0
    return late_by(unit.due_at, unit.counting_came_at or at, office.calendar).days


def _row(row: RowClock, say: Say) -> str:
    """Return what a row took, of what it may take in this cycle and by the SOP."""
    rounds = say("st_in_rounds", count=len(row.visits)) if len(row.visits) > 1 else ""
    if row.sop_hours and row.own_days is None:
        return say("st_of_hours", spent=_clock(row.spent.hours), given=f"{row.sop_hours}:00") + rounds
    own = row.sop_days if row.own_days is None else row.own_days
    sop = say("st_by_the_sop", days=row.sop_days) if own != row.sop_days else ""
    return say("st_of_days", spent=row.spent.days, given=own) + f"{sop} ({_clock(row.spent.hours)}){rounds}"


def _late(late: Spent, say: Say) -> str:
    """Return how late something was."""
    if late.days:
        return say("st_late_by", time=_days(late.days, say))
    return say("st_late_by", time=say("st_hours", count=_clock(late.hours))) if late.hours else ""


def _days(count: int, say: Say) -> str:
    """Return a number of working days."""
    return say("st_day") if count == 1 else say("st_days", count=count)


def _minutes(open_for: timedelta) -> int:
    """Return office time in minutes."""
    return round(open_for.total_seconds() / 60)


def _clock(open_for: timedelta) -> str:
    """Return office time, `12:30`."""
    return f"{_minutes(open_for) // 60}:{_minutes(open_for) % 60:02d}"
