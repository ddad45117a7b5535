"""What was clicked on and not written: a thumb, an answer to an invitation; neither is ever a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Said
from mailbot.core.language.signs import without_agreeing
from mailbot.core.model.facts import AnswerUnclear
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import BESIDE_THE_POINT, Gesture, OwnText
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.word_asked import current
from mailbot.core.sorting.free_text import in_turn
from mailbot.core.sorting.lines_in import lines_doubt
from mailbot.core.sorting.placing import Sorted, cycle_meant, source_of, speaker, speaks_for, word_wanted

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk


def clicked(desk: Desk) -> Sorted | None:
    """Is a thumb, or an answer to an invitation, the whole mail? Whose word is awaited is asked for it, nobody else.

    An answer to an invitation asks for nothing, unless it stands under the letter that asks and holds something like
    the word.
    """
    mail = desk.mail
    kind = mail.gesture or (Gesture.REACTION if _only_signs(mail) else None)
    if kind is None or any(file.media_type not in BESIDE_THE_POINT for file in mail.attachments):
        return None
    silent = Sorted(outcome=MailOutcome.ROBOT, detail=kind.value)
    if kind is Gesture.INVITATION and desk.said.word is None and not desk.said.unclear:
        return silent
    cycle = cycle_meant(desk)
    person = _awaited(desk, cycle, kind) if cycle is not None else None
    if cycle is None or person is None:
        return lines_doubt(desk) or silent
    fact = AnswerUnclear(
        at=desk.at,
        source=source_of(desk, person),
        said=Said(),
        about=word_wanted(desk, cycle),
        reason=Reason.GESTURE,
        courtesy=kind is Gesture.REACTION and _agrees(mail),
    )
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=kind.value)


def _awaited(desk: Desk, cycle: Cycle, kind: Gesture) -> Person | None:
    """Return whoever clicked in a post whose word is awaited: by the row, or about forms that differ or wait."""
    asked = current(cycle, word_wanted(desk, cycle))
    if asked or (kind is Gesture.REACTION and not desk.about):
        return in_turn(desk, cycle)
    nearest = desk.about[0] if desk.about else None
    form = cycle.form_of(nearest.unit) if nearest is not None and nearest.kind == LetterKind.CONFLICT else None
    if form is None or cycle.closed or (form.rival is None and not form.waiting_forms):
        return None
    return speaker(desk, cycle, speaks_for(form.unit))


def _only_signs(mail: Mail) -> bool:
    """Say whether signs that agree, and no letter, are all that somebody wrote."""
    texts = mail.own_texts or (OwnText(own=mail.own_words),)
    lines = [line for text in texts for line in (*text.own.splitlines(), *text.doubtful.splitlines())]
    return any(_is_sign(sign) for line in lines for sign in line) and not any(plain(line) for line in lines)


def _agrees(mail: Mail) -> bool:
    """Say whether no sign of a mail is another than those that agree: a thumb down may be an objection."""
    texts = (mail.own_words, *(f"{text.own}\n{text.doubtful}" for text in mail.own_texts))
    return not any(_is_sign(sign) for text in texts for sign in without_agreeing(text))


def _is_sign(sign: str) -> bool:
    """Say whether a character is a picture."""
    return category(sign) == "So"
