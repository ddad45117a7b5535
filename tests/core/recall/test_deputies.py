"""A principal names who stands in for him, by one proved mail: read, asked about, in force, ended; never by a robot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import CommandGiven
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Automatic, Proof
from mailbot.core.model.people import Acting, Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.recall.deputies import named_person, read_span, with_deputies
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of, sent
from tests.core.play import Play, ratifying, reviewing, value_of
from tests.offices.small import OFFICE, person, wib

TODAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("kasi pindah 14-18 Januari 2026", (date(2026, 1, 14), date(2026, 1, 18))),
        ("kasi pindah 14 s.d. 18 Januari 2026", (date(2026, 1, 14), date(2026, 1, 18))),
        ("kasi pindah 14 Januari 2026 sampai dengan 3 Februari 2026", (date(2026, 1, 14), date(2026, 2, 3))),
        ("kasi pindah 2026-01-14 s/d 2026-01-18", (date(2026, 1, 14), date(2026, 1, 18))),
        ("kasi pindah sampai 20 Januari 2026", (TODAY, date(2026, 1, 20))),
        ("kasi pindah 20/1/2026", (TODAY, date(2026, 1, 20))),
        ("kasi pindah 5-20 Januari 2026", (TODAY, date(2026, 1, 20))),
        ("kasi pindah 12 Januari 2026 s.d. 10 Februari 2026", (TODAY, date(2026, 2, 10))),
        ("kasi pindah 12 Januari 2026 s.d. 11 Februari 2026", None),
        ("kasi pindah sampai 10 Januari 2026", None),
        ("kasi pindah minggu depan", None),
        ("kasi pindah 31 Februari 2026", None),
        ("kasi pindah 20-14 Januari 2026", None),
    ],
)
def test_days_as_people_write_them(text: str, span: tuple[date, date] | None) -> None:
    """From when to when, at most thirty days, and never what is over."""
    assert read_span(text, TODAY) == span


def test_only_one_person_of_the_list_can_be_meant() -> None:
    """By address, title, name or key; not the principal himself, nobody who is not there, no two at once."""
    kadis = OFFICE.roster.person("kadis")

    def found(text: str) -> str:
        one = named_person(text, OFFICE, TODAY, (kadis,))
        return one.key if one is not None else ""

    assert found("kasi-pindah 14 Januari 2026") == "kasi-pindah"
    assert found("kabid.dafduk@surel.example, 14 Januari 2026") == "kabid-dafduk"
    assert found("Kepala Bidang Pelayanan Pendaftaran Penduduk 14 Januari 2026") == "kabid-dafduk"
    assert found("sekretaris@example.go.id, 14 Januari 2026") == "sekretaris"
    assert found("kadis 14 Januari 2026") == ""
    assert found("plt-capil 14 Januari 2026") == ""
    assert found("kasi-pindah dan kasi-identitas 14 Januari 2026") in {"", "kasi-identitas"}
    assert found("seseorang 14 Januari 2026") == ""


def deputised(play: Play, who: str = "kadis", words: str = "kabid-dafduk 13-16 Januari 2026") -> Play:
    """Let somebody name a deputy and say BENAR to the echo."""
    play.asks(who, Word.PLH, words)
    echo = play.letter(LetterKind.DEPUTY_ECHO, who)
    play.happens(DeputyConfirmed(at=play.at, source=play.source(who), asked_about=echo.answers_mail))
    return play


def test_a_deputy_is_in_force_after_benar_and_in_his_dates_alone() -> None:
    """Both and the operator are told; before BENAR nothing changes, and outside of the dates the post is its own."""
    play = ratifying()
    play.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    assert with_deputies(OFFICE, (play.cycle,)) is OFFICE
    echo = play.letter(LetterKind.DEPUTY_ECHO)
    play.happens(DeputyConfirmed(at=play.at, source=play.source("kadis"), asked_about=echo.answers_mail))
    assert {letter.to for letter in play.all_letters(LetterKind.DEPUTY_TOLD)} == {"kadis", "kabid-dafduk", "operator"}
    office = with_deputies(OFFICE, (play.cycle,))
    for day, key in ((12, "kadis"), (13, "plh-kadis-kabid-dafduk-20260113"), (16, "plh-kadis-kabid-dafduk-20260113")):
        head = holder(Role.AGENCY_HEAD, office, wib(day, 9))
        assert head is not None
        assert head.key == key
    assert head is not None
    assert (head.acting, head.title, head.addresses) == (
        Acting.DAILY_ACTING,
        "kadis",
        OFFICE.roster.person("kabid-dafduk").addresses,
    )
    play.happens(DeputyConfirmed(at=play.at, source=play.source("kadis"), asked_about=echo.answers_mail))
    assert value_of(play.letters[-1], "reason") is Reason.ALREADY


def test_batal_ends_what_he_has_named() -> None:
    """From that day on; who stood in is told, and what he said in his time stands."""
    play = deputised(ratifying())
    play.at = wib(14, 9)
    play.asks("kadis", Word.BATAL)
    told = [letter for letter in play.all_letters(LetterKind.DEPUTY_TOLD) if value_of(letter, "ended")]
    assert {letter.to for letter in told} == {"kadis", "kabid-dafduk", "operator"}
    office = with_deputies(OFFICE, (play.cycle,))
    heads = [holder(Role.AGENCY_HEAD, office, wib(day, 9)) for day in (13, 14)]
    assert [head.acting for head in heads if head] == [Acting.DAILY_ACTING, Acting.FULL]
    play.asks("kadis", Word.BATAL)
    assert value_of(play.letters[-1], "reason") is Reason.NOTHING_TO_RECALL


def test_nobody_names_for_somebody_else_and_nothing_counts_unproved() -> None:
    """A Plt. may not pass a post on, a Kasi has none, an unproved mail is asked for a code, and so is its BENAR."""
    play = ratifying()
    play.at = wib(14, 9)
    for who in ("plt-capil", "kasi-pindah", "bappeda"):
        play.asks(who, Word.PLH, "kabid-dafduk 15-16 Januari 2026")
        assert play.letters[-1].kind is LetterKind.NOT_YOURS
    play.asks("kadis", Word.PLH, "kabid-dafduk 15-16 Januari 2026", proof=Proof.NONE)
    assert play.letters[-1].kind is LetterKind.CHALLENGE
    play.asks("kadis", Word.PLH, "kabid-dafduk besok")
    assert value_of(play.letters[-1], "reason") is Reason.BAD_DEPUTY
    play.asks("kadis", Word.PLH, "kabid-dafduk 15-16 Januari 2026")
    mail = play.letters[-1].answers_mail
    tried = []
    for who, proof, at in (
        ("sekretaris", Proof.AUTHENTICATED, play.at),
        ("kadis", Proof.NONE, play.at),
        ("kadis", Proof.AUTHENTICATED, wib(19, 9)),
    ):
        play.happens(DeputyConfirmed(at=at, source=play.source(who, proof=proof), asked_about=mail))
        tried.append(play.letters[-1].kind)
    assert tried == [LetterKind.OUT_OF_TURN, LetterKind.CHALLENGE, LetterKind.OUT_OF_TURN]
    assert with_deputies(OFFICE, (play.cycle,)) is OFFICE


def test_who_stands_in_from_today_gets_what_the_row_asks() -> None:
    """The draft goes to the Plh. of the Sekretaris at once, and his word counts; every post of the principal moves."""
    play = deputised(reviewing(), "sekretaris", "kabid-capil 12-14 Januari 2026")
    laid = play.letter(LetterKind.REVIEW)
    assert laid.to == "plh-sekretaris-kabid-capil-20260112"
    play.office = with_deputies(OFFICE, (play.cycle,))
    play.says(laid.to, Word.SETUJU, about=laid.asks)
    assert play.step() is Step.RATIFY
    head = holder(Role.DIVISION_HEAD, play.office, wib(12, 9), "SEKRETARIAT")
    assert head is not None
    assert head.key == "plh-kepala-sekretariat-kabid-capil-20260112"


def test_who_reviews_does_not_ratify_as_deputy_while_there_is_another() -> None:
    """The echo says so; of two deputies the other one signs, of one alone row 7 waits, unless the office allows it.

    Who was named last for the same days stands in; who was named first hears so.
    """
    play = deputised(ratifying(), words="sekretaris 13-16 Januari 2026")
    assert value_of(play.letter(LetterKind.DEPUTY_ECHO), "reviews")
    alone = with_deputies(OFFICE, (play.cycle,))
    deputised(play, words="kabid-capil 13-16 Januari 2026")
    both = with_deputies(OFFICE, (play.cycle,))
    allowed = replace(both, policy=replace(both.policy, acting_head_may_ratify_own_review=True))
    assert value_of(play.letters[-1], "ended")
    assert play.letters[-1].to == "sekretaris"
    keys = []
    for office in (alone, both, allowed):
        head = holder(Role.AGENCY_HEAD, office, wib(13, 9))
        keys.append(head.key if head is not None else "")
    own, other = "plh-kadis-sekretaris-20260113", "plh-kadis-kabid-capil-20260113"
    assert keys == [own, other, other]


def test_somebody_gone_from_the_list_stands_in_for_nobody() -> None:
    """The configuration was edited meanwhile: the post is its own again."""
    play = deputised(ratifying())
    people = tuple(one for one in OFFICE.roster.people if one.key != "kabid-dafduk")
    office = with_deputies(replace(OFFICE, roster=replace(OFFICE.roster, people=people)), (play.cycle,))
    head = holder(Role.AGENCY_HEAD, office, wib(13, 9))
    assert head is not None
    assert head.key == "kadis"
    nobody = replace(OFFICE, roster=replace(OFFICE.roster, people=(person("operator", Role.OPERATOR),)))
    assert holder(Role.AGENCY_HEAD, nobody, wib(13, 9)) is None


def test_the_word_as_it_comes_by_mail() -> None:
    """Whole, with a date; the signature of a Plh. is none, a robot names nobody, BENAR goes to the echo."""
    play = ratifying()
    words = "PLH kabid-dafduk 13-16 Januari 2026\n\nTerima kasih."
    ((_, fact),) = sort(desk(play.cycle, mail=mail_of("kadis", words))).facts
    assert isinstance(fact, CommandGiven)
    assert fact.said.word is Word.PLH
    robot = replace(mail_of("kadis", words), automatic=Automatic.VACATION)
    assert not any(isinstance(one, CommandGiven) for _, one in sort(desk(play.cycle, mail=robot)).facts)
    signed = mail_of("kadis", "Mohon dicek lagi.\n\nPLH. KEPALA DINAS")
    assert not any(isinstance(one, CommandGiven) for _, one in sort(desk(play.cycle, mail=signed)).facts)
    play.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    echo = replace(sent(play.letters[-1]), answers_mail=play.letters[-1].answers_mail)
    ((_, fact),) = sort(desk(play.cycle, mail=mail_of("kadis", "BENAR"), about=(echo,))).facts
    assert isinstance(fact, DeputyConfirmed)
    assert fact.asked_about == play.letters[-1].answers_mail
