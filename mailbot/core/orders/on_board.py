"""A deciding word given on the status board: what it is bound to, the fact it is, and the code that is asked for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from mailbot.core.language.nik import masked
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import VerdictGiven
from mailbot.core.model.letters import Answers, Asked
from mailbot.core.model.mail import Proof, Source
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import challenge
from mailbot.core.procedure.word_asked import asked_now, awaits_draft

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

OFFERED: Final[dict[Step, tuple[Word, ...]]] = {
    Step.INFORM: (Word.SETUJU, Word.KEBERATAN),
    Step.REVIEW: (Word.SETUJU, Word.PERBAIKI),
    Step.RATIFY: (Word.DISAHKAN, Word.PERBAIKI),
}
"""The words that the board takes, and shows in these rows to whom the row waits for; the approving one first."""
WITH_REMARKS: Final = frozenset({Word.PERBAIKI, Word.KEBERATAN})
"""Beside these, and beside no other, remarks may stand."""


class Came(StrEnum):
    """What came of a word, or of a code, on the board."""

    ASKED = "asked"
    """A code was mailed; nothing is decided yet."""
    COUNTED = "counted"
    CHANGED = "changed"
    """What was shown is not what lies there now."""
    REFUSED = "refused"
    """It would change nothing: what a mail would be answered says why."""
    REMARKS_BESIDE = "remarks_beside"
    """Remarks stand beside a consent: they would go nowhere."""
    WRONG_CODE = "wrong_code"
    ENDED = "ended"
    """Nothing waits for that code any more: it was used, guessed at too often, is too old, or never was mailed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What lay before whoever decides: row, version, and the digests of the draft's two files."""

    asks: Asked
    pdf_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOnBoard:
    """A word as it was pressed, with all that it is bound to."""

    cycle: str
    word: Word
    remarks: tuple[str, ...]
    by: Person
    shown: Shown
    session_sha256: str
    """Of the session in which it was pressed: its code counts in no other."""
    until: datetime
    """So long its code counts."""

    @property
    def mark(self) -> str:
        """Return the digest of it all, which stands where a mail's would; what differs in anything has another."""
        asks, by = self.shown.asks, self.by
        bound = (self.cycle, asks.step.value, str(asks.version), asks.docx_sha256, self.shown.pdf_sha256)
        said = (self.word.value, by.key, by.addresses[0], self.session_sha256, self.until.isoformat(), *self.remarks)
        parts = "".join(f"{len(part)}:{part}" for part in (*bound, *said))
        return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()


def remarks_in(text: str) -> tuple[str, ...]:
    """Return remarks as they were typed, a line each; a number like a NIK is masked, as it is in a mail."""
    return tuple(line for line in (" ".join(masked(one).split()) for one in text.splitlines()) if line)


def shown_now(cycle: Cycle) -> Shown | None:
    """Return what lies before whoever decides now; None: nothing does that is decided on the board."""
    asks = asked_now(cycle)
    if cycle.closed or asks.step not in OFFERED or (asks.docx_sha256 and awaits_draft(cycle)):
        return None
    pdf = cycle.draft.pdf_sha256 if cycle.draft is not None and asks.docx_sha256 else ""
    return Shown(asks=asks, pdf_sha256=pdf)


def fact_of(said: WordOnBoard, at: datetime) -> VerdictGiven:
    """Return the fact that a mail would make which holds the word and its code."""
    return VerdictGiven(
        at=at,
        source=_source(said, at),
        said=Said(word=said.word, remarks=said.remarks),
        about=said.shown.asks,
    )


def code_asked(cycle: Cycle, said: WordOnBoard, at: datetime, office: Office) -> Letter:
    """Return the letter to the registered address that holds the code; its key is made of all the word is bound to."""
    minutes = round((said.until - at).total_seconds() / 60)
    (letter,) = challenge(cycle, _source(said, at), at, said.word, office, board_minutes=minutes).letters
    return letter


def _source(said: WordOnBoard, at: datetime) -> Source:
    """Return the source of the fact: the person at his registered address, proved by the code."""
    return Source(
        mail_sha256=said.mark,
        answers=Answers(message_id="", proved=True),
        address=said.by.addresses[0],
        person=said.by,
        proof=Proof.CODE,
        received_at=at,
    )
