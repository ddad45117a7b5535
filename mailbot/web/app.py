"""The board as a web application: pages and files by the map, in the viewer's language, errors as pages."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mailbot.core.codes.languages import Language
from mailbot.errors import LedgerProblem
from mailbot.web.gate.cookies import LANGUAGE, language_in
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.addresses import answer
from mailbot.web.pages.page import File, Page
from mailbot.web.printing import Live, Printer, digest_of, here_of, static_file, static_link

if TYPE_CHECKING:
    from starlette.requests import Request

    from mailbot.web.board import Board, Gate
    from mailbot.web.pages.page import Here
    from mailbot.web.viewer import Viewer

_log = logging.getLogger(__name__)
_A_YEAR = 31_536_000
_NO_CONTENT, _NOT_FOUND, _BROKEN, _AWAY = 204, 404, 500, 503
_OWN_CODES = frozenset({403, _NOT_FOUND, 405, 409, 429, _BROKEN, _AWAY})
_PRIVATE = {"Cache-Control": "no-store"}
"""Pages of an office are kept by no browser: whoever sits down at the machine next asks for himself."""


def board_app(board: Board, gate: Gate) -> Starlette:
    """Return the board behind its gate: the gate's own addresses first, then every page of the map."""
    pages = _Pages(board, gate)
    return Starlette(
        routes=[
            *gate.routes(),
            Route("/static/{digest}/{name}", pages.static, methods=["GET"]),
            Route("/language/{language}", pages.language, methods=["GET"]),
            Route("/{path:path}", pages.show, methods=["GET"]),
        ],
        middleware=list(gate.middleware()),
        exception_handlers={HTTPException: pages.refused, LedgerProblem: pages.refused, Exception: pages.refused},
    )


class _Pages:
    """Answers what is asked of the board's own addresses."""

    def __init__(self, board: Board, gate: Gate) -> None:
        """Take the office and its gate."""
        self._board, self._gate = board, gate
        self._printer = Printer(folders=board.template_folders, static=static_link(board.template_folders))

    def show(self, request: Request) -> Response:
        """Answer with a page or file of the map."""
        viewer = self._viewer(request)
        if viewer is None:
            return self._gate.turned_away(request)
        here = here_of(self._board, viewer, dict(request.query_params))
        found = answer(_address(request), here)
        if isinstance(found, Page):
            return self._page(found, here, request)
        if isinstance(found, File):
            return _file(found)
        raise HTTPException(_NOT_FOUND)

    def language(self, request: Request) -> Response:
        """Let pages be in another language from here on, in this browser."""
        chosen, back = request.path_params["language"], request.query_params.get("to", "/")
        if chosen not in set(Language):
            raise HTTPException(_NOT_FOUND)
        # Only to a page of ours: "//elsewhere" and "/\elsewhere" would be another site's.
        back = back if back.startswith("/") and back[1:2] not in {"/", "\\"} else "/"
        answer = RedirectResponse(quote(back, safe="/?=&%"), status_code=303)
        answer.set_cookie(LANGUAGE, chosen, max_age=_A_YEAR, httponly=True, samesite="lax")
        return answer

    def static(self, request: Request) -> Response:
        """Answer with a stylesheet or script; what is asked for by its present content may be kept for ever."""
        file = static_file(self._board.template_folders, request.path_params["name"])
        if file is None:
            raise HTTPException(_NOT_FOUND)
        present = request.path_params["digest"] == digest_of(file)
        kept = f"public, max-age={_A_YEAR}, immutable" if present else "no-cache"
        return FileResponse(file, headers={"Cache-Control": kept})

    def refused(self, request: Request, problem: Exception) -> Response:
        """Answer with a page that says what went wrong, and nothing that whoever asks need not know."""
        status = _status(problem)
        if status >= _BROKEN:
            _log.error("the board could not show %s", request.url.path, exc_info=problem)
        viewer = self._viewer_or_none(request) or onlooker(language_in(request, self._board.office().language))
        here = here_of(self._board, viewer)
        code = status if status in _OWN_CODES else _NOT_FOUND
        values = {"status": status, "code": f"e{code}", "outside": not viewer.posts[0].key}
        page = Page(template="pages/refused.j2", title=here.told("refused", f"e{code}"), values=values)
        return HTMLResponse(self._printer.html(page, here, _address(request)), status, _PRIVATE)

    def _page(self, page: Page, here: Here, request: Request) -> Response:
        """Answer with a page; with what changed of it where the browser says what it shows."""
        live = Live(frozenset(request.headers.get("board-seen", "").split()))
        text = self._printer.html(page, here, _address(request), live)
        if not live.shown:
            return HTMLResponse(text, headers=_PRIVATE)
        if not live.changed:
            return Response(status_code=_NO_CONTENT, headers=_PRIVATE)
        poll = Page(template="poll.j2", title="")
        again = self._printer.html(poll, here, _address(request), live)
        return HTMLResponse("".join((*live.changed, again)), headers=_PRIVATE)

    def _viewer(self, request: Request) -> Viewer | None:
        """Return who is looking, in the language that he has chosen in this browser."""
        viewer = self._gate.viewer(request)
        return None if viewer is None else replace(viewer, language=language_in(request, viewer.language))

    def _viewer_or_none(self, request: Request) -> Viewer | None:
        """Return who is looking, where that can still be told."""
        try:
            return self._viewer(request)
        except Exception:  # noqa: BLE001 - what is told of is the first mishap, not one that followed from it
            return None


def _address(request: Request) -> str:
    """Return the address as it was asked for, still percent-encoded: a slash in a name is no slash between two."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.split(b"?")[0].decode("ascii", "replace")


def _status(problem: Exception) -> int:
    """Return by which number a browser is told of a mishap."""
    if isinstance(problem, HTTPException):
        return problem.status_code
    return _AWAY if isinstance(problem, LedgerProblem) else _BROKEN


def _file(file: File) -> Response:
    """Answer with a file: to be looked at in its page where that is meant, else to be saved."""
    how = "inline" if file.shown else "attachment"
    headers = {
        **_PRIVATE,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
