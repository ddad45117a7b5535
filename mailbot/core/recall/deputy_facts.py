"""What can happen to a deputy: the principal who has named him says that he meant it (every row)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.mail import OfMail

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.mail import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyConfirmed(OfMail):
    """The principal said BENAR to our echo about the deputy whom the mail of that digest has named."""

    at: datetime
    source: Source
    asked_about: str

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats."""
        return Word.BENAR
