"""Where the real thing is built: settings become a clerk with a ledger, a mailbox and a courier."""

from __future__ import annotations

import os
import platform
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailbot.clerk.clerk import Clerk
from mailbot.ledger.ledger import open_ledger
from mailbot.post.account import Account
from mailbot.post.dns_keys import KeyLookup
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.reading.child import FormReader
from mailbot.writing.pdf import PdfMaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.settings.settings import Server, Settings


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def account_of(server: Server) -> Account:
    """Make the login at a mail server."""
    return Account(
        host=server.host,
        port=server.port,
        security=server.security,
        user=server.user,
        password=server.password.get_secret_value(),
        ca_file=server.ca_file,
        timeout_seconds=server.timeout_seconds,
    )


@contextmanager
def clerk_of(settings: Settings, clock: Callable[[], datetime] = now) -> Iterator[Clerk]:
    """Build the clerk and open what it works with; everything is closed again at the end.

    Raises:
        ConfigProblem: the secret key cannot be used.
        LedgerProblem: the database cannot be used.
        PostUnavailable: a mail server's settings are unsafe.
    """
    secret = settings.secret_key(os.urandom)
    office = settings.office()
    imap, smtp = account_of(settings.imap), account_of(settings.smtp)
    pdf = PdfMaker()
    with (
        open_ledger(settings.database_url.get_secret_value()) as ledger,
        FormReader(office, secret, settings.limits) as reader,
    ):
        yield Clerk(
            # One daemon works on a data folder, and it is known by the same name after a restart.
            name=f"{platform.node()}:{settings.data_folder}",
            account=f"{settings.imap.user}@{settings.imap.host}",
            office=office,
            ledger=ledger,
            folders=settings.folders,
            pacing=settings.pacing,
            trust=settings.trust,
            limits=settings.limits,
            secret=secret,
            template_folders=settings.template_folders,
            archive_folder=settings.archive_folder,
            clock=clock,
            open_mailbox=lambda: Mailbox(imap),
            open_courier=lambda: Courier(smtp),
            read_forms=reader.read,
            look_up_txt=KeyLookup() if settings.trust.own_dkim_check else None,
            pdf=pdf if pdf.available() else None,
        )
