"""What a seed's mailboxes hold no more, or tell too late; and what of the ledger may differ for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from tests.rebuilt.playing import Played

LOST = ("gone", "uncopied", "filed_late", "never_left", "read_late")
_SECOND = timedelta(seconds=1)
_MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What the mailboxes do not tell, or not in time."""

    gone: tuple[str, ...]
    """Message-IDs of mails that were worked and lie nowhere any more."""
    uncopied: tuple[str, ...]
    """Keys of letters that left and of which there is no copy."""
    filed_late: tuple[str, ...]
    """Keys of letters whose copy came to lie there at another moment than that at which they left."""
    never_left: tuple[str, ...]
    """Keys of letters that were decided and never left."""
    read_late: tuple[str, ...]
    """Message-IDs of mails that were kept after others which had come later."""


def losses(played: Played) -> Losses:
    """Look what a seed's mailboxes lack."""
    past, old = played.replay.past, played.old
    there = {one.read().raw for mails in past.mails.values() for one in mails}
    tables = old.tables  # type: ignore[attr-defined]  # the light ledger's own
    mails = [one for one in tables.mails.values() if one.outcome is not MailOutcome.DUPLICATE and one.sha256]
    letters = old.letters.listing(limit=_MOST)
    sent = [one for one in letters if one.state is LetterState.SENT and one.sent_at is not None]
    copies = past.copies
    by_keeping = sorted(mails, key=lambda one: one.id)
    late = [two.message_id for one, two in pairwise(by_keeping) if two.received_at < one.received_at]
    return Losses(
        gone=tuple(one.message_id for one in mails if tables.files[one.sha256] not in there),
        uncopied=tuple(one.key for one in sent if one.message_id not in copies),
        filed_late=tuple(
            one.key
            for one in sent
            if one.message_id in copies
            and one.sent_at is not None
            and abs(copies[one.message_id].left_at - one.sent_at) >= _SECOND
        ),
        never_left=tuple(one.key for one in letters if one.state is not LetterState.SENT),
        read_late=tuple(late),
    )


_WHEN = r"(None|datetime.datetime\(.*|\d{4}-\d\d-\d\d .*)"
_A_MOMENT = rf": {_WHEN} is {_WHEN}$"
_SILENT = r"\.rows_done\[\d+\]\((request\)\[3|collect\)\[[123]|check\)\[[123])\]: "
_REMINDED = r"(\.reminders: |\.reminded_at: |\.told_above|^journal: \S+ (reminder|escalation))"
EXCUSED: tuple[tuple[str, str, str], ...] = (
    ("", _SILENT, "rows 2 to 4 end without a letter: at some pass between two letters, which need not be the first"),
    ("gone", "", "what a mail said is gone with it, and all that came of it; that it is gone is told"),
    ("uncopied", "", "what was decided in a letter of which there is no copy is known only where an answer shows it"),
    (
        "filed_late",
        _A_MOMENT,
        "a row ends when its letters have left, and a copy came to lie there later than that",
    ),
    ("filed_late", _REMINDED, "and who is reminded by the clock of a row is reminded by that moment"),
    ("never_left", _A_MOMENT, "a letter that was tried in vain held up a row until somebody gave it up or helped it"),
    ("never_left", _REMINDED, "a reminder that was withdrawn before it left was decided all the same"),
    ("read_late", _A_MOMENT, "a mail that the server withheld was read later than it came"),
    ("read_late", r"^journal: \S+ mail_kept", "a report may be read before its letter is known, and is of no cycle"),
    ("read_late", _REMINDED, "and nobody is reminded before all that came was read"),
)
"""What is missing (empty: nothing), what may differ for it (a pattern; empty: anything), and why."""


def not_excused(lost: Losses, found: list[str]) -> list[str]:
    """Return the differences that nothing which is missing excuses."""
    patterns = [pattern for name, pattern, _ in EXCUSED if not name or getattr(lost, name)]
    return [one for one in found if not any(re.search(pattern, one) for pattern in patterns)]
