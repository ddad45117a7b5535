"""Decisions by a form: pressing has a code mailed, the code lets the word count; each page says what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mailbot.core.model.letters import Asked
from mailbot.core.model.sop import Step
from mailbot.core.orders.on_board import OFFERED, Came, Shown, WordOnBoard, remarks_in
from mailbot.web.gate.cookies import language_in
from mailbot.web.gate.signing_in import form
from mailbot.web.gate.tokens import kept, same, typed_code
from mailbot.web.pages.boxes.reading_mail import read_whole
from mailbot.web.pages.deciding import decision_form, fields_of
from mailbot.web.pages.page import Page, path
from mailbot.web.printing import here_of
from mailbot.web.viewer import MAY, Act

if TYPE_CHECKING:
    from starlette.requests import Request

    from mailbot.clerk.board.decisions import Answer
    from mailbot.core.model.people import Person
    from mailbot.web.gate.signing_in import Fields, SigningIn
    from mailbot.web.printing import Printer
    from mailbot.web.viewer import Viewer

_NOT_HIS, _NO_SUCH, _NOTHING_CAME_OF_IT, _TOO_OFTEN = 403, 404, 409, 429
_LONGEST = 4000
_STATUS = {
    Came.ASKED: 200,
    Came.CHANGED: 409,
    Came.REFUSED: 409,
    Came.REMARKS_BESIDE: 409,
    Came.ENDED: 410,
    Came.WRONG_CODE: 422,
}
_WAITS_FOR_CODE = frozenset({Came.ASKED, Came.WRONG_CODE})


class DecidingHands(Protocol):
    """Asks for a code, and lets a word count by it; each raises KeyError where no such cycle is open, or it is off."""

    def ask(self, said: WordOnBoard) -> Answer:
        """Have a code mailed without which a word counts for nothing."""

    def count(self, said: WordOnBoard, code: str) -> Answer:
        """Let a word count with its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Answers the two forms of a decision."""

    signing_in: SigningIn
    printer: Printer
    hands: DecidingHands

    def routes(self) -> tuple[Route, ...]:
        """Return the addresses."""
        return (
            Route("/acts/decide/{cycle}", form(self.press), methods=["POST"]),
            Route("/acts/decide/{cycle}/code", form(self.type_code), methods=["POST"]),
        )

    def press(self, request: Request, fields: Fields) -> Response:
        """Have a code mailed for a word; nothing is decided by it."""
        viewer, at = self._viewer(request, fields), self.signing_in.board.clock()
        if viewer is None:
            return RedirectResponse("/sign-in", status_code=303)
        said = self._said(request, fields, viewer, at)
        if not self.signing_in.rates.decisions.allows(said.by.addresses[0].casefold(), at):
            raise HTTPException(_TOO_OFTEN)
        try:
            answer = self.hands.ask(said)
        except KeyError:
            raise HTTPException(_NO_SUCH) from None
        return self._told(request, viewer, answer)

    def type_code(self, request: Request, fields: Fields) -> Response:
        """Let a word count by its code; whoever guesses gets a few tries, whichever way they come."""
        viewer, rates = self._viewer(request, fields), self.signing_in.rates
        if viewer is None:
            return RedirectResponse("/sign-in", status_code=303)
        if (late := self.signing_in.too_often(rates.codes, request)) is not None:
            return late
        said = self._said(request, fields, viewer, _moment(fields.get("until", "")))
        from mailbot.clerk.board.decisions import Answer  # noqa: PLC0415 - the board's pages need no clerk

        if not rates.code_of_word.allows(said.mark, self.signing_in.board.clock()):
            return self._told(request, viewer, Answer(came=Came.ENDED, said=said))
        try:
            answer = self.hands.count(said, typed_code(fields.get("code", "")))
        except KeyError:
            raise HTTPException(_NO_SUCH) from None
        if answer.came is Came.COUNTED:
            return RedirectResponse(path("cycles", said.cycle), status_code=303)
        return self._told(request, viewer, answer)

    def _viewer(self, request: Request, fields: Fields) -> Viewer | None:
        """Return who sends a form of his own; None: nobody who is signed in.

        Raises:
            HTTPException: decisions are off, or the form is not his.
        """
        if Act.DECIDE not in self.signing_in.board.acts:
            raise HTTPException(_NO_SUCH)
        viewer = self.signing_in.viewer(request)
        if viewer is not None and not (
            viewer.may(Act.DECIDE) and same(viewer.form_token, fields.get("form_token", ""))
        ):
            raise HTTPException(_NOT_HIS)
        return viewer

    def _said(self, request: Request, fields: Fields, viewer: Viewer, until: datetime) -> WordOnBoard:
        """Return the word that a form gives, with what it was shown.

        Raises:
            HTTPException: it gives none that is taken here.
        """
        text, offered = fields.get("remarks", ""), {word.value: word for words in OFFERED.values() for word in words}
        try:
            step, version = Step(fields["step"]), int(fields["version"])
            word = offered[fields["word"]]
        except (KeyError, ValueError):
            raise HTTPException(_NOTHING_CAME_OF_IT) from None
        if len(text) > _LONGEST:
            raise HTTPException(_NOTHING_CAME_OF_IT)
        asks = Asked(step=step, version=version, docx_sha256=fields.get("docx", ""))
        return WordOnBoard(
            cycle=request.path_params["cycle"],
            word=word,
            remarks=remarks_in(text),
            by=self._by(viewer, step),
            shown=Shown(asks=asks, pdf_sha256=fields.get("pdf", "")),
            session_sha256=kept(self.signing_in.cookies.session(request)),
            until=until,
        )

    def _by(self, viewer: Viewer, step: Step) -> Person:
        """Return by which of his posts somebody speaks: the one that the row waits for, else the first that decides."""
        waited = self.signing_in.board.office().sop.row(step).who
        deciding = [post for post in viewer.posts if Act.DECIDE in MAY.get(post.role, frozenset())]
        return next((post for post in deciding if post.role is waited), deciding[0])

    def _told(self, request: Request, viewer: Viewer, answer: Answer) -> Response:
        """Return the page that says what came of it: the field for the code, or why there is none."""
        board, said, came = self.signing_in.board, answer.said, answer.came
        here = here_of(board, replace(viewer, language=language_in(request, viewer.language)))
        bound = {"word": said.word.value, "remarks": "\n".join(said.remarks), "until": said.until.isoformat()}
        cycle = board.ledger.cycles.get(said.cycle) if came is Came.CHANGED else None
        values = {
            "came": came,
            "word": said.word,
            "version": said.shown.asks.version,
            "sha_short": said.shown.asks.docx_sha256[:12],
            "remarks": said.remarks,
            "fields": (*fields_of(said.shown), *bound.items()) if came in _WAITS_FOR_CODE else (),
            "action": path("acts", "decide", said.cycle, "code"),
            "address_of": said.by.addresses[0],
            "until": here.phrases.moment(said.until),
            "why": read_whole(answer.why).text if answer.why else "",
            "decision": decision_form(cycle, here) if cycle is not None else None,
            "back": path("cycles", said.cycle),
        }
        page = Page(template="pages/decided.j2", title=here.told("decision", came.value), values=values, place="home")
        text = self.printer.html(page, here, path("cycles", said.cycle))
        return HTMLResponse(text, _STATUS[came], {"Cache-Control": "no-store"})


def _moment(text: str) -> datetime:
    """Return up to when a code counts, as the form says it; what it must say stands in the key of the letter.

    Raises:
        HTTPException: that is no moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise HTTPException(_NOTHING_CAME_OF_IT) from None
    if moment.tzinfo is None:
        raise HTTPException(_NOTHING_CAME_OF_IT)
    return moment
