"""What the table of the procedure is made of: an act, where it takes the cycle, and a line of acts and refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.core.procedure.addressing import Refusal

F = TypeVar("F", contravariant=True)


class Move(StrEnum):
    """Where a cycle goes once an act was done."""

    STAYS = "stays"
    ON = "on"
    """To the following rows, for as long as the present one is over."""
    ANEW = "anew"
    """The same row begins once more."""
    BACK = "back"
    """Where a refusal of the row leads (`back` in `sop.yaml`), once it stands, and on from there."""
    TO_CHECK = "to_check"
    """Back to row 4, and on from there."""
    TO_DRAFT = "to_draft"
    """Back to row 6."""
    TO_REVIEW = "to_review"
    """Back to row 6b."""
    ENDS = "ends"
    """It is cancelled: nothing moves it any more."""


@dataclass(frozen=True, slots=True)
class Act(Generic[F]):
    """What is done with a fact, and how that may move the cycle."""

    does: Callable[[Cycle, F, Office], Outcome]
    moves: Move = Move.STAYS
    after: Callable[[Outcome, Cycle, F, Office], Outcome] | None = None
    """What is added once the cycle stands where it goes; the cycle it came from is given, too."""
    becomes: type[Fact] | None = None
    """Another fact that it may come to, decided next by that fact's own line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what is asked before the row, and an entry for each row and the closed cycle."""

    first: tuple[Callable[[Cycle, Any, Office], Outcome | None], ...]
    """Questions; the first that answers ends the matter."""
    entries: tuple[Act[Any] | Refusal, ...]
