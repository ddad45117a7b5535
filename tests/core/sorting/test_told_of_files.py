"""Files that nobody has opened are named in every answer to their mail, unless the answer names them by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    EvidenceArrived,
    Fact,
    FormArrived,
    LetterUndelivered,
    MailUnplaced,
    TimePassed,
    UnreadableArrived,
)
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Unplaced
from mailbot.core.model.mail import Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import Sorted
from mailbot.core.sorting.sorting import sort
from mailbot.core.sorting.told_of_files import told_of_unopened
from tests.core.desks import desk, mail_of, source
from tests.core.play import collecting
from tests.core.small_forms import read, whole
from tests.offices.small import OFFICE, wib

WORKED = wib(8, 11)
COLLECTING = collecting()
BIG = ReadForm(file_sha256="7" * 64, file_name="besar.xlsx", unreadable=Unreadable.TOO_LARGE)
SOURCE = source("kabid-dafduk")
ASKED = CommandGiven(at=WORKED, source=SOURCE, said=Said(word=Word.STATUS), unit="DAFDUK", number=2)
DOUBT = AnswerUnclear(at=WORKED, source=SOURCE, said=Said(remarks=("Ini",)), reason=Reason.REMARKS)
OTHER = MailUnplaced(at=WORKED, source=SOURCE, remarks=("Ini",), in_turn=True)
LOCKED = UnreadableArrived(at=WORKED, source=SOURCE, unit="DAFDUK", reason=Unreadable.PASSWORD, file_name="kunci.xlsx")
LARGE = replace(LOCKED, reason=Unreadable.TOO_LARGE, file_name="besar.xlsx")
LETTER = Letter(
    key="unplaced/aaaaaaaaaaaaaaaa",
    about=Unplaced(reason=Reason.NOT_YET),
    to="kabid-dafduk",
    address="kabid.dafduk@example.go.id",
    answers=SOURCE.answers,
)
OF_NO_MAIL = replace(LETTER, key="unplaced/bbbbbbbbbbbbbbbb", answers=None)


def mail(*, unopened: bool, large: bool) -> Mail:
    """Return a mail with a file beyond the number that is opened, one that is too large, both or neither."""
    came = mail_of("kabid-dafduk", "", *((BIG,) if large else ()))
    return replace(came, unopened=("x.zip", "y.zip") if unopened else ())


def told(fact: Fact, came: Mail) -> Fact:
    """Return what a fact becomes in that mail."""
    ((key, becomes),) = told_of_unopened(
        desk(COLLECTING.cycle, mail=came), Sorted(outcome=MailOutcome.COMMAND, facts=(("2025", fact),))
    ).facts
    assert key == "2025"
    return becomes


@pytest.mark.parametrize(("unopened", "large"), [(True, False), (False, True), (True, True), (False, False)])
@pytest.mark.parametrize("fact", [ASKED, DOUBT, OTHER, LOCKED])
def test_they_are_named_in_the_answer(fact: CommandGiven, *, unopened: bool, large: bool) -> None:
    """Each kind by its own name, whatever the answer is about."""
    answers = replace(
        SOURCE.answers,
        unopened=("x.zip", "y.zip") if unopened else (),
        too_large=("besar.xlsx",) if large else (),
    )
    named = replace(fact, source=replace(SOURCE, answers=answers))
    assert told(fact, mail(unopened=unopened, large=large)) == named


def test_an_answer_about_files_that_are_too_large_names_them_by_itself() -> None:
    """Only those that were never opened are added."""
    for unopened in (("x.zip", "y.zip"), ()):
        named = replace(LARGE, source=replace(SOURCE, answers=replace(SOURCE.answers, unopened=unopened)))
        assert told(LARGE, mail(unopened=bool(unopened), large=True)) == named


@pytest.mark.parametrize(
    "fact",
    [
        CycleOpened(at=WORKED, cycle="2025"),
        TimePassed(at=WORKED, heard_until=WORKED, unsent=()),
        DraftCompiled(at=WORKED, version=1, docx_sha256="5" * 64, pdf_sha256="6" * 64),
        LetterUndelivered(
            at=WORKED,
            letter="request/2025/dafduk",
            kind="request",
            person="kabid-dafduk",
            address="kabid.dafduk@example.go.id",
            status="5.1.1",
            permanent=True,
            received_at=WORKED,
        ),
        AbsenceNoticed(at=WORKED, person=OFFICE.roster.person("kabid-dafduk"), returns_on=None, received_at=WORKED),
    ],
)
def test_what_is_no_answer_to_a_mail_names_nothing(fact: Fact) -> None:
    """Nobody is written to for it."""
    assert told(fact, mail(unopened=True, large=True)) == fact


@pytest.mark.parametrize(
    "fact",
    [
        FormArrived(at=WORKED, source=SOURCE, unit="DAFDUK", form=read(whole("DAFDUK")), last={}),
        EvidenceArrived(at=WORKED, source=SOURCE, unit="DAFDUK", last={}, evidence=()),
    ],
)
def test_the_answer_to_a_form_or_evidence_names_all_of_them(fact: Fact) -> None:
    """What is told beside it does not name them once more."""
    laid = desk(COLLECTING.cycle, mail=mail(unopened=True, large=True))
    found = Sorted(outcome=MailOutcome.FORM, facts=(("2025", ASKED), ("2025", fact)), letters=(LETTER,))
    assert told_of_unopened(laid, found) == found


def test_letters_of_no_cycle_name_them_where_they_answer_the_mail() -> None:
    """And are the same in all else, as is what the mail is."""
    found = Sorted(
        outcome=MailOutcome.UNPLACED, facts=(("2025", OTHER),), detail="apa saja", letters=(OF_NO_MAIL, LETTER)
    )
    laid = desk(COLLECTING.cycle, mail=mail(unopened=True, large=True))
    answers = replace(SOURCE.answers, unopened=("x.zip", "y.zip"), too_large=("besar.xlsx",))
    assert told_of_unopened(laid, found) == replace(
        found,
        facts=(("2025", replace(OTHER, source=replace(SOURCE, answers=answers))),),
        letters=(OF_NO_MAIL, replace(LETTER, answers=answers)),
    )


def test_a_mail_is_sorted_with_what_nobody_has_opened() -> None:
    """Before there is a cycle, and in one."""
    early = sort(desk(mail=replace(mail_of("kabid-dafduk", "Selamat pagi"), unopened=("x.zip",))))
    answers = replace(SOURCE.answers, unopened=("x.zip",))
    assert [(letter.kind, letter.answers) for letter in early.letters] == [(LetterKind.UNPLACED, answers)]
    asked = sort(desk(COLLECTING.cycle, mail=replace(mail_of("kabid-dafduk", "STATUS"), unopened=("x.zip",))))
    ((_, fact),) = asked.facts
    assert isinstance(fact, CommandGiven)
    assert fact.source == replace(SOURCE, answers=answers)
