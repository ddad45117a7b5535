"""The door of the board, put together: who may look, where one signs in, what is done by a form, what guards it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mailbot.core.codes.languages import Language
from mailbot.web.acts.acts import Acts
from mailbot.web.acts.decisions import Decisions
from mailbot.web.app import board_app
from mailbot.web.gate.asking import Asking
from mailbot.web.gate.cookies import Cookies
from mailbot.web.gate.door_pages import DoorPages
from mailbot.web.gate.guard import Guard, Names
from mailbot.web.gate.rates import Rates
from mailbot.web.gate.sessions import Sessions
from mailbot.web.gate.signing_in import SigningIn
from mailbot.web.printing import Printer, board_words, static_link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

    from mailbot.settings.files.web.board import BoardBlock
    from mailbot.web.acts.acts import Hands
    from mailbot.web.acts.decisions import DecidingHands
    from mailbot.web.board import Board
    from mailbot.web.gate.asking import LinkToMail
    from mailbot.web.viewer import Viewer

    class AllHands(Hands, DecidingHands, Protocol):
        """Does whatever a form of the board asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorkeeper:
    """Stands at the door of the board."""

    signing_in: SigningIn
    acts: Sequence[BaseRoute] = ()

    def viewer(self, request: Request) -> Viewer | None:
        """Return who is looking."""
        return self.signing_in.viewer(request)

    def turned_away(self, request: Request) -> Response:
        """Lead somebody who may not look to where one signs in."""
        return self.signing_in.turned_away(request)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the door's own addresses."""
        return (*self.signing_in.routes(), *self.acts)

    def middleware(self) -> Sequence[Middleware]:
        """Return nothing: what guards the board stands before all of it, the page about a mishap included."""
        return ()


def asking_of(
    board: Board,
    settings: BoardBlock,
    mail: Callable[[LinkToMail, datetime], None],
    fresh: Callable[[int], bytes],
    rates: Rates,
) -> Asking:
    """Return what makes links to a board."""
    return Asking(board=board, fresh=fresh, url=settings.url, life=settings.link_life, rates=rates, mail=mail)


def guarded_board(
    board: Board,
    settings: BoardBlock,
    mail: Callable[[LinkToMail, datetime], None],
    fresh: Callable[[int], bytes],
    hands: AllHands,
) -> ASGIApp:
    """Return the whole board behind its door.

    Args:
        board: the office.
        settings: `board` in `office.yaml`.
        mail: puts the letter with a link into the outbox, and wakes whoever sends it.
        fresh: gives that many random bytes (`os.urandom`); chance belongs to the caller's floor (R6).
        hands: do what the board's forms ask for.
    """
    rates, cookies = Rates(), Cookies(secure=settings.secure)
    printer = Printer(folders=board.template_folders, static=static_link(board.template_folders))
    pages = DoorPages(board=board, printer=printer, cookies=cookies, fresh=fresh, minutes=settings.link_minutes)
    sessions = Sessions(board=board, fresh=fresh, idle=settings.idle, life=settings.session_life)
    signing_in = SigningIn(
        board=board,
        pages=pages,
        cookies=cookies,
        sessions=sessions,
        asking=asking_of(board, settings, mail, fresh, rates),
        rates=rates,
        proxies=settings.proxies,
    )
    decisions = Decisions(signing_in=signing_in, printer=printer, hands=hands)
    acts = (*Acts(signing_in=signing_in, printer=printer, hands=hands).routes(), *decisions.routes())
    names = Names(url=settings.url, listen=settings.listen)
    behind = board_app(board, Doorkeeper(signing_in=signing_in, acts=acts))
    return Guard(behind, names, refusals(board.template_folders))


def refusals(folders: tuple[Path, ...]) -> dict[str, str]:
    """Return the words of each refusal in both languages: before the door nobody knows who reads them."""
    spoken = [board_words(folders, language)["guard"] for language in (Language.INDONESIAN, Language.ENGLISH)]
    return {name: "".join(f"{words[name]}\n" for words in spoken) for name in spoken[0]}
