"""The forms of the board: who may send one, by his post; what comes of it is told by the page he is led back to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mailbot.core.orders.why_not import WhyNot
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import said
from mailbot.web.gate.cookies import language_in
from mailbot.web.gate.next_page import next_page
from mailbot.web.gate.signing_in import form
from mailbot.web.gate.tokens import same
from mailbot.web.pages.ordering import order_values
from mailbot.web.pages.page import Page
from mailbot.web.printing import here_of
from mailbot.web.viewer import MAY, Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from mailbot.core.model.people import Person
    from mailbot.web.gate.signing_in import Fields, SigningIn
    from mailbot.web.pages.page import Here
    from mailbot.web.printing import Printer
    from mailbot.web.viewer import Viewer

_NOT_HIS, _NO_SUCH, _NOTHING_CAME_OF_IT = 403, 404, 409
_LONGEST = 1000


class Hands(Protocol):
    """Does what a form asks for, as the commands do it; each says whether anything came of it."""

    def hold(self, key: str, by: Person) -> bool:
        """Hold one letter, or with no key all of them."""

    def release(self, key: str, by: Person) -> bool:
        """Release one letter, or with no key all of them."""

    def replay(self, mail: int, by: Person) -> bool:
        """Have a mail worked again."""

    def order(self, cycle: str, unit: str, said: tuple[str, str], by: Person) -> str | None:
        """Give an order about a unit's form: its word, and the reason or the date.

        Returns:
            None: it was given. Else why it comes to nothing (`WhyNot`).

        Raises:
            KeyError: no such cycle is open, or it asks no such unit, or there is no such order.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """Answers forms."""

    signing_in: SigningIn
    printer: Printer
    hands: Hands

    def routes(self) -> tuple[Route, ...]:
        """Return the addresses."""
        return (
            Route("/acts/hold", form(self.hold), methods=["POST"]),
            Route("/acts/release", form(self.release), methods=["POST"]),
            Route("/acts/replay/{mail:int}", form(self.replay), methods=["POST"]),
            Route("/acts/order/{cycle}/{unit}", form(self.order), methods=["POST"]),
        )

    def hold(self, request: Request, fields: Fields) -> Response:
        """Hold one letter, or the outbox."""
        return self._done(request, fields, Act.HOLD, lambda by: self.hands.hold(fields.get("letter", ""), by))

    def release(self, request: Request, fields: Fields) -> Response:
        """Release one letter, or the outbox."""
        return self._done(request, fields, Act.HOLD, lambda by: self.hands.release(fields.get("letter", ""), by))

    def replay(self, request: Request, fields: Fields) -> Response:
        """Have a mail worked again."""
        mail: int = request.path_params["mail"]
        return self._done(request, fields, Act.REPLAY, lambda by: self.hands.replay(mail, by))

    def order(self, request: Request, fields: Fields) -> Response:
        """Give an order about a unit's form; where nothing comes of it, say why, and keep what was typed."""
        cycle, unit = request.path_params["cycle"], request.path_params["unit"]
        word, rest = fields.get("word", ""), " ".join(fields.get("rest", "").split())
        why: list[str] = []

        def given(by: Person) -> bool:
            late = WhyNot.NO_REASON if not rest else WhyNot.TOO_LONG if len(rest) > _LONGEST else None
            found = late.value if late is not None else self.hands.order(cycle, unit, (word, rest), by)
            why.extend([] if found is None else [found])
            return found is None

        def refused(viewer: Viewer) -> Response:
            here = self._here(request, viewer)
            values = order_values(here, cycle, unit) | {"typed_word": word, "typed": rest}
            told = in_words(said(why[0]), here.viewer.language)
            return self._refused(here, {**values, "why": told})

        return self._done(request, fields, Act.ORDER, given, refused)

    def _done(
        self,
        request: Request,
        fields: Fields,
        act: Act,
        do: Callable[[Person], bool],
        refused: Callable[[Viewer], Response] | None = None,
    ) -> Response:
        """Do it, if whoever sends the form may, and lead him back to his page; say so where nothing came of it.

        Raises:
            HTTPException: his post does not allow it, or the form is not his.
        """
        viewer = self.signing_in.viewer(request)
        if viewer is None:
            return RedirectResponse("/sign-in", status_code=303)
        by = next((post for post in viewer.posts if act in MAY.get(post.role, frozenset())), None)
        if by is None or not same(viewer.form_token, fields.get("form_token", "")):
            raise HTTPException(_NOT_HIS)
        try:
            came = do(by)
        except KeyError:
            raise HTTPException(_NO_SUCH) from None
        back = next_page(fields.get("to", "/"))
        if came:
            return RedirectResponse(back, status_code=303)
        if refused is not None:
            return refused(viewer)
        here = self._here(request, viewer)
        return self._refused(here, {"why": here.told("not_done", act.value), "back": back})

    def _here(self, request: Request, viewer: Viewer) -> Here:
        """Return what the page for whoever sent the form is made with."""
        own = replace(viewer, language=language_in(request, viewer.language))
        return here_of(self.signing_in.board, own)

    def _refused(self, here: Here, values: dict[str, object]) -> Response:
        """Say that nothing was changed, and why."""
        whole = {"unit": "", "order_to": "", **values}
        page = Page(template="pages/not_done.j2", title=here.told("refused", "e409"), values=whole)
        text = self.printer.html(page, here, str(whole["back"]))
        return HTMLResponse(text, _NOTHING_CAME_OF_IT, {"Cache-Control": "no-store"})
