"""Looks up the keys that mail servers publish in the DNS, for a DKIM check of our own; no answer is an empty answer.

What the machine's resolver says is believed; an office that wants more runs a resolver that checks DNSSEC.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dns.resolver import Resolver

PATIENCE_SECONDS = 3.0
"""For one name, however many servers are asked."""
REMEMBERED_SECONDS = 60.0
"""About a pass: many mails of one domain ask once, also where the DNS is away and each question would take its time."""
_DNS_PORT = 53
_MOST_REMEMBERED = 1_000
_UDP_BYTES = 1_232

_log = logging.getLogger(__name__)


class KeyLookup:
    """Gives the TXT record of a name; made once, called for every key."""

    def __init__(self, nameservers: tuple[str, ...] = (), port: int = _DNS_PORT) -> None:
        """Choose whom to ask; without names, the machine's own resolver.

        Args:
            nameservers: their IP addresses.
            port: where they listen.
        """
        self._nameservers = nameservers
        self._port = port
        self._remembered: dict[str, tuple[float, str]] = {}

    def __call__(self, name: str) -> str:
        """Return the one TXT record of a name, its strings joined; empty if there is none, several, or no answer."""
        moment = time.monotonic()
        until, text = self._remembered.get(name, (0.0, ""))
        if moment < until:
            return text
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        # Which of several is meant nobody can say (RFC 6376, 3.6.2.2).
        text = records[0] if len(records := self.every(name)) == 1 else ""
        self._remembered[name] = (time.monotonic() + REMEMBERED_SECONDS, text)
        return text

    def every(self, name: str) -> tuple[str, ...]:
        """Return every TXT record of a name, the strings of each joined; none if there is no answer."""
        from dns.exception import DNSException  # noqa: PLC0415 - loaded with the first signature to check

        try:
            answer = self._resolver().resolve(f"{name}.", "TXT", lifetime=PATIENCE_SECONDS, search=False)
        except (DNSException, OSError, ValueError) as error:
            _log.info("no key from the DNS for %s: %s", name, error)
            return ()
        return tuple(b"".join(record.strings).decode("ascii", errors="replace") for record in answer)

    def _resolver(self) -> Resolver:
        """Make a resolver; the machine's configuration is read anew, since a laptop's network changes."""
        from dns.resolver import Resolver  # noqa: PLC0415 - the same

        resolver = Resolver(configure=not self._nameservers)
        if self._nameservers:
            resolver.nameservers = list(self._nameservers)
            resolver.port = self._port
        resolver.use_edns(0, 0, _UDP_BYTES)
        return resolver
