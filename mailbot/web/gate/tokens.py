"""Tokens of the door: made of chance that is handed in, kept as their SHA-256 alone, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_DIGITS = 8
_SPACED = re.compile(r"[\s.-]+")


def new_token(fresh: Callable[[int], bytes]) -> str:
    """Return a token of 256 bits of chance, as it may stand in an address or a cookie."""
    return base64.urlsafe_b64encode(fresh(_BYTES)).decode().rstrip("=")


def token_in(text: str) -> str:
    """Return a text if it has the shape of a token, else an empty one: nothing else is ever looked up."""
    return text if _SHAPE.match(text) else ""


def kept(secret: str) -> str:
    """Return a secret as the ledger keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(cookie: str) -> str:
    """Return what a form brings along: made from the cookie's token, of which it tells nothing; empty without one."""
    return hmac.new(cookie.encode(), b"board/form", hashlib.sha256).hexdigest() if cookie else ""


def code_of(link: str) -> str:
    """Return the eight digits that belong to a link's token; whoever sees the link sees them, nobody else does."""
    digest = hmac.new(link.encode(), b"board/code", hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**_DIGITS:0{_DIGITS}d}"


def typed_code(text: str) -> str:
    """Return the digits of a code as somebody typed it, with or without blanks."""
    return _SPACED.sub("", text)


def same(one: str, other: str) -> bool:
    """Say whether two secrets are the same one; two empty ones are not."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())
