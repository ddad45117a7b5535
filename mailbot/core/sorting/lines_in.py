"""Answers in lines as a mail brings them: whose they are, and which mails answer lines that were read back (row 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import FormArrived, LinesAnswered, LinesArrived, UnreadableArrived
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import evidence_in
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.form_facts import cycle_of
from mailbot.core.sorting.placing import (
    Sorted,
    cycle_meant,
    source_of,
    speaker,
    speaks_for,
    unit_of,
    units_of,
)

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import ReadLines
    from mailbot.core.sorting.placing import Desk, SentLetter

Facts = tuple[tuple[str, "Fact"], ...]

_BESIDE_LINES = frozenset({Word.SALAH, Word.STATUS, Word.FORM, Word.TUNDA, Word.BANTUAN})
"""Words that are done beside lines, and first; NIHIL and BENAR beside lines say nothing of their own."""
_TAKEN_WITH_LINES = _BESIDE_LINES | {Word.NIHIL, Word.BENAR}
"""Beside any other word, lines are that word's remarks: a reviewer writes `IKU-02: 98,1` under PERBAIKI."""
_ASKS_FOR_BENAR = frozenset({LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.LINES_READ})
"""Letters in answer to which BENAR can only mean lines."""


def lines_facts(desk: Desk) -> Facts:
    """Make the fact of a mail's lines: only its own people write for a unit, and not where a decision was asked for."""
    read, cycle = desk.mail.lines, cycle_of(desk, None)
    if read is None or cycle is None or desk.said.word not in {None, *_TAKEN_WITH_LINES}:
        return ()
    unit = _unit(desk, cycle, read)
    if not unit or (desk.about and desk.about[0].asks is not None):
        return ()
    source = source_of(desk, speaker(desk, cycle, speaks_for(unit)))
    if not desk.mail.renderings_agree:
        reason = Unreadable.MIXED_LINES
        return ((cycle.key, UnreadableArrived(at=desk.at, source=source, unit=unit, reason=reason, file_name="")),)
    fact = LinesArrived(
        at=desk.at,
        source=source,
        unit=unit,
        lines=read,
        last=desk.last.get(cycle.key, {}),
        evidence=evidence_in(desk.mail),
    )
    return ((cycle.key, fact),)


def word_beside(desk: Desk, facts: Facts) -> bool:
    """Say whether a word beside a form or lines is to be done first; SALAH beside lines that wait corrects them."""
    said = desk.said.word
    wanted = {Word.SALAH} if any(isinstance(fact, FormArrived) for _, fact in facts) else _BESIDE_LINES
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    corrects = said is Word.SALAH and any(
        isinstance(fact, LinesArrived) and _waits(cycles[key], fact.unit) is not None for key, fact in facts
    )
    return bool(desk.people) and said in wanted and not corrects


def word_to_lines(desk: Desk) -> Sorted | None:
    """Make the fact of BENAR or SALAH to lines that were read back; to a newer letter of ours it means something else.

    Without a letter of ours, BENAR asks to have them read back, and SALAH means them where no form counts that it could
    mean instead.
    """
    said, cycle = desk.said.word, cycle_meant(desk)
    if cycle is None:
        return None
    echo = _echo(desk)
    if echo is not None:
        return _answer(desk, cycle, echo.unit, echo.number, said)
    unit = unit_of(desk, cycle)
    waiting = _waits(cycle, unit)
    meant = not desk.about or desk.about[0].kind in _ASKS_FOR_BENAR
    other = waiting is not None and said is Word.SALAH and waiting.accepted_at is not None
    return _answer(desk, cycle, unit, 0, said) if waiting is not None and meant and not other else None


def lines_doubt(desk: Desk) -> Sorted | None:
    """Does it answer lines that still wait, with neither word? They are read back once more."""
    echo, cycle = _echo(desk), cycle_meant(desk)
    waiting = _waits(cycle, echo.unit) if echo is not None and cycle is not None else None
    if echo is None or cycle is None or waiting is None or waiting.line_mails != echo.number:
        return None
    speaks = any(speaks_for(echo.unit)(person) == 0 for person in desk.people)
    return _answer(desk, cycle, echo.unit, echo.number, None) if speaks else None


def lines_read_again(desk: Desk, cycle: Cycle, unit: str) -> Sorted:
    """Make the fact of a mail that says neither word, and after which lines that wait are read back once more."""
    return _answer(desk, cycle, unit, 0, None)


def _answer(desk: Desk, cycle: Cycle, unit: str, number: int, word: Word | None) -> Sorted:
    """Make the fact of an answer to lines."""
    fact = LinesAnswered(
        at=desk.at,
        source=source_of(desk, speaker(desk, cycle, speaks_for(unit))),
        unit=unit,
        number=number,
        word=word,
        last=desk.last.get(cycle.key, {}),
        evidence=evidence_in(desk.mail),
    )
    outcome = MailOutcome.COMMAND if word is not None else MailOutcome.UNCLEAR
    return Sorted(outcome=outcome, facts=((cycle.key, fact),), detail=word.value if word is not None else "")


def _unit(desk: Desk, cycle: Cycle, read: ReadLines) -> str:
    """Return the sender's unit that lines are for: of two the one that is asked for most of the codes."""
    usual, own = unit_of(desk, cycle), units_of(desk, cycle)
    codes = read.form.data.codes

    def share(unit: str) -> tuple[int, bool]:
        return len(codes.intersection(desk.office.asked_codes(unit, cycle.period))), unit == usual

    return max(own, key=share, default="")


def _waits(cycle: Cycle, unit: str) -> UnitForm | None:
    """Return a unit's part if lines of it wait for a word."""
    form = cycle.form_of(unit)
    return form if form is not None and form.waiting is not None and not cycle.closed else None


def _echo(desk: Desk) -> SentLetter | None:
    """Return the letter that read lines back, if that is what the mail answers."""
    nearest = desk.about[0] if desk.about else None
    return nearest if nearest is not None and nearest.kind == LetterKind.LINES_READ else None
