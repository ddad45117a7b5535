"""A small honest OAuth2 provider on loopback: consent in a browser and by code, tokens, refresh, introspection."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET = "mailbot-kantor", "rahasia-klien-kenari"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

Form = Mapping[str, str]
Reply = tuple[int, Any]
"""Status, and what is sent as JSON (bytes go as they are; a str is where the browser is sent)."""


@dataclass(slots=True, kw_only=True)
class Device:
    """One device code under way: pending, the user who agreed, or the error it came to."""

    user_code: str
    user: str = ""
    error: str = "authorization_pending"


@dataclass(slots=True)
class Provider:
    """Who has consented to what; the knobs a test turns are plain fields."""

    owners: dict[str, str] = field(default_factory=dict)
    """Whose each access token is, as Dovecot is told."""
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    codes: dict[str, Form] = field(default_factory=dict)
    signed_in: str = "mailbot@example.go.id"
    """Who sits at the browser."""
    consents: bool = True
    rotates: bool = True
    lasts_seconds: object = 3600
    permission_lasts_seconds: int | None = None
    interval_seconds: int = 1
    secret: str = CLIENT_SECRET
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every form that came, with its path."""
    spent: set[str] = field(default_factory=set)
    """Refresh tokens that were traded for newer ones."""
    reused: list[str] = field(default_factory=list)
    """Those shown again all the same: a strict provider would take them for stolen."""
    instead: deque[Callable[[], Reply] | str] = field(default_factory=deque)
    """What the next questions to /token and /device get instead: a reply, "hang", "drip" or "close"."""
    _number: count[int] = field(default_factory=lambda: count(1))

    def token(self, kind: str) -> str:
        """Make a token nobody has had."""
        return f"{kind}-kenari-{next(self._number)}"

    def refreshes(self) -> int:
        """Say how often a refresh was asked for."""
        return sum(form.get("grant_type") == "refresh_token" for _, form in self.asked)

    def consent(self, user: str) -> dict[str, object]:
        """Give tokens to somebody's consent."""
        access, refresh = self.token("akses"), self.token("segar")
        self.owners[access], self.refresh_tokens[refresh] = user, user
        return self._answer(access, refresh)

    def enters(self, user_code: str, user: str) -> None:
        """Let somebody type a code and agree."""
        (device,) = [one for one in self.devices.values() if one.user_code == user_code]
        device.user, device.error = user, ""

    def _answer(self, access: str, refresh: str) -> dict[str, object]:
        told: dict[str, object] = {"access_token": access, "token_type": "Bearer", "expires_in": self.lasts_seconds}
        if refresh:
            told["refresh_token"] = refresh
        if self.permission_lasts_seconds is not None:
            told["refresh_token_expires_in"] = self.permission_lasts_seconds
        return told

    # ------------------------------------------------------------------------------------------------ endpoints

    def answer(self, path: str, form: dict[str, str]) -> Reply:
        """Answer one question."""
        if path == "/introspect":
            owner = self.owners.get(form.get("token", ""))
            return 200, {"active": False} if owner is None else {"active": True, "username": owner, "scope": "mail"}
        self.asked.append((path, form))
        if path == "/authorize":
            return self._authorize(form)
        if form.get("client_id") != CLIENT_ID or form.get("client_secret", "") != self.secret:
            return 401, {"error": "invalid_client", "error_description": "AADSTS7000215: wrong secret"}
        if path == "/device":
            device, user_code = self.token("perangkat"), f"KODE-{len(self.devices) + 1}"
            self.devices[device] = Device(user_code=user_code)
            told = {"device_code": device, "user_code": user_code, "verification_uri": "https://login.example/device"}
            return 200, {**told, "expires_in": 900, "interval": self.interval_seconds}
        return self._grant(form) if path == "/token" else (404, {})

    def _authorize(self, form: Form) -> Reply:
        """Ask whoever sits at the browser, and send it back."""
        answer = {"state": form["state"], "error": "access_denied", "error_description": "the user said no"}
        if self.consents:
            code = self.token("kode")
            self.codes[code] = {**form, "user": self.signed_in}
            answer = {"state": form["state"], "code": code}
        return 302, f"{form['redirect_uri']}/?{urlencode(answer)}"

    def _grant(self, form: Form) -> Reply:
        if form["grant_type"] == DEVICE_GRANT:
            device = self.devices[form["device_code"]]
            return (400, {"error": device.error}) if device.error else (200, self.consent(device.user))
        if form["grant_type"] == "authorization_code":
            return self._trade(form)
        if form["refresh_token"] in self.spent:
            self.reused.append(form["refresh_token"])
        user = self.refresh_tokens.get(form["refresh_token"])
        if user is None:
            words = f"Token {form['refresh_token']} has been expired or revoked."
            return 400, {"error": "invalid_grant", "error_description": words}
        access, fresh = self.token("akses"), ""
        self.owners[access] = user
        if self.rotates:
            # The old one is worth nothing from here on: whoever does not keep the new one has lost.
            del self.refresh_tokens[form["refresh_token"]]
            self.spent.add(form["refresh_token"])
            fresh = self.token("segar")
            self.refresh_tokens[fresh] = user
        return 200, self._answer(access, fresh)

    def _trade(self, form: Form) -> Reply:
        """Trade a code, once, to whoever knows the verifier (RFC 7636)."""
        asked = self.codes.pop(form["code"], None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != digest
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant", "error_description": f"code {form['code']} is not good"}
        return 200, self.consent(asked["user"])


class TokenOffice(Provider):
    """A context manager over the provider's HTTP server on loopback."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """Open the port; `with` begins to answer.

        Args:
            tls: speak TLS with this; None: plain HTTP.
        """
        super().__init__()
        self.lock, self.closing = Lock(), Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = int(self._server.server_address[1])
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address that the paths are added to."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the port."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(office: TokenOffice) -> type[BaseHTTPRequestHandler]:
    """Make the class that carries questions to the provider."""

    class Endpoint(BaseHTTPRequestHandler):
        """One question."""

        def do_GET(self) -> None:
            """Answer a browser, or Dovecot."""
            self._reply(*_asked(office, self.path, urlsplit(self.path).query))

        def do_POST(self) -> None:
            """Answer a client; not always kindly."""
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with office.lock:
                instead = office.instead.popleft() if office.instead else None
            if instead is None:
                self._reply(*_asked(office, self.path, form))
                return
            office.asked.append((urlsplit(self.path).path, dict(parse_qsl(form))))
            if callable(instead):
                self._reply(*instead())
            else:
                self._misbehave(instead)

        def _misbehave(self, how: str) -> None:
            self.close_connection = True
            if how == "drip":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
                while not office.closing.wait(0.02):
                    self.wfile.write(b" ")
            elif how == "hang":
                office.closing.wait()

        def _reply(self, status: int, told: Any) -> None:  # noqa: ANN401 - whatever is sent as JSON
            body = told if isinstance(told, bytes) else b"" if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            if isinstance(told, str):
                self.send_header("Location", told)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle_one_request(self) -> None:
            """Do not complain of a client that has hung up."""
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's name for it
            """Say nothing; a test's output is for its failures."""

    return Endpoint


def _asked(office: TokenOffice, path: str, form: str) -> Reply:
    """Carry one question to the provider, one at a time."""
    with office.lock:
        return office.answer(urlsplit(path).path, dict(parse_qsl(form)))
