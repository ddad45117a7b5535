"""What Subbag Program says of a mail that is held back: looked up, answered, noted, and done with the same commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import HeldOrder


def said_of_held(
    books: Books, order: HeldOrder | None
) -> tuple[tuple[Letter, ...], tuple[tuple[str, JournalLine], ...], tuple[str, ...]]:
    """Return the letter, the journal's line and the mails to be destroyed that an order comes to; nothing of none."""
    if order is None:
        return (), (), ()
    from mailbot.core.held.held_fate import fate_noted, fated  # noqa: PLC0415 - as above
    from mailbot.core.model.letters_to_operator import HeldFate  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.ledger.personal.destroying import held_mail  # noqa: PLC0415 - as above

    sha256, stands = held_mail(books.ledger.engine, order.mark)
    fate = fated(order, stands)
    letter, noted = fate_noted(order, fate, sha256)
    return (letter,), (("", noted),), ((sha256,) if fate is HeldFate.DESTROYED else ())
