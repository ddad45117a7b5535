"""Row 8: what is wanting is asked for and chased, and only then does the report leave, with copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.letter_numbers import LetterNumbers
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import AlarmCode, LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.core.model.mail import Proof
from mailbot.core.model.office import Office
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of, sent
from tests.core.play import Play, ratifying, submitted, value_of
from tests.offices.small import OFFICE, wib

NUMBERS = replace(OFFICE.letter_numbers, awaited=True)
POLICY = replace(OFFICE.policy, receipt_days=3)
ASKING = replace(OFFICE, letter_numbers=NUMBERS, policy=POLICY)


def with_numbers(numbers: LetterNumbers) -> Office:
    """Return the office that waits for its number, with these."""
    return replace(ASKING, letter_numbers=numbers)


def numbered(number: str = "000.8.6.3/12/425.111/2026", office: Office = ASKING) -> Play:
    """Return row 8 with the number given, on the afternoon of the ratification (Monday 12 January)."""
    play = submitted(office)
    play.asks("perencanaan", Word.NOMOR, number)
    return play


def test_the_report_waits_for_its_number() -> None:
    """Subbag Program is asked for it, nobody else hears anything, and row 8 is theirs until it comes."""
    play = submitted(ASKING)
    assert play.all_letters(LetterKind.SUBMISSION) == []
    asked = play.letter(LetterKind.NUMBER_WANTED)
    assert (asked.to, value_of(asked, "example"), value_of(asked, "used_up")) == (
        "perencanaan",
        "000.8.6.3/…/425.111/2026",
        False,
    )
    assert play.cycle.due_at == asked.due_at == wib(13, 16)
    assert play.says("bappeda", Word.DITERIMA).letters[0].about == OutOfTurn(word=Word.DITERIMA, reason=Reason.NOT_YET)
    assert not play.cycle.closed


def test_with_its_number_the_report_leaves_at_once() -> None:
    """Cover letter, report and copies bear it; our hour runs from now, and Bappeda Litbang has three working days."""
    play = numbered()
    letter = play.letter(LetterKind.SUBMISSION)
    assert (letter.to, value_of(letter, "whole_number")) == ("bappeda", "000.8.6.3/12/425.111/2026")
    assert letter.due_at == play.cycle.due_at == wib(15, 16)
    copy = play.letter(LetterKind.COPY_SENT)
    assert (copy.to, copy.asks, copy.enclosures) == ("inspektur", None, letter.enclosures)
    assert all(one.fixed for one in letter.enclosures)
    left = next(line for line in play.journal if line.event == "report_submitted")
    assert dict(left.detail)["hour_ends"] == wib(12, 10).isoformat()
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("061/12/425.111/2026", Reason.NUMBER_PATTERN),
        ("", Reason.NUMBER_PATTERN),
        ("000.8.6.3/12/425.111/2025", Reason.NUMBER_YEAR),
        ("0121", Reason.NUMBER_USED),
        ("12 tanggal 9 Januari 2026", Reason.NUMBER_DAY),
        ("12 tanggal 14 Januari 2026", Reason.NUMBER_DAY),
        ("12, tgl. besok", Reason.NUMBER_DAY),
    ],
)
def test_a_number_that_cannot_be_is_asked_back(number: str, reason: Reason) -> None:
    """With an example; nothing leaves, and the right one is taken afterwards."""
    play = submitted(with_numbers(replace(NUMBERS, used={"2026/0121": "request/2025/CAPIL"})))
    (answer,) = play.asks("perencanaan", Word.NOMOR, number).letters
    assert isinstance(answer.about, Unclear)
    assert (answer.about.reason, answer.about.nearest) == (reason, "000.8.6.3/…/425.111/2026")
    assert play.all_letters(LetterKind.SUBMISSION) == []
    play.asks("perencanaan", Word.NOMOR, "13 tanggal 13 Januari 2026")
    assert value_of(play.letter(LetterKind.SUBMISSION), "day") == wib(13).date()


def test_a_number_of_another_month_is_asked_back() -> None:
    """Where the pattern has the month in it."""
    play = submitted(with_numbers(replace(NUMBERS, pattern="{number}/{roman}/{year}")))
    (answer,) = play.asks("perencanaan", Word.NOMOR, "12/II/2026").letters
    assert value_of(answer, "reason") is Reason.NUMBER_MONTH


def test_who_may_give_a_number() -> None:
    """Subbag Program, proved; whoever else says NOMOR hears whose word it is, and a number that is given stays."""
    play = submitted(ASKING)
    assert play.asks("kabid-capil", Word.NOMOR, "12").letters[0].kind is LetterKind.NOT_YOURS
    assert play.asks("perencanaan", Word.NOMOR, "12", proof=Proof.NONE).letters[0].kind is LetterKind.CHALLENGE
    assert play.cycle.delivery is not None
    assert play.cycle.delivery.agenda == ""
    play.asks("perencanaan", Word.NOMOR, "12")
    (answer,) = play.asks("perencanaan", Word.NOMOR, "13").letters
    assert answer.about == OutOfTurn(word=Word.NOMOR, reason=Reason.ALREADY)
    assert play.cycle.delivery.agenda == "12"


def test_a_reserved_number_is_taken_without_asking() -> None:
    """The next of the block for what goes out; when that is used up, Subbag Program is asked and the operator told."""
    play = submitted(with_numbers(replace(NUMBERS, reserved=("0121", "0122"), used={"2026/0121": "x"})))
    assert value_of(play.letter(LetterKind.SUBMISSION), "letter_number") == "0122"
    used = submitted(with_numbers(replace(NUMBERS, reserved=("0121",), used={"2026/0121": "x"})))
    assert value_of(used.letter(LetterKind.NUMBER_WANTED), "used_up")
    assert value_of(used.letter(LetterKind.ALARM), "what") is AlarmCode.NUMBERS_USED_UP


def test_an_office_that_wants_no_number_waits_for_none() -> None:
    """The place stays open, as the office has said."""
    play = submitted()
    assert value_of(play.letter(LetterKind.SUBMISSION), "letter_number") == ""


def test_who_owes_the_number_is_reminded_of_it() -> None:
    """On the day, and after it; the reminder names the number, and the superior hears of it."""
    play = submitted(ASKING)
    play.clock(wib(13, 9))
    today = play.letter(LetterKind.REMINDER_TODAY)
    assert (today.to, value_of(today, "wanting"), today.asks) == ("perencanaan", Awaited.NUMBER, None)
    play.clock(wib(19, 9))
    above = play.letter(LetterKind.ESCALATION).about
    assert isinstance(above, Escalation)
    assert [one.debt.wanting for one in above.told] == [Awaited.NUMBER]
    play.clock(wib(26, 9))
    play.asks("perencanaan", Word.NOMOR, "12")
    play.clock(wib(29, 9))
    assert play.letter(LetterKind.REMINDER_TODAY).to == "bappeda"
    assert play.step() is Step.SUBMIT


def test_a_receipt_that_nothing_proves_closes_nothing() -> None:
    """It is kept as such, Subbag Program hears once of it, and may vouch for it with what it knows."""
    play = numbered()
    thanks, told = play.says("bappeda", Word.DITERIMA, proof=Proof.NONE).letters
    assert (thanks.kind, value_of(thanks, "unproved")) == (LetterKind.VERDICT_NOTED, True)
    assert (told.kind, told.to) == (LetterKind.RECEIPT_UNPROVED, "perencanaan")
    (again,) = play.says("bappeda", Word.DITERIMA, proof=Proof.FAILED, address="palsu@surel.example").letters
    assert again.address == "bappeda@example.go.id"
    play.says("bappeda", Word.DITERIMA, proof=Proof.NONE)
    assert not play.cycle.closed
    assert play.cycle.delivery is not None
    assert [one.proof for one in play.cycle.delivery.unproved] == [Proof.NONE, Proof.FAILED]
    assert play.says("perencanaan", Word.DITERIMA).letters[0].kind is LetterKind.UNCLEAR
    play.says("perencanaan", Word.DITERIMA, "Ditelepon staf Bappeda.")
    assert play.cycle.closed


@pytest.mark.parametrize(
    ("below", "closes"),
    [
        ("melalui telepon", True),
        ("Lewat telepon dengan staf Bappeda, suratnya menyusul besok.", True),
        ("Tanda terima nomor 12, tanggal 9 Januari 2026", True),
        ("alasan: sudah kami tanyakan langsung", True),
        ("", False),
        ("Belum ada kabar dari Bappeda.", False),
        ("Bila Bappeda setuju.", False),
        ("Sudah sampaikah laporannya?", False),
    ],
)
def test_subbag_program_vouches_in_its_own_words(below: str, closes: bool) -> None:  # noqa: FBT001 - a case of a table
    """As the letter asks: the word, and below it how that is known; what denies or asks is asked for once more."""
    play = numbered()
    play.says("bappeda", Word.DITERIMA, proof=Proof.NONE)
    doubt = sent(play.letter(LetterKind.RECEIPT_UNPROVED))
    found = sort(desk(play.cycle, mail=mail_of("perencanaan", f"DITERIMA\n{below}"), about=(doubt,)))
    ((_, fact),) = found.facts
    told = play.happens(fact).letters
    assert play.cycle.closed is closes
    if not closes:
        assert [value_of(letter, "reason") for letter in told] == [Reason.NO_REASON]
    elsewhere = desk(numbered().cycle, mail=mail_of("sekretaris", f"DITERIMA\n{below}"))
    assert not below or sort(elsewhere).outcome is not MailOutcome.VERDICT


def test_an_unproved_receipt_of_a_report_that_left_before_deliveries_were_kept() -> None:
    """It is kept all the same."""
    play = submitted()
    play.now = replace(play.cycle, delivery=None)
    play.says("bappeda", Word.DITERIMA, proof=Proof.NONE)
    assert play.cycle.delivery is not None
    assert play.cycle.delivery.leaves_at is not None
    assert len(play.cycle.delivery.unproved) == 1


def test_who_gets_a_copy_ends_nothing() -> None:
    """His thanks are noted."""
    play = numbered()
    (answer,) = play.says("inspektur", Word.DITERIMA).letters
    assert answer.kind is LetterKind.VERDICT_NOTED
    assert not play.cycle.closed
    assert play.asks("inspektur", Word.DRAF).letters[0].kind is LetterKind.NOT_YOURS


@pytest.mark.parametrize("role", [Role.PLANNING, Role.OPERATOR, Role.PLANNING_BOARD])
def test_nobody_to_ask_or_to_send_to(role: Role) -> None:
    """A vacant post is told of elsewhere; no letter is made for it, and the row stands."""
    used = {"2026/0121": "x"} if role is not Role.PLANNING_BOARD else {}
    play = ratifying(with_numbers(replace(NUMBERS, reserved=("0121",), used=used)))
    people = tuple(person for person in OFFICE.roster.people if person.role is not role)
    play.office = replace(play.office, roster=replace(OFFICE.roster, people=people))
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT
    kinds = {letter.kind for letter in play.letters}
    assert (LetterKind.NUMBER_WANTED in kinds, LetterKind.SUBMISSION in kinds) == (role is Role.OPERATOR, False)


def test_numbers_set_aside_meanwhile_let_the_report_leave() -> None:
    """So does an office that wants no number any more; while nothing changes, the clock changes nothing."""
    for office in (with_numbers(replace(NUMBERS, reserved=("0121",))), with_numbers(replace(NUMBERS, awaited=False))):
        play = submitted(ASKING)
        before = play.cycle
        assert play.clock(wib(12, 15)).cycle is before
        play.office = office
        play.clock(wib(12, 15.5))
        assert play.letter(LetterKind.SUBMISSION).to == "bappeda"
        assert play.cycle.due_at == wib(15, 16)
    play = submitted(ASKING)
    play.now = replace(play.cycle, delivery=None)
    play.clock(wib(12, 15))
    assert play.all_letters(LetterKind.SUBMISSION) == []
