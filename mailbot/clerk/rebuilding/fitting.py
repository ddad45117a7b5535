"""Whether the copies in the folder for sent mail were made with this key, for a cycle that is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.decide import decide
from mailbot.core.model.facts import CycleOpened
from mailbot.writing.letters.letter import message_id, name_of

if TYPE_CHECKING:
    from mailbot.clerk.rebuilding.past import Past
    from mailbot.core.model.office import Office


def fits(office: Office, secret: bytes, past: Past) -> bool:
    """Say whether a letter that opened one of the planned cycles is there, by copy or by an answer to it."""
    if not past.copies:
        return False
    at = min(copy.written_at for copy in past.copies.values())
    for plan in office.cycles:
        for letter in decide(None, CycleOpened(at=at, cycle=plan.key), office).letters:
            if past.left_by(message_id(secret, name_of(letter), office.mailbox)) is not None:
                return True
    return False
