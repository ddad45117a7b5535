"""A copy of each letter that left, in the mailbox's own folder for sent mail, where the provider does not file one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.pausing import may_try
from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.clerk import Clerk


_FILE_THEMSELVES = (".gmail.com", ".googlemail.com", ".office365.com", ".outlook.com")
"""Providers whose own server files what it sends; a second copy would replace or double the first."""


def files_them_itself(account: str) -> bool:
    """Say whether the provider of a mailbox (`user@host`) files sent mail by itself, whatever the settings say."""
    return f".{account.rpartition('@')[2].casefold()}".endswith(_FILE_THEMSELVES)


def file_copies(clerk: Clerk, keys: Sequence[str]) -> PostUnavailable | None:
    """File copies of these letters for people to see; return why the mailbox could not be used, if so.

    A copy that is missing never matters: that a letter left is written in the ledger, and its bytes are kept there.
    """
    if not keys or not clerk.folders.sent or files_them_itself(clerk.account) or not may_try(clerk, clerk.account):
        return None
    try:
        with clerk.open_mailbox() as mailbox:
            for key in keys:
                mailbox.append(clerk.folders.sent, clerk.ledger.letters.raw(key))
    except PostUnavailable as away:
        return away
    return None
