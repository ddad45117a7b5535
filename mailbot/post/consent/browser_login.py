"""Consent in a browser (RFC 8252): the provider sends the browser back to this machine, with a code for our question.

The question carries a random `state`, which must come back, and the digest of a random verifier (PKCE, RFC 7636), which
only we can show: a code that somebody else has seen or made is worth nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from mailbot.post.token_office import Denied, Granted, ask_for_tokens
from mailbot.settings.oauth import OAuth

_CONNECTION_SECONDS = 10.0
_LONGEST_CODE = 4096
_DONE = b"mailbot has got the answer. You can close this window and go back to the terminal.\n"
_NOT_HERE = b"Nothing is here.\n"
NOT_OURS = Denied(error="wrong_state", words="the answer does not belong to the question that was asked here")
NO_CODE = Denied(error="no_code", words="the address holds no answer of the provider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question for consent: the address to open, and what its answer must fit."""

    url: str
    redirect_uri: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


def question(oauth: OAuth, account: str, port: int) -> Question:
    """Make a question.

    Args:
        oauth: the provider.
        account: whom the provider should propose to sign in as.
        port: where the browser is to come back to on this machine.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    redirect_uri = f"http://{oauth.redirect_host}:{port}"
    fields = {
        "response_type": "code",
        "client_id": oauth.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(oauth.scopes),
        "state": state,
        "code_challenge": digest,
        "code_challenge_method": "S256",
        "login_hint": account,
        **dict(oauth.asked_with),
    }
    joint = "&" if urlsplit(oauth.authorize_endpoint).query else "?"
    url = f"{oauth.authorize_endpoint}{joint}{urlencode(fields)}"
    return Question(url=url, redirect_uri=redirect_uri, state=state, verifier=verifier)


def answered(oauth: OAuth, asked: Question, address: str) -> Granted | Denied:
    """Trade the address that the browser was sent back to for tokens.

    Raises:
        PostUnavailable: the provider gave no answer, or one that makes no sense.
    """
    values = _values(address)
    if not _ours(asked, values):
        return NOT_OURS if values else NO_CODE
    if "error" in values:
        words = "".join(character for character in values.get("error_description", "") if character.isprintable())
        return Denied(error=values["error"][:60], words=words[:300])
    code = values.get("code", "")
    if not code or len(code) > _LONGEST_CODE:
        return NO_CODE
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.redirect_uri,
        "code_verifier": asked.verifier,
    }
    return ask_for_tokens(oauth, fields)


def _values(address: str) -> Mapping[str, str]:
    """Read what an address says after its question mark; empty if it is none."""
    with suppress(ValueError):
        return {name: found[0] for name, found in parse_qs(urlsplit(address.strip()).query, max_num_fields=50).items()}
    return {}


def _ours(asked: Question, values: Mapping[str, str]) -> bool:
    """Say whether an answer belongs to our question."""
    return hmac.compare_digest(values.get("state", "").encode(), asked.state.encode())


class CallbackDoor:
    """A door on 127.0.0.1 that the browser comes back to, at a port of chance; a context manager."""

    def __init__(self) -> None:
        """Open the port; `wait` answers."""
        self._addresses: SimpleQueue[str] = SimpleQueue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _callback(self._addresses))
        self.port = int(self._server.server_address[1])
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="login-door", daemon=True)

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, asked: Question, seconds: float) -> str | None:
        """Wait for the browser to come back with an answer to this question; None if it does not come in time.

        Whatever else knocks, the browser's own guesses or somebody's forgeries, is passed over.
        """
        with suppress(Empty):
            while True:
                address = self._addresses.get(timeout=seconds)
                if _ours(asked, _values(address)):
                    return address
        return None


def _callback(addresses: SimpleQueue[str]) -> type[BaseHTTPRequestHandler]:
    """Make the class that answers the browser and passes on which address it asked for."""

    class Callback(BaseHTTPRequestHandler):
        """One request of a browser."""

        timeout = _CONNECTION_SECONDS

        def do_GET(self) -> None:
            """Thank for an answer, and know nothing else."""
            meant = "state" in _values(self.path)
            body = _DONE if meant else _NOT_HERE
            self.send_response(200 if meant else 404)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            if meant:
                addresses.put(self.path)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name for it
            """Write nothing: the address holds the code."""

    return Callback
