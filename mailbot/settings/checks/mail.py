"""Questions about servers and the ledger's place: does a secret stay secret, can the URL be used."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
    from mailbot.settings.files.mailbox import ServerBlock
    from mailbot.settings.sections import Part

DATABASES = ("sqlite:///", "postgresql+psycopg://", "postgresql://")


def no_password_in_the_clear(imap: Part[ServerBlock], smtp: Part[ServerBlock]) -> Iterator[Problem]:
    """Security `plain` sends the password readable over the network; only a server on this machine may have it."""
    for part in (imap, smtp):
        if part.value.security == "plain" and not is_loopback(part.value.host):
            yield part.problem(
                "security",
                what=f"'{part.name}.security' is plain: the password would travel readable to {part.value.host}",
                hint="set tls or starttls; plain is for a server on this machine only",
            )


def database_is_known(database: Part[str]) -> Iterator[Problem]:
    """The ledger lies in an SQLite file or in PostgreSQL."""
    if not database.value.startswith(DATABASES) or database.value in DATABASES:
        yield database.problem(
            what=f"'database' must be the URL of an SQLite file or of PostgreSQL, but is '{database.value}'",
            hint="sqlite:///ledger.db, or postgresql+psycopg://USER@HOST/DATABASE",
        )


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can only mean this very machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
