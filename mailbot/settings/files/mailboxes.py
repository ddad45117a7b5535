"""`office.yaml`, the part about further mailboxes: read like the first one, while letters leave from that alone."""

from __future__ import annotations

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Address, Key, Line, Words
from mailbot.settings.files.mailbox import ServerBlock


class ReadFoldersBlock(Block):
    """Which folders of a further mailbox are read."""

    inbox: Words = Field(default="INBOX", description="Folder that new mail arrives in.")
    extra: tuple[Words, ...] = Field(default=(), description="Folders looked into as well (Junk, Spam, an archive).")
    done: Line = Field(
        default="",
        description="Folder that mail is moved to once it is kept in the ledger; empty: it stays where it is.",
    )


class FurtherMailboxBlock(ServerBlock):
    """One more mailbox that people write to, at the same server or another; it is read over IMAP."""

    key: Key = Field(
        description="Short name; its password comes from MAILBOT_IMAP_PASSWORD_KEY (capitals, `_` for `-` and `.`)."
    )
    address: Address = Field(description="Its address: mail from it is our own and is never answered.")
    aliases: tuple[Address, ...] = Field(default=(), description="Other addresses that reach it.")
    authserv_ids: tuple[Words, ...] = Field(
        default=(),
        description=(
            "Names that the server of this mailbox writes into Authentication-Results; those of `trust` count only in "
            "the first mailbox. Empty: none is believed here."
        ),
    )
    folders: ReadFoldersBlock = Field(default=ReadFoldersBlock(), description="Folders of this mailbox.")
