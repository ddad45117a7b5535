"""A gate without a door: for tests, and for pages that are written as files by whoever may read the ledger itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.codes.languages import Language
from mailbot.core.model.people import Person, Role
from mailbot.web.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute


def onlooker(language: Language = Language.INDONESIAN) -> Viewer:
    """Return somebody who sees the whole office and does nothing: nobody's name stands on pages written as files."""
    post = Person(key="", role=Role.PLANNING, title="", name="", addresses=("",))
    return Viewer(posts=(post,), language=language)


@dataclass(frozen=True, slots=True)
class OpenGate:
    """Lets everybody in as the same viewer; None: nobody."""

    whoever: Viewer | None

    def viewer(self, request: Request) -> Viewer | None:  # noqa: ARG002 - whoever asks
        """Return the one viewer."""
        return self.whoever

    def turned_away(self, request: Request) -> Response:  # noqa: ARG002 - whoever asks
        """Answer that nobody may look."""
        from starlette.responses import PlainTextResponse  # noqa: PLC0415 - pages as files need no server

        return PlainTextResponse("", status_code=403)

    def routes(self) -> Sequence[BaseRoute]:
        """Return no address of its own."""
        return ()

    def middleware(self) -> Sequence[Middleware]:
        """Return nothing to pass."""
        return ()
