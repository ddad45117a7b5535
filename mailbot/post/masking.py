"""Foreign text without our secrets in it: some servers repeat the command that they refuse, password included."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.post.account import Account

MASK = "***"
_SHORTEST_PART = 8
"""A server may cut what it repeats: so much of the beginning of a secret is still one."""
_LONG_WORD = re.compile(r"\S{40,}")
"""Access tokens change; where they are used, no word that could be one is shown."""


def masked(text: str, account: Account) -> str:
    """Return what a server said, with the account's password and tokens taken out, in whatever form they were sent."""
    for secret in sorted(_forms(account), key=len, reverse=True):
        text = _without(text, secret)
    return _LONG_WORD.sub(MASK, text) if account.token is not None else text


def _forms(account: Account) -> Iterator[str]:
    """Yield the password as it travels: plain, quoted for IMAP, in base64, within SASL PLAIN, and as in an address."""
    password = account.password
    if not password:
        return
    yield password
    yield re.sub(r'(["\\])', r"\\\1", password)
    yield quote(password, safe="")
    for sent in (password, f"\0{account.user}\0{password}", f"{account.user}\0{account.user}\0{password}"):
        yield base64.b64encode(sent.encode()).decode("ascii").rstrip("=")


def _without(text: str, secret: str) -> str:
    """Take out a secret, and the beginning of it where the rest was cut off."""
    text = re.sub(re.escape(secret) + "=*", MASK, text)
    for length in range(len(secret) - 1, _SHORTEST_PART - 1, -1):
        text = text.replace(secret[:length], MASK)
    return text
