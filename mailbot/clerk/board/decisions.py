"""Decisions on the board: pressing asks for a code by mail, and the code lets the word go the way that a mail's goes.

Nothing is kept in between but the letter: its key is made of everything that the word is bound to, and its code of the
key. Whoever comes with another session, word, remark, version or file asks after a letter that never was written.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.placing import GUESSES, used_note, wrong_codes, wrong_note
from mailbot.core.decide import decide
from mailbot.core.model.letters import LetterKind
from mailbot.core.orders.on_board import WITH_REMARKS, Came, code_asked, fact_of, shown_now
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.word_asked import asked_now
from mailbot.ledger.values import Changes
from mailbot.writing.letters.letter import one_time_code

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.orders.on_board import WordOnBoard

DECIDED_ON_BOARD = "decided_on_board"
"""The journal's event that says where a word was given."""


_LONGEST = timedelta(days=1)
"""No code counts so long on the board: older letters are not looked at."""


class _SpentError(Exception):
    """The code was used while another request came with it."""


class _ChangedError(Exception):
    """What lay there is not there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it, and for a refusal the letter that a mail would be answered with; it is not sent."""

    came: Came
    said: WordOnBoard
    why: bytes = b""


def ask(books: Books, maker: MakesLetters, cycle: Cycle, said: WordOnBoard, life: timedelta) -> Answer:
    """Mail the code without which a word counts for nothing, where it would count with it; decide nothing.

    Args:
        books: what it is decided with.
        maker: makes the letter.
        cycle: as it stands.
        said: the word; up to when its code counts is reckoned here.
        life: how long that is.

    Raises:
        TemplateProblem, LedgerProblem: nothing was written down.
    """
    at = books.clock()
    said = replace(said, until=at + life)
    if said.remarks and said.word not in WITH_REMARKS:
        return Answer(came=Came.REMARKS_BESIDE, said=said)
    another = shown_now(cycle) != said.shown
    if another and asked_now(cycle).step is said.shown.asks.step:
        return Answer(came=Came.CHANGED, said=said)
    looked_at = decide(cycle, fact_of(said, at), books.office)
    if another or looked_at.cycle == cycle:
        told = maker.letters(books, [(letter, cycle) for letter in looked_at.letters[:1]], at)
        return Answer(came=Came.REFUSED, said=said, why=b"".join(one.raw for one in told))
    letter = code_asked(cycle, said, at, books.office)
    noted = line(at, "code_mailed", said.by.key, word=said.word.value, version=str(said.shown.asks.version))
    beside = Changes(at=at, journal=((cycle.key, noted),))
    write_down(books, maker, lambda: Decision(beside=beside, letters=(letter,), about=(cycle,)))
    return Answer(came=Came.ASKED, said=said)


def count(books: Books, maker: MakesLetters, secret: bytes, said: WordOnBoard, code: str) -> Answer:
    """Let a word count, once, with the code that was mailed for it.

    Args:
        books: what it is decided with.
        maker: makes the letters of it.
        secret: the office's; the code is made of it.
        said: the word, with everything it was pressed with.
        code: as typed.

    Raises:
        StaleCycle, TemplateProblem, LedgerProblem: nothing was written down.
    """
    at, ledger = books.clock(), books.ledger
    key = _waiting(books, said, at)
    if not key:
        return Answer(came=Came.ENDED, said=said)
    wrong = wrong_codes(ledger, key)
    if wrong >= GUESSES or ledger.notes.read(used_note(key)):
        return Answer(came=Came.ENDED, said=said)
    if not hmac.compare_digest(one_time_code(secret, key).encode(), code.encode("utf-8", "replace")):
        ledger.commit(Changes(at=at, notes=((wrong_note(key), str(wrong + 1)),)))
        return Answer(came=Came.WRONG_CODE if wrong + 1 < GUESSES else Came.ENDED, said=said)
    return _decided(books, maker, said, key, at)


def _decided(books: Books, maker: MakesLetters, said: WordOnBoard, key: str, at: datetime) -> Answer:
    """Put the word through the door of every fact, and use up its code in the same stroke."""
    asks = said.shown.asks
    noted = line(at, DECIDED_ON_BOARD, said.by.key, word=said.word.value, version=str(asks.version), letter=key)
    beside = Changes(at=at, notes=((used_note(key), said.mark),), journal=((said.cycle, noted),))

    def made() -> Decision:
        if books.ledger.notes.read(used_note(key)):
            raise _SpentError
        cycle = books.ledger.cycles.get(said.cycle)
        if cycle is None or shown_now(cycle) != said.shown:
            raise _ChangedError
        return Decision(beside=beside, facts=((said.cycle, fact_of(said, at)),))

    try:
        write_down(books, maker, made)
    except _SpentError:
        return Answer(came=Came.ENDED, said=said)
    except _ChangedError:
        return Answer(came=Came.CHANGED, said=said)
    return Answer(came=Came.COUNTED, said=said)


def _waiting(books: Books, said: WordOnBoard, at: datetime) -> str:
    """Return the key of the letter with a word's code; empty where none was written, or its time is over."""
    if said.until <= at:
        return ""
    sent = books.ledger.letters.to_person(LetterKind.CHALLENGE.value, said.by.key, at - _LONGEST)
    return next((letter.key for letter in sent if letter.answers_mail == said.mark), "")
