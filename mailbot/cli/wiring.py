"""Where the real thing is built: settings become a clerk with a ledger, a mailbox and a courier.

What only mail, forms or a login need is loaded when they come: most passes of an office are quiet ones.
"""

from __future__ import annotations

import os
import platform
import shutil
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import LetterMaker
from mailbot.clerk.held.sealing_former import seal_former
from mailbot.clerk.parts import Books, Box, Clerk, Lookout, MailReader, Post, SealsPapers
from mailbot.cli.configuration.ledger_place import keep_ledger_place, ledger_in_use, office_in_use
from mailbot.cli.options import now, spelled
from mailbot.cli.rollup.city import neighbours_of
from mailbot.cli.upkeep.object_store import elsewhere_of
from mailbot.errors import LedgerProblem, PostUnavailable
from mailbot.ledger.files_and_notes import REBUILDING
from mailbot.ledger.ledger import open_ledger
from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.reading.limits import mail_limits
from mailbot.settings.files.mailbox import Folders
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.words.beside_words import with_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from mailbot.ledger.ledger import Ledger
    from mailbot.post.oauth import AccessTokens
    from mailbot.post.second_channel import Notice
    from mailbot.post.smtp import Courier
    from mailbot.reading.signature.checking import PaperChecker
    from mailbot.reading.workbook.reader_process import FormReader
    from mailbot.settings.files.mailbox import Filing
    from mailbot.settings.oauth import OAuth
    from mailbot.settings.settings import Server, Settings

    PdfMakers = Callable[[Settings], AbstractContextManager[PdfMaker | None]]
    """Give what makes PDFs by some settings, and are told when it is needed no more."""


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


@lru_cache(maxsize=1024)
def tokens_of(oauth: OAuth, account: str) -> AccessTokens:
    """Return the access tokens of an account, one for all who log in as it."""
    from mailbot.post.oauth import AccessTokens

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
    servers = (settings.imap, settings.smtp, *(further.server for further in settings.further))
    return {server.user: server.oauth for server in servers if server.oauth is not None}


def ringer(settings: Settings) -> Callable[[Notice], None] | None:
    """Return what rings the second channel; None if the office has none."""
    command, webhook = settings.watchdog.command, settings.watchdog.webhook
    if not (command or webhook):
        return None
    from mailbot.post.second_channel import ring

    return partial(ring, command=command, webhook=webhook)


def _boxes(settings: Settings) -> tuple[Box, ...]:
    """Make every mailbox that is read, the one that letters leave from first.

    Raises:
        PostUnavailable: the settings of one are unsafe.
    """
    further = (_box(each.server, Folders(**dict(each.mailbox.folders)), "never") for each in settings.further)
    return (_box(settings.imap, settings.folders, settings.filing), *further)


def _box(server: Server, folders: Folders, filing: Filing) -> Box:
    """Make one mailbox."""
    account = account_of(server)
    return Box(account=ledger_account(server), folders=folders, filing=filing, open_mailbox=lambda: Mailbox(account))


def _believed(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return by mailbox whose Authentication-Results count there."""
    first = {ledger_account(settings.imap): settings.trust.authserv_ids}
    return first | {ledger_account(further.server): further.mailbox.authserv_ids for further in settings.further}


def ledger_account(server: Server) -> str:
    """Return under which name the ledger keeps the mail of a mailbox."""
    return f"{server.user}@{server.host}"


def _name(settings: Settings) -> str:
    """Return under which name letters are claimed: one daemon works on a data folder, and a restart is the same one."""
    return f"{platform.node()}:{settings.data_folder}"


@contextmanager
def pdf_maker(settings: Settings) -> Iterator[PdfMaker | None]:
    """Give what makes PDFs, if this machine can or the office wants no letter without; it is ended afterwards."""
    maker = PdfMaker(waits=not settings.pacing.leave_without_pdf)
    try:
        yield maker if maker.waits or maker.available() else None
    finally:
        maker.close()


def ledger_of(settings: Settings, *, counts: bool = False, half_made: bool = False) -> Ledger:
    """Open the ledger that the office works on, a new one if there is none yet.

    Args:
        settings: those that lie in the folder, or that count.
        counts: these settings count: the ledger is where they say, and was not merely edited to be there.
        half_made: it may be one that is being made anew from mail, and is not whole.

    Raises:
        ConfigProblem: the secret key cannot be used; that is found before a new ledger is made.
        LedgerProblem: the database cannot be used, or is not whole.
    """
    secret = settings.secret_key(os.urandom)
    wanted = settings.database_url.get_secret_value()
    url = wanted if counts else ledger_in_use(settings)
    office = settings.office_key if counts else office_in_use(settings)
    elsewhere, data = elsewhere_of(settings), settings.data_folder
    ledger = open_ledger(url, marks=data, fresh=os.urandom, secret=secret, elsewhere=elsewhere, office=office)
    if not half_made and ledger.notes.read(REBUILDING):
        from mailbot.settings.sayings.catalogue import speech

        ledger.close()
        say = speech(settings.language)
        raise LedgerProblem(say("rb_unfinished", rebuild=spelled("rebuild", settings.folder)))
    if url == wanted:
        keep_ledger_place(settings)
    return ledger


def _courier(account: Account) -> Courier:
    """Make what hands letters over."""
    from mailbot.post.smtp import Courier

    return Courier(account)


def _reading_process(opened: ExitStack, settings: Settings, secret: bytes) -> Callable[[], FormReader]:
    """Return what gives the process that reads mails and forms: begun with the first, ended with what is opened."""

    @cache
    def reader() -> FormReader:
        from mailbot.reading.workbook.reader_process import FormReader

        return opened.enter_context(FormReader(settings.office(), secret, settings.limits))

    return reader


def _key_lookup(settings: Settings) -> Callable[[str], str] | None:
    """Return what asks the DNS for a key; None if the office wants no check of its own."""
    if not settings.trust.own_dkim_check:
        return None
    from mailbot.post.dns_keys import KeyLookup

    return KeyLookup()


@contextmanager
def clerk_of(settings: Settings, clock: Callable[[], datetime] = now) -> Iterator[Clerk]:
    """Build the clerk and open what it works with; everything is closed again at the end.

    An edit that may count counts from now on; by one that waits for the operator's word nothing is done.

    Raises:
        ConfigProblem: the secret key cannot be used, or a cycle under way cannot go on by what lies there.
        LedgerProblem: the database cannot be used.
        PostUnavailable: a mail server's settings are unsafe.
    """
    from mailbot.cli.configuration.counting import counting

    with ledger_of(settings) as ledger, counting(ledger, settings, clock) as clerk:
        seal_former(clerk.books, clerk.reader)
        yield clerk


def paper_checker(settings: Settings, reading: Callable[[], FormReader]) -> PaperChecker:
    """Return what checks signed papers."""
    from mailbot.reading.signature.checking import PaperChecker
    from mailbot.reading.signature.recognition import texts_of_scan

    return PaperChecker(
        examine=lambda name, content, question: reading().examine(name, content, question),
        recognise=texts_of_scan,
        settings=settings.files.office.ratified,
        folder=settings.certificates,
        lists=settings.folder / named if (named := settings.files.office.ratified.certificates) else None,
    )


def _seals(settings: Settings, reading: Callable[[], FormReader]) -> SealsPapers:
    """Return what has papers sealed; without its command they are told to fail, once."""
    from mailbot.reading.signature.sealing import Sealer

    ratified = settings.files.office.ratified
    return SealsPapers(
        sealer=Sealer(settings.credentials.seal_command, ratified),
        checker=paper_checker(settings, reading),
        signers=ratified.sealed_by,
    )


def _mail_reader(settings: Settings, secret: bytes, reading: Callable[[], FormReader]) -> MailReader:
    """Return what mails are read by; the process that reads files is started when there is one to read."""
    return MailReader(
        limits=mail_limits(settings.limits),
        secret=secret,
        believed=_believed(settings),
        read_forms=lambda files: reading().read(files),
        read_mail=lambda raw, **its: reading().read_mail(raw, **its),
        papers=paper_checker(settings, reading),
        read_returned=lambda file, ours: reading().read_returned(file, ours),
        look_up_txt=_key_lookup(settings),
    )


@contextmanager
def clerk_on(
    ledger: Ledger, settings: Settings, clock: Callable[[], datetime] = now, pdf_makers: PdfMakers = pdf_maker
) -> Iterator[Clerk]:
    """Build the clerk on a ledger that is open, and still is at the end; what else it works with is closed again.

    Raises:
        ConfigProblem: the secret key cannot be used.
        PostUnavailable: a mail server's settings are unsafe.
    """
    secret = settings.secret_key(os.urandom)
    office = with_words(settings.office(), settings.template_folders)
    boxes, smtp, templates = _boxes(settings), account_of(settings.smtp), settings.template_folders
    with ExitStack() as opened, pdf_makers(settings) as pdf:
        reading = _reading_process(opened, settings, secret)
        reader = _mail_reader(settings, secret, reading)
        yield Clerk(
            books=Books(office=office, pacing=settings.pacing, ledger=ledger, clock=clock),
            maker=LetterMaker(
                secret=secret,
                template_folders=templates,
                archive_folder=settings.archive_folder,
                pdf=pdf,
                reader=reader,
                read_document=lambda docx: reading().read_document(docx),
                join=lambda parts, **how: reading().join(parts, **how),
            ),
            post=Post(name=_name(settings), boxes=boxes, open_courier=lambda: _courier(smtp)),
            reader=reader,
            lookout=Lookout(
                template_folders=templates,
                watchdog=settings.watchdog,
                ring=ringer(settings),
                free_bytes=lambda: shutil.disk_usage(settings.data_folder).free,
                permissions=lambda: known_ends(settings),
                pdf=pdf,
            ),
            seals=_seals(settings, reading),
            neighbours=neighbours_of(settings),
        )
