"""The number of a letter written without the word NOMOR, in answer to the letter that asks for it (row 8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import CommandGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.sorting.placing import Sorted, answered_cycle, source_of, speaker

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk

_LABEL = re.compile(r"^\W*(?:nomor|no)\b\.?(?:\s+surat(?:nya)?|nya)?\s*:?\s*", re.IGNORECASE)
_A_NUMBER = re.compile(r"[0-9][0-9A-Za-z.\-]*|[\w.\-]+(?:\s*/\s*[\w.\-]*){2,}")
_DATED = re.compile(r"[,;(\s]*\b(?:tanggal|tertanggal|tgl)\b.*$", re.IGNORECASE)


def number_alone(desk: Desk) -> Sorted | None:
    """Is it a number by itself, of whoever was asked for the number of the cover letter?"""
    cycle = answered_cycle(desk)
    asked = any(letter.kind == LetterKind.NUMBER_WANTED for letter in desk.about)
    if cycle is None or not asked or desk.said.word is not None:
        return None
    if awaited(cycle, desk.office) not in {Awaited.NUMBER, Awaited.WINDOW}:
        return None
    lines = [_LABEL.sub("", line.strip()) for line in desk.mail.own_words.splitlines()]
    numbers = [line for line in lines if _A_NUMBER.fullmatch(_DATED.sub("", line).strip(" ."))]
    if len(numbers) != 1:
        return None
    person = speaker(desk, cycle, lambda person: 0 if person.role is Role.PLANNING else 1)
    said = Said(word=Word.NOMOR, arguments=numbers[0])
    fact = CommandGiven(at=desk.at, source=source_of(desk, person), said=said)
    return Sorted(outcome=MailOutcome.COMMAND, facts=((cycle.key, fact),), detail=Word.NOMOR.value)
