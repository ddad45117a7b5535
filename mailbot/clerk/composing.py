"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.addressing import line
from mailbot.core.letters import LetterKind
from mailbot.ledger.values import Outgoing

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.cycle import Cycle
    from mailbot.core.letters import Letter
    from mailbot.core.outcome import JournalLine

_A_DAY = timedelta(days=1)
FRUITLESS = frozenset({LetterKind.UNPLACED, LetterKind.UNCLEAR, LetterKind.OUT_OF_TURN, LetterKind.NOT_YOURS})
"""Answers to a mail that moved nothing and asked nothing we know: all that a robot without a sign brings about."""
FRUITLESS_IN_A_ROW = 3
"""After so many to one address in a day, with no other answer between them, silence (F25)."""


def compose(clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Outgoing:
    """Make one letter into the bytes that will leave.

    Raises:
        TemplateProblem: its words or documents cannot be made.
    """
    written = clerk.press.letter(clerk, letter, cycle, at)
    return Outgoing(
        key=letter.key,
        kind=letter.kind.value,
        person=letter.to,
        address=letter.address,
        message_id=written.message_id,
        raw=written.raw,
        due_at=letter.send_after or at,
        cycle=letter.cycle,
        unit=letter.unit,
        is_answer=letter.answers is not None,
    )


def compose_all(
    clerk: Clerk, letters: tuple[Letter, ...], cycles: dict[str, Cycle], at: datetime
) -> tuple[tuple[Outgoing, ...], tuple[tuple[str, JournalLine], ...]]:
    """Make every letter that is not in the outbox yet; return them, and a journal line for each answer withheld."""
    outgoing: list[Outgoing] = []
    withheld: list[tuple[str, JournalLine]] = []
    answered: dict[str, int] = {}
    for letter in letters:
        if clerk.ledger.letters.by_key(letter.key) is not None:
            continue
        if letter.answers is not None:
            count = answered.setdefault(letter.address, clerk.ledger.letters.answers_since(letter.address, at - _A_DAY))
            answered[letter.address] = count + 1
            if count >= clerk.pacing.answers_per_day or _leads_nowhere(clerk, letter, at):
                detail = {"letter": letter.key, "address": letter.address}
                withheld.append((letter.cycle, line(at, "answer_withheld", unit=letter.unit, **detail)))
                continue
        outgoing.append(compose(clerk, letter, cycles.get(letter.cycle), at))
    return tuple(outgoing), tuple(withheld)


def _leads_nowhere(clerk: Clerk, letter: Letter, at: datetime) -> bool:
    """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

    A word we know, or a form, is answered as before, and the row of fruitless ones is over.
    """
    if letter.kind not in FRUITLESS:
        return False
    latest = clerk.ledger.letters.latest_answers(letter.address, at - _A_DAY, FRUITLESS_IN_A_ROW)
    return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)
