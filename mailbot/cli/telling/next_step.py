"""The last line of `mailbot status`: the one thing to do next, the most pressing first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.opening.days import Missed
    from mailbot.ledger.standing import Standing
    from mailbot.settings.sayings.catalogue import Say

_BETWEEN_PASSES = timedelta(minutes=15)
"""A daemon reads every few minutes, and so does a `tick` that cron makes."""


def next_step(
    found: Standing,
    spelled: Callable[[str], str],
    say: Say,
    unseen: str,
    missing: tuple[Missed, ...],
    *,
    why_run: str,
) -> str:
    """Say what to do next; `why_run` says so where nobody lets mailbot make its passes."""
    if found.outbox.given_up or found.outbox.in_doubt:
        return f"{spelled('outbox list')} ({say('st_did_not_leave')})"
    if found.all_held:
        return spelled("outbox release")
    if found.outbox.held:
        return f"{spelled('outbox list')} ({say('st_letters_held')})"
    if found.inbox.set_aside:
        return f"{spelled('inbox list')} ({say('st_set_aside')})"
    for one in missing:
        if one.promised:
            return f"{spelled(f'open {one.key}')} ({say('st_missed_next')})"
    if unseen:
        return f"{spelled('apply')} ({say('st_edit_next')})"
    if found.edited is not None and not (found.edited.approved or found.edited.refused):
        return f"{spelled(f'apply {found.edited.digest[:16]}')} ({say('st_edit_next')})"
    if why_run:
        return f"{spelled('run')} ({why_run})"
    return say("st_nothing_to_do")


def long_ago(read: datetime | None, at: datetime) -> bool:
    """Say whether the mailbox was read so long ago, or never, that nobody lets mailbot make its passes."""
    return read is None or at - read > _BETWEEN_PASSES
