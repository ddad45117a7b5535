"""What never stands in a log: secrets, addresses of people, numbers like a NIK; many look into a log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.core.language import nik

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.settings import Settings

SECRET, ADDRESS = "***", "[address]"
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:=@]+@[\w.-]*\w")
_LONG_NUMBER = re.compile(r"\d{4}")
_SHORTEST = 4
"""A secret of fewer signs would be found in many words; `check` refuses none, so it is left."""


class Mask:
    """Takes out of a text what does not belong into a log of this office."""

    def __init__(self, settings: Settings) -> None:
        """Take what is secret, and the addresses that are the office's own."""
        self._secrets = sorted(set(_secrets(settings)), key=len, reverse=True)
        logins = (settings.imap, settings.smtp, *(further.server for further in settings.further))
        users = (name for one in logins for name in (one.user, f"{one.user}@{one.host}"))
        self._ours = {one.casefold() for one in (*settings.office().own_addresses, *users)}

    def __call__(self, text: str) -> str:
        """Return a text as it may stand in the log, on one line."""
        for secret in self._secrets:
            text = text.replace(secret, SECRET)
        if "@" in text:
            text = _ADDRESS.sub(self._shown, text)
        if _LONG_NUMBER.search(text):
            text = nik.masked(text)
        return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

    def _shown(self, found: re.Match[str]) -> str:
        """Return an address of ours as it is, any other one hidden."""
        return found[0] if found[0].casefold() in self._ours else ADDRESS


def _secrets(settings: Settings) -> Iterator[str]:
    """Give every secret that the environment gave."""
    given = settings.credentials
    held = [
        *(given.imap_password, given.smtp_password, given.oauth_client_secret, given.secret),
        *(given.webhook, given.seal_command),
        *(secret for _, secret in given.further),
    ]
    yield from (one.get_secret_value() for one in held if one is not None and len(one.get_secret_value()) >= _SHORTEST)
    if len(settings.watchdog.webhook) >= _SHORTEST:
        yield settings.watchdog.webhook
    login = settings.database_url.get_secret_value().partition("://")[2].rpartition("@")[0]
    if len(password := login.partition(":")[2]) >= _SHORTEST:
        yield password
