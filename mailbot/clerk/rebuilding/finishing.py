"""The end of a rebuilding: what nobody knows to have left is held, nothing leaves, and what mail lacks is noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.procedure.addressing import line
from mailbot.ledger.files_and_notes import HELD, REBUILDING, RESTORED
from mailbot.ledger.values import WITHDRAWN, Changes, LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.rebuilding.past import Copy
    from mailbot.clerk.rebuilding.replaying import Replay

_MOST = 100_000
_NAMED = 20
_NOTES = ((REBUILDING, ""), (RESTORED, ""), (HELD, "yes"))
"""It is whole, and no older copy that has to look again; nothing leaves before somebody has looked."""
_OVER = f"{WITHDRAWN}: its cycle is over, and nothing shows that it left"
UNTOLD = (
    "rb_untold_orders",
    "rb_untold_configuration",
    "rb_untold_deleted",
    "rb_untold_uncopied",
    "rb_untold_withdrawn",
    "rb_untold_moments",
    "rb_untold_keys",
    "rb_untold_sealed",
    "rb_untold_board",
)
"""What mail can never tell, whatever it holds: codes of sentences, each with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuilding came to."""

    mails: int
    letters: int
    held: tuple[str, ...]
    """Keys of the letters that were decided and of which nothing shows that they left: each is held."""
    unexplained: tuple[Copy, ...]
    """Letters that left and that nothing in the new ledger comes to."""
    gone: tuple[str, ...]
    """Message-IDs of mails that a letter answers and that lie nowhere any more."""


def finish(replay: Replay, at: datetime) -> Rebuilt:
    """Hold what nobody knows to have left, and write down what the ledger was made from and what mail lacks."""
    books, past = replay.clerk.books, replay.past
    ledger = books.ledger
    held = []
    for cycle in ledger.cycles.all():
        if cycle.closed:
            ledger.outbox.withdraw(cycle.key, _OVER, besides="")
    for state in (LetterState.QUEUED, LetterState.PUT_OFF):
        held += [one.key for one in ledger.letters.listing(state, limit=_MOST) if ledger.outbox.hold(one.key)]
    known = [copy for copy in past.copies.values() if ledger.letters.by_message_id((copy.message_id,)) is not None]
    unexplained = [copy for copy in past.copies.values() if copy not in known]
    gone = [one for one in past.answered if not ledger.inbox.by_message_id(one)]
    mails = sum(map(len, past.mails.values()))
    told = line(
        at,
        "ledger_rebuilt",
        mails=str(mails),
        letters=str(len(known)),
        held=str(len(held)),
        unexplained=str(len(unexplained)),
        gone=str(len(gone)),
    )
    lines = [told]
    lines += [line(at, "rebuilt_unexplained", letter=copy.message_id) for copy in unexplained[:_NAMED]]
    lines += [line(at, "rebuilt_gone", mail=one) for one in gone[:_NAMED]]
    lines += [line(at, "rebuilt_held", letter=key) for key in held[:_NAMED]]
    ledger.commit(Changes(at=at, journal=tuple(("", one) for one in lines), notes=_NOTES))
    return Rebuilt(mails=mails, letters=len(known), held=tuple(held), unexplained=tuple(unexplained), gone=tuple(gone))
