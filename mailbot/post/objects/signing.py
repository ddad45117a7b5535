"""Signs a request as S3 wants it (AWS Signature Version 4), its content included; no clock, no socket.

The content's SHA-256 is part of what is signed, over TLS too, so that a store which checks it, as all do, refuses what
has changed on the way.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_ALGORITHM = "AWS4-HMAC-SHA256"
_SERVICE = "s3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """By which key, and for which region, requests are signed."""

    access: str
    secret: str = field(repr=False)
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, before it is signed."""

    method: str
    host: str
    """As the header says it: with the port, where it is not the scheme's own."""
    path: str
    """Not yet encoded."""
    query: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def target(self) -> str:
        """Return path and query as they stand in the request's first line."""
        return encoded(self.path) + (f"?{self.asked}" if self.query else "")

    @property
    def asked(self) -> str:
        """Return the query, in the order that is signed."""
        pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in self.query.items())
        return "&".join(f"{name}={value}" for name, value in pairs)


def encoded(path: str) -> str:
    """Return a path as S3 encodes it: once, and the strokes between its parts not at all."""
    return quote(path, safe="/-_.~")


def signed(request: Request, key: Key, at: datetime) -> dict[str, str]:
    """Return the headers that sign a request.

    Args:
        request: what is asked.
        key: by which key.
        at: the present moment, in UTC; a store refuses one that is a quarter of an hour off.
    """
    stamp, digest = at.strftime("%Y%m%dT%H%M%SZ"), hashlib.sha256(request.content).hexdigest()
    headers = {"host": request.host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    asked = "\n".join((request.method, encoded(request.path), request.asked, lines, names, digest))
    scope = f"{stamp[:8]}/{key.region}/{_SERVICE}/aws4_request"
    to_sign = "\n".join((_ALGORITHM, stamp, scope, hashlib.sha256(asked.encode()).hexdigest()))
    made = f"AWS4{key.secret}".encode()
    for part in (stamp[:8], key.region, _SERVICE, "aws4_request"):
        made = hmac.digest(made, part.encode(), "sha256")
    signature = hmac.digest(made, to_sign.encode(), "sha256").hex()
    told = f"{_ALGORITHM} Credential={key.access}/{scope}, SignedHeaders={names}, Signature={signature}"
    return headers | {"authorization": told}
