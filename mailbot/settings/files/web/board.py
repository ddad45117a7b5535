"""`office.yaml`, the part about the status board: where it opens, behind which proxies, how long a session lasts."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Words, wrong
from mailbot.settings.sayings.said import said
from mailbot.settings.this_machine import is_loopback

_PORTS = range(1, 65536)


def _address(text: str) -> str:
    """Refuse what a link cannot begin with, and http anywhere but on this machine: the session would be readable."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong(said("bad_board_url", text=text), said("board_url_looks_so")) from None
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare or port == 0 or not text.isascii():
        raise wrong(said("bad_board_url", text=text), said("board_url_looks_so"))
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise wrong(said("board_url_without_tls", text=text), said("board_url_looks_so"))
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _place(text: str) -> str:
    """Refuse what nobody can listen on."""
    host, _, port = text.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    try:
        ipaddress.ip_address("127.0.0.1" if bare == "localhost" else bare)
        fits = int(port) in _PORTS and port.isascii()
    except ValueError:
        fits = False
    if not fits:
        raise wrong(said("bad_board_place", text=text), said("board_place_looks_so"))
    return text


def _network(text: str) -> str:
    """Refuse what is no address and no network of addresses."""
    try:
        ipaddress.ip_network(text)
    except ValueError:
        raise wrong(said("bad_network", text=text), said("network_looks_so")) from None
    return text


BoardAddress = Annotated[Words, AfterValidator(_address)]
"""The address by which people open the board, without a path."""
BoardPlace = Annotated[Words, AfterValidator(_place)]
"""Address of this machine, and port."""
Network = Annotated[Words, AfterValidator(_network)]
"""One address, or a network of them."""


class BoardBlock(Block):
    """The status board (`mailbot web`); nobody but whoever is listed gets in, and no staff need it."""

    url: BoardAddress = Field(
        default="http://127.0.0.1:8025",
        description=(
            "Address by which people open the board, and with which the mailed link begins: `https://` and a name, or "
            "`http://` on this very machine. What a request calls us by is never used."
        ),
    )
    listen: BoardPlace = Field(
        default="127.0.0.1:8025",
        description="Address and port that `mailbot web` listens on; leave it on this machine, behind a proxy.",
    )
    proxies: tuple[Network, ...] = Field(
        default=(),
        description=(
            "Addresses or networks of the proxies before the board (`127.0.0.1`, `10.0.0.0/24`): of these alone it is "
            "believed from where a request comes (`X-Forwarded-For`)."
        ),
    )
    metrics_from: tuple[Network, ...] = Field(
        default=(),
        description=(
            "Addresses or networks that may read `/metrics` and `/healthz`, which nobody signs in for, beside this "
            "very machine; they ask `listen` itself, never through a proxy."
        ),
    )
    link_minutes: int = Field(default=15, ge=2, le=60, description="How long a mailed link signs in, once, in minutes.")
    idle_minutes: int = Field(
        default=60, ge=5, le=720, description="Whoever does nothing on the board for so long is signed out, in minutes."
    )
    session_hours: int = Field(
        default=12, ge=1, le=168, description="Whoever is signed in is signed out after so long in any case, in hours."
    )

    decisions: bool = Field(
        default=False,
        description=(
            "Whether the Sekretaris and the Kepala Dinas may decide on the board, too: each word by a fresh code "
            "that is mailed to the registered address. Switched on, it needs a new start of `mailbot web`."
        ),
    )

    @property
    def secure(self) -> bool:
        """Say whether the board is opened by https."""
        return self.url.startswith("https://")

    @property
    def link_life(self) -> timedelta:
        """How long a mailed link holds."""
        return timedelta(minutes=self.link_minutes)

    @property
    def idle(self) -> timedelta:
        """How long somebody may do nothing."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def session_life(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(hours=self.session_hours)
