"""The one spelling of everything an archive's records are made of: whoever changes a sign of them, it shows."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

UNREADABLE = (AttributeError, IndexError, KeyError, OSError, OverflowError, RecursionError, TypeError, ValueError)
"""What comes of JSON that is none, is nested too deep, or holds something else than it should."""
HEX = frozenset("0123456789abcdef")
DIGEST_DIGITS = 64


class Finding(NamedTuple):
    """One thing that is not as it should be: a code, and the values that its sentence names."""

    code: str
    values: dict[str, str]


def finding(code: str, **values: object) -> Finding:
    """Make a finding."""
    return Finding(code, {name: str(value) for name, value in values.items()})


def sha256_of(content: bytes) -> str:
    """Return a digest in hex."""
    return hashlib.sha256(content).hexdigest()


def salted_digest(salt: str, content: bytes) -> str:
    """Return the digest of a salt (hex, small letters) and what it stands before.

    Raises:
        TypeError, ValueError: it is no salt.
    """
    if not HEX.issuperset(salt):
        raise ValueError("no salt")
    return hashlib.sha256(bytes.fromhex(salt) + content).hexdigest()


def whole(value: object) -> int:
    """Return a whole number that is written as one: neither 3.0 nor true nor "3".

    Raises:
        TypeError: it is something else.
    """
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def text_of(value: object) -> str:
    """Return a text; raises TypeError where it is something else."""
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def is_digest(text: object) -> bool:
    """Say whether something is a SHA-256 in hex, small letters."""
    return isinstance(text, str) and len(text) == DIGEST_DIGITS and HEX.issuperset(text)


def packed(value: object) -> bytes:
    """Return JSON in the spelling that is hashed: sorted keys, no blanks, ASCII."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def spread(value: object) -> bytes:
    """Return JSON in the spelling that people read, one that is always the same."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, indent=1).encode("ascii") + b"\n"


def unpacked(raw: bytes) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what JSON says; a name that stands twice, and numbers that are none, are refused.

    Raises:
        ValueError, RecursionError: it is none.
    """
    return json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names stand once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refused(name: str) -> object:
    """Refuse NaN and infinities."""
    raise ValueError(name)


def printable(text: str) -> str:
    """Return a text that any terminal takes, whatever a file's name holds."""
    shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in shown)
