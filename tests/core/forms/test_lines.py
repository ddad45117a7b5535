"""Answers in lines: read back, corrected, confirmed by one word, dropped by another; then the way of every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import LinesAnswered, LinesArrived
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, Narrative, ReadLines, Severity
from mailbot.core.model.letters import Change, Enclosure, EnclosureKind, Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import LinesRead, OutOfTurn
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from tests.core.play import Play, closed, collecting, drafting, value_of
from tests.core.small_forms import evidence, faulty, number, only, placeless, row, whole, written
from tests.offices.small import YEAR

AMBIGUOUS = Fault(
    code=FaultCode.AMBIGUOUS_NUMBER, row="IKU-02", column="Realisasi", given="1.234", expected="1.234", other="1234"
)
UNREAD = FormData(indicators=(row("IKU-02", actual=Entry(text="1.234")),))


def writes(play: Play, lines: ReadLines, *, by: str = "kabid-dafduk", unit: str = "DAFDUK") -> Outcome:
    """Let somebody answer in lines."""
    return play.happens(
        LinesArrived(
            at=play.at,
            source=play.source(by),
            unit=unit,
            lines=lines,
            last={},
            evidence=evidence("bukti.pdf"),
        )
    )


def replies(
    play: Play, word: Word | None, number: int, *, by: str = "kabid-dafduk", proof: Proof = Proof.NONE
) -> Outcome:
    """Let somebody answer the reading of that number."""
    source = play.source(by, proof=proof)
    return play.happens(LinesAnswered(at=play.at, source=source, unit="DAFDUK", number=number, word=word, last={}))


def echo(play: Play) -> Letter:
    """Return the last reading."""
    return play.letter(LetterKind.LINES_READ)


def test_lines_are_read_back_and_nothing_counts_yet() -> None:
    """Every figure, the form filled with them, and one word asked for."""
    play = collecting()
    before = play.unit("DAFDUK")
    outcome = writes(play, written(whole("DAFDUK"), words="semua", ignored=("TW IV",)))
    form = play.unit("DAFDUK")
    assert replace(form, waiting=None, line_mails=0, evidence=()) == before
    assert form.waiting is not None
    assert form.waiting.read.data == placeless(whole("DAFDUK"))
    assert (form.waiting.written, form.evidence, form.line_mails) == ("semua", evidence("bukti.pdf"), 1)
    assert form.waiting.read.file_sha256 == sha256(b"semua").hexdigest()
    (letter,) = outcome.letters
    assert letter.key == f"lines_read/{YEAR}/dafduk/1/{'00000001' * 2}"
    assert (letter.submission, letter.faults, letter.open_rows, letter.changes) == (form.waiting.read, (), (), ())
    assert letter.about == LinesRead(word=Word.BENAR, unread="TW IV")
    assert letter.enclosures == (Enclosure(kind=EnclosureKind.FILLED_FORM, unit="DAFDUK"),)
    assert letter.due_at == form.due_at
    (note,) = outcome.journal
    assert (note.event, note.actor, note.unit) == ("lines_read", "kabid-dafduk", "DAFDUK")


def test_benar_makes_them_a_form_like_any_other() -> None:
    """Accepted, with the receipt; a listed address is proof enough, as for a form."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    outcome = replies(play, Word.BENAR, 1)
    form = play.unit("DAFDUK")
    assert (form.state, form.counted, form.waiting, form.line_mails) == (UnitState.ACCEPTED, 1, None, 1)
    assert form.submissions[0].file_name == "balasan.txt"
    assert form.submissions[0].received_at == play.at
    assert [letter.kind for letter in outcome.letters] == [LetterKind.RECEIPT]
    assert [note.event for note in outcome.journal] == ["lines_confirmed", "form_accepted"]


def test_a_section_head_may_confirm_and_the_head_is_told() -> None:
    """Whoever speaks for the unit may say the word."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    outcome = replies(play, Word.BENAR, 1, by="kasi-identitas")
    assert [letter.to for letter in outcome.letters if letter.kind is LetterKind.RECEIPT] == [
        "kasi-identitas",
        "kabid-dafduk",
    ]


@pytest.mark.parametrize("by", ["kabid-capil", "perencanaan", "kadis"])
def test_nobody_else_may_say_the_word(by: str) -> None:
    """Another unit's head, Subbag Program and the Kepala Dinas are told so; the lines go on waiting."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    before = play.cycle
    outcome = replies(play, Word.BENAR, 1, by=by)
    assert outcome.cycle is before
    assert [letter.kind for letter in outcome.letters] == [LetterKind.NOT_YOURS]


def test_what_could_not_be_read_is_named_and_one_line_mends_it() -> None:
    """No BENAR is asked for before; the other lines need not come again."""
    play = collecting()
    data = FormData(indicators=(UNREAD.indicators[0], *whole("DAFDUK").indicators[1:]), budget=whole("DAFDUK").budget)
    writes(play, written(data, AMBIGUOUS, words="satu"))
    assert value_of(echo(play), "word") is None
    assert echo(play).faults == (AMBIGUOUS,)
    writes(play, written(FormData(indicators=(row("IKU-02", "99.45"),)), words="dua"))
    assert (value_of(echo(play), "word"), echo(play).faults) == ("BENAR", ())
    waiting = play.unit("DAFDUK").waiting
    assert waiting is not None
    assert waiting.read.data.indicators == placeless(whole("DAFDUK")).indicators
    assert waiting.written == "satu\n\ndua"
    assert play.unit("DAFDUK").evidence == evidence("bukti.pdf")
    assert waiting.read.file_sha256 == sha256(b"satu\n\ndua").hexdigest()


def test_a_fault_goes_on_waiting_until_its_own_line_comes() -> None:
    """A line about another column mends nothing; findings about a line as such are told once."""
    play = collecting()
    stray = Fault(code=FaultCode.LINE_UNKNOWN_CODE, row="IKU-99", given="IKU-99: 5")
    writes(play, written(UNREAD, AMBIGUOUS, stray))
    assert set(echo(play).faults) >= {AMBIGUOUS, stray}
    writes(play, written(only(whole("DAFDUK"), "IKK-12")))
    told = echo(play).faults
    assert AMBIGUOUS in told
    assert stray not in told


def test_benar_to_lines_with_a_fault_returns_them_as_a_form_would_be_returned() -> None:
    """Exactly the way of a form; and the next line is laid over what was returned."""
    play = collecting()
    data = FormData(indicators=(UNREAD.indicators[0], *whole("DAFDUK").indicators[1:]), budget=whole("DAFDUK").budget)
    writes(play, written(data, AMBIGUOUS))
    outcome = replies(play, Word.BENAR, 1)
    assert (play.unit("DAFDUK").state, play.unit("DAFDUK").waiting) == (UnitState.RETURNED, None)
    assert outcome.letters[0].kind is LetterKind.RETURNED
    assert outcome.letters[0].faults == (AMBIGUOUS,)
    writes(play, written(FormData(indicators=(row("IKU-02", "99.45"),))))
    assert (value_of(echo(play), "word"), value_of(echo(play), "number")) == ("BENAR", 1)
    replies(play, Word.BENAR, 2)
    assert (play.unit("DAFDUK").state, play.unit("DAFDUK").counted) == (UnitState.ACCEPTED, 2)


def test_one_line_mends_a_workbook_that_was_returned() -> None:
    """What of the workbook could be read is taken along, without its cells; BENAR has seen it all."""
    play = collecting()
    play.sends("DAFDUK", faulty("DAFDUK"))
    assert play.unit("DAFDUK").state is UnitState.RETURNED
    writes(play, written(FormData(indicators=(row("IKU-02", "99.45"),))))
    assert value_of(echo(play), "word") == "BENAR"
    assert echo(play).changes == (Change(code="IKU-02", old="-1", new="99.45"),)
    replies(play, Word.BENAR, 1)
    form = play.unit("DAFDUK")
    assert form.state is UnitState.ACCEPTED
    assert form.counting is not None
    assert form.counting.data == placeless(whole("DAFDUK"))


def test_part_now_and_the_rest_later() -> None:
    """Half the lines are confirmed and count as a part; the others make the form whole."""
    play = collecting()
    first = only(whole("DAFDUK"), "IKU-02")
    writes(play, written(FormData(indicators=first.indicators[:1])))
    assert (value_of(echo(play), "word"), echo(play).open_rows) == ("BENAR", ("IKK-12", "2.12.02.2.01.0005"))
    outcome = replies(play, Word.BENAR, 1)
    assert outcome.letters[0].kind is LetterKind.PARTIAL
    assert play.unit("DAFDUK").state is UnitState.PARTIAL
    rest = whole("DAFDUK")
    writes(play, written(FormData(indicators=rest.indicators[1:], budget=rest.budget)))
    replies(play, Word.BENAR, 2)
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED


def test_lines_correct_a_form_that_counts() -> None:
    """The newest valid one counts: the same form with one figure changed, and no SALAH before it."""
    play = collecting()
    play.sends("DAFDUK")
    writes(play, written(FormData(indicators=(row("IKU-02", "99.50"),))))
    assert (play.unit("DAFDUK").state, play.unit("DAFDUK").counted) == (UnitState.ACCEPTED, 1)
    assert echo(play).changes == (Change(code="IKU-02", old="99.45", new="99.50"),)
    replies(play, Word.BENAR, 1, proof=Proof.AUTHENTICATED)
    assert (play.unit("DAFDUK").state, play.unit("DAFDUK").counted) == (UnitState.ACCEPTED, 2)


def test_lines_that_are_not_proved_change_nothing_that_counts() -> None:
    """As a form that is not proved: they wait for the head's word."""
    play = collecting()
    play.sends("DAFDUK")
    writes(play, written(FormData(indicators=(row("IKU-02", "99.50"),))))
    replies(play, Word.BENAR, 1)
    form = play.unit("DAFDUK")
    assert (form.counted, [kept.listed for kept in form.waiting_forms]) == (1, [True])


def test_benar_to_an_earlier_reading_confirms_nothing() -> None:
    """Whoever says it has not seen what would count; the lines are read back again."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    writes(play, written(FormData(indicators=(row("IKU-02", "99.40"),))), by="kasi-identitas")
    for stale in (1, 0, 7):
        outcome = replies(play, Word.BENAR, stale)
        assert [letter.kind for letter in outcome.letters] == [LetterKind.LINES_READ]
        waits = play.unit("DAFDUK").waiting
        assert waits is not None
        assert outcome.letters[0].submission == waits.read
        assert [note.event for note in outcome.journal] == ["lines_read_again"]
    assert play.unit("DAFDUK").attempts == 0


def test_neither_word_reads_them_back_again() -> None:
    """A kind word such as "sudah sesuai" is not plain enough to let figures count."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    assert replies(play, None, 1).letters[0].kind is LetterKind.LINES_READ


def test_benar_without_any_figure_asks_for_figures() -> None:
    """A remark alone is no form."""
    play = collecting()
    writes(play, written(FormData(indicators=(row("IKU-02"),))))
    assert value_of(echo(play), "word") is None
    assert replies(play, Word.BENAR, 1).letters[0].kind is LetterKind.LINES_READ


@pytest.mark.parametrize("number_", [0, 1])
def test_salah_drops_the_lines(number_: int) -> None:
    """In answer to them, or without any letter; the form is enclosed, and nothing of them is used."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    outcome = replies(play, Word.SALAH, number_)
    assert (play.unit("DAFDUK").waiting, play.unit("DAFDUK").line_mails) == (None, 1)
    (letter,) = outcome.letters
    assert (letter.kind, letter.enclosures) == (
        LetterKind.LINES_DROPPED,
        (Enclosure(kind=EnclosureKind.FORM, unit="DAFDUK"),),
    )
    assert [note.event for note in outcome.journal] == ["lines_dropped"]


def test_salah_to_an_earlier_reading_drops_nothing() -> None:
    """What it calls wrong has been corrected since."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    writes(play, written(FormData(indicators=(row("IKU-02", "99.40"),))))
    assert replies(play, Word.SALAH, 1).letters[0].kind is LetterKind.LINES_READ
    assert play.unit("DAFDUK").waiting is not None


def test_a_word_to_lines_that_wait_no_more_is_answered() -> None:
    """They count, were dropped, or a form took their place: the newest thing sent is what is judged."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    play.sends("DAFDUK")
    assert play.unit("DAFDUK").waiting is None
    outcome = replies(play, Word.BENAR, 1)
    (letter,) = outcome.letters
    assert letter.about == OutOfTurn(word=Word.BENAR, reason=Reason.NO_LINES)
    outcome = replies(play, None, 1)
    assert value_of(outcome.letters[0], "word") == "BENAR"


def test_the_same_mail_worked_twice_is_one_mail() -> None:
    """A crash between the commit and the tick cannot happen; a copy in another folder can."""
    play = collecting()
    source = play.source("kabid-dafduk")
    fact = LinesArrived(at=play.at, source=source, unit="DAFDUK", lines=written(whole("DAFDUK")), last={})
    play.happens(fact)
    before = play.cycle
    assert play.happens(fact) == Outcome(cycle=before)


def test_codes_that_are_not_the_units_are_named_and_kept_out() -> None:
    """Another unit's code once, however many of its lines came; a pembilang only where there is one."""
    play = collecting()
    foreign = whole("CAPIL").indicators[0]
    mine = row("IKK-12", "52", numerator=number("5"))
    other = replace(AMBIGUOUS, row="IKU-01")
    writes(play, written(FormData(indicators=(foreign, mine)), other))
    waiting = play.unit("DAFDUK").waiting
    assert waiting is not None
    assert set(waiting.read.faults) == {
        Fault(code=FaultCode.LINE_OTHER_UNIT, row="IKK-10"),
        Fault(code=FaultCode.LINE_OTHER_UNIT, row="IKU-01"),
        Fault(code=FaultCode.LINE_NOT_FILLED_IN, row="IKK-12", column="Pembilang", given="5"),
    }
    assert waiting.read.data.codes == frozenset({"IKK-12"})
    assert waiting.read.data.indicators[0].numerator == Entry()
    assert set(echo(play).faults) >= set(waiting.read.faults)


def test_lines_that_are_not_used_do_not_hold_up_the_others() -> None:
    """Of an unknown code nothing better may exist to be sent; BENAR counts for what was read."""
    play = collecting()
    stray = Fault(code=FaultCode.LINE_UNKNOWN_CODE, row="IKU-99", given="IKU-99: 5")
    writes(play, written(whole("DAFDUK"), stray))
    assert (value_of(echo(play), "word"), echo(play).faults) == ("BENAR", (stray,))
    replies(play, Word.BENAR, 1)
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED
    assert play.unit("DAFDUK").submissions[0].faults == ()


def test_two_lines_that_contradict_each_other_leave_the_place_open() -> None:
    """The earlier figure is not quietly kept: the sender has just said otherwise, twice."""
    play = collecting()
    writes(play, written(whole("DAFDUK")))
    twice = Fault(code=FaultCode.LINE_TWICE, row="IKU-02", column="Realisasi", given="98", other="99")
    writes(play, written(FormData(), twice))
    waiting = play.unit("DAFDUK").waiting
    assert waiting is not None
    assert waiting.read.data.indicators[0].actual == Entry()
    assert echo(play).faults == (twice,)
    assert value_of(echo(play), "word") is None


def test_the_data_source_is_the_forms_own_unless_a_line_names_another() -> None:
    """Nobody writes it on a phone; on the form it is filled in already."""
    play = collecting()
    bare = FormData(indicators=(replace(row("IKU-02", "99.45"), data_source=Entry()),))
    writes(play, written(bare))
    waiting = play.unit("DAFDUK").waiting
    assert waiting is not None
    assert waiting.read.data.indicators[0].data_source == Entry(text="SIAK")


def test_every_column_that_is_missing_is_named_at_once() -> None:
    """Two blanks of one row are two findings, although neither has a cell."""
    play = collecting()
    writes(play, written(FormData(indicators=(replace(row("IKU-02", "90"), enabling_factors=Entry()),))))
    told = {(fault.code, fault.column) for fault in echo(play).faults if fault.severity is Severity.FAULT}
    assert told >= {
        (FaultCode.REQUIRED_EMPTY, "Faktor Pendukung"),
        (FaultCode.OBSTACLES_REQUIRED, "Faktor Penghambat"),
        (FaultCode.FOLLOW_UP_REQUIRED, "Tindak Lanjut"),
    }


def test_lines_after_the_lock_are_confirmed_and_answered_as_late() -> None:
    """They are read back like any; the figures stay, and Subbag Program is told."""
    play = drafting()
    writes(play, written(FormData(indicators=(row("IKU-02", "99.50"),))))
    outcome = replies(play, Word.BENAR, 1)
    assert {letter.kind for letter in outcome.letters} == {LetterKind.LATE}
    assert play.unit("DAFDUK").counted == 1


def test_lines_for_a_closed_cycle_are_answered_as_late_at_once() -> None:
    """Nothing of it moves any more, so nothing can wait."""
    play = closed()
    before = play.cycle
    outcome = writes(play, written(whole("DAFDUK")))
    assert outcome.cycle is before
    assert outcome.letters[0].kind is LetterKind.LATE
    assert replies(play, Word.BENAR, 1).letters[0].kind is LetterKind.OUT_OF_TURN
    assert writes(play, written(whole("DAFDUK")), unit="PIAK").letters[0].kind is LetterKind.UNREADABLE


def test_lines_for_a_unit_that_is_not_asked_are_answered() -> None:
    """And a word about them is not theirs."""
    play = collecting()
    outcome = writes(play, written(whole("DAFDUK")), unit="PIAK")
    assert outcome.letters[0].kind is LetterKind.UNREADABLE


def test_a_number_like_a_nik_is_named_masked_in_what_is_kept_and_never_repeated() -> None:
    """The line is asked for again; until it comes nothing is confirmed, and the number stands nowhere."""
    play = collecting()
    nik = "3574010101900001"
    data = whole("DAFDUK")
    said = replace(data.indicators[0], evidence=Entry(text=f"Pemohon {nik}"))
    told = Narrative(analysis=Entry(text=f"Termasuk {nik}"))
    unread = Fault(code=FaultCode.LINE_UNREAD, row="IKK-12", given=f"IKK-12 kendla: {nik}")
    lines = written(replace(data, indicators=(said, *data.indicators[1:])), unread, words=nik, ignored=(nik,))
    lines = replace(lines, form=replace(lines.form, data=replace(lines.form.data, narrative=told)))
    outcome = writes(play, lines)
    assert nik not in repr(outcome)
    assert value_of(echo(play), "word") is None
    named = [(fault.row, fault.column) for fault in echo(play).faults if fault.code is FaultCode.PERSONAL_DATA]
    assert named == [("IKU-02", "Data Dukung"), ("NAR-01", "Isian")]
    replies(play, Word.BENAR, 1)
    assert play.unit("DAFDUK").state is UnitState.RETURNED
    writes(play, written(FormData(indicators=(replace(row("IKU-02"), evidence=Entry(text="Rekap")),))))
    waits = play.unit("DAFDUK").waiting
    assert waits is not None
    assert waits.read.data.indicators[0].evidence == Entry(text="Rekap")
    assert waits.read.data.narrative.analysis == Entry()


def test_a_passed_deadline_is_not_named() -> None:
    """A letter that asks for a word by yesterday helps nobody."""
    play = collecting()
    due = play.unit("DAFDUK").due_at
    assert isinstance(due, datetime)
    play.at = due
    writes(play, written(whole("DAFDUK")))
    assert echo(play).due_at is None
