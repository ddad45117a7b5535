"""Whoever's move it is answers with others' word, or with none: he is asked for the word of his row, nobody else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AnswerUnclear, CommandGiven, MailUnplaced, VerdictGiven
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.sorting.sorting import sort
from tests.core.desks import attachment, desk, mail_of, sent
from tests.core.play import ratifying, reviewing
from tests.offices.small import OFFICE

REVIEWING, RATIFYING = reviewing(), ratifying()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
RATIFY = sent(RATIFYING.letter(LetterKind.RATIFY))


def unclear(words: str, by: str = "kadis") -> AnswerUnclear:
    """Return the question that comes of an answer to the letter that asks for the word of row 7, or of row 6b."""
    play, about = (RATIFYING, RATIFY) if by == "kadis" else (REVIEWING, REVIEW)
    ((_, fact),) = sort(desk(play.cycle, mail=mail_of(by, words), about=(about,))).facts
    assert isinstance(fact, AnswerUnclear)
    return fact


@pytest.mark.parametrize(
    ("by", "words", "remarks", "reason"),
    [
        ("kadis", "KEMBALIKAN\nTabel 3 keliru", ("KEMBALIKAN", "Tabel 3 keliru"), Reason.REMARKS),
        ("kadis", "SALAH", ("SALAH",), None),
        ("kadis", "BENAR", ("BENAR",), None),
        ("kadis", "TUNDA 2 hari", ("TUNDA 2 hari",), None),
        ("kadis", "TUNDA 2 hari\nSedang di luar kota", ("TUNDA 2 hari", "Sedang di luar kota"), Reason.REMARKS),
        ("kadis", "TERUSKAN", ("TERUSKAN",), None),
        ("sekretaris", "DISAHKAN", ("DISAHKAN",), None),
    ],
)
def test_a_word_of_others_is_asked_about(by: str, words: str, remarks: tuple[str, ...], reason: Reason | None) -> None:
    """What he said is repeated; a reason that he gives is shown to Subbag Program at once."""
    fact = unclear(words, by)
    assert (fact.said.remarks, fact.reason, fact.source.person.key) == (remarks, reason, by)
    assert fact.about == (RATIFY if by == "kadis" else REVIEW).asks


@pytest.mark.parametrize("words", ["STATUS", "DRAF", "BANTUAN"])
def test_a_command_that_is_everybody_s_stays_one(words: str) -> None:
    """In answer to the letter that asks, too."""
    ((_, fact),) = sort(desk(RATIFYING.cycle, mail=mail_of("kadis", words), about=(RATIFY,))).facts
    assert isinstance(fact, CommandGiven)


def test_who_has_the_word_in_another_post_is_not_asked() -> None:
    """The Kepala Dinas also heads a unit: SALAH is his."""
    people = [
        replace(one, addresses=("kadis@example.go.id",)) for one in OFFICE.roster.people if one.key == "kabid-dafduk"
    ]
    others = tuple(one for one in OFFICE.roster.people if one.key != "kabid-dafduk")
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*others, *people)))
    ((_, fact),) = sort(desk(RATIFYING.cycle, mail=mail_of("kadis", "SALAH"), about=(RATIFY,), office=office)).facts
    assert isinstance(fact, CommandGiven)


def test_outside_of_his_row_or_thread_the_word_is_answered_as_ever() -> None:
    """Of somebody who is not asked, or in answer to no letter, or to one of a former row."""
    for by, about in (("sekretaris", (RATIFY,)), ("kadis", ()), ("kadis", (REVIEW,))):
        ((_, fact),) = sort(desk(RATIFYING.cycle, mail=mail_of(by, "KEMBALIKAN"), about=about)).facts
        assert isinstance(fact, CommandGiven)
    ((_, verdict),) = sort(desk(RATIFYING.cycle, mail=mail_of("sekretaris", "DISAHKAN"), about=(RATIFY,))).facts
    assert isinstance(verdict, VerdictGiven)
    assert verdict.said.word is Word.DISAHKAN


def test_an_answer_without_a_word_of_his_own_is_asked_for_one() -> None:
    """All of it is quoted, or it is empty; what hangs on it is looked at by a person."""
    assert unclear("").reason is None
    mail = mail_of("kadis", files=(attachment("e" * 64, "image/jpeg", name="coretan.jpg"),))
    ((_, fact),) = sort(desk(RATIFYING.cycle, mail=mail, about=(RATIFY,))).facts
    assert isinstance(fact, MailUnplaced)
