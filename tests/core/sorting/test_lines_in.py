"""Whose the lines of a mail are, what counts beside them, and which mails answer lines that were read back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import CommandGiven, FormArrived, LinesAnswered, LinesArrived, UnreadableArrived
from mailbot.core.model.form import Fault, FaultCode, FormData, ReadForm, Severity
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role, Roster
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import SentLetter, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import PDF, attachment, desk, mail_of, sent
from tests.core.play import Play, closed, collecting, reviewing
from tests.core.small_forms import read, row, whole, written
from tests.offices.small import OFFICE, person, wib

COLLECTING = collecting()
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))
LINES = written(FormData(indicators=(row("IKU-02", "99.45"),)))


def lined(words: str = "IKU-02: 99,45", *forms: ReadForm, by: str = "kabid-dafduk") -> Mail:
    """Return a mail of somebody that holds an answer in lines."""
    return replace(mail_of(by, words, *forms), lines=LINES)


def waiting() -> tuple[Play, SentLetter]:
    """Return a play in which lines of DAFDUK wait, and the letter that read them back."""
    play = collecting()
    fact = LinesArrived(at=play.at, source=play.source("kabid-dafduk"), unit="DAFDUK", lines=LINES, last={})
    play.happens(fact)
    return play, sent(play.letter(LetterKind.LINES_READ))


def only_fact(found: Sorted) -> object:
    """Return the one fact."""
    ((_, fact),) = found.facts
    return fact


def test_lines_of_a_units_own_people_are_an_answer() -> None:
    """With the last period's values, and the names of the files beside them as evidence."""
    mail = lined()
    found = sort(desk(COLLECTING.cycle, mail=mail, about=(REQUEST,)))
    fact = only_fact(found)
    assert found.outcome is MailOutcome.LINES
    assert isinstance(fact, LinesArrived)
    assert (fact.unit, fact.lines, fact.source.person.key, set(fact.last)) == (
        "DAFDUK",
        LINES,
        "kabid-dafduk",
        {"IKU-02"},
    )


@pytest.mark.parametrize("by", ["perencanaan", "kadis", "bappeda"])
def test_nobody_else_writes_lines_for_a_unit(by: str) -> None:
    """What they write is answered as any other mail."""
    found = sort(desk(COLLECTING.cycle, mail=lined(by=by), about=(REQUEST,)))
    assert found.outcome is MailOutcome.UNPLACED


def test_lines_before_any_cycle_was_opened_are_nobodys() -> None:
    """There is nothing they could answer."""
    assert sort(desk(mail=lined())).outcome is MailOutcome.UNPLACED


def test_lines_of_somebody_with_two_units_go_where_the_codes_are_asked() -> None:
    """One address may hold two posts; the letter answered decides only between equals."""
    head = OFFICE.roster.person("kabid-dafduk").addresses[0]
    both = person("plh-capil", Role.DIVISION_HEAD, "CAPIL", head)
    roster = Roster(units=OFFICE.roster.units, people=(both, *OFFICE.roster.people))
    office = replace(OFFICE, roster=roster)
    capil = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-capil"))
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=lined(), about=(capil,), office=office)))
    assert isinstance(fact, LinesArrived)
    assert (fact.unit, fact.source.person.key) == ("DAFDUK", "kabid-dafduk")


@pytest.mark.parametrize(
    ("code", "answered", "unit"),
    [("IKK-10", "kabid-dafduk", "CAPIL"), ("IKU-99", "kabid-capil", "CAPIL"), ("IKU-99", "kabid-dafduk", "DAFDUK")],
)
def test_of_two_units_the_one_that_is_asked_is_meant_else_the_one_that_was_written_to(
    code: str, answered: str, unit: str
) -> None:
    """A code nobody is asked for says nothing; then the letter answered decides."""
    head = OFFICE.roster.person("kabid-dafduk").addresses[0]
    both = person("plh-capil", Role.DIVISION_HEAD, "CAPIL", head)
    office = replace(OFFICE, roster=Roster(units=OFFICE.roster.units, people=(both, *OFFICE.roster.people)))
    letter = sent(COLLECTING.letter(LetterKind.REQUEST, answered))
    mail = replace(lined(), lines=written(FormData(indicators=(row(code, "5"),))))
    fact = only_fact(sort(desk(COLLECTING.cycle, mail=mail, about=(letter,), office=office)))
    assert isinstance(fact, LinesArrived)
    assert fact.unit == unit


def test_lines_under_a_deciding_word_are_its_remarks() -> None:
    """A reviewer writes `IKU-02: 98,1` under PERBAIKI."""
    play = reviewing()
    review = sent(play.letter(LetterKind.REVIEW))
    mail = replace(lined("PERBAIKI\nIKU-02: 98,1", by="sekretaris"))
    assert sort(desk(play.cycle, mail=mail, about=(review,))).outcome is MailOutcome.VERDICT


def test_lines_in_answer_to_a_letter_that_asks_for_a_decision_are_no_form() -> None:
    """The Sekretaris heads a unit too; what he writes about the draft he is asked for is about the draft."""
    play = reviewing()
    review = sent(play.letter(LetterKind.REVIEW))
    found = sort(desk(play.cycle, mail=lined("IKU-02: 98,1", by="sekretaris"), about=(review,)))
    assert not any(isinstance(fact, LinesArrived) for _, fact in found.facts)


def test_lines_whose_renderings_differ_are_asked_for_again() -> None:
    """Text and HTML say different things, or a letter of ours stands among the own words."""
    mail = replace(lined(), renderings_agree=False)
    found = sort(desk(COLLECTING.cycle, mail=mail, about=(REQUEST,)))
    fact = only_fact(found)
    assert found.outcome is MailOutcome.UNREADABLE
    assert isinstance(fact, UnreadableArrived)
    assert (fact.reason, fact.unit) == (Unreadable.MIXED_LINES, "DAFDUK")


def test_a_form_beside_lines_counts_alone_and_is_told_what_was_not_used() -> None:
    """A line that says what the form says is no news; one that says otherwise is named."""
    lines = FormData(indicators=(row("IKU-02", "99.45"), row("IKK-12", "60")))
    form = read(whole("DAFDUK"))
    mail = replace(lined("baris", form), lines=written(lines))
    found = sort(desk(COLLECTING.cycle, mail=mail, about=(REQUEST,)))
    fact = only_fact(found)
    assert found.outcome is MailOutcome.FORM
    assert isinstance(fact, FormArrived)
    unused = Fault(code=FaultCode.LINE_UNUSED, severity=Severity.NOTE, row="IKK-12", column="Realisasi", given="60")
    assert fact.form == replace(form, faults=(unused,))


def test_lines_beside_the_form_as_it_was_sent_out_count() -> None:
    """A phone encloses the original by itself; nothing was filled in there."""
    form = replace(read(FormData()), untouched=True)
    found = sort(desk(COLLECTING.cycle, mail=lined("baris", form), about=(REQUEST,)))
    assert isinstance(only_fact(found), LinesArrived)


def test_a_file_that_was_meant_as_a_form_is_told_beside_the_lines() -> None:
    """The lines count; that the workbook has a password is said as well."""
    locked = ReadForm(file_sha256="b" * 64, file_name="form.xlsx", unreadable=Unreadable.PASSWORD)
    found = sort(desk(COLLECTING.cycle, mail=lined("baris", locked), about=(REQUEST,)))
    assert [type(fact) for _, fact in found.facts] == [UnreadableArrived, LinesArrived]
    assert found.outcome is MailOutcome.LINES


@pytest.mark.parametrize("word", ["STATUS", "FORM", "BANTUAN", "TUNDA 2 HARI", "SALAH"])
def test_a_word_beside_lines_is_done_first(word: str) -> None:
    """Nothing of a mail is passed over."""
    found = sort(desk(COLLECTING.cycle, mail=lined(f"{word}\nIKU-02: 99,45"), about=(REQUEST,)))
    assert [type(fact) for _, fact in found.facts] == [CommandGiven, LinesArrived]


@pytest.mark.parametrize("word", ["BENAR", "NIHIL"])
def test_benar_and_nihil_beside_lines_say_nothing_of_their_own(word: str) -> None:
    """New lines are read back before anything counts; NIHIL needs its code."""
    found = sort(desk(COLLECTING.cycle, mail=lined(f"{word}\nIKU-02: 99,45"), about=(REQUEST,)))
    assert isinstance(only_fact(found), LinesArrived)


def test_salah_beside_lines_corrects_those_that_wait() -> None:
    """They are not dropped: the new line is laid over them."""
    play, echo = waiting()
    found = sort(desk(play.cycle, mail=lined("SALAH\nIKU-02: 99,45"), about=(echo,)))
    assert isinstance(only_fact(found), LinesArrived)


@pytest.mark.parametrize("word", [Word.BENAR, Word.SALAH])
def test_a_word_in_answer_to_the_reading_is_about_the_lines(word: Word) -> None:
    """With the number of the reading, from its key."""
    play, echo = waiting()
    found = sort(desk(play.cycle, mail=mail_of("kasi-identitas", word.value), about=(echo, REQUEST)))
    fact = only_fact(found)
    assert (found.outcome, found.detail) == (MailOutcome.COMMAND, word.value)
    assert isinstance(fact, LinesAnswered)
    assert (fact.word, fact.number, fact.unit, fact.source.person.key) == (word, 1, "DAFDUK", "kasi-identitas")


def test_a_word_in_answer_to_a_newer_letter_is_about_that_letter() -> None:
    """SALAH to a receipt opens the form again, though the reading stands further down in the thread."""
    play, echo = waiting()
    play.sends("DAFDUK")
    receipt = sent(play.letter(LetterKind.RECEIPT))
    found = sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "SALAH"), about=(receipt, echo)))
    assert isinstance(only_fact(found), CommandGiven)


def test_a_word_without_a_letter_means_the_lines_that_wait() -> None:
    """BENAR has them read back; SALAH drops them."""
    play, _ = waiting()
    for word in (Word.BENAR, Word.SALAH):
        fact = only_fact(sort(desk(play.cycle, mail=mail_of("kabid-dafduk", word.value))))
        assert isinstance(fact, LinesAnswered)
        assert (fact.word, fact.number, fact.unit) == (word, 0, "DAFDUK")


def test_benar_in_answer_to_a_reminder_means_the_lines() -> None:
    """The reminder mentions them."""
    play, _ = waiting()
    reminder = replace(REQUEST, kind=LetterKind.REMINDER.value, key="reminder/2025/dafduk/2026-w02")
    fact = only_fact(sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "BENAR"), about=(reminder,))))
    assert isinstance(fact, LinesAnswered)


def test_a_word_without_a_letter_means_something_else_where_no_lines_wait() -> None:
    """BENAR to two differing forms, SALAH to a receipt."""
    for word in ("BENAR", "SALAH"):
        assert isinstance(only_fact(sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", word)))), CommandGiven)
    answer = sort(desk(waiting()[0].cycle, mail=mail_of("kabid-dafduk", "BENAR"), about=(REQUEST,)))
    assert isinstance(only_fact(answer), CommandGiven)


def test_salah_without_a_letter_opens_the_form_that_counts_first() -> None:
    """Lines that wait beside it do no harm; what counts may be wrong."""
    play = collecting()
    play.sends("DAFDUK")
    fact = LinesArrived(at=play.at, source=play.source("kabid-dafduk"), unit="DAFDUK", lines=LINES, last={})
    play.happens(fact)
    assert isinstance(only_fact(sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "SALAH")))), CommandGiven)
    assert isinstance(only_fact(sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "BENAR")))), LinesAnswered)


def test_an_answer_to_the_reading_without_either_word_has_it_read_back_again() -> None:
    """A kind "sudah sesuai" is no BENAR."""
    play, echo = waiting()
    found = sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "Sudah sesuai, terima kasih"), about=(echo,)))
    fact = only_fact(found)
    assert found.outcome is MailOutcome.UNCLEAR
    assert isinstance(fact, LinesAnswered)
    assert (fact.word, fact.number, fact.unit) == (None, 1, "DAFDUK")


def test_thanks_for_a_reading_that_waits_no_more_are_any_other_mail() -> None:
    """So are they from somebody else, and in answer to an earlier reading."""
    play, echo = waiting()
    other = sort(desk(play.cycle, mail=mail_of("kabid-capil", "Baik"), about=(echo,)))
    assert other.outcome is MailOutcome.UNPLACED
    earlier = replace(echo, number=7)
    assert (
        sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "Baik"), about=(earlier,))).outcome is MailOutcome.UNPLACED
    )
    play.sends("DAFDUK")
    assert sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "Baik"), about=(echo,))).outcome is MailOutcome.UNPLACED


def test_lines_for_a_cycle_that_is_closed_still_find_it() -> None:
    """They are told that they came too late."""
    cycle: Cycle = closed().cycle
    fact = only_fact(sort(desk(cycle, mail=lined(), about=(REQUEST,))))
    assert isinstance(fact, LinesArrived)


@pytest.mark.parametrize("word", ["BENAR", "SALAH"])
def test_a_word_to_lines_before_the_first_cycle_is_none(word: str) -> None:
    """There is nothing that it could be about."""
    found = sort(desk(mail=mail_of("kabid-dafduk", word)))
    assert (found.outcome, found.facts) == (MailOutcome.UNPLACED, ())


def test_an_answer_to_lines_brings_what_judging_them_needs() -> None:
    """The last period's figures, the files beside it, and the post that speaks for the unit they are of."""
    play, echo = waiting()
    head = OFFICE.roster.person("kabid-dafduk")
    both = person("a-plh-capil", Role.DIVISION_HEAD, "CAPIL", head.addresses[0])
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(both, *OFFICE.roster.people)))
    pdf = ReadForm(file_sha256="7" * 64, file_name="Rekap.pdf", unreadable=Unreadable.PDF)
    mail = mail_of("kabid-dafduk", "BENAR", pdf)
    mail = replace(mail, attachments=(attachment(pdf.file_sha256, PDF, pdf.file_name),))
    told = replace(echo, person="a-plh-capil")
    found = sort(desk(play.cycle, mail=mail, about=(told,), office=office))
    fact = only_fact(found)
    assert isinstance(fact, LinesAnswered)
    assert (fact.source.person.key, fact.last, fact.at) == ("kabid-dafduk", {"IKU-02": Decimal("99.12")}, wib(8, 9))
    assert [file.file_name for file in fact.evidence] == ["Rekap.pdf"]
    bare = replace(desk(play.cycle, mail=mail, about=(told,), office=office), last={})
    fact = only_fact(sort(bare))
    assert isinstance(fact, LinesAnswered)
    assert fact.last == {}
    neither = sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "Baik"), about=(echo,)))
    assert neither.detail == ""
