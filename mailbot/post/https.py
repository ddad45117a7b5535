"""One question to a web address: a form or JSON goes, JSON comes; verified TLS, bounded time and size, no redirects."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from mailbot.errors import PostUnavailable
from mailbot.post.account import NOT_TODAY
from mailbot.settings.this_machine import BY_NUMBER

SECONDS = 30.0
"""For connecting, and again for question and answer together."""
LONGEST_ANSWER_BYTES = 64 * 1024
_HEADERS = {"Accept": "application/json", "Connection": "close"}
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the HTTP status, and the JSON object (empty if it was none). It may hold secrets."""

    status: int
    values: Mapping[str, Any] = field(repr=False)


def post_form(url: str, fields: Mapping[str, str], *, ca_file: Path | None, seconds: float = SECONDS) -> Answer:
    """Post a form and read the answer.

    Args:
        url: an https address; http is for 127.0.0.1 alone, where tests have their server.
        fields: the form; it travels in the body, so that no secret stands in an address.
        ca_file: PEM file of an authority to trust instead of the system's; None: the system's.
        seconds: how long connecting may take, and how long the rest.

    Raises:
        PostUnavailable: the server cannot be reached in time, cannot be trusted, or answers at endless length.
    """
    return _post(url, urlencode(fields).encode(), _FORM, ca_file, seconds)


def post_json(url: str, values: Mapping[str, str], *, ca_file: Path | None, seconds: float = SECONDS) -> Answer:
    """Post a JSON object and read the answer; all else is as with `post_form`.

    Raises:
        PostUnavailable: as with `post_form`.
    """
    return _post(url, json.dumps(dict(values)).encode(), _JSON, ca_file, seconds)


def _post(url: str, body: bytes, media_type: str, ca_file: Path | None, seconds: float) -> Answer:
    """Post something and read the answer."""
    parts = urlsplit(url)
    connection = connection_to(parts, ca_file, seconds)
    try:
        connection.connect()
        with at_most(seconds, connection.sock) as too_late:
            try:
                answer = _asked(connection, parts, body, media_type)
            except (OSError, ValueError, http.client.HTTPException):
                if too_late.is_set():
                    raise TimeoutError from None
                raise
            # A line broken by us looks like an answer that is over.
            if too_late.is_set():
                raise TimeoutError
            return answer
    except (OSError, ValueError, http.client.HTTPException) as error:
        # Without the cause: what a broken answer held may have been a token, and must not stand in a traceback.
        raise PostUnavailable(f"{parts.hostname} {_why(error, seconds)}") from None
    finally:
        connection.close()


def connection_to(parts: SplitResult, ca_file: Path | None, seconds: float) -> http.client.HTTPConnection:
    """Prepare the connection; there is no switch to leave a certificate unverified."""
    host = parts.hostname or ""
    if parts.scheme == "https":
        try:
            context = ssl.create_default_context(cafile=ca_file)
        except OSError as error:
            raise PostUnavailable(f"The file of trusted certificates {ca_file} cannot be used: {error}.") from error
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    if parts.scheme == "http" and host == BY_NUMBER:
        return http.client.HTTPConnection(host, parts.port, timeout=seconds)
    raise PostUnavailable(f"{parts.scheme}://{host} is no https address; secrets are not sent there.")


def _asked(connection: http.client.HTTPConnection, parts: SplitResult, body: bytes, media_type: str) -> Answer:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", target, body, _HEADERS | {"Content-Type": media_type})
    with connection.getresponse() as response:
        status, got = response.status, response.read(LONGEST_ANSWER_BYTES + 1)
    if len(got) > LONGEST_ANSWER_BYTES:
        raise http.client.LineTooLong("the answer")
    try:
        values = json.loads(got)
    except (ValueError, RecursionError):
        values = None
    return Answer(status=status, values=values if isinstance(values, dict) else {})


@contextmanager
def at_most(seconds: float, connected: socket.socket) -> Iterator[Event]:
    """Break the line after so many seconds, however steadily the other side drips; the event tells that it was."""
    too_late = Event()

    def break_line() -> None:
        too_late.set()
        with suppress(OSError):
            # The plain socket's own: TLS would want to say goodbye first.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = Timer(seconds, break_line)
    timer.daemon = True
    timer.start()
    try:
        yield too_late
    finally:
        timer.cancel()


def _why(error: Exception, seconds: float) -> str:
    """Say why there is no answer, in words that hold nothing of the question or of the answer."""
    match error:
        case ssl.SSLCertVerificationError() if error.verify_code in NOT_TODAY:
            return (
                f"has a certificate that does not hold today ({error.verify_message}). Whoever runs the server has to "
                f"renew it; or this machine's clock is wrong: look at its date. It will be tried again."
            )
        case ssl.SSLCertVerificationError():
            return (
                f"has a certificate that is not trusted ({error.verify_message}). Correct the address, or name the "
                f"certificate authority in oauth.ca_file."
            )
        case TimeoutError():
            return f"gave no answer within {seconds:g} seconds. It will be tried again."
        case socket.gaierror() if error.errno == socket.EAI_AGAIN:
            return "cannot be looked up: DNS does not answer. Check this machine's network and DNS. It is tried again."
        case socket.gaierror():
            return "is not known. Check the spelling of the address and this machine's DNS."
        case http.client.LineTooLong():
            return "gave an answer without end. Check the address."
        case OSError() if error.strerror:
            return f"could not be reached ({error.strerror}). It will be tried again."
        case _:
            return f"broke the connection ({type(error).__name__}). It will be tried again."
