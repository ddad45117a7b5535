"""Where the real thing is built: settings become a clerk with a ledger, a mailbox and a courier."""

from __future__ import annotations

import os
import platform
import shutil
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from mailbot.clerk.clerk import Box, Clerk
from mailbot.cli.moment import now
from mailbot.errors import PostUnavailable
from mailbot.ledger.ledger import open_ledger
from mailbot.post.account import Account
from mailbot.post.dns_keys import KeyLookup
from mailbot.post.imap import Mailbox
from mailbot.post.oauth import AccessTokens
from mailbot.post.second_channel import ring
from mailbot.post.smtp import Courier
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.writing.word.pdf import PdfMaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.post.second_channel import Notice
    from mailbot.settings.oauth import OAuth
    from mailbot.settings.settings import Further, Server, Settings


def account_of(server: Server) -> Account:
    """Make the login at a mail server: by password, or by access tokens that are shared within this process."""
    tokens = tokens_of(server.oauth, server.user) if server.oauth is not None else None
    return Account(
        host=server.host,
        port=server.port,
        security=server.security,
        user=server.user,
        password=server.password.get_secret_value(),
        ca_file=server.ca_file,
        timeout_seconds=server.timeout_seconds,
        token=tokens,
        renew=tokens.renew if tokens is not None else None,
    )


@lru_cache(maxsize=16)
def tokens_of(oauth: OAuth, account: str) -> AccessTokens:
    """Return the access tokens of an account, one for all who log in as it."""
    return AccessTokens(oauth, account)


def known_ends(settings: Settings) -> tuple[tuple[str, datetime], ...]:
    """Return the accounts whose permission ends at a known moment; one that cannot be used is told of at the login."""
    found = []
    for account, oauth in oauth_accounts(settings).items():
        with suppress(PostUnavailable):
            end = tokens_of(oauth, account).permission().known_end(oauth)
            found += [(account, end)] if end is not None else []
    return tuple(found)


def oauth_accounts(settings: Settings) -> dict[str, OAuth]:
    """Return every user name that logs in by OAuth2, with its provider."""
    servers = (settings.imap, settings.smtp, *(one.server for one in settings.further))
    return {server.user: server.oauth for server in servers if server.oauth is not None}


def ringer(settings: Settings) -> Callable[[Notice], None] | None:
    """Return what rings the second channel; None if the office has none."""
    command, webhook = settings.watchdog.command, settings.watchdog.webhook
    return partial(ring, command=command, webhook=webhook) if command or webhook else None


def further_boxes(settings: Settings) -> tuple[Box, ...]:
    """Make the mailboxes that are read beside the first.

    Raises:
        PostUnavailable: the settings of one are unsafe.
    """
    return tuple(_box(one) for one in settings.further)


def _box(one: Further) -> Box:
    """Make one further mailbox."""
    account = account_of(one.server)
    return Box(
        account=ledger_account(one.server),
        folders=one.folders,
        authserv_ids=one.authserv_ids,
        open_mailbox=lambda: Mailbox(account),
    )


def ledger_account(server: Server) -> str:
    """Return under which name the ledger keeps the mail of a mailbox."""
    return f"{server.user}@{server.host}"


def _name(settings: Settings) -> str:
    """Return under which name letters are claimed: one daemon works on a data folder, and a restart is the same one."""
    return f"{platform.node()}:{settings.data_folder}"


def _pdf_maker() -> PdfMaker | None:
    """Return what makes PDFs, if this machine can."""
    maker = PdfMaker()
    return maker if maker.available() else None


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
    with (
        open_ledger(settings.database_url.get_secret_value(), marks=settings.data_folder) as ledger,
        FormReader(office, secret, settings.limits) as reader,
    ):
        yield Clerk(
            name=_name(settings),
            account=ledger_account(settings.imap),
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
            further=further_boxes(settings),
            watchdog=settings.watchdog,
            ring=ringer(settings),
            free_bytes=lambda: shutil.disk_usage(settings.data_folder).free,
            look_up_txt=KeyLookup() if settings.trust.own_dkim_check else None,
            permissions=lambda: known_ends(settings),
            pdf=_pdf_maker(),
        )
