"""Every page that one can reach from the front page, as whoever looks is shown it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient

_LINK = re.compile(r'(?:href|data)="(/[^"#]*)"')
_NO_PAGES = ("/language/", "/static/")
ASKED = ("/search?q=e", "/search?q=rahasia")


def crawled(client: TestClient) -> dict[str, bytes]:
    """Return address -> answer of everything that is linked, and of some searches.

    Raises:
        AssertionError: a link leads nowhere.
    """
    found: dict[str, bytes] = {}
    ahead = ["/", *ASKED]
    while ahead:
        address = ahead.pop()
        if address in found:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        found[address] = answer.content
        if answer.headers["Content-Type"].startswith("text/html"):
            links = (link.replace("&amp;", "&") for link in _LINK.findall(answer.text))
            ahead += [link for link in links if not link.startswith(_NO_PAGES)]
    return found
