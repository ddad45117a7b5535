"""One mail, one answer: of two letters in answer to it, the one that says what holds now (SOP rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind as Kind
from mailbot.core.model.letters_in_answer import VerdictNoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.letters import Letter

_OF_A_FORM = frozenset(
    {Kind.RECEIPT, Kind.RETURNED, Kind.PARTIAL, Kind.LATE, Kind.UNREADABLE, Kind.LINES_READ, Kind.FORM_WAITS}
)
_OF_A_WORD = frozenset({Kind.REOPENED, Kind.OUT_OF_TURN, Kind.NOT_YOURS, Kind.CHALLENGE})
"""Answers to SALAH beside a form: what became of the form says it all."""


def one_answer(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters without the answer to a word where a form of the same mail has an answer.

    Only a form that came too late waits for the word: with the code that is asked for, it still counts. Who is
    asked which of two forms is right is asked that alone.
    """
    meant = tuple(letters)
    waiting = {_mail(letter) for letter in meant if letter.kind is Kind.CHALLENGE}
    said = tuple(letter for letter in meant if not (letter.kind is Kind.LATE and _mail(letter) in waiting - {None}))
    said = _noted_once(_unplaced_once(said))
    judged = {_mail(letter) for letter in said if letter.kind in _OF_A_FORM}
    asked = {letter.to for letter in said if letter.kind is Kind.CONFLICT}
    return tuple(
        letter
        for letter in said
        if not (letter.kind in _OF_A_WORD and (_mail(letter) in judged - {None} or letter.to in asked))
    )


def _noted_once(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Confirm two words of one mail (ARSIP and TERBIT) in one letter."""
    noted: dict[str, Letter] = {}
    for letter in letters:
        first = noted.setdefault(letter.key, letter)
        if isinstance(first.about, VerdictNoted) and isinstance(letter.about, VerdictNoted) and first is not letter:
            noted[letter.key] = replace(first, about=replace(first.about, also=Word(letter.about.word)))
    return tuple(noted.values())


def _unplaced_once(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Leave out that a mail could not be placed where another cycle has said so, or has asked about it."""
    told: dict[tuple[str, str] | None, Letter] = {}
    for letter in sorted(letters, key=lambda letter: letter.kind is Kind.UNPLACED):
        if letter.kind in {Kind.UNPLACED, Kind.UNCLEAR}:
            told.setdefault(_mail(letter), letter)
    return tuple(letter for letter in letters if letter.kind is not Kind.UNPLACED or told[_mail(letter)] is letter)


def _mail(letter: Letter) -> tuple[str, str] | None:
    """Return which mail a letter answers, and to whom; nothing for one that answers none."""
    return (letter.to, letter.answers.message_id) if letter.answers is not None else None
