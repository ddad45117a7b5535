"""One mail, one answer: which of two letters in answer to a mail says what holds now."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from mailbot.core.model.letters import Answers, Letter, LetterKind
from mailbot.core.model.letters_in_answer import Guide
from mailbot.core.procedure.one_answer import one_answer
from tests.core.play import collecting

ANY = collecting().letters[0]


class _Kind(Guide):
    """Stands for an answer of some kind: what it says is of no matter here."""


@cache
def letter(kind: LetterKind, to: str = "kabid-capil", mail: str | None = "<a@b>") -> Letter:
    """Return a letter of a kind, in answer to a mail or (None) to none."""
    about = type(f"As{kind.name}", (_Kind,), {"letter_kind": kind})(word=None)
    answers = Answers(message_id=mail) if mail is not None else None
    return replace(ANY, key=f"{kind.value}/{to}/{mail}", about=about, to=to, answers=answers)


OF_A_FORM = [
    LetterKind.RECEIPT,
    LetterKind.RETURNED,
    LetterKind.PARTIAL,
    LetterKind.UNREADABLE,
    LetterKind.LINES_READ,
    LetterKind.FORM_WAITS,
]
OF_A_WORD = [LetterKind.REOPENED, LetterKind.OUT_OF_TURN, LetterKind.NOT_YOURS, LetterKind.CHALLENGE]


@pytest.mark.parametrize("form", OF_A_FORM)
@pytest.mark.parametrize("word", OF_A_WORD)
def test_what_became_of_the_form_says_it_all(form: LetterKind, word: LetterKind) -> None:
    """In either order; of another mail, to another person, or in answer to none, both are said."""
    said, judged = letter(word), letter(form)
    assert one_answer([said, judged]) == (judged,)
    assert one_answer([judged, said]) == (judged,)
    for other in (letter(form, mail="<c@d>"), letter(form, to="kadis"), letter(form, mail=None)):
        assert one_answer([said, other]) == (said, other)
    assert one_answer([letter(word, mail=None), letter(form, mail=None)]) == (
        letter(word, mail=None),
        letter(form, mail=None),
    )


def test_other_answers_stand_beside_that_of_a_form() -> None:
    """STATUS was asked for, and what Subbag Program hears is no answer to the sender."""
    both = (letter(LetterKind.STATUS), letter(LetterKind.RECEIPT), letter(LetterKind.HEARD, to="perencanaan"))
    assert one_answer(both) == both


def test_a_late_form_waits_for_the_code_of_its_word() -> None:
    """With it, it still counts; a late form without a question, or beside another mail's, is told."""
    late, asked = letter(LetterKind.LATE), letter(LetterKind.CHALLENGE)
    assert one_answer([asked, late]) == (asked,)
    assert one_answer([late, asked]) == (asked,)
    assert one_answer([late]) == (late,)
    other = letter(LetterKind.CHALLENGE, mail="<c@d>")
    assert one_answer([other, late]) == (other, late)
    assert one_answer([letter(LetterKind.REOPENED), late]) == (late,)
    unbound = (letter(LetterKind.CHALLENGE, mail=None), letter(LetterKind.LATE, mail=None))
    assert one_answer(unbound) == unbound


def test_who_is_asked_which_form_is_right_is_asked_that_alone() -> None:
    """Whatever mail his word came in; others keep their answers."""
    asked = letter(LetterKind.CONFLICT, mail=None)
    for word in OF_A_WORD:
        assert one_answer([asked, letter(word)]) == (asked,)
        assert one_answer([asked, letter(word, to="kadis")]) == (asked, letter(word, to="kadis"))
    assert one_answer([asked, letter(LetterKind.STATUS)]) == (asked, letter(LetterKind.STATUS))


def test_a_mail_that_two_cycles_cannot_place_is_told_so_once() -> None:
    """The first says it; other mails, and other people, each have their own."""
    first = letter(LetterKind.UNPLACED)
    second = replace(first, key="unplaced/again")
    other, his = letter(LetterKind.UNPLACED, mail="<c@d>"), letter(LetterKind.UNPLACED, to="kadis")
    assert one_answer([first, second, other, his]) == (first, other, his)
    assert one_answer([letter(LetterKind.STATUS), first]) == (letter(LetterKind.STATUS), first)
    assert one_answer([]) == ()
