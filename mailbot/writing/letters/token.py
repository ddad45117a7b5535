"""The token a letter is recognised by when an answer comes back, and the code that proves who answers."""

from __future__ import annotations

import hashlib
import hmac

_PREFIX = "mb1"
_HEX_DIGITS = 16


def message_token(secret: bytes, key: str) -> str:
    """Return `mb1.{16 hex}`, the HMAC-SHA256 of the letter's key; nobody without the secret can make one.

    It stands in the Message-ID and in the body line `Rujukan:`, which survives quoting.
    """
    digest = hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()
    return f"{_PREFIX}.{digest[:_HEX_DIGITS]}"


def message_id(secret: bytes, key: str, mailbox: str) -> str:
    """Return the letter's Message-ID, `<mb1.{16 hex}@{domain of the mailbox}>`: the same for the same key, for ever."""
    domain = mailbox.rpartition("@")[2]
    return f"<{message_token(secret, key)}@{domain}>"


def one_time_code(secret: bytes, key: str) -> str:
    """Return the six digits that the letter of that key asks back (CHALLENGE); the same for the same key, for ever."""
    digest = hmac.new(secret, b"code/" + key.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**6:06d}"
