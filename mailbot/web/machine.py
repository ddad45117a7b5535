"""The two addresses for machines: /healthz for whoever watches, /metrics for Prometheus; nobody signs in for them.

They answer this very machine and the networks that the office names. To anybody else they are not there, and neither to
what a proxy brings: from where that comes is the proxy's word, and everybody would come from this machine.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mailbot.clerk.gauges.health import health
from mailbot.clerk.gauges.metrics import metrics_text
from mailbot.errors import LedgerProblem
from mailbot.settings.this_machine import is_loopback

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailbot.clerk.gauges.machine_room import MachineRoom

_NOT_FOUND, _AWAY = 404, 503
_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_FRESH = {"Cache-Control": "no-store"}


def with_machine_room(board: ASGIApp, room: MachineRoom) -> ASGIApp:
    """Return a board that also answers machines, before its door: none of them brings what people must bring."""
    routes = machine_routes(room)
    machines, places = Starlette(routes=routes), {route.path for route in routes}

    async def answers(scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on to whom it is for."""
        of_machines = scope["type"] == "http" and scope["path"] in places
        await (machines if of_machines else board)(scope, receive, send)

    return answers


def machine_routes(room: MachineRoom) -> tuple[Route, ...]:
    """Return the addresses for machines."""

    def healthz(request: Request) -> Response:
        """Say in a sentence whether mailbot is at work: 200, or 503."""
        _held_back(request, room)
        found = health(room)
        return PlainTextResponse(f"{found.said}\n", 200 if found.well else _AWAY, _FRESH)

    def metrics(request: Request) -> Response:
        """Give the figures of this moment; 503 where there are none to be had."""
        _held_back(request, room)
        try:
            text = metrics_text(room)
        except LedgerProblem:
            return PlainTextResponse("The ledger cannot be read.\n", _AWAY, _FRESH)
        return Response(text, headers={**_FRESH, "Content-Type": _PROMETHEUS})

    return (Route("/healthz", healthz, methods=["GET"]), Route("/metrics", metrics, methods=["GET"]))


def _held_back(request: Request, room: MachineRoom) -> None:
    """Let nobody on for whom these addresses are not meant.

    Raises:
        HTTPException: not found.
    """
    if any(name in request.headers for name in _OF_A_PROXY) or not _may_read(request, room):
        raise HTTPException(_NOT_FOUND)


def _may_read(request: Request, room: MachineRoom) -> bool:
    """Say whether somebody asks from this machine, or from a network that the office names.

    Whoever asks from this machine calls it by number or `localhost`: by another name a page of somebody else's, open in
    a browser here, would ask.
    """
    with suppress(ValueError):
        asking = ip_address(request.client.host if request.client is not None else "")
        asking = getattr(asking, "ipv4_mapped", None) or asking
        if asking.is_loopback:
            return is_loopback(request.url.hostname or "")
        return any(asking in network for network in room.readers())
    return False
