"""UID FETCH over imaplib's connection: many mails at once, answers matched by UID, what did not come asked again."""

from __future__ import annotations

import imaplib
import logging
from collections.abc import Iterator, Sequence

from mailbot.post.fetched import FetchAnswer, fetch_answers

SIZES = "(UID RFC822.SIZE)"
WHOLE = "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[])"
# Of a mail that is too large only this much of its header block is read (Postfix's own header_size_limit).
HEADER_ONLY = "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.102400>)"

# Command lines stay well under the 8,192 bytes RFC 7162 (4) lets a server insist on.
UIDS_PER_COMMAND = 400
MAILS_PER_FETCH = 50
BYTES_PER_FETCH = 8 * 1024 * 1024

_log = logging.getLogger(__name__)


def uids_from(client: imaplib.IMAP4, first: int) -> tuple[int, ...]:
    """Return the UIDs of a folder from `first` on, ascending, by one SEARCH: of each mail nothing else is asked.

    Raises:
        imaplib.IMAP4.error: the server would not say; that is no empty folder.
    """
    status, found = client.uid("SEARCH", f"UID {first}:*")
    if status != "OK":
        raise imaplib.IMAP4.error(f"the server's answer was {status} {found!r}")
    return tuple(sorted({int(uid) for line in found if isinstance(line, bytes) for uid in line.split()}))


def ask(client: imaplib.IMAP4, uid_set: str, items: str) -> dict[int, FetchAnswer]:
    """Send one UID FETCH and give, by UID, the answers that hold what was asked for, whatever else was mixed in.

    A server answers NO to the whole command when one of the mails troubles it; that is an empty answer here.
    """
    status, pieces = client.uid("FETCH", uid_set, items)
    if status != "OK":
        # What else it said may hold anything, our own words or a mail's: it is no matter for a log.
        _log.warning("UID FETCH %s %s was answered %s", uid_set, items, status)
        return {}
    wants_body = items != SIZES
    return {
        answer.uid: answer
        for answer in fetch_answers(pieces)
        if answer.uid is not None and (answer.body if wants_body else answer.size_bytes) is not None
    }


def ask_each(client: imaplib.IMAP4, uids: Sequence[int], items: str) -> dict[int, FetchAnswer]:
    """Ask for many at once, then one by one for each that did not come: one odd mail must not hide the others."""
    answers = ask(client, uid_set(uids), items)
    for uid in uids:
        if uid not in answers:
            answers.update(ask(client, str(uid), items))
    return {uid: answers[uid] for uid in uids if uid in answers}


def uid_set(uids: Sequence[int]) -> str:
    """Write UIDs as the sequence set of a command."""
    return ",".join(map(str, uids))


def slices(uids: Sequence[int], length: int) -> Iterator[Sequence[int]]:
    """Cut a list of UIDs into parts of at most `length`."""
    return (uids[start : start + length] for start in range(0, len(uids), length))


def batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[Sequence[int]]:
    """Cut a list of UIDs so that no batch is long or heavy; a mail heavier than that is a batch of its own."""
    batch: list[int] = []
    weight = 0
    for uid in uids:
        size = sizes.get(uid, 0)
        if batch and (len(batch) >= MAILS_PER_FETCH or weight + size > BYTES_PER_FETCH):
            yield batch
            batch, weight = [], 0
        batch.append(uid)
        weight += size
    if batch:
        yield batch
