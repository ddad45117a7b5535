"""The forms of the board: who may send one, by his post; what comes of it is told by the page he is led back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mailbot.web.gate.next_page import next_page
from mailbot.web.gate.signing_in import form
from mailbot.web.gate.tokens import same
from mailbot.web.viewer import MAY, Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from mailbot.core.model.people import Person
    from mailbot.web.gate.signing_in import Fields, SigningIn

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

    def order(self, cycle: str, unit: str, said: tuple[str, str], by: Person) -> bool:
        """Give an order about a unit's form: its word, and the reason or the date.

        Raises:
            KeyError: no such cycle is open, or it asks no such unit, or there is no such order.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """Answers forms."""

    signing_in: SigningIn
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
        """Give an order about a unit's form."""
        cycle, unit = request.path_params["cycle"], request.path_params["unit"]
        said = (fields.get("word", ""), " ".join(fields.get("rest", "").split()))
        if not said[1] or len(said[1]) > _LONGEST:
            raise HTTPException(_NOTHING_CAME_OF_IT)
        return self._done(request, fields, Act.ORDER, lambda by: self.hands.order(cycle, unit, said, by))

    def _done(self, request: Request, fields: Fields, act: Act, do: Callable[[Person], bool]) -> Response:
        """Do it, if whoever sends the form may, and lead him back to his page.

        Raises:
            HTTPException: his post does not allow it, the form is not his, or nothing comes of it.
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
        if not came:
            raise HTTPException(_NOTHING_CAME_OF_IT)
        return RedirectResponse(next_page(fields.get("to", "/")), status_code=303)
