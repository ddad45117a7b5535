"""Who looks at the board, what of it he sees, and what he may do there: one table by role, from `recipients.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.codes.languages import Language
from mailbot.core.model.people import Person, Role


class Act(StrEnum):
    """What can be done on the board; each puts the fact, or the order, that a mail or a command would put."""

    DECIDE = "decide"
    """Give the word that the row waits for; off unless `board.decisions`, and by a fresh code alone."""
    ORDER = "order"
    """TERIMA, KEMBALIKAN, PERPANJANG of a unit's form (row 4)."""
    HOLD = "hold"
    """Hold the outbox, or release it."""
    REPLAY = "replay"
    """Have a mail read again."""


_SEES_EVERYTHING = frozenset({Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD, Role.OPERATOR})
_TYPES_COMMANDS = frozenset({Role.PLANNING, Role.OPERATOR})
_SEES_ITS_UNIT = frozenset({Role.DIVISION_HEAD, Role.SECTION_HEAD})
MAY: dict[Role, frozenset[Act]] = {
    Role.PLANNING: frozenset({Act.ORDER, Act.HOLD, Act.REPLAY, Act.DECIDE}),
    Role.OPERATOR: frozenset({Act.HOLD, Act.REPLAY}),
    Role.SECRETARY: frozenset({Act.DECIDE}),
    Role.AGENCY_HEAD: frozenset({Act.DECIDE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person of the list for as long as his session lasts; he may hold several posts on a day."""

    posts: tuple[Person, ...]
    language: Language
    form_token: str = ""
    """What each form that he sends brings along, so that no other site sends one in his name; empty: he only looks."""

    @property
    def sees_everything(self) -> bool:
        """Say whether he sees the whole office."""
        return any(post.role in _SEES_EVERYTHING for post in self.posts)

    @property
    def types_commands(self) -> bool:
        """Say whether a command means anything to him: he works at mailbot's own machine, or beside who does."""
        return any(post.role in _TYPES_COMMANDS for post in self.posts)

    @property
    def units(self) -> frozenset[str]:
        """Return the units that he sees where he does not see everything."""
        return frozenset(post.unit for post in self.posts if post.role in _SEES_ITS_UNIT and post.unit)

    def sees(self, unit: str) -> bool:
        """Say whether he sees a unit."""
        return self.sees_everything or unit in self.units

    def may(self, act: Act) -> bool:
        """Say whether his post allows an act; what is switched off or out of turn is refused where it is done."""
        return bool(self.form_token) and any(act in MAY.get(post.role, frozenset()) for post in self.posts)
