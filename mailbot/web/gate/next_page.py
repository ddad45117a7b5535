"""Where somebody is led once he has signed in: to the page of ours that he asked for, and to nowhere else."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

HOME = "/"
_MOST = 512
_NEVER = ("/sign-", "/acts/", "/static/", "/language/")


def next_page(asked: str) -> str:
    """Return an address of ours; the home page for whatever is none: another site, a trick of slashes, a form."""
    parts = urlsplit(asked) if _plain(asked) else None
    if parts is None or parts.scheme or parts.netloc or asked.startswith(_NEVER):
        return HOME
    return asked


def _plain(asked: str) -> bool:
    """Say whether an address begins at our own root, and holds no sign that a browser reads as another."""
    return (
        len(asked) <= _MOST
        and asked.startswith("/")
        and not asked.startswith("//")
        and "\\" not in asked
        and all("!" <= sign <= "~" for sign in asked)
    )


def led_to(asked: str) -> str:
    """Return the address at which one signs in, and is led on from there."""
    safe = next_page(asked)
    return "/sign-in" if safe == HOME else f"/sign-in?next={quote(safe, safe='')}"
