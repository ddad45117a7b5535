"""A letter on the wire as its reader understands it: what it asks for, what it reminds of, what it says of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Escalation, Reminder
from mailbot.core.model.sop import Step
from mailbot.core.opening.letters_of_opening import OpeningAhead, OpeningNoted

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.letters import Letter
    from tests.simulation.server import OnWire

Matter = tuple[str, str]
"""A cycle, and what is owed in it: the form of a unit, or the word of a row."""
ASKS_FOR_FORM = frozenset({LetterKind.REQUEST, LetterKind.REOPENED, LetterKind.RETURNED_BY_PLANNING})
"""After these a unit owes its form, whatever was before."""
ASKS_FOR_WORD = {
    LetterKind.DATA_NEEDS_OBJECTED: Step.INFORM,
    LetterKind.DRAFT: Step.DRAFT,
    LetterKind.REVISION: Step.DRAFT,
    LetterKind.DRAFT_HELD: Step.DRAFT,
    LetterKind.REVIEW: Step.REVIEW,
    LetterKind.RATIFY: Step.RATIFY,
    LetterKind.SUBMISSION: Step.SUBMIT,
}
"""After these a row waits for its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One letter that a server took from us."""

    at: datetime
    message_id: str
    to: str
    """The address it went to."""
    person: str
    """Key of its addressee."""
    kind: LetterKind
    cycle: str
    about: Matter | None
    """What it asks for, or reminds of before all else."""
    names: frozenset[Matter]
    """Everything owed that it speaks of, to who owes it or to who is above him."""
    due_at: datetime | None
    answers: bool
    """It answers a mail."""
    opens: tuple[tuple[str, datetime], ...] = ()
    """Cycles that it says will open, each with the moment; those for which nothing is promised do not."""
    fate: str = ""
    """What it says came of TUNDA or BATAL to an opening."""

    @property
    def reminds(self) -> bool:
        """Say whether it reminds somebody of something."""
        return self.kind in {LetterKind.REMINDER, LetterKind.REMINDER_TODAY}


def told(wire: OnWire, letter: Letter) -> Told:
    """Return what its reader understands of a letter."""
    about, word = letter.about, ASKS_FOR_WORD.get(letter.kind)
    what = letter.unit or (word.value if word is not None else "")
    names: frozenset[Matter] = frozenset()
    if isinstance(about, Reminder):
        what = letter.unit or about.step.value
        names = frozenset({(letter.cycle, what), *map(_matter, about.beside)})
    elif isinstance(about, Escalation):
        names = frozenset(_matter(one.debt) for one in about.told)
    opens = about.openings if isinstance(about, OpeningAhead | OpeningNoted) else ()
    return Told(
        at=wire.at,
        message_id=wire.message_id,
        to=wire.recipient,
        person=letter.to,
        kind=letter.kind,
        cycle=letter.cycle,
        about=(letter.cycle, what) if what else None,
        names=names,
        due_at=letter.due_at,
        answers=letter.answers is not None,
        opens=tuple((one.key, one.opens_at) for one in opens if one.promised),
        fate=about.fate.value if isinstance(about, OpeningNoted) else "",
    )


def _matter(debt: Debt) -> Matter:
    """Return what a letter names that speaks of more than one thing."""
    return debt.cycle, debt.unit or debt.step.value
