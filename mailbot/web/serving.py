"""The server of the board: one process, one place it listens on, ended by a signal with every answer finished."""

from __future__ import annotations

import asyncio
import errno
import logging
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from mailbot.errors import PlaceTaken
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from starlette.types import ASGIApp

_log = logging.getLogger("mailbot.web")
_MOST_AT_ONCE = 200
_QUIET_SECONDS = 15
_LAST_SECONDS = 10
_MOST_HEAD_BYTES = 16_384


class _Patient(H11Protocol):
    """Hangs up on whoever connects and asks nothing, or never ends the head of his request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn's own kind
        """Give a new connection so long to ask for something."""
        super().connection_made(transport)
        self.loop.call_later(_QUIET_SECONDS, self._hang_up)

    def _hang_up(self) -> None:
        """Close a connection over which nothing has been asked yet."""
        asked: object = self.cycle  # uvicorn has none before the first request, whatever its kind says
        if asked is None and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """Ends with the signal that it was told to end by, and does not send it to itself once more."""

    def __init__(self, config: uvicorn.Config, listens: Callable[[], None]) -> None:
        """Keep what is called once it listens."""
        super().__init__(config)
        self._listens = listens

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._listens()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what is being answered, then end."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()


def serve(app: ASGIApp, place: str, listens: Callable[[], None]) -> None:
    """Answer at a place of this machine until SIGTERM or SIGINT.

    Args:
        app: the board behind its door.
        place: address and port (`127.0.0.1:8025`).
        listens: is called once, as soon as somebody would be answered.

    Raises:
        PlaceTaken: another program listens there, or this user may not.
    """
    host, _, port = place.rpartition(":")
    config = uvicorn.Config(
        app,
        host=host.removeprefix("[").removesuffix("]"),
        port=int(port),
        http=_Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_QUIET_SECONDS,
        timeout_graceful_shutdown=_LAST_SECONDS,
        h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
    )
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    asyncio.run(_serve(_Server(config, listens), place))


async def _serve(server: uvicorn.Server, place: str) -> None:
    """Look whether the place is free, which the server itself would tell in its own words; then serve."""
    loop, config = asyncio.get_running_loop(), server.config
    try:
        tried = await loop.create_server(asyncio.Protocol, config.host, config.port)
    except OSError as error:
        raise _taken(error, place) from error
    tried.close()
    await tried.wait_closed()
    await server.serve()


def _taken(error: OSError, place: str) -> PlaceTaken:
    """Say why nobody can listen there, and what to do."""
    if error.errno == errno.EADDRINUSE:
        what = "another program listens there already, perhaps a second mailbot web. Stop that one"
        told = said("web_place_in_use", place=place)
    elif error.errno == errno.EACCES:
        what, told = "a port below 1024 is root's. Take a higher one", said("web_place_of_root", place=place)
    else:
        why = error.strerror or str(error)
        what, told = f"{why}. Name an address of this machine", said("web_place_not_ours", place=place, why=why)
    sentence = f"The board cannot listen on {place}: {what}, or set another place in board.listen of office.yaml."
    return PlaceTaken(sentence, told=told)
