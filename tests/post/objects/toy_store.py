"""A small honest store: what is put is given back, if the request is signed; and faults when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, unquote, urlsplit

from mailbot.post.objects.bucket import Place
from mailbot.post.objects.signing import Key, Request, signed

KEY = Key(access="kantor", secret="rahasia-kantor", region="us-east-1")


class ToyStore(ThreadingHTTPServer):
    """One bucket called `berkas`, in memory."""

    daemon_threads = True

    def __init__(self) -> None:
        """Begin empty, on a free port."""
        super().__init__(("127.0.0.1", 0), _Answering)
        self.kept: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.fault = ""
        """`slow`, `503`, `cut`, `skewed`, or empty."""
        self.go_on = Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of whoever hung up."""

    def place(self, bucket: str = "berkas", key: Key = KEY, seconds: float = 10.0) -> Place:
        """Return where a bucket is."""
        endpoint = f"http://127.0.0.1:{self.server_address[1]}"
        return Place(endpoint=endpoint, bucket=bucket, key=key, timeout_seconds=seconds)


class _Answering(BaseHTTPRequestHandler):
    """Answers one line of requests."""

    protocol_version = "HTTP/1.1"
    server: ToyStore

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _answer(self) -> None:
        """Answer one request."""
        store, parts = self.server, urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        store.asked.append(f"{self.command} {self.path}")
        if store.fault == "slow":
            store.go_on.wait(30)
        if store.fault == "503":
            self._say(503, b"<Error><Code>SlowDown</Code></Error>")
            return
        bucket, _, name = unquote(parts.path).removeprefix("/").partition("/")
        if refused := self._refused(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), content):
            self._say(403, f"<Error><Code>{refused}</Code></Error>".encode())
        elif bucket != "berkas":
            self._say(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        elif self.command == "PUT":
            store.kept[name] = content
            self._say(200, b"")
        elif self.command == "DELETE":
            store.kept.pop(name, None)
            self._say(204, b"")
        elif name in store.kept:
            self._say(200, store.kept[name])
        else:
            self._say(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_PUT = do_GET = do_DELETE = _answer  # noqa: N815 - the library's names

    def _refused(self, path: str, query: dict[str, str], content: bytes) -> str:
        """Return the word for what is wrong with a signature; empty if it holds."""
        if self.server.fault == "skewed":
            return "RequestTimeTooSkewed"
        if hashlib.sha256(content).hexdigest() != self.headers["x-amz-content-sha256"]:
            return "XAmzContentSHA256Mismatch"
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        asked = Request(
            method=self.command, host=self.headers["Host"], path=unquote(path), query=query, content=content
        )
        held = signed(asked, KEY, at)["authorization"] == self.headers["Authorization"]
        return "" if held else "SignatureDoesNotMatch"

    def _say(self, status: int, content: bytes) -> None:
        """Send an answer, cut off if that is asked for."""
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        cut = self.server.fault == "cut" and self.command == "GET"
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = cut


@contextmanager
def toy_store() -> Iterator[ToyStore]:
    """Give a store that answers."""
    with ToyStore() as store:
        thread = Thread(target=store.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield store
        finally:
            store.go_on.set()
            store.shutdown()
            thread.join()
