"""What the answer to an order carries: the word it repeats, whose word it is, the codes, days and forms it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.letters_in_answer import FormAgain, Guide, NotYours, Status, Unclear
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from tests.core.orders.test_drafts import edits
from tests.core.play import collecting, drafting, reviewing
from tests.core.small_forms import faulty, whole
from tests.offices.small import wib


@pytest.mark.parametrize(
    ("word", "about"),
    [
        (Word.STATUS, Status(word=Word.STATUS)),
        (Word.FORM, FormAgain(word=Word.FORM)),
        (Word.DRAF, Status(word=Word.DRAF)),
        (Word.BANTUAN, Guide(word=Word.BANTUAN)),
        (Word.SETUJU, Guide(word=Word.SETUJU)),
        (None, Guide(word=None)),
    ],
)
def test_an_answer_repeats_the_word_it_answers(word: Word | None, about: object) -> None:
    """So that whoever asked twice knows which is which."""
    play = collecting()
    assert play.asks("kadis", word).letters[0].about == about


def test_the_form_of_a_unit_bears_its_own_deadline_and_the_list_of_all_the_row_s() -> None:
    """Where one unit has more time than the others."""
    play = collecting()
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19-01-2026")
    assert play.asks("kabid-capil", Word.FORM, unit="CAPIL").letters[0].due_at == wib(19, 16)
    assert play.asks("kabid-dafduk", Word.FORM, unit="DAFDUK").letters[0].due_at == wib(12, 16)
    assert play.asks("kadis", Word.FORM).letters[0].due_at == wib(19, 16)


def test_a_draft_that_is_edited_and_not_compiled_is_sent_as_it_will_be() -> None:
    """The version whose text is there; one that is only wanted is the draft of today."""
    play = drafting()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    letter = play.asks("kadis", Word.DRAF).letters[0]
    assert getattr(letter.about, "version", "") is None


def test_nil_alone_is_asked_back_with_the_codes_that_are_open() -> None:
    """Those of the unit, as long as nothing has come for them; who speaks for no unit gets none."""
    play = collecting()
    letter = play.asks("kabid-capil", Word.NIHIL, unit="CAPIL").letters[0]
    assert letter.about == Unclear(word=Word.NIHIL, reason=Reason.NIL_NEEDS_CODE)
    assert "IKK-10" in letter.open_rows
    assert "IKU-02" not in letter.open_rows
    assert play.asks("kadis", Word.NIHIL).letters[0].open_rows == ()


def test_salah_during_the_draft_is_told_to_subbag_program() -> None:
    """Their work stops: they hear who said so, for which unit, why, and until when it may take."""
    play = drafting()
    outcome = play.asks("kasi-identitas", Word.SALAH, "IKU-02 keliru", unit="DAFDUK")
    told = [letter for letter in outcome.letters if letter.to == "perencanaan"]
    assert [(letter.kind, letter.unit, letter.remarks, letter.due_at) for letter in told] == [
        (LetterKind.REOPENED, "DAFDUK", ("IKU-02 keliru",), wib(13, 16))
    ]


def test_an_order_without_a_reason_names_its_unit_and_one_without_a_unit_none() -> None:
    """The question can be answered without looking anything up."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    for word in (Word.TERIMA, Word.KEMBALIKAN):
        assert play.asks("perencanaan", word, "CAPIL").letters[0].unit == "CAPIL"
        assert play.asks("perencanaan", word, "").letters[0].unit == ""


def test_every_answer_is_written_down_at_its_moment() -> None:
    """What was refused, and what was asked back: who, when, about what."""
    play = collecting()
    play.at = wib(8, 11)
    for word, arguments in ((Word.TERIMA, ""), (Word.TERIMA, "CAPIL dicek"), (Word.SALAH, "")):
        person = "perencanaan" if word is Word.TERIMA else "kabid-capil"
        (line,) = play.asks(person, word, arguments, unit="CAPIL").journal
        assert (line.at, line.event, line.actor) == (wib(8, 11), "answered", person)
        assert dict(line.detail)["word"] == word.value
    (line,) = edits(play).journal
    assert (line.at, line.event) == (wib(8, 11), "answered")


def test_an_edited_draft_that_cannot_be_taken_is_written_down() -> None:
    """Another version's, at its moment; and another person's, who hears whose draft it is."""
    play = drafting()
    play.at = wib(12, 11)
    edits(play)
    outcome = edits(play)
    assert (outcome.journal[0].at, dict(outcome.journal[0].detail)["reason"]) == (wib(12, 11), "old_version")
    outcome = edits(play, "kabid-capil")
    assert outcome.letters[0].about == NotYours(word="DOCX", role=(Role.PLANNING,))
    assert (outcome.journal[0].at, outcome.journal[0].actor) == (wib(12, 11), "kabid-capil")


@pytest.mark.parametrize(
    ("person", "word", "roles"),
    [
        ("sekretaris", Word.DISAHKAN, (Role.AGENCY_HEAD,)),
        ("kadis", Word.TERUSKAN, (Role.PLANNING,)),
        ("kabid-capil", Word.SETUJU, (Role.SECRETARY, Role.PLANNING, Role.AGENCY_HEAD)),
        ("sekretaris", Word.DITERIMA, (Role.PLANNING_BOARD, Role.PLANNING)),
    ],
)
def test_whose_word_it_is_is_said_with_every_post_in_the_order_of_the_rows(
    person: str, word: Word, roles: tuple[Role, ...]
) -> None:
    """Whoever says another's word hears who can."""
    assert reviewing().says(person, word).letters[0].about == NotYours(word=word, role=roles)


def test_an_order_of_a_unit_from_elsewhere_is_said_to_be_a_head_s() -> None:
    """And an order about a unit to be Subbag Program's."""
    play = collecting()
    assert play.asks("kadis", Word.TUNDA, "1").letters[0].about == NotYours(word=Word.TUNDA, role=(Role.DIVISION_HEAD,))
    assert play.asks("kadis", Word.TERIMA, "CAPIL x").letters[0].about == NotYours(
        word=Word.TERIMA, role=(Role.PLANNING,)
    )


def test_the_last_moment_of_a_day_gone_by_is_no_deadline() -> None:
    """PERPANJANG to today's closing hour, come at that very hour."""
    play = collecting()
    play.at = wib(9, 16)
    assert play.asks("perencanaan", Word.PERPANJANG, "CAPIL 09-01-2026").letters[0].kind is LetterKind.UNCLEAR


def test_perpanjang_tells_a_date_and_no_remark() -> None:
    """The confirmation and the letter to the head; the journal keeps no reason either."""
    play = collecting()
    outcome = play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19-01-2026")
    assert [letter.remarks for letter in outcome.letters] == [(), ()]
    assert dict(outcome.journal[0].detail) == {"reason": "", "proof": "authenticated"}


def test_the_reason_of_a_return_stands_with_the_form_it_is_about_alone() -> None:
    """The one that counted; a former try keeps what was said of it."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.sends("CAPIL", whole("CAPIL"))
    play.asks("perencanaan", Word.KEMBALIKAN, "CAPIL angka lama")
    assert [sent.reason for sent in play.unit("CAPIL").submissions] == ["", "angka lama"]


def test_terima_takes_the_newest_form_where_none_is_proved() -> None:
    """Subbag Program's word stands for it."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    form = play.unit("CAPIL")
    (first,) = form.submissions
    unproved = tuple(replace(first, number=number, proof=Proof.NONE) for number in (1, 2))
    play.now = play.cycle.with_unit(replace(form, submissions=unproved))
    play.asks("perencanaan", Word.TERIMA, "CAPIL dicek")
    assert (play.unit("CAPIL").counted, [sent.reason for sent in play.unit("CAPIL").submissions]) == (2, ["", "dicek"])
