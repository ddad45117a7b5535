"""What every request passes first, and every answer last: hosts, methods, sizes, origins; and the headers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from mailbot.web.gate.headers import headers_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = frozenset({"GET", "HEAD", "POST"})
_FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 16_384
"""No form of ours is larger."""
_MOST_ADDRESS = 2048
_PATIENCE_SECONDS = 10.0
"""Whoever takes longer to send a form is cut off."""
_PORTS = {"http": "80", "https": "443"}
_CONTROL = bytes((*range(0x20), 0x7F))
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """By which names the board is called: that of `board.url`, and this very machine's."""

    url: str
    listen: str
    """Address and port."""

    @property
    def secure(self) -> bool:
        """Say whether it is opened by https."""
        return self.url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Return what may stand in `Host`."""
        return frozenset(_hosts(self.url)) | {f"{name}:{self._port}" for name in _LOOPBACK}

    @property
    def origins(self) -> frozenset[str]:
        """Return the sites whose forms count: our own, by each of its names."""
        parts = urlsplit(self.url)
        own = {f"{parts.scheme}://{host}" for host in _hosts(self.url)}
        return frozenset(own) | {f"http://{name}:{self._port}" for name in _LOOPBACK}

    @property
    def _port(self) -> str:
        """Return the port that is listened on."""
        return self.listen.rpartition(":")[2]


def _hosts(url: str) -> set[str]:
    """Return a URL's host as a browser may name it: without the port where that is the scheme's own."""
    parts = urlsplit(url)
    name, usual = parts.netloc.casefold(), _PORTS[parts.scheme]
    return {name} if parts.port not in {None, int(usual)} else {name.removesuffix(f":{usual}")}


class _Refused(Exception):
    """A request is not let through."""

    def __init__(self, status: int, why: str) -> None:
        """Take the number, and under which name the words stand that a browser is told."""
        super().__init__(why)
        self.status, self.why = status, why


class Guard:
    """Stands before the whole board, error pages included."""

    def __init__(
        self, app: ASGIApp, names: Names, words: Mapping[str, str], patience_seconds: float = _PATIENCE_SECONDS
    ) -> None:
        """Take what stands behind it, by which names we are called, and the words of each refusal."""
        self._words = words
        self._app, self._names, self._patience = app, names, patience_seconds
        self._hosts, self._origins = names.hosts, names.origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        dressed = self._dressing(send)
        try:
            self._look_at(scope)
            if scope["method"] == "POST":
                receive = await self._whole_form(receive)
        except _Refused as refused:
            answer = PlainTextResponse(self._words[refused.why], refused.status, {"connection": "close"})
            await answer(scope, receive, dressed)
            return
        await self._app(scope, receive, dressed)

    def _look_at(self, scope: Scope) -> None:
        """Refuse what no browser of ours would ask."""
        headers = Headers(scope=scope)
        if scope["method"] not in _METHODS:
            raise _Refused(405, "method")
        if len(scope["path"]) + len(scope["query_string"]) > _MOST_ADDRESS:
            raise _Refused(414, "long")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].casefold() not in self._hosts:
            raise _Refused(421, "name")
        if _climbs(scope):
            raise _Refused(400, "address")
        if scope["method"] == "POST":
            self._look_at_form(headers)

    def _look_at_form(self, headers: Headers) -> None:
        """Refuse a form that another site has sent, or that is none of ours by its kind or size."""
        if headers.get("content-type", "").partition(";")[0].strip().casefold() != _FORM:
            raise _Refused(415, "foreign")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > MOST_BYTES:
            raise _Refused(413, "large")
        site, origin = headers.get("sec-fetch-site", ""), headers.get("origin", "")
        # A browser always says one of the two of a form; one that says neither is not believed to be here.
        if site not in {"", "same-origin"} or ((origin or not site) and origin not in self._origins):
            raise _Refused(403, "foreign")

    async def _whole_form(self, receive: Receive) -> Receive:
        """Read a form whole before anybody waits for it; return what hands it on."""
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise _Refused(400, "broken")
                    body += message.get("body", b"")
                    if len(body) > MOST_BYTES:
                        raise _Refused(413, "large")
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise _Refused(408, "slow") from None
        handed_on = False

        async def again() -> Message:
            nonlocal handed_on
            if handed_on:
                return await receive()
            handed_on = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        return again

    def _dressing(self, send: Send) -> Send:
        """Return what sends an answer on with all headers."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind, cached = headers.get("content-type", ""), "cache-control" in headers
                for name, value in headers_for(kind, secure=self._names.secure, has_cache_rule=cached):
                    headers[name] = value
            await send(message)

        return dressed


def _climbs(scope: Scope) -> bool:
    """Say whether an address, however often it was encoded, leads upwards or holds what no address of ours does."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    once = unquote_to_bytes(raw.partition(b"?")[0])
    return any(
        b".." in path.replace(b"\\", b"/").split(b"/") or any(sign in _CONTROL for sign in path)
        for path in (once, unquote_to_bytes(once))
    )
