"""The SOP's orders of row 4 given by hand, at the machine or on the board: the very fact that a mail would put."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.decide import decide
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import CommandGiven
from mailbot.core.model.letters import Answers, Reason
from mailbot.core.model.letters_in_answer import why
from mailbot.core.model.mail import Source
from mailbot.core.orders.why_not import why_not
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Proof
    from mailbot.core.model.people import Person
    from mailbot.core.orders.why_not import WhyNot

ORDERS = (Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG)
"""What is ordered of a unit's form."""
ON_THE_BOARD = "ordered_on_board"
"""The journal's event that names who gave an order on the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order, by whom it is given, and what proves him."""

    word: Word
    unit: str
    """The unit's key, as the cycle asks it."""
    rest: str
    """Why, or until when."""
    by: Person
    proof: Proof


def give(books: Books, maker: MakesLetters, cycle: Cycle, order: Order, *, on_board: bool = False) -> WhyNot | None:
    """Put an order into the one door every fact goes through, if it would change anything.

    Returns:
        None: it was given. Else why it comes to nothing.

    Raises:
        StaleCycle, TemplateProblem, LedgerProblem: nothing was written down.
    """
    at = books.clock()
    fact = _fact(cycle, order, at)
    looked_at = decide(cycle, fact, books.office)
    if looked_at.cycle == cycle:
        reasons = (why(letter.about) for letter in looked_at.letters)
        reason = next((str(reason) for reason in reasons if isinstance(reason, Reason)), "")
        return why_not(order.word, order.rest, reason, cycle.unit(order.unit), books.office.calendar)
    noted = line(at, ON_THE_BOARD, order.by.key, unit=order.unit, word=order.word.value)
    beside = Changes(at=at, journal=((cycle.key, noted),) if on_board else ())
    write_down(books, maker, lambda: Decision(beside=beside, facts=((cycle.key, fact),)))
    return None


def _fact(cycle: Cycle, order: Order, at: datetime) -> CommandGiven:
    """Make the fact: the order as it would have been mailed."""
    arguments = f"{order.unit} {order.rest}"
    mark = hashlib.sha256(f"{cycle.key}/{cycle.version}/{order.word.value}/{arguments}".encode()).hexdigest()
    source = Source(
        mail_sha256=mark,
        answers=Answers(message_id="", proved=True),
        address=order.by.addresses[0],
        person=order.by,
        proof=order.proof,
        received_at=at,
    )
    return CommandGiven(at=at, source=source, said=Said(word=order.word, arguments=arguments))
