"""The door's pages in HTML, shown to somebody who is nobody yet, in the language of his browser or of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from mailbot.web.gate.cookies import language_in
from mailbot.web.gate.tokens import form_token, new_token
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.page import Page
from mailbot.web.printing import here_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from mailbot.web.board import Board
    from mailbot.web.gate.cookies import Cookies
    from mailbot.web.printing import Printer

_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPages:
    """Makes the door's pages."""

    board: Board
    printer: Printer
    cookies: Cookies
    fresh: Callable[[int], bytes]
    minutes: int
    """How long a link holds."""

    def page(self, request: Request, state: str, status: int = _OK, *, token: str = "", **values: str) -> Response:
        """Return a page in one of its states (`templates/web/gate/door.j2`).

        Args:
            request: whose it is.
            state: which page.
            status: by which number a browser is told of it.
            token: the browser's, from which its forms are known.
            values: what else stands there: `notice`, `code`, `link`, `next`.
        """
        here = here_of(self.board, onlooker(language_in(request, self.board.office().language)))
        blank = {"notice": "", "code": "", "link": "", "next": "/"}
        shown = {**blank, **values, "state": state, "minutes": self.minutes, "form_token": form_token(token)}
        shown["runs"] = state != "sent" or self.board.daemon.runs() is not False
        page = Page(template="gate/door.j2", title=here.told("door", f"{state}_title"), values=shown)
        return HTMLResponse(self.printer.html(page, here, "/sign-in"), status)

    def with_browser(self, request: Request, state: str, status: int = _OK, **values: str) -> Response:
        """Return a page with a form; a browser that has no mark yet gets one, by which its form is known again."""
        known = self.cookies.browser(request)
        token = known or new_token(self.fresh)
        response = self.page(request, state, status, token=token, **values)
        if not known:
            self.cookies.mark_browser(response, token)
        return response
