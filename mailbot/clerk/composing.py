"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Outgoing

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine

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
    wanted: list[Letter] = []
    withheld: list[tuple[str, JournalLine]] = []
    fill = _Fill(clerk)
    for letter in letters:
        if clerk.ledger.letters.by_key(letter.key) is not None:
            continue
        if letter.answers is not None and (_leads_nowhere(clerk, letter, at) or not fill.has_room(letter, at)):
            detail = {"letter": letter.key, "address": letter.address}
            withheld.append((letter.cycle, line(at, "answer_withheld", unit=letter.unit, **detail)))
            continue
        wanted.append(letter)
    clerk.press.make_ahead(clerk, [(letter, cycles.get(letter.cycle)) for letter in wanted])
    return tuple(compose(clerk, letter, cycles.get(letter.cycle), at) for letter in wanted), tuple(withheld)


class _Fill:
    """How many answers of one day are spent, by address and in all; what one decision adds is counted with them."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._to_one: dict[str, int] = {}
        self._in_all: int | None = None

    def has_room(self, letter: Letter, at: datetime) -> bool:
        """Say whether one more answer may be written, and count it if so."""
        pacing, letters = self._clerk.pacing, self._clerk.ledger.letters
        to_one = self._to_one.setdefault(letter.address, letters.answers_since(letter.address, at - _A_DAY))
        if self._in_all is None:
            self._in_all = letters.answers_in_all_since(at - _A_DAY)
        if to_one >= pacing.answers_per_day or self._in_all >= pacing.answers_in_all_per_day:
            return False
        self._to_one[letter.address] = to_one + 1
        self._in_all += 1
        return True


def _leads_nowhere(clerk: Clerk, letter: Letter, at: datetime) -> bool:
    """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

    A word we know, or a form, is answered as before, and the row of fruitless ones is over.
    """
    if letter.kind not in FRUITLESS:
        return False
    latest = clerk.ledger.letters.latest_answers(letter.address, at - _A_DAY, FRUITLESS_IN_A_ROW)
    return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)
