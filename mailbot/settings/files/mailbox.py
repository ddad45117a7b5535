"""`office.yaml`, the part about mail: our address, servers, mailboxes, whom to believe, how fast letters leave."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Address, Host, Key, Line, Security, Words

SentCopies = Literal["auto", "always", "never"]
"""Whether mailbot files a copy of each letter that left."""
Filing = Literal["auto", "always", "never", "provider"]
"""Who files the copies at a server: as the office wants it, or a provider that is known to do it."""
_FILE_THEMSELVES = (".gmail.com", ".googlemail.com", ".office365.com", ".outlook.com")
"""Providers whose way out files what it sends; a second copy would replace or double the first."""


def filing_at(wanted: SentCopies, smtp_host: str) -> Filing:
    """Return who files the copies of what is handed to a server; unless told otherwise, a known provider does."""
    known = f".{smtp_host.casefold()}".endswith(_FILE_THEMSELVES)
    return "provider" if wanted == "auto" and known else wanted


class MailboxBlock(Block):
    """The addresses that are ours."""

    address: Address = Field(description="mailbot's own address: letters come from it, answers go to it.")
    aliases: tuple[Address, ...] = Field(
        default=(),
        description="Other addresses that reach the same mailbox; mail from them is our own and is never answered.",
    )


class ReadFolders(Block):
    """Which folders of a further mailbox are read."""

    inbox: Words = Field(default="INBOX", description="Folder that new mail arrives in.")
    extra: tuple[Words, ...] = Field(default=(), description="Folders looked into as well (Junk, Spam, an archive).")
    done: Line = Field(
        default="",
        description="Folder that mail is moved to once it is kept in the ledger; empty: it stays where it is.",
    )


class Folders(ReadFolders):
    """Which folders of the mailbox are used, and for what."""

    extra: tuple[Words, ...] = Field(
        default=(), description="Folders looked into as well, because providers put real answers there (Junk, Spam)."
    )
    sent: Line = Field(
        default="",
        description=(
            "Folder of sent mail: looked into when it is not sure whether a letter left. Empty: the one the server "
            "marks as such (RFC 6154), else one with a usual name (Sent, [Gmail]/Sent Mail, Terkirim)."
        ),
    )
    sent_copies: SentCopies = Field(
        default="auto",
        description=(
            "Who puts a copy of each letter there. `auto`: mailbot, unless the provider does (known of Gmail and "
            "Microsoft 365, found out elsewhere); `always`: mailbot, unless a copy is there already; `never`: nobody."
        ),
    )


class ServerBlock(Block):
    """What the login at a mail server needs; the password comes from the environment."""

    host: Host = Field(description="Host name of the server.")
    port: int | None = Field(default=None, ge=1, le=65535, description="Port; empty: the usual one for `security`.")
    security: Security = Field(
        default="tls",
        description="`tls` (from the first byte), `starttls`, or `plain` (for a server on this machine).",
    )
    user: Line = Field(default="", description="User name at the server; empty: the mailbox address.")
    ca_file: Line = Field(
        default="",
        description="PEM file of an authority to trust instead of the system's, relative to this folder; empty: none.",
    )
    timeout_seconds: int = Field(
        default=60, ge=5, le=900, description="How long to wait for the server to answer, in seconds."
    )


class ImapBlock(ServerBlock):
    """The server that the mailbox is read from."""

    folders: Folders = Field(default=Folders(), description="Folders of the mailbox.")
    poll_seconds: int = Field(
        default=60,
        ge=5,
        le=3600,
        description="Look for new mail at least this often, in seconds, also where the server can call (IDLE).",
    )


class SmtpBlock(ServerBlock):
    """The server that letters are handed to."""

    timeout_seconds: int = Field(
        default=600,
        ge=5,
        le=900,
        description="How long to wait for the server to answer, in seconds; shorter than 600 makes doubles (RFC 5321).",
    )


class FurtherMailbox(ServerBlock):
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
    folders: ReadFolders = Field(default=ReadFolders(), description="Folders of this mailbox.")


class Pacing(Block):
    """How fast letters may leave, so that the provider does not lock the account."""

    per_minute: int = Field(
        default=20, ge=1, description="Letters handed over in one minute, at most (Microsoft 365 allows 30)."
    )
    per_day: int = Field(default=400, ge=1, description="Letters handed over in one day, at most (Gmail allows 500).")
    answers_per_day: int = Field(
        default=10,
        ge=1,
        description=(
            "Letters sent in answer to one address in a day, at most, so that two robots stop writing; answers to mail "
            "whose sender is proved and to other mail are counted apart. What somebody is owed leaves on a later day."
        ),
    )
    answers_in_all_per_day: int = Field(
        default=200,
        ge=1,
        description=(
            "Letters sent in answer in a day, to all addresses together, at most, counted apart in the same way; a "
            "flood of mails ends there."
        ),
    )
    leave_without_pdf: bool = Field(
        default=True,
        description=(
            "Whether a letter leaves with its Word file alone while LibreOffice does not work; otherwise it waits "
            "until that works again, and with it the step or the mail that it comes of."
        ),
    )


class Trust(Block):
    """What proves that a mail is from whom it says."""

    proof_required: bool = Field(
        default=True,
        description="Whether a verdict or command counts only with proof of its sender, or with the one-time code.",
    )
    acting_head_may_ratify_own_review: bool = Field(
        default=False,
        description="Whether a Plt. or Plh. Kepala Dinas may ratify what he reviewed as Sekretaris; it is journalled.",
    )
    code_valid_days: int = Field(
        default=7, ge=1, le=60, description="Days in which a one-time code may come back; each code counts once."
    )
    authserv_ids: tuple[Words, ...] = Field(
        default=(),
        description=(
            "Names that our own mail server writes into Authentication-Results; empty: none is believed. "
            "`microsoft-365` for Microsoft 365, which writes no name, `mx.google.com` for Gmail; `below:` before a "
            "server that writes under its own Received line (Postfix with a milter) and removes forged ones."
        ),
    )
    own_dkim_check: bool = Field(
        default=True,
        description=(
            "Whether mailbot itself checks DKIM signatures where our server has proved nothing; it asks the machine's "
            "DNS for the key, for listed senders only, and without an answer there is no proof."
        ),
    )
