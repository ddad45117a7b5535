"""What stands behind the plus of our own address where a mail is addressed to it: `lapor+dukcapil@`.

Whoever writes a mail writes this as he likes: it may contradict what a mail shows otherwise, and never tells by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import header_start, read_addresses, scan_headers

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
"""Fields that say where a mail goes: by its sender, and by the servers that it passed."""


def plus_tags(raw: bytes, own_addresses: Iterable[str]) -> frozenset[str]:
    """Return the tags behind our own addresses, in small letters; never raises, whatever the bytes.

    Args:
        raw: the mail as the server gave it.
        own_addresses: every address that is ours, without a tag.
    """
    limits, own = MailLimits(), {address.casefold() for address in own_addresses}
    headers, _ = scan_headers(raw, header_start(raw), min(len(raw), limits.header_bytes), limits, set())
    fields = (field[: headers.value_bytes] for name in _ADDRESSED for field in headers.raw(name))
    tags = set()
    for address in (one.casefold() for field in fields for one in read_addresses(field)):
        local, _, domain = address.rpartition("@")
        name, plus, tag = local.partition("+")
        if plus and tag and f"{name}@{domain}" in own:
            tags.add(tag)
    return frozenset(tags)
