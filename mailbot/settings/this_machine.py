"""Which hosts can only mean this very machine, so that what is said to them in the clear never travels."""

from __future__ import annotations

import ipaddress

BY_NUMBER = "127.0.0.1"
"""The one host to which a secret may go over plain http: by number, for a name can be made to mean another machine."""


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can only mean this very machine (127.0.0.0/8, ::1, localhost)."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
