"""The links behind the reply words of a letter, as a phone takes them apart."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit


def html_of(raw: bytes) -> str:
    """Return the HTML of a finished letter."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def reply_links(html: str) -> list[tuple[str, str, str]]:
    """Return address, subject and body of every link in a letter, which else leads to the board's sign-in at most."""
    found = []
    for link in re.findall(r'href="([^"]*)"', html):
        parts = urlsplit(unescape(link))
        if parts.path.startswith("/sign-in/link/"):
            continue
        assert parts.scheme == "mailto"
        asked = parse_qs(parts.query, strict_parsing=True)
        assert set(asked) == {"subject", "body"}
        (subject,), (body,) = asked["subject"], asked["body"]
        found.append((unquote(parts.path), subject, body))
    return found
