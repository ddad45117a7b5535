"""What `check` sees of the machine and the world around it: ledger, disk, clock, programs, certificates, DNS."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from mailbot.cli.checking.safekeeping import backups_line, misplaced
from mailbot.cli.options import now
from mailbot.cli.upkeep.object_store import store_lines
from mailbot.cli.wiring import account_of
from mailbot.ledger.place import is_sqlite, shown, sqlite_path
from mailbot.settings.sayings.said import Said, said
from mailbot.settings.second_looks.leftovers import is_nobodys
from mailbot.settings.this_machine import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailbot.settings.settings import Settings

_MB = 1_000_000
_LITTLE_MB = 500
_SOON_DAYS = 30
_CLOCK_SECONDS = 120
_FONTS = ("Arial", "Liberation Sans")
"""The report and its letters are set in the first; the second has the same widths."""


def troubles(settings: Settings) -> Iterator[Said]:
    """Give what would stop mailbot on this machine, without asking anybody outside."""
    folder = settings.data_folder
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(existing, os.W_OK):
        yield said("folder_not_writable", folder=existing)
    free = shutil.disk_usage(existing).free // _MB
    if free < _LITTLE_MB:
        yield said("disk_nearly_full", folder=existing, free=free)
    yield from misplaced(settings)


def doctor(settings: Settings) -> Iterator[Said]:
    """Give a line for each thing that `--live` looks at beside the mail servers' logins."""
    yield _ledger(settings)
    yield from store_lines(settings)
    free = shutil.disk_usage(settings.data_folder).free // _MB
    yield said("doctor_disk", folder=settings.data_folder, free=free)
    yield backups_line(settings)
    calendar = settings.office().calendar
    local = calendar.local(now())
    yield said("doctor_clock", now=f"{local:%Y-%m-%d %H.%M}", label=calendar.zone_label)
    yield said("doctor_libreoffice" if shutil.which("soffice") else "doctor_no_libreoffice")
    yield from _fonts()
    yield from _certificates(settings)


def clock_line(seen_by_server: datetime) -> Said | None:
    """Return a note where this machine's clock and the server's differ; a mail that just came tells the server's."""
    apart = round((now() - seen_by_server).total_seconds())
    return said("clocks_apart", seconds=abs(apart)) if abs(apart) > _CLOCK_SECONDS else None


def domain_lines(
    settings: Settings, lookup: Callable[[str], tuple[str, ...]], signers: tuple[str, ...]
) -> Iterator[Said]:
    """Give a line for SPF, DKIM and DMARC of our own domain; nothing for one that nobody has, or a trial server.

    Args:
        settings: whose domain.
        lookup: gives the TXT records of a name.
        signers: domains that have signed the probe.
    """
    domain = settings.office().mailbox.rpartition("@")[2]
    if is_nobodys(domain) or is_loopback(settings.smtp.host):
        return
    spf = any(text.casefold().startswith("v=spf1") for text in lookup(domain))
    dmarc = any(text.casefold().startswith("v=dmarc1") for text in lookup(f"_dmarc.{domain}"))
    yield said("dns_spf" if spf else "dns_no_spf", domain=domain)
    if signers:
        yield said("dns_dkim", domain=domain, signers=", ".join(signers))
    else:
        yield said("dns_no_dkim", domain=domain)
    yield said("dns_dmarc" if dmarc else "dns_no_dmarc", domain=domain)


def _ledger(settings: Settings) -> Said:
    """Open the ledger, where there is one; a file is not made."""
    from mailbot.cli.configuration.ledger_place import ledger_in_use, office_in_use
    from mailbot.errors import LedgerProblem
    from mailbot.ledger.ledger import open_ledger

    url = ledger_in_use(settings)
    path = sqlite_path(url)
    if is_sqlite(url) and (path is None or not path.exists()):
        return said("doctor_no_ledger", ledger=shown(url))
    try:
        with open_ledger(url, marks=settings.data_folder, office=office_in_use(settings)):
            pass
    except LedgerProblem as problem:
        return said("doctor_ledger_trouble", why=str(problem))
    return said("doctor_ledger", ledger=shown(url))


def _fonts() -> Iterator[Said]:
    """Look whether a font of the report's widths is there, where the machine can tell."""
    lister = shutil.which("fc-list")
    if lister is None:
        return
    listed = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - no shell, fixed words
    found = [name for name in _FONTS if name in listed]
    yield said("doctor_fonts", found=found[0]) if found else said("doctor_no_fonts", wanted=_FONTS[0])


def _certificates(settings: Settings) -> Iterator[Said]:
    """Tell until when the servers' certificates hold."""
    from mailbot.post.certificates import certificate_end

    for kind, server in (("imap", settings.imap), ("smtp", settings.smtp)):
        end = certificate_end(kind, account_of(server))  # type: ignore[arg-type]  # the two words there are
        if end is not None:
            days = (end - now()).days
            code = "certificate_ends_soon" if days < _SOON_DAYS else "certificate_holds"
            yield said(code, kind=kind.upper(), host=server.host, end=end.date(), days=days)
