"""What a page is made with, and what it comes to: values for a template, or a file to be taken home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.web.board import Board
    from mailbot.web.viewer import Act, Viewer
    from mailbot.writing.words.phrases import Phrases

_PLACES: tuple[tuple[str, str, bool], ...] = (
    ("home", "/", True),
    ("units", "/units", True),
    ("mails", "/mails", True),
    ("letters", "/letters", True),
    ("journal", "/journal", False),
    ("plan", "/plan", True),
    ("archive", "/archive", False),
)
"""Entries of the navigation: name, address, and whether those see it, too, who see their own unit alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Who looks, at what, when, and in which words."""

    board: Board
    viewer: Viewer
    office: Office
    at: datetime
    phrases: Phrases
    """How letters write dates, figures and names of states, in the viewer's language."""
    words: Mapping[str, Any]
    """What the pages themselves say (`templates/web/id.yaml`)."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What stands behind the question mark of the address."""

    @property
    def ledger(self) -> Ledger:
        """Return the office's ledger."""
        return self.board.ledger

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return the navigation: the entries that this viewer has, each with its address."""
        return tuple(
            (place, address) for place, address, all_alone in _PLACES if self.viewer.sees_everything or all_alone
        )

    def may(self, act: Act) -> bool:
        """Say whether the viewer's post allows an act that is answered on this board."""
        return act in self.board.acts and self.viewer.may(act)

    def told(self, group: str, code: str, /, **values: object) -> str:
        """Return a sentence of the board's own, its values filled in."""
        text: str = self.words[group][code]
        return text.format(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: the template that shows it, and what it shows."""

    template: str
    title: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: str = ""
    """Which entry of the navigation it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the ledger or the archive, as it is handed out."""

    name: str
    media_type: str
    content: bytes
    shown: bool = False
    """It is looked at in its page; else it is saved."""


Answer = Page | File | None
"""None: there is no such page, or it is not for this viewer; he cannot tell which."""


def path(*parts: object) -> str:
    """Return the address of a page, each part fit to stand in it: `path("cycles", "2026-tw1")`."""
    return "/" + "/".join(quote(str(part), safe="") for part in parts)
