"""Who files a copy of each letter that left, in the mailbox's folder for sent mail: the provider, or mailbot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mailbot.settings.files.mailbox import SentCopies

Filing = Literal["auto", "always", "never", "provider"]
"""What is done at a server: as the office wants it, or by a provider that is known to do it."""
_FILE_THEMSELVES = (".gmail.com", ".googlemail.com", ".office365.com", ".outlook.com")
"""Providers whose way out files what it sends; a second copy would replace or double the first."""


def filing_at(wanted: SentCopies, smtp_host: str) -> Filing:
    """Return who files the copies of what is handed to a server; unless told otherwise, a known provider does."""
    known = f".{smtp_host.casefold()}".endswith(_FILE_THEMSELVES)
    return "provider" if wanted == "auto" and known else wanted
