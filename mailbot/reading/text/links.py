"""Links to files put elsewhere instead of being attached: we do not fetch, we ask for the file (SOP row 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Where offices put files, and the shorteners that hide where.
CLOUD_HOSTS = (
    "drive.google.com",
    "docs.google.com",
    "forms.gle",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
    "dropbox.com",
    "db.tt",
    "wetransfer.com",
    "we.tl",
    "icloud.com",
    "mega.nz",
    "mediafire.com",
    "box.com",
    "terabox.com",
    "s.id",
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
)
_LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}/[^\s<>\"']{0,600}", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?([a-z0-9.-]+)", re.IGNORECASE)
_SEARCHED_CHARS = 65_536


def cloud_links_in(words: str, targets: Iterable[str]) -> tuple[str, ...]:
    """Return the links to file stores among a mail's own words and its own HTML links, each once.

    Args:
        words: the own words.
        targets: what links in the HTML's own words point to.
    """
    found = [*_LINK.findall(words[:_SEARCHED_CHARS]), *targets]
    return tuple(dict.fromkeys(link.rstrip(").,;]") for link in found if _is_cloud(link)))


def _is_cloud(link: str) -> bool:
    """Say whether a link leads to one of the hosts, or to a host under one."""
    host = _HOST.match(link)
    name = host[1].casefold() if host else ""
    return any(name == cloud or name.endswith(f".{cloud}") for cloud in CLOUD_HOSTS)
