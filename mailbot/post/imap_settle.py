r"""Settling on the server: moving kept mail out of the way, or marking it, as gently as the server allows.

A plain EXPUNGE is never sent: it would purge every mail that anybody marked `\Deleted`. Where the server has neither
MOVE (RFC 6851) nor UIDPLUS (RFC 4315), mail therefore stays where it is.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from imap_tools import BaseMailBox
from imap_tools.utils import encode_folder

from mailbot.post.fetched import Settled
from mailbot.post.imap_fetch import UIDS_PER_COMMAND, slices, uid_set
from mailbot.post.imap_session import Selected, make_folder

# The mark on a settled mail that was not moved. It is for people to see; mailbot itself never reads it.
KEYWORD = "$Mailbot"

_log = logging.getLogger(__name__)


def settle(
    box: BaseMailBox, selected: Selected, uids: Sequence[int], *, keep_in: str | None, capabilities: frozenset[str]
) -> Settled:
    """Do the best the server can: move, else mark, else nothing; a NO on the way leaves the mails and is logged."""
    if keep_in is not None and capabilities & {"MOVE", "UIDPLUS"}:
        make_folder(box, keep_in)
        moved = [_move(box, part, keep_in, capabilities) for part in slices(uids, UIDS_PER_COMMAND)]
        return Settled.MOVED if all(moved) else Settled.LEFT
    if selected.keeps_keyword(KEYWORD):
        marked = [_store(box, part, KEYWORD) for part in slices(uids, UIDS_PER_COMMAND)]
        return Settled.FLAGGED if all(marked) else Settled.LEFT
    return Settled.LEFT


def _move(box: BaseMailBox, uids: Sequence[int], folder: str, capabilities: frozenset[str]) -> bool:
    """Move in one step, or copy and take away exactly these; tell whether the server said OK to all of it."""
    destination = encode_folder(folder).decode("ascii")
    if "MOVE" in capabilities:
        return _say(box, "MOVE", uids, destination)
    return _say(box, "COPY", uids, destination) and _store(box, uids, r"\Deleted") and _say(box, "EXPUNGE", uids)


def _store(box: BaseMailBox, uids: Sequence[int], flag: str) -> bool:
    return _say(box, "STORE", uids, "+FLAGS.SILENT", f"({flag})")


def _say(box: BaseMailBox, command: str, uids: Sequence[int], *words: str) -> bool:
    """Send one UID command over a set of mails; tell whether the server said OK."""
    status, _ = box.client.uid(command, uid_set(uids), *words)
    if status != "OK":
        _log.warning("UID %s was answered %s", command, status)
    return status == "OK"
