"""`check --live`: log in to both servers, send ourselves a letter through the one and wait for it at the other."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, assert_never

from mailbot.cli.checking.machine import clock_line, domain_lines
from mailbot.cli.options import now
from mailbot.cli.wiring import account_of, oauth_accounts, tokens_of
from mailbot.errors import PostUnavailable
from mailbot.post.dns_keys import KeyLookup
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.reading.mime.headers import read_head
from mailbot.reading.proof.dkim_check import signature_tags
from mailbot.reading.proof.sender_proof import parse_auth_results
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from mailbot.core.codes.languages import Language
    from mailbot.post.fetched import FetchedMail, Listing
    from mailbot.settings.files.mailbox import ReadFolders
    from mailbot.settings.settings import Further, Settings

_PATIENCE_SECONDS = 120.0
_NEWEST = 20
"""So many of the newest mails are looked at for the name under which our server proves them."""
_LOOK_EVERY_SECONDS = 5.0


def probe(settings: Settings) -> Iterator[Said]:
    """Yield a line for each thing that works; every server is asked, whatever another one answered.

    Raises:
        PostUnavailable: there is no permission, a login failed, a folder is not there, or the letter did not come back
            in two minutes; all of them in one message, a line each.
        Refused: our own server would not take a letter to ourselves.
    """
    mark, away, language = secrets.token_hex(8), list[str](), settings.language
    before: Listing | None = None
    with _noted(away, language):
        yield from _permissions(settings)
    for further in settings.further:
        with _noted(away, language):
            yield from _further(further)
    with _noted(away, language):
        before = yield from _inbox(settings)
    with _noted(away, language):
        yield _hand_over(settings, mark)
    if away:
        raise PostUnavailable("\n".join(dict.fromkeys(away)))
    yield from _round_trip(settings, before, mark)


@contextmanager
def _noted(away: list[str], language: Language) -> Iterator[None]:
    """Note what cannot be reached instead of ending with it, in the office's language."""
    try:
        yield
    except PostUnavailable as trouble:
        told = trouble.told
        away.append(in_words(told, language) if isinstance(told, Said) else str(trouble))


def _inbox(settings: Settings) -> Generator[Said, None, Listing]:
    """Yield a line for each folder of the first mailbox, and return what its inbox holds now."""
    with Mailbox(account_of(settings.imap)) as mailbox:
        listed = mailbox.list_uids(settings.folders.inbox)
        yield said("probe_imap", host=settings.imap.host, count=len(listed.uids), folder=settings.folders.inbox)
        yield from _extra_folders(mailbox, settings.folders)
    return listed


def _hand_over(settings: Settings, mark: str) -> Said:
    """Send the probe to ourselves, and return the line that says so."""
    ours = settings.office().mailbox
    with Courier(account_of(settings.smtp)) as courier:
        reply = courier.send(ours, ours, _letter(settings, mark), before_data=lambda: None)
    return said("probe_smtp", host=settings.smtp.host, reply=reply)


def _round_trip(settings: Settings, before: Listing, mark: str) -> Iterator[Said]:
    """Wait for the probe, and yield the line that says it came."""
    inbox, started = settings.folders.inbox, time.monotonic()
    with Mailbox(account_of(settings.imap)) as mailbox:
        while time.monotonic() - started < _PATIENCE_SECONDS:
            fresh = set(mailbox.list_uids(inbox).uids) - set(before.uids)
            for mail in mailbox.fetch(inbox, fresh, size_limit_bytes=settings.limits.message_bytes):
                if mark.encode() in mail.raw:
                    yield said("probe_back", seconds=round(time.monotonic() - started))
                    yield from _seen_on_the_way(settings, mail)
                    yield from _names_elsewhere(settings, mailbox, before, mail.raw)
                    yield _copies(settings, mailbox, _message_id(settings, mark))
                    return
            mailbox.wait(_LOOK_EVERY_SECONDS, inbox)
    lost = said("probe_lost", folder=inbox, seconds=round(_PATIENCE_SECONDS))
    raise PostUnavailable(in_words(lost, settings.language))


def _seen_on_the_way(settings: Settings, mail: FetchedMail) -> Iterator[Said]:
    """Yield what the probe shows of the servers: who proves it, their clock, and what the DNS says of our domain."""
    yield _proof(settings, mail.raw)
    apart = clock_line(mail.internal_date)
    if apart is not None:
        yield apart
    signers = tuple(dict.fromkeys(tags["d"] for tags in signature_tags(read_head(mail.raw)) if "d" in tags))
    yield from domain_lines(settings, KeyLookup().every, signers)


def _proof(settings: Settings, raw: bytes) -> Said:
    """Tell whether `trust.authserv_ids` believes what our server wrote about the probe; else the line to copy."""
    ids = _server_ids(raw)
    believed = {name.casefold() for name in settings.trust.authserv_ids}
    if not ids:
        return said("probe_unproved")
    if ids[0] in believed:
        return said("probe_proved", authserv_id=ids[0])
    file = settings.folder / "office.yaml"
    return said("probe_proved_by_another", file=file, authserv_id=ids[0] or '""', believed=", ".join(believed) or "-")


def _names_elsewhere(settings: Settings, mailbox: Mailbox, before: Listing, probe: bytes) -> Iterator[Said]:
    """Yield what stands in the newest mails, where the server writes nothing on what we mail to ourselves."""
    if _server_ids(probe):
        return
    newest = sorted(before.uids)[-_NEWEST:]
    heads = [mail.raw for mail in mailbox.fetch(settings.folders.inbox, newest, size_limit_bytes=0)] if newest else []
    yield name_in_mails(heads, settings)


def name_in_mails(heads: Sequence[bytes], settings: Settings) -> Said:
    """Say by which name our server proves mails, as most of the newest mails show it; or how to find that out.

    Anybody may write such a line into his mail, so what is found is only proposed, and a person knows his server.

    Args:
        heads: the headers of mails that came, each its own.
        settings: what is believed now.
    """
    top = Counter(ids[0] for ids in map(_server_ids, heads) if ids and ids[0])
    if not top:
        return said("probe_send_one", mailbox=settings.office().mailbox)
    ((authserv_id, count),) = top.most_common(1)
    if authserv_id in {name.casefold() for name in settings.trust.authserv_ids}:
        return said("probe_proved_in_mails", authserv_id=authserv_id, count=count)
    file = settings.folder / "office.yaml"
    return said("probe_found_in_mails", authserv_id=authserv_id, count=count, of=len(heads), file=file)


def _server_ids(raw: bytes) -> list[str]:
    """Return the names under which servers wrote what they found of a mail, the last one first, which is ours."""
    written = (parse_auth_results(field) for field in read_head(raw).raw("authentication-results"))
    return list(dict.fromkeys(results.authserv_id for results in written if results is not None))


def _copies(settings: Settings, mailbox: Mailbox, message_id: str) -> Said:
    """Tell which folder holds what was sent, and who files the copies there, as the probe has shown."""
    folder, files = settings.folders.sent or mailbox.sent_folder(), settings.filing
    if folder is None:
        return said("sent_made_by_us" if files in {"auto", "always"} else "sent_nowhere")
    if mailbox.copies_held(folder, message_id):
        return said("sent_by_provider", folder=folder)
    match files:
        case "auto" | "always":
            return said("sent_by_mailbot", folder=folder)
        case "never":
            return said("sent_by_nobody", folder=folder)
        case "provider":
            return said("sent_as_a_rule", folder=folder, host=settings.smtp.host)
        case _:
            assert_never(files)


def unpermitted(settings: Settings) -> Iterator[str]:
    """Yield every account that is to log in by OAuth2 and whose permission is missing, damaged or taken back."""
    for account, oauth in oauth_accounts(settings).items():
        try:
            tokens_of(oauth, account).permission()
        except PostUnavailable:
            yield account


def _permissions(settings: Settings) -> Iterator[Said]:
    """Get an access token for each account that logs in by OAuth2, and tell how long the permission lasts."""
    for account, oauth in oauth_accounts(settings).items():
        tokens = tokens_of(oauth, account)
        tokens()
        permission = tokens.permission()
        end = permission.known_end(oauth)
        until = said("permission_ends", end=end.date()) if end else said("permission_without_end")
        given = permission.granted_at.date()
        yield said("probe_oauth", account=account, provider=oauth.provider, given=given, until=until)


def _further(further: Further) -> Iterator[Said]:
    """Yield a line for each folder of a further mailbox."""
    folders = further.mailbox.folders
    with Mailbox(account_of(further.server)) as mailbox:
        listed = mailbox.list_uids(folders.inbox)
        where = f"{further.server.host} ({further.mailbox.key})"
        yield said("probe_imap", host=where, count=len(listed.uids), folder=folders.inbox)
        yield from _extra_folders(mailbox, folders)


def _extra_folders(mailbox: Mailbox, folders: ReadFolders) -> Iterator[Said]:
    """Yield a line for each folder that is looked into beside the inbox."""
    for folder in folders.extra:
        yield said("probe_folder", count=len(mailbox.list_uids(folder).uids), folder=folder)


def _message_id(settings: Settings, mark: str) -> str:
    """Return the probe's Message-ID."""
    return f"<check.{mark}@{settings.office().mailbox.rpartition('@')[2]}>"


def _letter(settings: Settings, mark: str) -> bytes:
    """Write the probe; it is marked as our own, so a running mailbot leaves it alone."""
    mail = EmailMessage()
    mail["From"] = mail["To"] = settings.office().mailbox
    mail["Subject"] = f"mailbot check {mark}"
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = _message_id(settings, mark)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Mailbot-Loop"] = "1"
    mail.set_content(mark)
    return mail.as_bytes()
