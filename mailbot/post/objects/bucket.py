"""One bucket of an S3-compatible store: put, get, delete, each bounded in time as a whole; a store that is away rests.

What a store says is believed only as far as it can be seen: an object that was deleted is asked for once more, and
where the bucket keeps versions, every version goes.
"""

from __future__ import annotations

import http.client
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailbot.errors import PostUnavailable, StoreUnavailable
from mailbot.post.https import at_most, connection_to
from mailbot.post.objects.signing import Key, Request, signed
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_REST_SECONDS = 60.0
"""After it could not be reached the store is not asked again for so long: who waits for it must not keep others."""
_LONGEST_BYTES = 512 << 20
_OK = frozenset({http.client.OK, http.client.NO_CONTENT})
_CODE = re.compile(rb"<Code>([A-Za-z0-9.]{1,80})</Code>")
_VERSION = re.compile(
    rb"<(?:Version|DeleteMarker)>.*?<Key>([^<]+)</Key>.*?<VersionId>([^<]+)</VersionId>.*?</(?:Version|DeleteMarker)>",
    re.DOTALL,
)
_KEEPS_VERSIONS = ("x-amz-delete-marker", "x-amz-version-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bucket is, and how one is let in."""

    endpoint: str
    """An https address; http for 127.0.0.1 alone."""
    bucket: str
    key: Key = field(repr=False)
    ca_file: Path | None = None
    timeout_seconds: float = 20.0
    """For connecting, and again for question and answer together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def code(self) -> str:
        """Return the store's own word for what is wrong, else the status; empty: nothing is."""
        if self.status in _OK:
            return ""
        found = _CODE.search(self.content[:4096])
        return found[1].decode() if found else str(self.status)


class Bucket:
    """One bucket; safe to use from several threads."""

    def __init__(self, place: Place) -> None:
        """Take the place; nothing is asked yet."""
        self._place, self._parts = place, urlsplit(place.endpoint)
        self._idle: list[http.client.HTTPConnection] = []
        self._lock, self._away_until, self._why = Lock(), 0.0, ""

    @property
    def where(self) -> str:
        """Return where it is, for sentences."""
        return f"{self._parts.netloc}/{self._place.bucket}"

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name.

        Raises:
            StoreUnavailable: the store cannot be reached, or refuses.
        """
        self._expect_ok(self._ask("PUT", name, content=content))

    def get(self, name: str) -> bytes:
        """Return the bytes of a name.

        Raises:
            KeyError: the store has nothing of that name.
            StoreUnavailable: the store cannot be reached, or refuses.
        """
        answer = self._ask("GET", name)
        if answer.code == "NoSuchKey":
            raise KeyError(name)
        self._expect_ok(answer)
        return answer.content

    def delete(self, name: str) -> None:
        """Take away what lies under a name, with every former version of it.

        Raises:
            StoreUnavailable: the store cannot be reached, refuses, or has it still.
        """
        answer = self._ask("DELETE", name)
        if answer.code != "NoSuchKey":
            self._expect_ok(answer)
        if any(header in answer.headers for header in _KEEPS_VERSIONS):
            self._delete_versions(name)
        with suppress(KeyError):
            self.get(name)
            raise self._told("store_has_it_still", name=name)

    def close(self) -> None:
        """Hang up; whoever asks again dials again."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _delete_versions(self, name: str) -> None:
        """Delete every version of an object, and the marks that stand for those that were deleted."""
        listed = self._ask("GET", "", query={"versions": "", "prefix": name})
        self._expect_ok(listed)
        for key, version in _VERSION.findall(listed.content):
            if key.decode() == name:
                self._expect_ok(self._ask("DELETE", name, query={"versionId": version.decode()}))

    def _expect_ok(self, answer: _Answer) -> None:
        """Go on if the store did what it was asked for.

        Raises:
            StoreUnavailable: it did not.
        """
        if answer.status not in _OK:
            raise self._told("store_refuses", code=answer.code, status=answer.status)

    def _ask(self, method: str, name: str, *, query: Mapping[str, str] | None = None, content: bytes = b"") -> _Answer:
        """Ask once; over a line that lay idle too long once more, over a new one."""
        if (left := self._away_until - time.monotonic()) > 0:
            raise self._told("store_rests", why=self._why, seconds=round(left) + 1)
        path = f"/{self._place.bucket}/{name}" if name else f"/{self._place.bucket}"
        request = Request(method=method, host=self._parts.netloc, path=path, query=query or {}, content=content)
        try:
            with self._lock:
                idle = self._idle.pop() if self._idle else None
            if idle is not None:
                with suppress(ConnectionError):
                    return self._answered(idle, request)
            return self._answered(connection_to(self._parts, self._place.ca_file, self._place.timeout_seconds), request)
        except (OSError, ValueError, http.client.HTTPException, PostUnavailable) as error:
            raise self._rests(_in_words(error)) from error

    def _answered(self, connection: http.client.HTTPConnection, request: Request) -> _Answer:
        """Ask over one line, which is kept for the next question if all is well."""
        try:
            if connection.sock is None:
                connection.connect()
            with at_most(self._place.timeout_seconds, connection.sock) as too_late:
                try:
                    answer = self._asked(connection, request)
                except (OSError, ValueError, http.client.HTTPException):
                    if too_late.is_set():
                        raise TimeoutError from None
                    raise
            _see_whole(answer, broken_off=too_late.is_set())
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
        return answer

    def _asked(self, connection: http.client.HTTPConnection, request: Request) -> _Answer:
        """Send a question, and read what comes; a fault of the store's own is none of our question's."""
        headers = signed(request, self._place.key, datetime.now(UTC))
        connection.request(request.method, request.target, request.content, headers)
        with connection.getresponse() as response:
            got = response.read(_LONGEST_BYTES + 1)
            told = {name.lower(): value for name, value in response.getheaders()}
            answer = _Answer(status=response.status, headers=told, content=got)
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            raise http.client.HTTPException(answer.code)
        return answer

    def _rests(self, why: str) -> StoreUnavailable:
        """Ask no more for a while, and return what to say."""
        self._away_until, self._why = time.monotonic() + _REST_SECONDS, why
        return self._told("store_away", why=why)

    def _told(self, sentence: str, **words: object) -> StoreUnavailable:
        """Return what is wrong with the store."""
        told = said(sentence, where=self.where, **words)
        return StoreUnavailable(f"The object store {self.where}: {_SAID[sentence].format(**words)}", told=told)


_SAID = {
    "store_away": "cannot be reached ({why}). What lies there waits; all else goes on.",
    "store_rests": "could not be reached just now ({why}); it is asked again in {seconds} s.",
    "store_refuses": "refuses ({code}, HTTP {status}). See endpoint, bucket, region, the key's rights and the clock.",
    "store_has_it_still": "says that it has deleted {name} and gives it out still. See whether it keeps versions.",
}
"""What the log says; what is said to whoever sits before it is in the catalogue under the same names."""


def _see_whole(answer: _Answer, *, broken_off: bool) -> None:
    """See that an answer came to its end.

    Raises:
        IncompleteRead: it did not, or has none.
    """
    length = len(answer.content)
    if broken_off or length > _LONGEST_BYTES or int(answer.headers.get("content-length", length)) != length:
        raise http.client.IncompleteRead(b"")


def _in_words(error: BaseException) -> str:
    """Return why a store could not be reached."""
    if isinstance(error, TimeoutError | http.client.IncompleteRead):
        return "the answer was not whole in time"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
