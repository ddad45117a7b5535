"""The door's own addresses: one field for an address, the link's button, the code, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mailbot.web.gate.asking import LINK, Asked, code_fits
from mailbot.web.gate.browsers import in_words
from mailbot.web.gate.networks import caller, network_of
from mailbot.web.gate.next_page import led_to, next_page
from mailbot.web.gate.tokens import code_of, form_token, kept, new_token, same, token_in, typed_code

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from mailbot.ledger.door.door import BoardLink
    from mailbot.web.board import Board
    from mailbot.web.gate.asking import Asking
    from mailbot.web.gate.cookies import Cookies
    from mailbot.web.gate.door_pages import DoorPages
    from mailbot.web.gate.rates import Rate, Rates
    from mailbot.web.gate.sessions import Sessions
    from mailbot.web.viewer import Viewer

_SEEN = "board.viewer"
_WRONG_FORM, _GONE, _UNPROCESSABLE, _TOO_OFTEN = 403, 410, 422, 429
_LONGEST_ADDRESS = 254
Fields = dict[str, str]


def form(answer: Callable[[Request, Fields], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return what reads a form and has it answered beside the others."""

    async def answered(request: Request) -> Response:
        text = (await request.body()).decode("utf-8", "replace")
        found = parse_qs(text, keep_blank_values=True, max_num_fields=50)
        return await run_in_threadpool(answer, request, {name: values[-1] for name, values in found.items()})

    return answered


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIn:
    """Answers at the door's own addresses."""

    board: Board
    pages: DoorPages
    cookies: Cookies
    sessions: Sessions
    asking: Asking
    rates: Rates
    proxies: tuple[str, ...]

    def routes(self) -> tuple[Route, ...]:
        """Return the addresses."""
        return (
            Route("/sign-in", self.show, methods=["GET"]),
            Route("/sign-in", form(self.ask), methods=["POST"]),
            Route(f"{LINK}{{token}}", self.show_link, methods=["GET"]),
            Route("/sign-in/link", form(self.use_link), methods=["POST"]),
            Route("/sign-in/code", form(self.type_code), methods=["POST"]),
            Route("/sign-out", form(self.sign_out), methods=["POST"]),
            Route("/sign-out/everywhere", form(self.sign_out_everywhere), methods=["POST"]),
        )

    def viewer(self, request: Request) -> Viewer | None:
        """Return who is looking; the ledger is asked once for a request."""
        if _SEEN not in request.scope:
            request.scope[_SEEN] = self.sessions.viewer(self.cookies.session(request))
        seen: Viewer | None = request.scope[_SEEN]
        return seen

    def turned_away(self, request: Request) -> Response:
        """Lead somebody who may not look to where one signs in."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(led_to(f"{request.url.path}{query}"), status_code=303)

    def show(self, request: Request) -> Response:
        """Show the one field; whoever is signed in is led on."""
        wanted = next_page(request.query_params.get("next", "/"))
        if self.viewer(request) is not None:
            return RedirectResponse(wanted, status_code=303)
        return self.pages.with_browser(request, "ask", next=wanted)

    def ask(self, request: Request, fields: Fields) -> Response:
        """Answer everybody alike, whoever is listed; the rest follows behind the answer."""
        address, wanted = fields.get("address", "").strip(), next_page(fields.get("next", "/"))
        if not self._own_form(request, fields):
            return self.pages.with_browser(request, "ask", _WRONG_FORM, next=wanted, notice="old_form")
        if (late := self.too_often(self.rates.asking, request)) is not None:
            return late
        if not _may_be_address(address):
            return self.pages.with_browser(request, "ask", _UNPROCESSABLE, next=wanted, notice="no_address")
        # A mark of its own for each time: what somebody has planted in this browser before is of no use to him.
        token = new_token(self.sessions.fresh)
        asked = Asked(
            address=address,
            browser_token=token,
            browser=in_words(request.headers.get("user-agent", "")),
            network=self._network(request),
        )
        response = self.pages.page(request, "sent", token=token, next=wanted)
        response.background = BackgroundTask(self.asking.follow_up, asked)
        self.cookies.mark_browser(response, token)
        self.cookies.lead_on(response, wanted)
        return response

    def show_link(self, request: Request) -> Response:
        """Show the button in the browser that asked, elsewhere the code; looking uses nothing up."""
        token = token_in(request.path_params["token"])
        link = self._link(token)
        if link is None:
            return self.pages.page(request, "ended" if self.viewer(request) is None else "inside", _GONE)
        if not self._may_use(request, link):
            code = code_of(token)
            return self.pages.page(request, "elsewhere", code=f"{code[:4]} {code[4:]}")
        wanted = next_page(self.cookies.led_to(request))
        return self.pages.with_browser(request, "button", link=token, next=wanted)

    def use_link(self, request: Request, fields: Fields) -> Response:
        """Sign in by the button."""
        if not self._own_form(request, fields):
            return self.pages.page(request, "ended", _WRONG_FORM, notice="old_form")
        link = self._link(token_in(fields.get("link", "")))
        if link is None or not self._may_use(request, link):
            return self.pages.page(request, "ended", _GONE)
        return self._signed_in(request, link, fields)

    def type_code(self, request: Request, fields: Fields) -> Response:
        """Sign in by the code, in the browser that asked; after a few wrong ones its links are dropped."""
        browser, wanted, at = self.cookies.browser(request), next_page(fields.get("next", "/")), self.board.clock()
        if not self._own_form(request, fields):
            return self.pages.page(request, "ended", _WRONG_FORM, notice="old_form")
        if (late := self.too_often(self.rates.codes, request)) is not None:
            return late
        door = self.board.ledger.door
        if not self.rates.code_of_browser.allows(kept(browser), at):
            response = self.pages.page(request, "ended", _GONE, notice="guessed")
            response.background = BackgroundTask(door.drop_links_of, kept(browser))
            return response
        typed = typed_code(fields.get("code", ""))
        fits = [one for one in door.links_of(kept(browser), at) if same(one.code_sha256, code_fits(one, typed))]
        if fits:
            return self._signed_in(request, fits[0], fields)
        return self.pages.page(request, "sent", _UNPROCESSABLE, token=browser, next=wanted, notice="wrong_code")

    def sign_out(self, request: Request, fields: Fields) -> Response:
        """End this session."""
        return self._leave(request, fields, everywhere=False)

    def sign_out_everywhere(self, request: Request, fields: Fields) -> Response:
        """End every session of whoever asks."""
        return self._leave(request, fields, everywhere=True)

    def _leave(self, request: Request, fields: Fields, *, everywhere: bool) -> Response:
        """End one session or all of them, and lead to where one signs in."""
        viewer = self.viewer(request)
        if viewer is not None:
            if not same(viewer.form_token, fields.get("form_token", "")):
                return self.pages.page(request, "ended", _WRONG_FORM, notice="old_form")
            if everywhere:
                self.sessions.end_everywhere(viewer)
            self.sessions.end(self.cookies.session(request))
        response = RedirectResponse("/sign-in", status_code=303)
        self.cookies.end_session(response)
        response.headers["clear-site-data"] = '"cache"'
        return response

    def _link(self, token: str) -> BoardLink | None:
        """Return the link of a token, if it can still be used."""
        return self.board.ledger.door.link(kept(token), self.board.clock()) if token else None

    def _signed_in(self, request: Request, link: BoardLink, fields: Fields) -> Response:
        """Begin a session by a link, with a token that nobody has seen before."""
        token = self.sessions.begin(link, self._network(request))
        if not token:
            return self.pages.page(request, "ended", _GONE)
        if former := self.cookies.session(request):
            self.sessions.end(former)
        response = RedirectResponse(next_page(fields.get("next", "/")), status_code=303)
        self.cookies.begin_session(response, token)
        self.cookies.unmark_browser(response)
        return response

    def _may_use(self, request: Request, link: BoardLink) -> bool:
        """Say whether a link may be used in this browser: it asked, or the link was made at the machine for any."""
        browser = self.cookies.browser(request)
        return not link.browser_sha256 or (bool(browser) and same(link.browser_sha256, kept(browser)))

    def _own_form(self, request: Request, fields: Fields) -> bool:
        """Say whether a form was sent by the page that this browser was shown."""
        return same(form_token(self.cookies.browser(request)), fields.get("form_token", ""))

    def _network(self, request: Request) -> str:
        """Return the network that a request comes from."""
        connected = request.client.host if request.client is not None else ""
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        return network_of(caller(connected, forwarded, self.proxies))

    def too_often(self, rate: Rate, request: Request) -> Response | None:
        """Return what a network is told that asks too often; None: it does not."""
        wait = rate.wait(self._network(request), self.board.clock())
        if not wait:
            return None
        answer = self.pages.page(request, "too_often", _TOO_OFTEN)
        answer.headers["retry-after"] = str(int(wait.total_seconds()) + 1)
        return answer


def _may_be_address(text: str) -> bool:
    """Say whether a text could be somebody's address at all; whoever is listed is not looked up for that."""
    name, sign, domain = text.partition("@")
    return len(text) <= _LONGEST_ADDRESS and bool(name and sign and domain) and text.isprintable() and " " not in text
