"""A key that no cycle has: said with the keys there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.settings.sayings.catalogue import Say


def wrong_cycle(key: str, office: Office, at: datetime, say: Say) -> str:
    """Say that no cycle of that key is planned, and which are, near a moment."""
    from mailbot.core.opening.plans import planned_near

    keys = ", ".join(plan.key for plan in planned_near(office.calendar.local(at).date(), office))
    return say("cy_none", key=key, keys=keys)
