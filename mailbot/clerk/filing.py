"""A copy of each letter that left, in the mailbox's own folder for sent mail, where the provider does not file one.

Whether the provider does is looked up before each copy: what is there already is not filed again. A server that files
its own a moment later than we look is known by two copies of the last letter; from then on only its own are left.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.pausing import may_try
from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Clerk, MailboxDoor

_OWED = "copies_owed"
"""Keys of the letters whose copy could not be filed when they left."""
_LAST = "copy_filed"
"""Message-ID of the letter whose copy was filed last."""
_FAILED = "copies_failed_at"
"""When the mailbox last would not take one, in ISO 8601."""
_REST = timedelta(hours=1)
"""What is owed alone is not tried more often: a full mailbox stays full for a while."""
_BY_SERVER = "copies_by_server:"
"""Before a mailbox's name: not empty once its server was seen to file copies by itself."""
_OURS = ("auto", "always")
"""Ways in which mailbot files copies."""
_MOST_OWED = 1000


def file_copies(clerk: Clerk, keys: Sequence[str]) -> PostUnavailable | None:
    """File copies of these letters, and of those still owed; return why the mailbox could not be used, if so.

    A copy that is missing never matters: that a letter left is written in the ledger, and its bytes are kept there.
    """
    noted = clerk.ledger.notes.read(_OWED)
    owed = list(dict.fromkeys((*noted.split(), *keys)))[-_MOST_OWED:]
    if not owed or clerk.folders.sent_copies not in _OURS or _server_does(clerk):
        return None
    away = None
    if may_try(clerk, clerk.account) and (keys or _rested(clerk)):
        try:
            with clerk.open_mailbox() as mailbox:
                _file(clerk, mailbox, owed)
        except PostUnavailable as gone:
            away = gone
            clerk.ledger.notes.write(_FAILED, clerk.clock().isoformat())
    if (left := "\n".join(owed)) != noted:
        clerk.ledger.notes.write(_OWED, left)
    return away


def _file(clerk: Clerk, mailbox: MailboxDoor, owed: list[str]) -> None:
    """File the copies one by one, each leaving the list as soon as it is there.

    Raises:
        PostUnavailable: the mailbox could not be used; the list holds what is still owed.
    """
    folder = clerk.folders.sent or mailbox.sent_folder(make=True)
    if folder is None:
        owed.clear()
        return
    last = clerk.ledger.notes.read(_LAST)
    if clerk.folders.sent_copies == "auto" and last and mailbox.copies_held(folder, last) > 1:
        clerk.ledger.notes.write(f"{_BY_SERVER}{clerk.account}", folder)
        owed.clear()
    while owed:
        letter = clerk.ledger.letters.by_key(owed[0])
        if letter is not None and not mailbox.copies_held(folder, letter.message_id):
            mailbox.append(folder, clerk.ledger.letters.raw(letter.key))
            last = letter.message_id
        del owed[0]
    clerk.ledger.notes.write(_LAST, last)


def _rested(clerk: Clerk) -> bool:
    """Say whether the last copy that was not taken is long enough ago."""
    failed = clerk.ledger.notes.read(_FAILED)
    return not failed or clerk.clock() - datetime.fromisoformat(failed) >= _REST


def _server_does(clerk: Clerk) -> bool:
    """Say whether the server was seen to file copies by itself."""
    return clerk.folders.sent_copies == "auto" and bool(clerk.ledger.notes.read(f"{_BY_SERVER}{clerk.account}"))
