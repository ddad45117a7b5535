"""Answers to remarks among a mail's own words, taken out before it is read for a word (SOP row 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.remarks.answer_lines import read_answers
from mailbot.core.remarks.listed import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.people import Person

Answered = tuple[tuple[int, str], ...]


def without_answers(mail: Mail, cycle: Cycle | None, people: Sequence[Person]) -> tuple[Mail, Answered]:
    """Return a mail without the lines in which Subbag Program answers remarks of that cycle, and these answers.

    Where the renderings of a mail differ nothing in it is plain: then it stays as it is.
    """
    if cycle is None or not cycle.remarks or all(person.role is not Role.PLANNING for person in people):
        return mail, ()
    known, unmet = frozenset(one.number for one in cycle.remarks), frozenset(waiting(cycle))
    read = read_answers(mail.own_words, known, unmet)
    if not read.answers or not mail.renderings_agree:
        return mail, ()
    texts = tuple(replace(text, own=read_answers(text.own, known, unmet).rest) for text in mail.own_texts)
    return replace(mail, own_words=read.rest, own_texts=texts), read.answers
