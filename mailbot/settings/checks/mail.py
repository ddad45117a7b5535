"""Questions about servers and the ledger's place: does a secret stay secret, can the URL be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.this_machine import is_loopback
from mailbot.settings.variables import FILE, password_variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
    from mailbot.settings.files.mailbox import FurtherMailbox, ImapBlock, MailboxBlock, ReadFolders, ServerBlock
    from mailbot.settings.sections import Items, Part

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


def mailboxes_are_apart(
    mailbox: Part[MailboxBlock], imap: Part[ServerBlock], mailboxes: Items[FurtherMailbox]
) -> Iterator[Problem]:
    """Every mailbox has a key and a login of its own, and no password in the clear."""
    yield from stands_once(mailboxes, field="key")
    yield from stands_once(mailboxes, field="address")
    seen = {_login(imap.value, mailbox.value.address): "the first mailbox"}
    for place, further in mailboxes:
        if further.key.casefold() == "file":
            hint = f"{password_variable('')}{FILE[1:]} already names the file of the first mailbox's password"
            yield mailboxes.problem(place, "key", what="no mailbox can be called 'file'", hint=hint)
        if further.security == "plain" and not is_loopback(further.host):
            what = f"'{further.key}': the password would travel readable to {further.host}"
            yield mailboxes.problem(place, "security", what=what, hint="set tls or starttls")
        login = _login(further, further.address)
        if login in seen:
            what = f"'{further.key}' is the same login as {seen[login]}: {login}"
            yield mailboxes.problem(place, "host", what=what, hint="name it once; `aliases` holds its other addresses")
        seen.setdefault(login, f"'{further.key}'")


def mail_is_moved_elsewhere(imap: Part[ImapBlock], mailboxes: Items[FurtherMailbox]) -> Iterator[Problem]:
    """Mail that is kept goes to a folder of its own: in the one it came from it would be new mail at every look."""
    hint = "name another folder, or leave `done` empty and the mail stays where it is"
    if _same_folder(imap.value.folders):
        yield imap.problem("folders", "done", what="'imap.folders.done' is the inbox itself", hint=hint)
    for place, further in mailboxes:
        if _same_folder(further.folders):
            yield mailboxes.problem(
                place, "folders", "done", what=f"'{further.key}.folders.done' is the inbox itself", hint=hint
            )


def _same_folder(folders: ReadFolders) -> bool:
    """Say whether mail would be moved into the folder it lies in; only INBOX has no case (RFC 9051)."""
    inbox, done = (name.upper() if name.upper() == "INBOX" else name for name in (folders.inbox, folders.done))
    return inbox == done


def _login(server: ServerBlock, address: str) -> str:
    """Return under which name the ledger keeps the mail of a mailbox."""
    return f"{server.user or address}@{server.host}"


def database_is_known(database: Part[str]) -> Iterator[Problem]:
    """The ledger lies in an SQLite file or in PostgreSQL."""
    if not database.value.startswith(DATABASES) or database.value in DATABASES:
        yield database.problem(
            what=f"'database' must be the URL of an SQLite file or of PostgreSQL, but is '{database.value}'",
            hint="sqlite:///ledger.db, or postgresql+psycopg://USER@HOST/DATABASE",
        )
