"""An answer to the letter that asks for a deciding word, without one that is the sender's to say (rows 1, 6 to 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mailbot.core.language.reply_words import VERDICTS, WITH_REASON, Said, Word
from mailbot.core.model.facts import AnswerUnclear
from mailbot.core.model.letters import Reason
from mailbot.core.model.mail import BESIDE_THE_POINT
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.speakers import may_say
from mailbot.core.procedure.word_asked import current
from mailbot.core.sorting.free_text import in_turn
from mailbot.core.sorting.placing import OF_A_UNIT, Sorted, cycle_meant, source_of, word_wanted
from mailbot.core.sorting.said import is_courtesy

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk

_OF_UNITS = frozenset({Word.TUNDA, Word.SALAH, Word.BENAR, Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG})
"""Words about the forms of units: theirs, their head's and Subbag Program's."""
_OBJECTING = WITH_REASON | {Word.TUNDA}
"""Words whose reason a person should read at once, whoever's they are."""


def word_of_others(desk: Desk) -> Sorted | None:
    """Does whoever's move it is answer with a word that is others': `KEMBALIKAN` by the Kepala Dinas? He is asked."""
    said, cycle = desk.said, cycle_meant(desk)
    person = _asked(desk, cycle) if cycle is not None else None
    if said.word is None or cycle is None or person is None or any(_is_his(one, said.word) for one in desk.people):
        return None
    spoken = f"{said.word} {said.arguments}".strip()
    tells = said.word in _OBJECTING and bool(said.remarks)
    meant = Said(remarks=(spoken, *said.remarks), unclear=True)
    return _question(desk, cycle, person, meant, Reason.REMARKS if tells else None)


def nothing_said(desk: Desk) -> Sorted | None:
    """Does whoever's move it is answer the letter that asks for his word, and write nothing that is his own?

    What hangs on it is no words either, but a person may have to look at it.
    """
    cycle = cycle_meant(desk)
    person = _asked(desk, cycle) if cycle is not None else None
    if (
        cycle is None
        or person is None
        or any(file.media_type not in BESIDE_THE_POINT for file in desk.mail.attachments)
    ):
        return None
    return _question(desk, cycle, person, desk.said, None, courtesy=is_courtesy(desk.mail, desk.office, desk.people))


def _asked(desk: Desk, cycle: Cycle) -> Person | None:
    """Return whoever wrote where his word is awaited and the nearest letter of ours asks for it; None otherwise."""
    nearest = desk.about[0].asks if desk.about else None
    return in_turn(desk, cycle) if current(cycle, nearest) else None


def _is_his(person: Person, word: Word) -> bool:
    """Say whether a word is ever that person's: every command is but those about forms, for who has none."""
    if word in VERDICTS:
        return may_say(person.role, word)
    return word not in _OF_UNITS or person.role in OF_A_UNIT or person.role is Role.PLANNING


def _question(
    desk: Desk,
    cycle: Cycle,
    person: Person,
    said: Said,
    reason: Literal[Reason.REMARKS] | None,
    *,
    courtesy: bool = False,
) -> Sorted:
    """Make the fact that asks for the word of the row."""
    fact = AnswerUnclear(
        at=desk.at,
        source=source_of(desk, person),
        said=said,
        about=word_wanted(desk, cycle),
        reason=reason,
        courtesy=courtesy,
    )
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=reason.value if reason else "")
