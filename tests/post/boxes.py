"""Filling a mailbox and reading it whole, for the contract tests."""

from __future__ import annotations

from mailbot.post.fetched import FetchedMail
from mailbot.post.imap import INBOX, Mailbox
from tests.post.letters import letter

LIMIT = 1_000_000


def fill(mailbox: Mailbox, count: int, folder: str = INBOX) -> list[bytes]:
    """Put numbered letters into a folder."""
    letters = [letter(f"nomor-{number}") for number in range(count)]
    for raw in letters:
        mailbox.append(folder, raw)
    return letters


def fetched(mailbox: Mailbox, folder: str = INBOX, limit: int = LIMIT) -> list[FetchedMail]:
    """Fetch everything a folder lists."""
    return list(mailbox.fetch(folder, mailbox.list_uids(folder).uids, size_limit_bytes=limit))
