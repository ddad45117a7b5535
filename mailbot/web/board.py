"""What the board works with, and the door that it asks who is looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.web.viewer import Act, Viewer


def _not_asked() -> bool | None:
    return None


def _never_too_long() -> int:
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """The daemon beside the board, which alone reads mails and hands letters over."""

    runs: Callable[[], bool | None] = _not_asked
    """Says whether one works on the office at this moment; None: that cannot be told, or is not asked, as of files."""
    told: bool = False
    """It is to be told on the board where none works."""
    silence_minutes: Callable[[], int] = _never_too_long
    """After so long a silence something is wrong; 0: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The office whose board it is."""

    office: Callable[[], Office]
    """As it counts at this moment; an edit that was accepted meanwhile is seen."""
    ledger: Ledger
    clock: Callable[[], datetime]
    template_folders: tuple[Path, ...]
    archive_folder: Path
    acts: frozenset[Act] = frozenset()
    """What is answered here where a form asks for it (`/acts/...`); a page offers nothing else."""
    daemon: Daemon = field(default_factory=Daemon)


class Gate(Protocol):
    """Whoever stands at the door of the board."""

    def viewer(self, request: Request) -> Viewer | None:
        """Return who is looking; None: nobody who may."""

    def turned_away(self, request: Request) -> Response:
        """Answer somebody who may not look: he is led to where one signs in, and from there back to his page."""

    def routes(self) -> Sequence[BaseRoute]:
        """Return the door's own addresses: signing in and out, and what is done by a form."""

    def middleware(self) -> Sequence[Middleware]:
        """Return what every request passes before it reaches a page, the outermost first."""
