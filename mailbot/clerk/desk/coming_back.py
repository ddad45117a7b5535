"""Whether a letter that a report gives back is the one that was sent: only then does the report say anything of it."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.model.mail import Bounce
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter

_LOOKED_AT = 40
"""So much of a subject that comes back is held against the one that was sent."""


def come_back(ledger: Ledger, bounce: Bounce) -> OutboxLetter | None:
    """Return the letter that a report gives back, None where what it gives back is not what was sent.

    A report that only names a letter says nothing: whoever has seen the letter can name it.
    """
    letter = ledger.letters.by_message_id((bounce.message_id,)) if bounce.returned else None
    if letter is None:
        return None
    from mailbot.reading.mime.headers import read_head  # noqa: PLC0415 - a quiet pass reads no mail

    ours = read_head(ledger.letters.raw(letter.key))
    same = all(_same(name, value, ours.text(name)) for name, value in bounce.returned if name != "message-id")
    return letter if same else None


def _same(name: str, returned: str, sent: str) -> bool:
    """Say whether a field came back as it was sent; servers fold it anew, cut it, or write the day otherwise."""
    if name == "to":
        return sent.rpartition("<")[2].strip("> ").casefold() in returned.casefold()
    if name == "date":
        try:
            return parsedate_to_datetime(returned) == parsedate_to_datetime(sent)
        except (TypeError, ValueError):
            return False
    ours, theirs = ("".join(text.split()).casefold() for text in (sent, returned))
    return bool(theirs) and ours.startswith(theirs[:_LOOKED_AT])
