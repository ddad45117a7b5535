"""Who wrote it: a signature vouches for what it covers, and posts are those of the day the mail came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.core.model.facts import CommandGiven, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_in_answer import NoLonger
from mailbot.core.model.mail import Automatic, Mail, OwnText, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.sorting import sort
from tests.core.desks import MAIL, desk, mail_of, sent
from tests.core.play import collecting, reviewing
from tests.offices.small import OFFICE, wib

REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))


def _proof(mail: Mail) -> Proof:
    """Give the proof of the word in a mail of the Sekretaris that answers the letter of his review."""
    found = sort(desk(REVIEWING.cycle, mail=mail, about=(REVIEW,)))
    ((_, fact),) = found.facts
    assert isinstance(fact, VerdictGiven)
    return fact.source.proof


def test_a_word_counts_by_a_signature_where_the_body_says_the_same() -> None:
    """What piece of the body is the text may be anybody's word."""
    mail = mail_of("sekretaris", "SETUJU")
    assert _proof(mail) is Proof.AUTHENTICATED
    assert _proof(replace(mail, words_of_body="Setuju\n")) is Proof.AUTHENTICATED
    assert _proof(replace(mail, words_of_body="Masih saya pelajari.")) is Proof.NONE
    assert _proof(replace(mail, words_of_body="Masih saya pelajari.", proof=Proof.CODE)) is Proof.CODE


def test_what_somebody_else_has_sent_in_his_name_proves_nothing() -> None:
    """An aide may open his mailbox; from a second address of his own it is his, and a code that came back is his."""
    mail = mail_of("sekretaris", "SETUJU")
    assert _proof(replace(mail, sent_by="ajudan@example.go.id")) is Proof.NONE
    assert _proof(replace(mail, sent_by=mail.sender)) is Proof.AUTHENTICATED
    assert _proof(replace(mail, sent_by="ajudan@example.go.id", proof=Proof.CODE)) is Proof.CODE


def test_who_held_a_post_when_the_mail_came_wrote_it() -> None:
    """The last evening of a Plt., worked the next morning."""
    mail = replace(MAIL, senders=("plt.capil@example.go.id",), received_at=wib(20, 23), own_words="STATUS")
    late = desk(collecting().cycle, mail=mail, at=wib(21, 7.5))
    assert [person.key for person in late.people] == ["plt-capil"]
    assert sort(late).outcome is MailOutcome.COMMAND


def test_a_former_holder_hears_whose_word_it_is_now() -> None:
    """After his last day, and before his first; nothing of his mail counts. A robot of his hears nothing."""
    for day, over in ((21, True), (13, False)):
        mail = replace(MAIL, senders=("plt.capil@example.go.id",), received_at=wib(day, 9), own_words="STATUS")
        found = sort(desk(collecting().cycle, mail=mail, at=wib(day, 9)))
        (letter,) = found.letters
        assert (found.outcome, found.facts) == (MailOutcome.STRANGER, ())
        assert (letter.kind, letter.to, letter.address) == (
            LetterKind.NO_LONGER,
            "plt-capil",
            "plt.capil@example.go.id",
        )
        assert isinstance(letter.about, NoLonger)
        assert (letter.about.person, letter.about.until is not None) == ("kabid-capil", over)
        assert sort(desk(mail=replace(mail, automatic=Automatic.ROBOT), at=wib(day, 9))).letters == ()
        assert sort(desk(mail=replace(mail, proof=Proof.FAILED), at=wib(day, 9))).letters == ()


def test_a_post_that_nobody_holds_is_said_without_a_name() -> None:
    """He is told that his word does not count, and whom to call."""
    people = tuple(
        replace(person, until=date(2026, 1, 6)) if person.unit == "DAFDUK" else person
        for person in OFFICE.roster.people
    )
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    (letter,) = sort(desk(mail=replace(MAIL, own_words="STATUS"), office=office)).letters
    assert isinstance(letter.about, NoLonger)
    assert letter.about.person == ""


def test_an_admitted_address_is_its_unit_s_where_its_mail_is_proved() -> None:
    """In the cycle whose head has admitted it; unproved, it is a stranger's."""
    play = collecting()
    form = replace(play.unit("DAFDUK"), admitted=("kasi@surel.example",))
    mail = replace(MAIL, senders=("Kasi@surel.example",), own_words="STATUS")
    ((_, fact),) = sort(desk(play.cycle.with_unit(form), mail=mail)).facts
    assert isinstance(fact, CommandGiven)
    assert (fact.unit, fact.source.person.key, fact.source.address) == (
        "DAFDUK",
        "kasi@surel.example",
        "Kasi@surel.example",
    )
    for other in (replace(mail, proof=Proof.NONE), replace(mail, senders=("lain@surel.example",))):
        assert sort(desk(play.cycle.with_unit(form), mail=other)).outcome is MailOutcome.STRANGER


def test_an_absence_that_is_not_proved_is_nobody_s() -> None:
    """Else anybody could stop a head's reminders; an office that asks for no proof takes its list's word."""
    play = collecting()
    mail = replace(MAIL, automatic=Automatic.VACATION, returns_on="2026-01-13")
    assert len(sort(desk(play.cycle, mail=mail)).facts) == 1
    for proof in (Proof.NONE, Proof.FAILED):
        found = sort(desk(play.cycle, mail=replace(mail, proof=proof)))
        assert (found.outcome, found.facts) == (MailOutcome.ROBOT, ())
    trusting = replace(OFFICE, policy=replace(OFFICE.policy, proof_required=False))
    assert len(sort(desk(play.cycle, mail=replace(mail, proof=Proof.NONE), office=trusting)).facts) == 1
    assert sort(desk(play.cycle, mail=replace(mail, proof=Proof.FAILED), office=trusting)).facts == ()


def test_of_several_former_posts_the_last_one_is_told_of() -> None:
    """Who held two hears whose word the latter is now; of one still to come he hears where it is alone."""
    plt = OFFICE.roster.person("plt-capil")
    former = replace(plt, key="dulu-dafduk", unit="DAFDUK", since=None, until=date(2026, 1, 2))
    coming = replace(plt, key="kelak", unit="SEKRETARIAT", since=date(2026, 2, 2), until=None)
    roster = replace(OFFICE.roster, people=(former, coming, *OFFICE.roster.people))
    office = replace(OFFICE, roster=roster)
    mail = replace(MAIL, senders=("plt.capil@example.go.id",), received_at=wib(21, 9), own_words="STATUS")
    found = sort(desk(collecting().cycle, mail=mail, at=wib(21, 11), office=office))
    (letter,) = found.letters
    assert (letter.to, found.detail) == ("plt-capil", "plt.capil@example.go.id")
    assert letter.about == NoLonger(person="kabid-capil", until=wib(20, 16))
    assert letter.key == f"no_longer/{'a' * 16}"
    assert letter.answers is not None
    assert letter.answers.message_id == MAIL.message_id
    alone = replace(
        OFFICE,
        roster=replace(
            roster, people=(coming, *[p for p in roster.people if p.key not in {"plt-capil", "dulu-dafduk", "kelak"}])
        ),
    )
    (letter,) = sort(desk(mail=mail, office=alone)).letters
    assert letter.to == "kelak"
    assert letter.about == NoLonger(person="kepala-sekretariat", until=None)


def test_a_signed_body_is_read_by_itself() -> None:
    """Neither the renderings nor their disagreement belong to it."""
    mail = replace(mail_of("sekretaris", "SETUJU"), own_texts=(OwnText(own="SETUJU"),), words_of_body="SETUJU")
    assert _proof(mail) is Proof.AUTHENTICATED
    other = replace(mail, words_of_body="Masih saya pelajari.")
    assert _proof(other) is Proof.NONE
    refused = replace(mail_of("sekretaris", "PERBAIKI: tabel 2"), words_of_body="PERBAIKI: tabel 3")
    assert _proof(refused) is Proof.NONE
