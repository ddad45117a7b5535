"""What can happen to a draft: it is made, edited, freed of open changes, or to be signed by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.draft.document import UNEXAMINED, Examined
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters_in_answer import ANSWERS, DOCX
from mailbot.core.model.mail import OfMail

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.letters import Asked
    from mailbot.core.model.letters_in_answer import Given
    from mailbot.core.model.mail import Source
    from mailbot.core.model.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdited(OfMail):
    """The author of the draft sent an edited DOCX back. `about` is what the letter answered asks for."""

    at: datetime
    source: Source
    about: Asked
    document_sha256: str
    document_name: str = ""
    beside: Word | None = None
    """A word that stood beside it, and does not pass the draft on: it is not done."""
    examined: Examined = UNEXAMINED
    remark_answers: tuple[tuple[int, str], ...] = ()
    """What stands beside it in answer to remarks, by their numbers."""

    @property
    def spoken(self) -> Given:
        """Return what stands where a reply word would stand, for somebody who sent the document and no word."""
        return DOCX


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesAccepted(OfMail):
    """The author of the draft said BENAR to our question about open changes: `document` is the draft without them."""

    at: datetime
    source: Source
    asked_about: str
    """SHA-256 of the mail that brought the draft with the changes."""
    document_sha256: str = ""
    """Empty where no such draft waits any more, or who says it is not believed: then nothing is made of it."""
    examined: Examined = UNEXAMINED

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats."""
        return Word.BENAR


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksAnswered(OfMail):
    """The author of the draft answered remarks on it, by their numbers, and did nothing else."""

    at: datetime
    source: Source
    answers: tuple[tuple[int, str], ...]
    unread: tuple[str, ...] = ()
    """The other lines of the mail."""

    @property
    def spoken(self) -> Given:
        """Return what stands where a reply word would stand, for somebody who wrote answers and no word."""
        return ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCompiled:
    """The wanted version of the report was rendered and kept."""

    at: datetime
    version: int
    docx_sha256: str
    pdf_sha256: str
    examined: Examined = UNEXAMINED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerChanged:
    """Another person than who was to sign the present version holds the post on that day."""

    at: datetime
    person: Person
