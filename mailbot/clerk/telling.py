"""Letters to the operator that belong to no cycle: made alike, to whoever is the operator at the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters import Letter, letter_key
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.letters import About


def to_operator(clerk: Clerk, at: datetime, about: About, *parts: object) -> tuple[Letter, ...]:
    """Make a letter to the operator; none, if nobody holds that post. `parts` make its key, after the kind."""
    operator = holder(Role.OPERATOR, clerk.office, at)
    if operator is None:
        return ()
    return (
        Letter(
            key=letter_key(about.letter_kind, *parts),
            about=about,
            to=operator.key,
            address=operator.addresses[0],
        ),
    )


def unwritten(clerk: Clerk, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return those letters that were never in the outbox: what was told once is not told again."""
    return tuple(one for one in letters if clerk.ledger.letters.by_key(one.key) is None)
