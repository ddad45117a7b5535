"""What makes a mail the same mail under another header: its body, whatever a second server wrote on top of it."""

from __future__ import annotations

import hashlib
import re

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


def body_digest(raw: bytes) -> str:
    """Return the SHA-256 in hex of a mail's body, line ends and the blank lines at its end left out of account.

    A server that moves mail to another one, or delivers it to two mailboxes, changes the header (Received,
    Delivered-To) and sometimes the line ends, never what the sender wrote.
    """
    header = _END_OF_HEADER.search(raw)
    body = raw[header.end() :] if header else b""
    return hashlib.sha256(body.replace(b"\r\n", b"\n").rstrip(b"\n")).hexdigest()
