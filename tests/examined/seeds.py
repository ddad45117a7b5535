"""The tape of one seed of the simulation: what its server saw, and what an outsider could know of its office."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.examiner.office import Office, Official
from tests.examiner.tape import Came, Left, Tape

if TYPE_CHECKING:
    from mailbot.core.model.office import Office as RealOffice
    from mailbot.core.model.people import Person
    from tests.simulation.run import World

ANSWERS_PER_DAY = 8
"""As the machine of the simulation sets it."""


def known(
    office: RealOffice, cycle: str, people: tuple[Person, ...] = (), answers_per_day: int = ANSWERS_PER_DAY
) -> Office:
    """Return what anybody can know of an office that was drawn, and of all who were on its list."""
    plan, calendar = office.plan(cycle), office.calendar
    days = {row.step.value: row.days for row in office.sop.rows} | {
        step.value: days for step, days in dict(plan.row_days).items()
    }
    return Office(
        mailbox=office.mailbox,
        people=tuple(
            Official(
                role=person.role.value,
                unit=person.unit or "",
                addresses=tuple(one.lower() for one in (*person.addresses, person.second_address) if one),
                since=person.since or date.min,
                until=person.until or date.max,
            )
            for person in people or office.roster.people
        ),
        zone=calendar.zone,
        opens=calendar.opens,
        closes=calendar.closes,
        closed=calendar.closed,
        inform_days=days["inform"] or 0,
        answers_per_day=answers_per_day,
        ceilings={
            line.code: Decimal(line.budget_idr[plan.period.year])
            for unit in office.roster.units
            for line in office.asked_budget(unit.key, plan.period)
        },
    )


def tape_of(world: World, *, finished: bool) -> Tape:
    """Return what the server of a run saw."""
    server, befell = world.server, world.weather.befell
    came = tuple(
        Came(
            at=one.at,
            raw=one.raw,
            proved=one.truth.proved,
            seen=hashlib.sha256(one.raw).hexdigest() in world.seen,
        )
        for one in world.arrived
    )
    left = tuple(
        Left(
            at=one.at,
            to=one.recipient,
            raw=one.raw,
            doubted=one.message_id in server.doubted,
            put_off=server.put_off,
            forgotten=number < world.forgotten,
        )
        for number, one in enumerate(server.wire)
    )
    refused = tuple(Left(at=one.at, to=one.recipient, raw=one.raw, refused=True) for one in server.refused)
    return Tape(
        came=came,
        left=(*left, *refused),
        cycle=world.key,
        finished=finished,
        clock_wrong=bool(befell["clock_forward"] + befell["clock_back"] + befell["edited_days_off"]),
    )
