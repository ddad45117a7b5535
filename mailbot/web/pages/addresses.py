"""Which address shows which page: the board's whole map, read by the server and by whoever writes it as files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mailbot.web.pages.cycle import cycle_page, home_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.web.pages.page import Answer, Here

ADDRESSES: tuple[tuple[str, Callable[..., Answer]], ...] = (
    ("/", home_page),
    ("/cycles/{cycle}", cycle_page),
)
"""An address with its changing parts, and what makes its page of them."""
_PART = re.compile(r"\{(\w+)\}")
_PATTERNS = tuple((re.compile(_PART.sub(r"(?P<\1>[^/]+)", address) + r"\Z"), make) for address, make in ADDRESSES)


def answer(address: str, here: Here) -> Answer:
    """Return what stands at an address (percent-encoded, without what is behind a question mark); None: nothing."""
    for pattern, make in _PATTERNS:
        if (found := pattern.match(address)) is not None:
            return make(here, **{name: unquote(part) for name, part in found.groupdict().items()})
    return None
