"""What went otherwise than it should, how mailbot answered it, and what came of it (all rows)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step
from mailbot.writing.archive.printed import Table
from mailbot.writing.rehearsed.letters_shown import matter_of
from mailbot.writing.rehearsed.row_times import lateness

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.writing.rehearsed.told import Happening, Rehearsed, SentMail

_ASKED_FIRST = frozenset({"request", "request_copy", "data_needs", "morning", "alarm", "recap"})
"""Letters that leave whatever people do."""
_ENDS_ROW = {"repair": Step.REVIEW, "sah": Step.RATIFY, "receipt": Step.SUBMIT}
"""What somebody does who owes a word, and the row which that word ends."""
_MOST_SHOWN = 5


def answered_table(told: Rehearsed) -> Table:
    """Return everything that went otherwise, each with its answer and its outcome."""
    words = told.words["menyimpang"]
    rows = tuple(
        (
            told.when(one.at),
            _who(one, told),
            words["perbuatan"].get(one.what, one.what),
            _answer(one, told),
            outcome(one, told),
        )
        for one in told.happenings
    )
    return Table(name=words["judul"], headers=tuple(words["kolom"]), rows=rows, shares=(11, 22, 28, 34, 24))


def settled_at(one: Happening, told: Rehearsed) -> datetime | None:
    """Return when what somebody owed was there after all; None if it is not."""
    cycle = told.cycle(one.cycle)
    if cycle is None:
        return None
    step = _ENDS_ROW.get(one.what)
    if step is not None:
        word = _word_of(step, cycle)
        return word.given_at if word is not None else None
    form = cycle.form_of(one.unit)
    return form.accepted_at if form is not None else None


def outcome(one: Happening, told: Rehearsed) -> str:
    """Return in words what came of something."""
    words, cycle = told.words["menyimpang"], told.cycle(one.cycle)
    at = settled_at(one, told)
    if at is None or cycle is None:
        return str(words["belum"])
    form = cycle.form_of(one.unit)
    if one.what not in _ENDS_ROW and form is not None:
        sent = form.counting.received_at if form.counting else at
        return str(words["diterima"].format(at=told.when(at), held=lateness(sent, form.due_at, told)))
    word = _word_of(_ENDS_ROW[one.what], cycle)
    return str(words["tercatat"].format(word=word.word if word is not None else "", at=told.when(at)))


def _word_of(step: Step, cycle: Cycle) -> Verdict | None:
    """Return the word that ended a row in the end."""
    return next((word for word in reversed(cycle.verdicts) if word.step is step and word.approved), None)


def _who(one: Happening, told: Rehearsed) -> str:
    """Return who it was, and in which cycle."""
    return f"{told.title(one.person)} ({told.period(one.cycle)})"


def _answer(one: Happening, told: Rehearsed) -> str:
    """Return what was written about it until it was settled: to himself, and who else was told."""
    words = told.words["menyimpang"]
    until = settled_at(one, told) or told.until
    found = [mail for mail in told.mails if _about(mail, one) and one.at < mail.at <= until]
    lines = dict.fromkeys(_line(mail, one, told) for mail in found)
    shown, more = list(lines)[:_MOST_SHOWN], len(lines) - _MOST_SHOWN
    return "\n".join([*shown, *([words["lagi"].format(count=more)] if more > 0 else [])]) or str(words["tanpa_surel"])


def _line(mail: SentMail, one: Happening, told: Rehearsed) -> str:
    """Return one letter in a line; whom it went to where that was somebody else."""
    to = "" if mail.person == one.person else f" ({told.title(mail.person)})"
    return f"{told.phrases.day_month(mail.at)}: {matter_of(mail)}{to}"


def _about(mail: SentMail, one: Happening) -> bool:
    """Say whether a letter is about what somebody did: about his unit's form, or else about the row."""
    return mail.cycle == one.cycle and mail.unit == one.unit and mail.kind not in _ASKED_FIRST
