"""How many answers a day may leave: in all, to one address, and to one that only ever gets fruitless ones (F25)."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.letters import Answers, Letter
    from mailbot.core.model.outcome import JournalLine

_A_DAY = timedelta(days=1)
FRUITLESS = frozenset(
    {LetterKind.UNPLACED, LetterKind.UNCLEAR, LetterKind.OUT_OF_TURN, LetterKind.NOT_YOURS, LetterKind.NO_LONGER}
)
"""Answers to a mail that moved nothing and asked nothing we know: all that a robot without a sign brings about."""
_COURTESIES = frozenset(
    {
        LetterKind.STATUS,
        LetterKind.GUIDE,
        LetterKind.FORM_AGAIN,
        LetterKind.DRAFT_AGAIN,
        LetterKind.ORIGIN,
        LetterKind.UNPLACED,
    }
)
"""Answers that tell of no result, and that one more mail brings again: above the day's fill they are not written."""
FRUITLESS_IN_A_ROW = 3
"""After so many to one address in a day, with no other answer between them, silence (F25)."""


class Allowance:
    """How many answers of one day are spent, by address and in all; what one decision adds is counted with them.

    Answers to proved and to unproved mail are counted apart: who forges mail uses up nothing of whoever it names.
    """

    def __init__(self, books: Books, at: datetime) -> None:
        """Take the ledger, and the moment; nothing is asked before there is an answer."""
        self._pacing, self._letters, self._at = books.pacing, books.ledger.letters, at
        self._due: dict[bool, list[tuple[datetime, str]]] = {}

    def paced(self, letter: Letter, answers: Answers) -> tuple[tuple[Letter, ...], tuple[JournalLine, ...]]:
        """Return an answer as it may leave, and what is written down of one that is put off or withheld.

        What somebody is owed leaves on a later day where this one's fill is spent. Of mail that is not proved that goes
        for one day more and no longer: nobody must be able to fill somebody's weeks to come.
        """
        at, proved = self._at, answers.proved
        detail = {"letter": letter.key, "address": letter.address}
        free = self._free_at(letter.address, proved=proved)
        may_wait = letter.kind not in _COURTESIES and (proved or free <= at + _A_DAY)
        if self._leads_nowhere(letter, proved=proved) or (free > at and not may_wait):
            return (), (line(at, "answer_withheld", unit=letter.unit, **detail),)
        insort(self._answers(proved=proved), (free, letter.address))
        if free == at:
            return (letter,), ()
        noted = line(at, "answer_put_off", unit=letter.unit, until=free.isoformat(), **detail)
        return (replace(letter, send_after=max(free, letter.send_after or free)),), (noted,)

    def _answers(self, *, proved: bool) -> list[tuple[datetime, str]]:
        """Return the moments of the answers of the last day and of those put off, with their addresses, in order."""
        if proved not in self._due:
            self._due[proved] = sorted(self._letters.answers_due(self._at - _A_DAY, proved=proved))
        return self._due[proved]

    def _free_at(self, address: str, *, proved: bool) -> datetime:
        """Return the first moment from now on before which a day has room for one more answer, to him and in all."""
        in_all = [due for due, _ in self._answers(proved=proved)]
        to_him = [due for due, whose in self._answers(proved=proved) if whose == address]
        later = (due + _A_DAY for due in in_all)
        return next(
            moment
            for moment in (self._at, *later)
            if moment >= self._at
            and _in_the_day_before(to_him, moment) < self._pacing.answers_per_day
            and _in_the_day_before(in_all, moment) < self._pacing.answers_in_all_per_day
        )

    def _leads_nowhere(self, letter: Letter, *, proved: bool) -> bool:
        """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

        A word we know, or a form, is answered as before, and the row of fruitless ones is over.
        """
        if letter.kind not in FRUITLESS:
            return False
        latest = self._letters.latest_answers(letter.address, self._at - _A_DAY, FRUITLESS_IN_A_ROW, proved=proved)
        return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)


def _in_the_day_before(moments: Sequence[datetime], moment: datetime) -> int:
    """Return how many moments, in order, lie in the twenty-four hours up to one."""
    return bisect_right(moments, moment) - bisect_right(moments, moment - _A_DAY)
