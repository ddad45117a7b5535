"""What a decision comes to: the cycle as it is now, the letters meant, and the lines for the journal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Letter


class MailOutcome(StrEnum):
    """The one final state every mail reaches; `explain --json` prints the same words."""

    FORM = "form"
    LINES = "lines"
    """Answers written as lines of the mail."""
    EVIDENCE = "evidence"
    """Evidence for a form that is there, and no form."""
    VERDICT = "verdict"
    COMMAND = "command"
    UNREADABLE = "unreadable"
    UNCLEAR = "unclear"
    UNPLACED = "unplaced"
    BOUNCE = "bounce"
    ROBOT = "robot"
    OWN = "own"
    STRANGER = "stranger"
    DUPLICATE = "duplicate"
    OVERSIZE = "oversize"
    SET_ASIDE = "set_aside"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of the append-only journal: codes and names only, read by people through the CLI and by evaluators."""

    at: datetime
    event: str
    """Code of what happened, e.g. `form_returned`."""
    actor: str = ""
    """Key of the person, or `mailbot`."""
    unit: str = ""
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one decision; an illegal fact leaves `cycle` the very same object."""

    cycle: Cycle
    letters: tuple[Letter, ...] = ()
    journal: tuple[JournalLine, ...] = ()
    done: bool = False
    """Only between an act and the table: it was done as asked, and the cycle goes where the table's entry says."""
    becomes: Fact | None = None
    """Only between an act and the table: another fact that this one comes to, decided next on `cycle`."""


def join(first: Outcome, second: Outcome) -> Outcome:
    """Join two outcomes, the second decided on the cycle of the first."""
    return Outcome(cycle=second.cycle, letters=first.letters + second.letters, journal=first.journal + second.journal)
