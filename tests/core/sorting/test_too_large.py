"""A mail of which only the head is known: whoever's word is awaited is asked for it, and no row ends by silence."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.language.reply_words import Said
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import AnswerUnclear, Fact, MailUnplaced, UnreadableArrived
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Unplaced
from mailbot.core.model.mail import Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import SentLetter, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import attachment, desk, mail_of, sent, source
from tests.core.play import Play, closed, collecting, reviewing
from tests.offices.small import QUARTER, wib

WORKED = wib(8, 11)
REVIEWING, COLLECTING = reviewing(), collecting()
QUARTERLY = Play(at=wib(1, 7.5, month=4)).opens(QUARTER).cycle
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))


def large(person: str) -> Mail:
    """Return somebody's mail that is larger than is taken."""
    return replace(mail_of(person), oversize=True)


def found(mail: Mail, *cycles: Cycle, about: tuple[SentLetter, ...] = ()) -> Sorted:
    """Sort a mail that is worked two hours after it came."""
    return sort(desk(*cycles, mail=mail, about=about, at=WORKED))


def awaited(about: Asked | None) -> Fact:
    """Return that the Sekretaris is asked for his word."""
    return AnswerUnclear(at=WORKED, source=source("sekretaris"), said=Said(), about=about, reason=Reason.TOO_LARGE)


def asked(about: Asked | None, *others: tuple[str, Fact]) -> Sorted:
    """Return that the Sekretaris is asked for his word in the annual cycle, and what is told in others."""
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=(("2025", awaited(about)), *others), detail=Reason.TOO_LARGE.value)


def unplaced(person: str, cycle: str = "2025") -> tuple[str, Fact]:
    """Return that nobody knows what somebody wrote."""
    return cycle, MailUnplaced(at=WORKED, source=source(person), reason=Reason.TOO_LARGE)


def test_whose_word_is_awaited_is_asked_for_it_in_a_mail_that_can_be_read() -> None:
    """About the word that the letter asks for, if the mail answers one; whatever its subject says."""
    mail = large("sekretaris")
    assert found(mail, REVIEWING.cycle, about=(REVIEW,)) == asked(REVIEW.asks)
    assert found(mail, REVIEWING.cycle) == asked(None)
    assert found(mail, REVIEWING.cycle, about=(REQUEST,)) == asked(None)
    named = found(replace(mail, subject="SETUJU"), REVIEWING.cycle, about=(REVIEW,))
    (_, fact), *_ = named.facts
    assert isinstance(fact, AnswerUnclear)
    assert (fact.said, fact.reason) == (Said(), Reason.TOO_LARGE)


def test_anybody_else_hears_that_it_was_too_large() -> None:
    """No greeting is seen in it, for nobody has seen it."""
    answer = Sorted(outcome=MailOutcome.UNPLACED, facts=(unplaced("kabid-capil"),))
    assert found(large("kabid-capil"), REVIEWING.cycle, about=(REVIEW,)) == answer
    assert found(large("kabid-capil"), REVIEWING.cycle, QUARTERLY) == answer
    over = Sorted(outcome=MailOutcome.UNPLACED, facts=(unplaced("bappeda"),))
    assert found(large("bappeda"), closed().cycle) == over


def test_a_file_that_stands_for_the_form_is_told_of() -> None:
    """Where the head names one; the mail is answered as what came in place of the form."""
    file = ReadForm(file_sha256="7" * 64, file_name="Isian.xlsx", unreadable=Unreadable.TOO_LARGE)
    mail = replace(mail_of("kabid-dafduk", "", file), oversize=True)
    fact = UnreadableArrived(
        at=WORKED,
        source=source("kabid-dafduk"),
        unit="DAFDUK",
        reason=Unreadable.TOO_LARGE,
        file_name="Isian.xlsx",
    )
    assert found(mail, COLLECTING.cycle) == Sorted(
        outcome=MailOutcome.UNREADABLE, facts=(("2025", fact),), detail=Unreadable.TOO_LARGE.value
    )


def test_a_mail_that_is_not_too_large_is_read() -> None:
    """And told of nowhere else."""
    read = found(mail_of("sekretaris", "Kapan rapatnya dimulai"), REVIEWING.cycle, QUARTERLY)
    assert [key for key, _ in read.facts] == ["2025"]
    ((_, fact),) = read.facts
    assert isinstance(fact, MailUnplaced)
    assert fact.reason is None


def test_what_the_sekretaris_may_have_said_of_another_cycle_is_told_there() -> None:
    """Where his silence would end a row: in every cycle that goes on, once in each; he answers no letter."""
    mail = large("sekretaris")
    others = unplaced("sekretaris", QUARTER)
    assert found(mail, REVIEWING.cycle, QUARTERLY, replace(closed().cycle, key="2024")) == asked(None, others)
    third = replace(QUARTERLY, key="2026-tw2")
    assert found(mail, REVIEWING.cycle, QUARTERLY, third) == asked(None, others, unplaced("sekretaris", "2026-tw2"))
    assert found(mail, COLLECTING.cycle, QUARTERLY).facts == (unplaced("kepala-sekretariat"), others)
    assert found(mail, REVIEWING.cycle, QUARTERLY, about=(replace(REVIEW, asks=None),)) == asked(None)
    named = replace(desk(REVIEWING.cycle, QUARTERLY, mail=mail, at=WORKED), named="2025")
    assert sort(named) == asked(None)
    other = replace(desk(REVIEWING.cycle, QUARTERLY, mail=mail, at=WORKED), named=QUARTER)
    assert [key for key, _ in sort(other).facts] == [QUARTER]


def test_only_the_sekretaris_is_told_of_elsewhere() -> None:
    """No row ends by the silence of anybody else."""
    for person in ("kadis", "perencanaan", "kabid-dafduk"):
        assert [key for key, _ in found(large(person), REVIEWING.cycle, QUARTERLY).facts] == ["2025"]


def test_before_the_first_cycle_it_is_told_to_be_too_large() -> None:
    """Not that it is too early."""
    answer = found(large("sekretaris"))
    assert (answer.outcome, answer.facts) == (MailOutcome.UNPLACED, ())
    (letter,) = answer.letters
    assert (letter.about, letter.answers) == (Unplaced(reason=Reason.TOO_LARGE), source("sekretaris").answers)


def test_a_stranger_s_large_mail_is_met_with_silence() -> None:
    """As any other mail of his."""
    mail = replace(large("sekretaris"), senders=("orang@surel.example",), attachments=(attachment("7" * 64),))
    assert found(mail, REVIEWING.cycle, QUARTERLY).outcome is MailOutcome.STRANGER
