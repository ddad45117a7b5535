"""A thumb, or an answer to an invitation: never a decision, and whoever's word is awaited is asked for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import AnswerUnclear, LinesAnswered, LinesArrived
from mailbot.core.model.form import FormData
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.mail import Gesture, Mail, OwnText
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import SentLetter, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import PDF, attachment, desk, mail_of, sent, source
from tests.core.play import Play, closed, collecting, reviewing
from tests.core.small_forms import row, whole, written
from tests.offices.small import wib

THUMB, THUMB_DOWN, BROWN_THUMB = "\U0001f44d", "\U0001f44e", "\U0001f44d\U0001f3fd"
WORKED = wib(12, 11)
REVIEWING, COLLECTING = reviewing(), collecting()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))
CAUGHT = {kind: Sorted(outcome=MailOutcome.ROBOT, detail=kind.value) for kind in Gesture}
"""A click that asks for no answer."""


def found(cycle: Cycle, mail: Mail, *about: SentLetter) -> Sorted:
    """Sort a mail that is worked two hours after it came."""
    return sort(desk(cycle, mail=mail, about=about, at=WORKED))


def clicked(person: str = "sekretaris", words: str = "", gesture: Gesture | None = Gesture.REACTION) -> Mail:
    """Return a mail that a click has made."""
    return replace(mail_of(person, words), gesture=gesture)


def asked(person: str, about: Asked | None, *, kind: Gesture = Gesture.REACTION, courtesy: bool = True) -> Sorted:
    """Return that a person is asked for his word."""
    fact = AnswerUnclear(
        at=WORKED, source=source(person), said=Said(), about=about, reason=Reason.GESTURE, courtesy=courtesy
    )
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=(("2025", fact),), detail=kind.value)


@pytest.mark.parametrize(
    ("words", "courtesy"), [("", True), (THUMB, True), (BROWN_THUMB, True), (THUMB_DOWN, False), ("Baik.", True)]
)
def test_a_reaction_to_the_letter_that_asks_is_asked_about(words: str, *, courtesy: bool) -> None:
    """A thumb up is a courtesy; a thumb down may be an objection."""
    assert found(REVIEWING.cycle, clicked(words=words), REVIEW) == asked("sekretaris", REVIEW.asks, courtesy=courtesy)


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        (OwnText(own=THUMB, doubtful=THUMB), True),
        (OwnText(own=f"{THUMB} {THUMB_DOWN}"), False),
        (OwnText(own=THUMB, doubtful=THUMB_DOWN), False),
    ],
)
def test_a_sign_in_any_rendering_may_be_the_objection(text: OwnText, *, courtesy: bool) -> None:
    """Also in what may be quoted."""
    answer = asked("sekretaris", REVIEW.asks, courtesy=courtesy)
    for texts in ((text,), (OwnText(own=THUMB), text)):
        assert found(REVIEWING.cycle, replace(clicked(words=THUMB), own_texts=texts), REVIEW) == answer


@pytest.mark.parametrize(
    "text", [OwnText(own=THUMB), OwnText(own="", doubtful=THUMB), OwnText(own=f"\n{THUMB} {BROWN_THUMB}\n")]
)
def test_signs_that_somebody_typed_are_a_reaction(text: OwnText) -> None:
    """Where they agree and are all that he wrote, in any rendering."""
    typed = clicked(gesture=None)
    answer = asked("sekretaris", REVIEW.asks)
    for texts in ((text,), (OwnText(own=THUMB), text)):
        assert found(REVIEWING.cycle, replace(typed, own_texts=texts), REVIEW) == answer
    alone = replace(typed, own_words=f"{text.own}{text.doubtful}")
    assert found(REVIEWING.cycle, alone, REVIEW) == answer


@pytest.mark.parametrize(
    "texts",
    [
        (OwnText(own=f"{THUMB}\nMasih saya baca."),),
        (OwnText(own=THUMB, doubtful="Masih saya baca."),),
        (OwnText(own=THUMB), OwnText(own="Masih saya baca.")),
        (OwnText(own=f"{THUMB} {THUMB_DOWN}"),),
        (OwnText(own=THUMB, doubtful=THUMB_DOWN),),
        (OwnText(own="..."),),
        (),
    ],
)
def test_signs_beside_a_letter_or_no_sign_at_all_are_no_reaction(texts: tuple[OwnText, ...]) -> None:
    """What was written is read as any other mail."""
    mail = replace(clicked(gesture=None), own_texts=texts)
    sorted_as = found(REVIEWING.cycle, mail, REVIEW)
    assert sorted_as.detail != Gesture.REACTION.value
    assert sorted_as.outcome is not MailOutcome.ROBOT


def test_a_reaction_into_the_blue_is_asked_about_where_a_word_of_his_is_awaited() -> None:
    """He answers no letter, and has nobody else's word; in answer to another letter it says nothing."""
    assert found(REVIEWING.cycle, clicked()) == asked("sekretaris", None)
    for other in (REQUEST, replace(REVIEW, asks=None)):
        assert found(REVIEWING.cycle, clicked(), other) == CAUGHT[Gesture.REACTION]
    assert found(REVIEWING.cycle, clicked(), REQUEST, REVIEW) == asked("sekretaris", REVIEW.asks)


def test_a_reaction_of_anybody_else_says_nothing() -> None:
    """Whose word is not awaited, in a cycle that is over, to a version that is, or before there was a cycle."""
    silent = CAUGHT[Gesture.REACTION]
    older = replace(REVIEW, asks=Asked(step=REVIEWING.step(), version=7))
    assert found(REVIEWING.cycle, clicked("perencanaan"), REVIEW) == silent
    assert found(REVIEWING.cycle, clicked("kabid-dafduk")) == silent
    assert found(closed().cycle, clicked(), REVIEW) == silent
    assert found(REVIEWING.cycle, clicked(), older) == silent
    assert sort(desk(mail=clicked(), about=(REVIEW,), at=WORKED)) == silent


def test_what_mail_programs_add_beside_a_click_is_no_file() -> None:
    """A calendar and a calling card; any other file is, and then it is no click that came."""
    added = (attachment("7" * 64, "text/calendar", "undangan.ics"), attachment("8" * 64, "text/vcard", "kartu.vcf"))
    mail = replace(clicked(), attachments=added)
    assert found(REVIEWING.cycle, mail, REVIEW) == asked("sekretaris", REVIEW.asks)
    mail = replace(mail, attachments=(*added, attachment("6" * 64, PDF, "ttd.pdf")))
    assert found(REVIEWING.cycle, mail, REVIEW).detail != Gesture.REACTION.value


@pytest.mark.parametrize("words", ["", "Hadir: rapat", "Terima kasih"])
def test_an_answer_to_an_invitation_asks_for_nothing(words: str) -> None:
    """Whoever gives it, under whatever letter."""
    mail = clicked(words=words, gesture=Gesture.INVITATION)
    assert found(REVIEWING.cycle, mail, REVIEW) == CAUGHT[Gesture.INVITATION]
    assert found(REVIEWING.cycle, mail) == CAUGHT[Gesture.INVITATION]


@pytest.mark.parametrize("words", ["SETUJU", "Setuju, lihat komentar"])
def test_an_answer_to_an_invitation_that_holds_something_like_the_word_is_asked_about(words: str) -> None:
    """Under the letter that asks for it, of whom it asks; nowhere else."""
    mail, kind = clicked(words=words, gesture=Gesture.INVITATION), Gesture.INVITATION
    assert found(REVIEWING.cycle, mail, REVIEW) == asked("sekretaris", REVIEW.asks, kind=kind, courtesy=False)
    assert found(REVIEWING.cycle, mail) == CAUGHT[kind]
    assert found(REVIEWING.cycle, mail, REQUEST) == CAUGHT[kind]
    assert found(REVIEWING.cycle, replace(mail, senders=("kadis@example.go.id",)), REVIEW) == CAUGHT[kind]


def two_forms(sent_from: str) -> Play:
    """Return the collecting cycle in which a second form of DAFDUK came, or one from an address on nobody's list."""
    play = collecting()
    if not sent_from:
        play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah", sent_from=sent_from)
    return play


@pytest.mark.parametrize("sent_from", ["", "kasi@surel.example"])
def test_a_reaction_to_the_question_which_form_counts_is_asked_about(sent_from: str) -> None:
    """While two forms differ, or one waits; of anybody of the unit that clicked, and only until the cycle is over."""
    play = two_forms(sent_from)
    conflict = sent(play.letter(LetterKind.CONFLICT, "kabid-dafduk"))
    mail = clicked("kabid-dafduk")
    assert found(play.cycle, mail, conflict, REQUEST) == asked("kabid-dafduk", None)
    word = clicked("kabid-dafduk", "BENAR", Gesture.INVITATION)
    assert found(play.cycle, word, conflict) == asked("kabid-dafduk", None, kind=Gesture.INVITATION, courtesy=False)
    silent = CAUGHT[Gesture.REACTION]
    assert found(play.cycle, mail, REQUEST, conflict) == silent
    assert found(replace(play.cycle, closed_at=WORKED), mail, conflict) == silent
    assert found(COLLECTING.cycle, mail, conflict) == silent
    assert found(play.cycle, mail, replace(conflict, unit="TIDAK-ADA")) == silent


def test_who_holds_two_posts_clicked_for_the_unit_that_was_asked_about() -> None:
    """The Sekretaris heads a unit, too, and its forms differ while the row waits for him as Sekretaris."""
    conflict = replace(REQUEST, kind=LetterKind.CONFLICT.value, unit="SEKRETARIAT", person="sekretaris")
    form = REVIEWING.unit("SEKRETARIAT")
    rival = replace(form.submissions[-1], number=form.submissions[-1].number + 1)
    cycle = REVIEWING.cycle.with_unit(replace(form, submissions=(*form.submissions, rival)))
    assert found(cycle, clicked(), conflict) == asked("kepala-sekretariat", None)
    assert found(REVIEWING.cycle, clicked(), conflict) == CAUGHT[Gesture.REACTION]


def test_a_reaction_to_lines_that_wait_has_them_read_back_once_more() -> None:
    """It is an answer to them, and no word."""
    play = collecting()
    lines = written(FormData(indicators=(row("IKU-02", "99.45"),)))
    came = play.source("kabid-dafduk")
    play.happens(LinesArrived(at=play.at, source=came, unit="DAFDUK", lines=lines, last={}))
    echo = sent(play.letter(LetterKind.LINES_READ))
    laid = desk(play.cycle, mail=clicked("kabid-dafduk"), about=(echo,), at=WORKED)
    fact = LinesAnswered(
        at=WORKED, source=source("kabid-dafduk"), unit="DAFDUK", number=1, word=None, last=laid.last["2025"]
    )
    assert sort(laid) == Sorted(outcome=MailOutcome.UNCLEAR, facts=(("2025", fact),))
