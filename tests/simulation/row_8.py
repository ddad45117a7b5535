"""What people send back in rows 7 and 8 beside words: signed papers, right and wrong, and what they did by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailbot.core.model.letters import LetterKind
from mailbot.core.papers.checked import Ratified
from tests.simulation.paper_checker import SCANNED, SIGNED, UNSIGNED, UNSURE

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from tests.simulation.dice import Dice


class Chance(Protocol):
    """What goes wrong."""

    dice: Dice

    def slip(self, name: str, chance: float) -> bool:
        """Say whether this happens now; if so, it is counted."""


def done_by_hand(letter: Letter, office: Office, at: datetime) -> str:
    """Return what is said of what was done by hand: the copy came, the binder is filed, the report published."""
    if letter.kind is LetterKind.COPY_SENT:
        return "DITERIMA"
    prints = letter.kind is not LetterKind.PUBLICATION_WANTED
    publishes = not prints or getattr(letter.about, "publishes", False)
    filed = ["ARSIP lemari 2"] if prints else []
    page = f"TERBIT {office.calendar.local(at):%Y-%m-%d} https://dinas.example.go.id/lkjip"
    return "\n".join((*filed, page) if publishes else filed)


def paper_back(letter: Letter, world: Chance) -> bytes:
    """Return a paper as it comes back: signed or scanned, not signed, or one that somebody has to look at."""
    if world.slip("unsigned_paper", 0.15):
        kind = UNSIGNED
    elif world.slip("unsure_paper", 0.15):
        kind = UNSURE
    else:
        scans = getattr(letter.about, "by", None) is Ratified.SCAN and world.dice.chance(0.5)
        kind = SCANNED if scans else SIGNED
    return kind + f" {letter.key}".encode()
