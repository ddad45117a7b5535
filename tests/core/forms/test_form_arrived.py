"""Forms that come back: accepted, taken in part, returned; and what never harms what counts already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import FormArrived, UnreadableArrived
from mailbot.core.model.form import BudgetAnswer, FaultCode, FormData, IndicatorAnswer, Narrative, Severity
from mailbot.core.model.letters import Change, EnclosureKind, LetterKind
from mailbot.core.model.letters_of_rows import Conflict, HelpWanted, Partial, UnreadableFile
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from tests.core.play import Play, closed, collecting, drafting, reviewing, value_of
from tests.core.procedure.test_rows import vacant
from tests.core.small_forms import faulty, number, only, read, row, whole, words
from tests.offices.small import wib


def test_a_form_in_order_is_accepted_and_every_figure_repeated() -> None:
    """Receipt to the sender with the correction window, figures to Subbag Program, one line in the journal."""
    play = collecting()
    play.sends("DAFDUK")
    form = play.unit("DAFDUK")
    assert (form.state, form.counted, form.accepted_at) == (UnitState.ACCEPTED, 1, wib(7, 8))
    assert form.counting == form.submissions[0]
    assert form.submissions[0].accepted
    receipt = play.letter(LetterKind.RECEIPT)
    assert (receipt.key, receipt.address, receipt.due_at) == (
        "receipt/2025/dafduk/1",
        "kabid.dafduk@example.go.id",
        wib(9, 16),
    )
    assert (receipt.submission, receipt.changes, receipt.send_after) == (form.counting, (), None)
    assert play.letters[-1] is receipt  # Subbag Program reads of it in the day's letter
    assert play.journal[-1].event == "form_accepted"
    assert dict(play.journal[-1].detail)["sender"] == "kabid.dafduk@example.go.id"


def test_a_form_comes_back_twice_and_is_then_accepted() -> None:
    """Each return names every fault, encloses the sender's own file, and has a key of its own."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    first = play.letter(LetterKind.RETURNED)
    assert (first.key, first.due_at) == ("returned/2025/capil/1", wib(12, 16))
    assert [fault.code for fault in first.faults] == [FaultCode.NEGATIVE]
    assert [(enclosure.kind, enclosure.unit, enclosure.sha256) for enclosure in first.enclosures] == [
        (EnclosureKind.RETURNED_FORM, "CAPIL", play.unit("CAPIL").submissions[0].file_sha256)
    ]
    assert play.unit("CAPIL").state is UnitState.RETURNED
    play.sends("CAPIL", replace(faulty("CAPIL"), filled_by="Lain"))
    assert play.letter(LetterKind.RETURNED).key == "returned/2025/capil/2"
    play.sends("CAPIL")
    form = play.unit("CAPIL")
    assert (form.state, form.counted, form.attempts, form.returned) == (UnitState.ACCEPTED, 3, 3, 2)


def test_what_goes_back_on_the_last_afternoon_has_until_the_next_working_day() -> None:
    """The unit's own deadline moves with it, so that a reminder names the same day."""
    play = collecting()
    play.at = wib(12, 15.5)
    play.sends("CAPIL", faulty("CAPIL"))
    assert play.letter(LetterKind.RETURNED).due_at == wib(13, 16)
    assert play.unit("CAPIL").due_at == wib(13, 16)


def test_the_third_return_asks_a_person_of_subbag_program_to_help_once() -> None:
    """With the form as it came and its findings."""
    play = collecting()
    for attempt in range(4):
        play.sends("CAPIL", replace(faulty("CAPIL"), filled_by=str(attempt)))
    asked = play.all_letters(LetterKind.HELP_WANTED)
    assert {letter.key for letter in asked} == {"help_wanted/2025/capil/returns"}
    assert (asked[0].to, asked[0].unit, asked[0].about) == ("perencanaan", "CAPIL", HelpWanted())
    assert asked[0].submission is not None
    assert asked[0].submission.number == 3
    assert asked[0].faults == asked[0].submission.faults


def test_nobody_can_be_asked_to_help_where_subbag_program_is_vacant() -> None:
    """The form goes back all the same."""
    play = collecting()
    play.office = vacant(Role.PLANNING)
    for attempt in range(3):
        play.sends("CAPIL", replace(faulty("CAPIL"), filled_by=str(attempt)))
    assert play.all_letters(LetterKind.HELP_WANTED) == []
    assert len(play.all_letters(LetterKind.RETURNED)) == 3


def test_part_now_and_the_rest_later_make_one_form() -> None:
    """What was taken need not be sent again; the receipt holds all of it."""
    play = collecting()
    filled = whole("DAFDUK")
    play.sends("DAFDUK", only(filled, "IKU-02"))
    form = play.unit("DAFDUK")
    assert (form.state, form.counted) == (UnitState.PARTIAL, 1)
    partial = play.letter(LetterKind.PARTIAL)
    assert partial.open_rows == ("IKK-12", "2.12.02.2.01.0005")
    assert partial.about == Partial(count=1, total=3)
    assert (partial.due_at, partial.faults) == (wib(12, 16), ())
    assert [enclosure.kind for enclosure in partial.enclosures] == [EnclosureKind.FORM]
    play.sends("DAFDUK", only(filled, "IKK-12", "2.12.02.2.01.0005"))
    form = play.unit("DAFDUK")
    assert (form.state, form.counted) == (UnitState.ACCEPTED, 2)
    assert form.counting is not None
    assert {indicator.code: indicator.actual.value for indicator in form.counting.data.indicators} == {
        indicator.code: indicator.actual.value for indicator in filled.indicators
    }
    assert form.counting.data.budget == filled.budget
    assert play.letter(LetterKind.RECEIPT).changes == ()


def test_a_later_part_wins_where_it_says_something_and_keeps_the_narrative() -> None:
    """A figure written again replaces the first one; what is blank in the second stays from the first."""
    play = collecting()
    first = replace(only(whole("DAFDUK"), "IKU-02"), narrative=Narrative(awards=words("Juara I")), filled_by="Kasi")
    play.sends("DAFDUK", first)
    second = replace(whole("DAFDUK", IKU_02="99.50"), narrative=Narrative(innovation=words("IKD")), filled_by="")
    play.sends("DAFDUK", second)
    data = play.unit("DAFDUK").submissions[-1].data
    assert data.figure("iku 2") == number("99.50")
    assert (data.narrative.awards.text, data.narrative.innovation.text) == ("Juara I", "IKD")
    assert data.filled_by == "Kasi"
    assert play.letter(LetterKind.RECEIPT).changes == (Change(code="IKU-02", old="99.45", new="99.50"),)


def test_a_part_in_which_something_is_wrong_goes_back_and_the_former_part_stays() -> None:
    """Row 1 taken, row 2 below zero: the unit stays partial with its first part."""
    play = collecting()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    play.sends("DAFDUK", only(whole("DAFDUK", IKK_12="-5"), "IKK-12"))
    form = play.unit("DAFDUK")
    assert (form.state, form.counted, form.attempts) == (UnitState.PARTIAL, 1, 2)
    assert play.letter(LetterKind.RETURNED).submission == form.submissions[1]


def test_the_newest_valid_form_counts_and_what_changed_is_told() -> None:
    """Version 2 of the same sender replaces version 1; both are kept."""
    play = collecting()
    play.sends("DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.60"))
    form = play.unit("DAFDUK")
    assert (form.counted, form.attempts) == (2, 2)
    assert play.letter(LetterKind.RECEIPT).changes == (Change(code="IKU-02", old="99.45", new="99.60"),)


@pytest.mark.parametrize("data", [faulty("DAFDUK"), only(whole("DAFDUK"), "IKU-02")])
def test_a_later_bad_or_partial_form_never_harms_an_accepted_one(data: FormData) -> None:
    """It is answered and kept; the accepted one counts on, and its deadline stays."""
    play = collecting()
    play.sends("DAFDUK")
    before = play.unit("DAFDUK")
    play.sends("DAFDUK", data)
    form = play.unit("DAFDUK")
    assert replace(form, submissions=before.submissions) == before
    assert not form.submissions[1].accepted
    assert play.letters[-1].kind in {LetterKind.RETURNED, LetterKind.PARTIAL}


def test_the_same_file_attached_twice_to_one_mail_is_judged_once() -> None:
    """No second answer."""
    play = collecting()
    form, source = read(whole("DAFDUK")), play.source("kabid-dafduk")
    fact = FormArrived(at=play.at, source=source, unit="DAFDUK", form=form, last={})
    play.happens(fact)
    before = play.cycle
    assert play.happens(fact) == Outcome(cycle=before)


def test_mails_without_a_message_id_are_never_taken_for_one() -> None:
    """The same file sent again in such a mail is answered again."""
    play = collecting()
    for _ in range(2):
        source = play.source("kabid-dafduk")
        source = replace(source, answers=replace(source.answers, message_id=""))
        form = read(whole("DAFDUK"))
        play.happens(FormArrived(at=play.at, source=source, unit="DAFDUK", form=form, last={}))
    assert len(play.all_letters(LetterKind.RECEIPT)) == 2


def test_a_form_before_it_was_asked_for_is_taken() -> None:
    """In row 1 a unit may already answer; row 3 is then over for it."""
    play = Play(at=wib(5, 10)).opens()
    play.sends("CAPIL")
    assert play.unit("CAPIL").state is UnitState.ACCEPTED
    play.sends("DAFDUK", faulty("DAFDUK"))
    assert play.letter(LetterKind.RETURNED).due_at == wib(6, 16)


WRONG = {
    "another cycle's form": (read(whole("DAFDUK"), cycle="2024"), Unreadable.WRONG_CYCLE),
    "a form of the same period, cancelled since": (
        read(whole("DAFDUK"), cycle="2025-ulang-1"),
        Unreadable.FORMER_CYCLE,
    ),
    "last year's form without our stamp": (
        replace(read(whole("DAFDUK"), stamped=False), years=(2024,)),
        Unreadable.WRONG_CYCLE,
    ),
    "another unit's form": (read(whole("CAPIL"), "CAPIL"), Unreadable.WRONG_UNIT),
    "another unit's rows without a stamp": (read(whole("CAPIL"), stamped=False), Unreadable.WRONG_UNIT),
    "the form as it was sent out": (replace(read(whole("DAFDUK")), untouched=True), Unreadable.UNFILLED),
    "a form in which nothing was filled in": (
        read(FormData(indicators=(IndicatorAnswer(code="IKU-02"),), budget=(BudgetAnswer(code="2.12.02.2.01.0005"),))),
        Unreadable.UNFILLED,
    ),
}


def test_before_anything_was_asked_no_form_goes_out_for_one_of_another_cycle() -> None:
    """The Sekretaris has not agreed yet; the form comes with the request."""
    play = Play(at=wib(5, 10)).opens()
    play.sends("DAFDUK", form=read(whole("DAFDUK"), cycle="2025-ulang-1"))
    assert play.letter(LetterKind.UNREADABLE).enclosures == ()


@pytest.mark.parametrize("case", WRONG)
def test_a_form_that_was_not_asked_is_answered_and_moves_nothing(case: str) -> None:
    """Each for its own reason, with the unit's form enclosed again."""
    form, why = WRONG[case]
    play = collecting()
    before = play.cycle
    outcome = play.sends("DAFDUK", form=form)
    assert outcome.cycle is before
    (letter,) = outcome.letters
    assert (letter.about,) == (UnreadableFile(reason=why, file_name="form.xlsx"),)
    assert (letter.unit, letter.due_at) == ("DAFDUK", wib(12, 16))
    assert [(enclosure.kind, enclosure.unit) for enclosure in letter.enclosures] == [(EnclosureKind.FORM, "DAFDUK")]


def test_a_narrative_alone_is_a_beginning() -> None:
    """Nothing is in the rows, but something was said."""
    play = collecting()
    play.sends("CAPIL", replace(only(whole("CAPIL")), narrative=Narrative(analysis=words("Baik"))))
    assert play.unit("CAPIL").state is UnitState.PARTIAL
    assert value_of(play.letter(LetterKind.PARTIAL), "count") == 0


def test_a_deadline_that_is_over_is_not_named_beside_a_file_that_cannot_be_read() -> None:
    """The unit is late already; the answer asks for the form without a day that has passed."""
    play = collecting()
    play.at = wib(13, 9)
    play.happens(
        UnreadableArrived(
            at=play.at, source=play.source("kabid-capil"), unit="CAPIL", reason=Unreadable.PDF, file_name="a.pdf"
        )
    )
    assert play.letter(LetterKind.UNREADABLE).due_at is None


def test_something_unreadable_for_no_unit_of_the_cycle_is_answered_without_a_form() -> None:
    """And a form for such a unit is another unit's form."""
    play = collecting()
    source = play.source("kabid-capil")
    fact = UnreadableArrived(at=play.at, source=source, unit="", reason=Unreadable.BROKEN, file_name="a.xlsx")
    before = play.cycle
    assert play.happens(fact).cycle is before
    assert (play.letters[-1].unit, play.letters[-1].enclosures) == ("", ())
    play.happens(FormArrived(at=play.at, source=source, unit="PIAK", form=read(whole("CAPIL")), last={}))
    assert (play.letters[-1].unit, value_of(play.letters[-1], "reason")) == ("", "wrong_unit")


def test_a_form_after_the_lock_is_kept_answered_and_shown_to_subbag_program() -> None:
    """The figures stay; Subbag Program, who may still send the former one back, sees what would change."""
    play = drafting()
    counted = play.unit("CAPIL").counted
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    form = play.unit("CAPIL")
    assert (form.counted, form.attempts, form.submissions[1].accepted) == (counted, 2, False)
    answer, told = play.all_letters(LetterKind.LATE)
    assert (answer.to, answer.address) == ("kabid-capil", "kabid.capil@example.go.id")
    assert (told.to, told.changes) == ("perencanaan", (Change(code="IKK-10", old="2.7", new="2.5"),))
    for letter in (answer, told):
        assert (letter.cycle, letter.unit, letter.submission) == ("2025", "CAPIL", form.submissions[1])
    assert play.step() is Step.DRAFT


def test_a_form_that_nobody_can_let_count_any_more_is_answered_and_told_of_daily() -> None:
    """The draft lies with the Sekretaris: KEMBALIKAN would be refused. The journal has what would change."""
    play = reviewing()
    outcome = play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    assert [(letter.kind, letter.to) for letter in outcome.letters] == [(LetterKind.LATE, "kabid-capil")]
    detail = dict(outcome.journal[-1].detail)
    assert (detail["differs"], detail["sender"]) == ("IKK-10", "kabid.capil@example.go.id")
    assert play.unit("CAPIL").attempts == 2


def test_a_form_for_a_closed_cycle_is_answered_and_the_cycle_does_not_move() -> None:
    """Two of them get two answers."""
    play = closed()
    before = play.cycle
    for value in ("2.5", "2.4"):
        assert play.sends("CAPIL", whole("CAPIL", IKK_10=value)).cycle is before
    assert len({letter.key for letter in play.all_letters(LetterKind.LATE)}) == 2


def test_a_late_form_from_a_unit_that_never_answered_shows_no_differences() -> None:
    """There is nothing to compare it with; and nobody to show it to where Subbag Program is vacant."""
    play = drafting()
    bare = replace(play.unit("CAPIL"), submissions=(), counted=0)
    play.now = play.cycle.with_unit(bare)
    play.sends("CAPIL")
    assert play.letter(LetterKind.LATE, "perencanaan").changes == ()
    play.office = vacant(Role.PLANNING)
    assert [letter.to for letter in play.sends("CAPIL", whole("CAPIL", IKK_10="2.5")).letters] == ["kabid-capil"]


def test_the_head_gets_what_a_kasi_was_answered() -> None:
    """The form is the head's to answer for; his own receipt is enough for himself, and a vacant post gets none."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    own, copy = play.all_letters(LetterKind.RECEIPT)
    assert (own.to, own.send_after) == ("kasi-identitas", None)
    assert (copy.to, copy.address, copy.key) == (
        "kabid-dafduk",
        "kabid.dafduk@example.go.id",
        "receipt/2025/dafduk/1/kabid-dafduk",
    )
    assert (copy.submission, copy.answers, copy.send_after) == (own.submission, None, wib(7, 8))
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    assert len(play.all_letters(LetterKind.RECEIPT)) == 3
    play.office = vacant(Role.DIVISION_HEAD)
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.60"), by="perencanaan")
    assert len(play.all_letters(LetterKind.RECEIPT)) == 4


def test_two_people_of_a_unit_in_conflict_are_put_before_the_head() -> None:
    """The first form counts on; the second sender gets his receipt, the head both names and the differences."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    form = play.unit("DAFDUK")
    assert (form.state, form.counted, form.rival) == (UnitState.ACCEPTED, 1, form.submissions[1])
    asked = play.letter(LetterKind.CONFLICT, "kabid-dafduk")
    assert (asked.to, asked.key, asked.due_at) == ("kabid-dafduk", "conflict/2025/dafduk/2", wib(12, 16))
    assert asked.about == Conflict(first="kasi-identitas", second="kasi-pindah")
    assert asked.changes == (Change(code="IKU-02", old="99.45", new="99.90"),)
    assert play.letter(LetterKind.RECEIPT).to == "kasi-pindah"
    assert play.letter(LetterKind.CONFLICT).to == "perencanaan"


def test_the_head_decides_by_benar_for_the_later_form() -> None:
    """It counts from then on; Subbag Program reads of it in the day's letter."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK")
    form = play.unit("DAFDUK")
    assert (form.counted, form.rival) == (2, None)
    assert play.journal[-1].event == "conflict_decided"
    assert value_of(play.letter(LetterKind.VERDICT_NOTED), "word") == "BENAR"


def test_the_head_s_own_form_ends_a_conflict_and_makes_none() -> None:
    """Nor does Subbag Program's, nor the same person's from another address, nor the same figures."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.80"))
    assert play.unit("DAFDUK").counted == 3
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.70"), by="perencanaan")
    assert play.unit("DAFDUK").counted == 4
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.70"), by="kasi-pindah", form=read(whole("DAFDUK", IKU_02="99.70")))
    assert play.unit("DAFDUK").counted == 5
    assert len(play.all_letters(LetterKind.CONFLICT, "kabid-dafduk")) == 1


def test_one_person_with_two_addresses_is_in_conflict_with_nobody() -> None:
    """An alias of the list, or the second address."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.happens(form_of(play, "99.90", address="Kasi.Identitas@example.go.id"))
    assert play.unit("DAFDUK").counted == 2
    assert play.all_letters(LetterKind.CONFLICT) == []


def form_of(play: Play, value: str, *, address: str) -> FormArrived:
    """Return a form of a Kasi of DAFDUK with that figure, from that address."""
    form = read(whole("DAFDUK", IKU_02=value), "DAFDUK", cycle="2025")
    source = play.source("kasi-identitas", address=address)
    return FormArrived(at=play.at, source=source, unit="DAFDUK", form=form, last={})


def test_a_conflict_without_a_head_is_asked_of_nobody() -> None:
    """The first form counts on, and Subbag Program knows."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.office = vacant(Role.DIVISION_HEAD)
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    assert play.unit("DAFDUK").counted == 1
    assert [letter.to for letter in play.all_letters(LetterKind.CONFLICT)] == ["perencanaan"]


def test_findings_that_only_inform_do_not_hold_a_form_back() -> None:
    """A value as last year's is a note on the receipt."""
    play = collecting()
    filled = whole("CAPIL")
    explained = replace(
        filled.indicators[0], actual=number("3.10"), obstacles=words("Antrean"), follow_up=words("Loket")
    )
    play.sends("CAPIL", replace(filled, indicators=(explained,)))
    receipt = play.letter(LetterKind.RECEIPT)
    assert [(fault.code, fault.severity) for fault in receipt.faults] == [(FaultCode.SAME_AS_LAST_YEAR, Severity.NOTE)]


def test_a_row_that_is_not_in_the_form_is_open_and_not_wrong() -> None:
    """Somebody deleted it: the rest is taken."""
    play = collecting()
    play.sends("DAFDUK", replace(whole("DAFDUK"), indicators=(row("IKU-02", "99.45"),)))
    assert play.letter(LetterKind.PARTIAL).open_rows == ("IKK-12",)
    assert drafting().unit("DAFDUK").state is UnitState.ACCEPTED


def test_the_small_office_s_own_forms_are_in_order() -> None:
    """Every unit of the toy passes without a finding."""
    play = collecting()
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        play.sends(unit)
        assert play.letter(LetterKind.RECEIPT).faults == ()
