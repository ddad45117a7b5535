"""From where a request comes: by the connection itself, and by what a proxy says only if it is one of ours."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = {4: 24, 6: 56}
"""What one subscriber has: a household or an office, not one machine of it."""
_UNKNOWN = "-"


def caller(connected: str, forwarded: str, proxies: Iterable[str]) -> str:
    """Return the address that a request comes from.

    Args:
        connected: who has opened the connection; empty: not known.
        forwarded: `X-Forwarded-For`, all of its lines joined by commas.
        proxies: addresses and networks of our own proxies.

    The list of a proxy is read from its end: what stands before the first address that is no proxy of ours was written
    by whoever asks, and may say anything.
    """
    known = tuple(ip_network(one) for one in proxies)
    nearest = _parsed(connected)
    for claim in reversed([part.strip() for part in forwarded.split(",")] if forwarded else []):
        if nearest is None or not any(nearest in network for network in known):
            break
        claimed = _parsed(claim)
        if claimed is None:
            break
        nearest = claimed
    return str(nearest) if nearest is not None else _UNKNOWN


def network_of(address: str) -> str:
    """Return the network that an address belongs to, as limits count it: /24 of IPv4, /56 of IPv6."""
    parsed = _parsed(address)
    return _UNKNOWN if parsed is None else str(ip_network((parsed, _WIDTH[parsed.version]), strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address, with or without brackets; an IPv4 one that wears IPv6 is IPv4; None if it is none."""
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
