"""The door's cookies: which one says what, and how each is set; none is readable by a script, none leaves this site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mailbot.core.codes.languages import Language
from mailbot.web.gate.tokens import token_in

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_SESSION, _BROWSER, _WAY = "board", "board-asks", "board-way"
LANGUAGE = "board_language"
_HOST_ONLY = "__Host-"
"""By this beginning a browser takes the cookie only over https, for this host alone: no neighbour can plant one."""


def language_in(request: Request, usual: Language) -> Language:
    """Return the language chosen in this browser, else the usual one."""
    chosen = request.cookies.get(LANGUAGE, "")
    return Language(chosen) if chosen in set(Language) else usual


class Cookies:
    """Reads and sets the three cookies."""

    def __init__(self, *, secure: bool) -> None:
        """Take whether the board is opened by https."""
        before = _HOST_ONLY if secure else ""
        self._secure = secure
        self._session, self._browser, self._way = (before + name for name in (_SESSION, _BROWSER, _WAY))

    def session(self, request: Request) -> str:
        """Return the token of the session, empty if there is none."""
        return token_in(request.cookies.get(self._session, ""))

    def browser(self, request: Request) -> str:
        """Return the token of the browser that asks, or has asked; empty if it has none."""
        return token_in(request.cookies.get(self._browser, ""))

    def begin_session(self, response: Response, token: str) -> None:
        """Let a browser be signed in until it is closed; the ledger says when it ends in any case."""
        self._set(response, self._session, token)

    def end_session(self, response: Response) -> None:
        """Let a browser forget that it was signed in."""
        self._drop(response, self._session)

    def mark_browser(self, response: Response, token: str) -> None:
        """Let a browser be known again as the one that asked."""
        self._set(response, self._browser, token)

    def unmark_browser(self, response: Response) -> None:
        """Let a browser forget what it asked."""
        self._drop(response, self._browser)
        self._drop(response, self._way)

    def lead_on(self, response: Response, address: str) -> None:
        """Let a browser remember which page of ours it was on its way to, until the link in the mail is opened."""
        self._set(response, self._way, quote(address, safe="/"))

    def led_to(self, request: Request) -> str:
        """Return that page as the browser says it; whoever leads there looks whether it is one of ours."""
        return unquote(request.cookies.get(self._way, "/"))

    def _set(self, response: Response, name: str, value: str) -> None:
        # Lax: whoever follows a link in a mail comes from another site, and must be known all the same.
        response.set_cookie(name, value, path="/", secure=self._secure, httponly=True, samesite="lax")

    def _drop(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self._secure, httponly=True, samesite="lax")
