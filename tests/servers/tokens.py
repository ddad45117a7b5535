"""A token office for Dovecot: it answers whose an OAuth2 access token is (RFC 7662), for tokens a test made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit


class TokenOffice:
    """A context manager over a tiny HTTP server on loopback."""

    def __init__(self) -> None:
        """Open the port; `with` begins to answer."""
        self.owners: dict[str, str] = {}
        owners = self.owners

        class Introspection(BaseHTTPRequestHandler):
            """One question about one token."""

            def do_GET(self) -> None:
                """Answer whether the token is good, and whose it is."""
                token = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
                answer = json.dumps(_introspection(owners, token)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's name for it
                """Say nothing; a test's output is for its failures."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
        self.port = int(self._server.server_address[1])
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _introspection(owners: Mapping[str, str], token: str) -> dict[str, str | bool]:
    owner = owners.get(token)
    return {"active": False} if owner is None else {"active": True, "username": owner, "scope": "mail"}
