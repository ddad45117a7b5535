"""Questions about servers and the ledger's place: does a secret stay secret, can the URL be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.this_machine import is_loopback
from mailbot.settings.variables import FILE, password_variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.mailbox import FurtherMailbox, ImapBlock, MailboxBlock, ReadFolders, ServerBlock
    from mailbot.settings.sections import Items, Part

DATABASES = ("sqlite:///", "postgresql+psycopg://", "postgresql://")


def no_password_in_the_clear(imap: Part[ServerBlock], smtp: Part[ServerBlock]) -> Iterator[Mistake]:
    """Security `plain` sends the password readable over the network; only a server on this machine may have it."""
    for part in (imap, smtp):
        if part.value.security == "plain" and not is_loopback(part.value.host):
            yield part.problem(
                "security",
                what=said("plain_over_network", name=part.name, host=part.value.host),
                hint=said("set_tls_or_starttls"),
            )


def mailboxes_are_apart(
    mailbox: Part[MailboxBlock], imap: Part[ServerBlock], mailboxes: Items[FurtherMailbox]
) -> Iterator[Mistake]:
    """Every mailbox has a key and a login of its own, and no password in the clear."""
    yield from stands_once(mailboxes, field="key")
    yield from stands_once(mailboxes, field="address")
    seen: dict[str, object] = {_login(imap.value, mailbox.value.address): said("first_mailbox")}
    for place, further in mailboxes:
        if further.key.casefold() == "file":
            hint = said("file_is_taken", given=password_variable(""), file=FILE[1:])
            yield mailboxes.problem(place, "key", what=said("mailbox_called_file"), hint=hint)
        if further.security == "plain" and not is_loopback(further.host):
            what = said("further_plain_over_network", key=further.key, host=further.host)
            yield mailboxes.problem(place, "security", what=what, hint=said("set_tls"))
        login = _login(further, further.address)
        if login in seen:
            what = said("same_login", key=further.key, seen=seen[login], login=login)
            yield mailboxes.problem(place, "host", what=what, hint=said("name_mailbox_once"))
        seen.setdefault(login, f"'{further.key}'")


def mail_is_moved_elsewhere(imap: Part[ImapBlock], mailboxes: Items[FurtherMailbox]) -> Iterator[Mistake]:
    """Mail that is kept goes to a folder of its own: in the one it came from it would be new mail at every look."""
    hint = said("another_done_folder")
    if _same_folder(imap.value.folders):
        yield imap.problem("folders", "done", what=said("done_is_inbox"), hint=hint)
    for place, further in mailboxes:
        if _same_folder(further.folders):
            yield mailboxes.problem(
                place, "folders", "done", what=said("further_done_is_inbox", key=further.key), hint=hint
            )


def _same_folder(folders: ReadFolders) -> bool:
    """Say whether mail would be moved into the folder it lies in; only INBOX has no case (RFC 9051)."""
    inbox, done = (name.upper() if name.upper() == "INBOX" else name for name in (folders.inbox, folders.done))
    return inbox == done


def _login(server: ServerBlock, address: str) -> str:
    """Return under which name the ledger keeps the mail of a mailbox."""
    return f"{server.user or address}@{server.host}"


def database_is_known(database: Part[str]) -> Iterator[Mistake]:
    """The ledger lies in an SQLite file or in PostgreSQL."""
    if not database.value.startswith(DATABASES) or database.value in DATABASES:
        yield database.problem(
            what=said("database_unknown", value=database.value),
            hint=said("database_looks_so"),
        )
