"""The operator's word about a configuration that waits: BENAR lets it count, SALAH or BATAL leaves the former in force.

It is bound to the files that the letter was about, and proved like any decision.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.configuration.edits import DecidedEdit
from mailbot.core.configuration.letters_of_configuration import Answered, ConfigAnswered
from mailbot.core.language.beside import not_understood
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.core.language.reservations import asks
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.model.mail import OwnText
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import Sorted, answers_to
from mailbot.core.sorting.said import lexicon_of

if TYPE_CHECKING:
    from mailbot.core.configuration.edits import WaitingEdit
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk, SentLetter


CHALLENGED = "edit"
"""Begins the key of a challenge about an edit, after its kind."""
_WORDS = frozenset({Word.BENAR, Word.SALAH, Word.BATAL})


def edit_answered(desk: Desk) -> Sorted | None:
    """Does it answer the letter about a configuration that waits with BENAR, SALAH or BATAL?"""
    asked = next((letter for letter in desk.about if letter.kind == LetterKind.CONFIG_WAITS), None)
    if asked is None or desk.said.word not in _WORDS:
        return None
    digest, waiting = asked.key.split("/")[1], desk.edit
    person = next((person for person in desk.people if person.key == asked.person), None)
    if person is None:
        return _told(desk, asked, desk.people[0], Answered.NOT_YOURS)
    stale = waiting is None or waiting.digest != digest or not _of_this_wait(asked, waiting)
    if stale or waiting is None or desk.mail.received_at < waiting.since:
        return _told(desk, asked, person, Answered.STALE)
    approved = desk.said.word is Word.BENAR
    if approved and not _alone(desk):
        return _told(desk, asked, person, Answered.UNCLEAR)
    if not desk.office.policy.believes(desk.mail.proof):
        return Sorted(outcome=MailOutcome.UNCLEAR, letters=(_challenge(desk, person, digest),), detail=digest)
    decided = DecidedEdit(
        digest=digest,
        approved=approved,
        person=person.key,
        address=desk.mail.sender,
        mail_sha256=desk.mail.sha256,
        proof=desk.mail.proof.value,
    )
    told = _told(desk, asked, person, Answered.TAKEN if approved else Answered.REFUSED)
    return replace(told, outcome=MailOutcome.COMMAND, decided=decided, detail=digest)


def _of_this_wait(asked: SentLetter, waiting: WaitingEdit) -> bool:
    """Say whether a letter asked about what waits now, and not about the same files that waited before.

    What was allowed once and has been taken back since is not let in again by the old word, be it sent once more.
    """
    return asked.key.endswith(f"/{waiting.since.isoformat().casefold()}")


def _alone(desk: Desk) -> bool:
    """Say whether nothing but greeting, thanks and a signature stands beside the word, in every rendering."""
    lexicon = lexicon_of(desk.office, desk.people)
    for text in desk.mail.own_texts or (OwnText(own=desk.mail.own_words),):
        lines = [line for line in text.own.splitlines() if desk.office.synonyms.get(plain(line)) is not Word.BENAR]
        if asks(lines) or not_understood([(line, True) for line in lines], lexicon.beside, lexicon.names):
            return False
    return not desk.said.arguments


def _told(desk: Desk, asked: SentLetter, person: Person, fate: Answered) -> Sorted:
    """Answer, without anything having moved."""
    digest, waiting = asked.key.split("/")[1], desk.edit
    refused = fate is Answered.REFUSED and waiting is not None
    letter = Letter(
        key=letter_key(LetterKind.CONFIG_ANSWERED, digest, desk.mail.sha256[:16]),
        about=ConfigAnswered(fate=fate, digest=digest),
        to=person.key,
        address=desk.mail.sender,
        answers=answers_to(desk.mail),
        remarks=waiting.words if refused and waiting is not None else (),
    )
    return Sorted(outcome=MailOutcome.UNPLACED, letters=(letter,), detail=fate.value)


def _challenge(desk: Desk, person: Person, digest: str) -> Letter:
    """Ask for a one-time code at the registered address, before a word nobody proved counts."""
    return Letter(
        key=letter_key(LetterKind.CHALLENGE, CHALLENGED, person.key, desk.mail.sha256, digest),
        about=Challenge(word=desk.said.word or Word.BENAR),
        to=person.key,
        address=person.addresses[0],
        due_at=desk.at + timedelta(days=desk.office.policy.code_valid_days),
        answers=answers_to(desk.mail),
        answers_mail=desk.mail.sha256,
    )
