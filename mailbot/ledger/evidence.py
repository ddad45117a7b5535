"""Evidence that a letter left after all: an answer to it, or a report about it, names the Message-ID only it bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, update
from sqlmodel import col

from mailbot.ledger.tables import OutboxRow
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_GIVEN_BACK = (LetterState.QUEUED.value, LetterState.PUT_OFF.value, LetterState.HELD.value)


def mark_proved(connection: Connection, proved: Sequence[tuple[str, str]], at: datetime) -> None:
    """Write down, inside a transaction, that letters nobody was sure of have left: a mail that came speaks of them."""
    doubtful = or_(
        col(OutboxRow.state) == LetterState.IN_DOUBT.value,
        # Given back for another try, or held, because nobody was sure; one held by hand has no error beside it.
        and_(
            col(OutboxRow.state).in_(_GIVEN_BACK),
            col(OutboxRow.tries) > 0,
            col(OutboxRow.last_error) != "",
        ),
    )
    for message_id, evidence in proved:
        sent = {"state": LetterState.SENT.value, "reply": evidence, "sent_at": at}
        unclaimed = {"phase": "", "claimed_by": "", "claimed_until": None}
        this = col(OutboxRow.message_id) == message_id
        connection.execute(update(OutboxRow).where(this, doubtful).values(**sent, **unclaimed))
