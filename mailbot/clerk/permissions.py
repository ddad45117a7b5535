"""Warns the operator 14, 7 and 1 days before a permission to use a mailbox ends: a dead one stops everything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.telling import to_operator, unwritten
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk

WARN_DAYS = (1, 7, 14)
"""So many days before the end, once each; whoever looks late gets only the nearest."""


def tell_permissions(clerk: Clerk, at: datetime) -> bool:
    """Write to the operator about permissions that end soon; return whether there was something to write."""
    letters = (
        letter
        for account, ends_at in clerk.permissions()
        for days in [next((days for days in WARN_DAYS if at >= ends_at - timedelta(days=days)), None)]
        if days is not None and at < ends_at
        for letter in to_operator(
            clerk,
            at,
            Alarm(what=AlarmCode.TOKEN_EXPIRING, detail=account, ends=ends_at),
            AlarmCode.TOKEN_EXPIRING.value,
            account,
            ends_at.date().isoformat(),
            days,
        )
    )
    new = unwritten(clerk, letters)
    if new:
        write_down(clerk, at, lambda: Decision(letters=new))
    return bool(new)
