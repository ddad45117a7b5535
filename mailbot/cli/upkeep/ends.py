"""What of an office ends by itself and when: asked of its mail servers, its files, and what it has written down."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from mailbot.clerk.keeping.ends import Asked, Ending, EndKind
from mailbot.cli.wiring import account_of
from mailbot.settings.covered.further_files import CERTIFICATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.settings.settings import Settings


def asked_ends(settings: Settings) -> Asked:
    """Ask until when certificates and passwords hold; each server once, and nobody logs in."""
    from mailbot.post.certificates import certificate_end

    found, silent = [*_passwords(settings), *_authorities(settings)], set()
    logins = {
        ("imap", server.host, server.port): server
        for server in (settings.imap, *(each.server for each in settings.further))
    }
    logins[("smtp", settings.smtp.host, settings.smtp.port)] = settings.smtp
    for (kind, host, _), server in logins.items():
        about, end = f"{kind.upper()} {host}", certificate_end("smtp" if kind == "smtp" else "imap", account_of(server))
        if end is None:
            silent.add(about)
        else:
            found.append(Ending(kind=EndKind.CERTIFICATE, about=about, ends=end))
    return Asked(found=tuple(found), silent=frozenset(silent))


def _passwords(settings: Settings) -> Iterator[Ending]:
    """Give the passwords whose end the office has written down."""
    calendar = settings.office().calendar
    for account, day in settings.watchdog.password_ends.items():
        yield Ending(kind=EndKind.PASSWORD, about=account, ends=calendar.at(day, time()))


def _authorities(settings: Settings) -> Iterator[Ending]:
    """Give the certificates of authorities that the office believes: by files beside its YAML."""
    from mailbot.post.certificates import authority_ends

    servers = (settings.imap, settings.smtp, *(each.server for each in settings.further))
    files: dict[Path, None] = {server.ca_file: None for server in servers if server.ca_file is not None}
    folder = settings.certificates
    if folder is not None and folder.is_dir():
        files |= {one: None for one in sorted(folder.iterdir()) if one.suffix.casefold() in CERTIFICATES}
    for file in files:
        for name, end in authority_ends(file):
            yield Ending(kind=EndKind.AUTHORITY, about=f"{file.name}: {name}" if name else file.name, ends=end)
