"""The rows of the SOP: how each is left, when the next is due, and the whole year at its very deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.core.decide import decide
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import CycleOpened, TimePassed
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import AlarmCode, EnclosureKind, LetterKind
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.office import Office
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from tests.core.play import HEADS, Play, collecting, drafting, ratifying, reviewing, submitted, value_of
from tests.core.small_forms import faulty, only, whole
from tests.offices.small import OFFICE, QUARTER, ROWS, YEAR, row_5_apart, wib


def test_a_cycle_opens_with_every_unit_waiting_and_the_data_needs_before_the_secretary() -> None:
    """Row 1 begins: every unit's form goes to the Sekretaris, who has one working day."""
    play = Play().opens()
    assert play.step() is Step.INFORM
    assert play.cycle.period == Period(year=2025)
    assert [form.unit for form in play.cycle.units] == ["SEKRETARIAT", "DAFDUK", "CAPIL"]
    assert {form.state for form in play.cycle.units} == {UnitState.WAITING}
    (letter,) = play.letters
    assert (letter.kind, letter.to, letter.due_at) == (LetterKind.DATA_NEEDS, "sekretaris", wib(6, 16))
    assert [enclosure.unit for enclosure in letter.enclosures] == ["SEKRETARIAT", "DAFDUK", "CAPIL"]
    assert [line.event for line in play.journal] == ["cycle_opened", "row_entered"]


def test_a_cycle_may_ask_some_units_only_and_has_times_of_its_own() -> None:
    """The quarterly cycle asks two units and gives one working day to collect."""
    play = Play(at=wib(1, 7.5, month=4)).opens(QUARTER)
    assert [form.unit for form in play.cycle.units] == ["DAFDUK", "CAPIL"]
    play.clock(wib(2, 16, month=4))
    assert play.step() is Step.REQUEST
    play.clock(wib(6, 8, month=4))
    assert play.step() is Step.COLLECT
    assert play.cycle.due_at == wib(7, 16, month=4)


def test_a_cycle_that_is_open_is_not_opened_again() -> None:
    """The very same cycle object stays."""
    play = Play().opens()
    before = play.cycle
    assert play.happens(CycleOpened(at=wib(5, 9), cycle=YEAR)) == Outcome(cycle=before)


def test_a_fact_without_its_cycle_is_a_fault_of_the_program() -> None:
    """Only an opening comes without a cycle, and only of a cycle that is planned."""
    with pytest.raises(ValueError, match="TimePassed needs a cycle"):
        decide(None, TimePassed(at=wib(5), heard_until=wib(5)), OFFICE)
    with pytest.raises(KeyError, match="2031"):
        decide(None, CycleOpened(at=wib(5), cycle="2031"), OFFICE)


def test_thirteen_working_days_end_on_friday_23_january() -> None:
    """Every row ended at its deadline: 6, 7, 12, 13, 15, 20, 22, 23 January (the 16th is a holiday), 16.00 WIB."""
    play = Play().opens()
    due = {Step.INFORM: play.cycle.due_at}
    play.clock(due[Step.INFORM])
    due[Step.REQUEST] = play.cycle.due_at
    play.clock(due[Step.REQUEST])
    due[Step.COLLECT] = play.at = play.cycle.due_at
    for unit in HEADS:
        play.sends(unit, faulty(unit))
    due[Step.CHECK] = play.at = play.cycle.due_at
    for unit in HEADS:
        play.sends(unit)
    due[Step.ANALYSE] = next(row_due for step, _, row_due, _ in play.cycle.rows_done if step is Step.ANALYSE)
    due[Step.DRAFT] = play.at = play.cycle.due_at
    play.compiles()
    play.says("perencanaan", Word.TERUSKAN)
    due[Step.REVIEW] = play.at = play.cycle.due_at
    play.says("sekretaris", Word.SETUJU)
    due[Step.RATIFY] = play.at = play.cycle.due_at
    play.says("kadis", Word.DISAHKAN)
    assert due == dict(zip(Step, (wib(day, 16) for day in (6, 7, 12, 13, 15, 20, 22, 23)), strict=False))
    assert (play.step(), play.cycle.since, play.cycle.due_at) == (Step.SUBMIT, wib(23, 16), wib(26, 8.5))
    assert [step for step, *_ in play.cycle.rows_done] == list(Step)[:8]


def test_a_row_left_by_silence_counts_from_its_deadline_however_late_the_clock_was_looked_at() -> None:
    """Looked at on the 7th at ten: row 2 began on the 6th at 16.00."""
    play = Play().opens()
    play.clock(wib(7, 10))
    assert (play.step(), play.cycle.since, play.cycle.due_at) == (Step.REQUEST, wib(6, 16), wib(7, 16))
    assert play.cycle.rows_done == ((Step.INFORM, wib(5, 7.5), wib(6, 16), wib(6, 16)),)
    assert play.unit("DAFDUK").due_at == wib(12, 16)


def test_units_are_never_told_a_deadline_that_is_over() -> None:
    """The machine was off for a week: the requests leave on the 14th and name the third working day after it."""
    play = Play().opens()
    play.clock(wib(14, 8))
    assert play.cycle.since == wib(6, 16)
    assert play.letter(LetterKind.REQUEST, "kabid-dafduk").due_at == wib(20, 16)
    play.clock(wib(14, 9))
    assert (play.step(), play.cycle.due_at) == (Step.COLLECT, wib(20, 16))


def test_consent_ends_row_1_at_once_and_the_units_keep_the_time_they_were_promised() -> None:
    """SETUJU on the 5th: requests leave on the 5th; row 3 is not over before the day the units were told."""
    play = Play(at=wib(5, 9)).opens()
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.REQUEST
    assert play.unit("CAPIL").due_at == wib(9, 16)
    play.clock(wib(5, 10))
    assert (play.step(), play.cycle.due_at) == (Step.COLLECT, wib(9, 16))


def test_row_2_is_over_when_every_request_has_left() -> None:
    """A request or its copy still in the outbox holds the row; any other letter does not."""
    play = Play().opens()
    play.clock(wib(6, 16))
    play.clock(wib(7, 8), "request/2025/dafduk/kabid-dafduk")
    assert play.step() is Step.REQUEST
    play.clock(wib(7, 8.5), "request_copy/2025/dafduk/kasi-pindah")
    assert play.step() is Step.REQUEST
    play.clock(wib(7, 9), "reminder/2025/dafduk/2026-w02")
    assert play.step() is Step.COLLECT


def test_requests_go_to_each_head_with_copies_to_the_listed_section_heads() -> None:
    """Cover letter and the unit's own form; the head of the Sekretariat is the Sekretaris himself."""
    play = collecting()
    assert [(letter.kind.value, letter.to, letter.unit) for letter in play.letters[1:]] == [
        ("request", "kepala-sekretariat", "SEKRETARIAT"),
        ("request", "kabid-dafduk", "DAFDUK"),
        ("request_copy", "kasi-identitas", "DAFDUK"),
        ("request_copy", "kasi-pindah", "DAFDUK"),
        ("request", "kabid-capil", "CAPIL"),
    ]
    letter = play.letter(LetterKind.REQUEST, "kabid-capil")
    assert [(enclosure.kind, enclosure.unit) for enclosure in letter.enclosures] == [
        (EnclosureKind.COVER_LETTER, "CAPIL"),
        (EnclosureKind.FORM, "CAPIL"),
    ]
    assert (letter.send_after, letter.due_at) == (wib(7, 7.5), wib(12, 16))


def test_row_3_is_over_when_every_unit_has_sent_something() -> None:
    """Good, faulty or in part."""
    play = collecting()
    play.sends("SEKRETARIAT")
    play.sends("CAPIL", faulty("CAPIL"))
    assert play.step() is Step.COLLECT
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    assert play.step() is Step.CHECK
    assert play.cycle.due_at == wib(8, 16)


def test_the_analysis_is_made_at_once_and_leaves_its_days_to_the_draft() -> None:
    """Rows 5 and 6 together have four working days; Subbag Program gets the recap with the draft."""
    play = collecting()
    play.at = wib(12, 9)
    for unit in HEADS:
        play.sends(unit)
    assert (play.step(), play.cycle.since) == (Step.DRAFT, wib(12, 9))
    assert play.cycle.due_at == wib(19, 16)
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.cycle.draft.compiled_at) == (1, None)
    assert play.all_letters(LetterKind.RECAP) == []
    play.compiles()
    laid = play.letter(LetterKind.DRAFT)
    assert value_of(laid, "figures")
    assert [enclosure.kind for enclosure in laid.enclosures] == [EnclosureKind.DRAFT, EnclosureKind.RECAP]


def test_a_row_5_with_time_of_its_own_sends_the_recap_by_itself() -> None:
    """The draft that then follows brings nothing twice."""
    play = drafting(row_5_apart(OFFICE))
    recap = play.letter(LetterKind.RECAP)
    assert (recap.to, recap.key) == ("perencanaan", "recap/2025/1")
    assert [enclosure.kind for enclosure in recap.enclosures] == [EnclosureKind.RECAP]
    assert not value_of(play.letter(LetterKind.DRAFT), "figures")


def test_each_reader_of_the_draft_gets_the_very_file() -> None:
    """Subbag Program, the Sekretaris and the Kepala Dinas, by version and digest."""
    play = ratifying()
    draft = play.cycle.draft
    assert draft is not None
    for kind, reader in (
        (LetterKind.DRAFT, "perencanaan"),
        (LetterKind.REVIEW, "sekretaris"),
        (LetterKind.RATIFY, "kadis"),
    ):
        letter = play.letter(kind)
        assert (letter.to, letter.cycle, value_of(letter, "version")) == (reader, YEAR, 1)
        assert value_of(letter, "sha_short") == draft.docx_sha256[:12]
        first, *_ = letter.enclosures
        assert (first.kind, first.sha256) == (EnclosureKind.DRAFT, draft.docx_sha256)


def test_the_report_goes_out_with_its_cover_letter_and_its_receipt_ends_the_cycle() -> None:
    """Row 8: submission to Bappeda Litbang; when they acknowledge, whoever judged the report is told."""
    play = submitted()
    letter = play.letter(LetterKind.SUBMISSION)
    assert (letter.to, letter.key) == ("bappeda", "submission/2025/1")
    assert [enclosure.kind for enclosure in letter.enclosures] == [EnclosureKind.COVER_LETTER, EnclosureKind.REPORT]
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed_at == play.at
    assert [letter.to for letter in play.all_letters(LetterKind.CLOSED)] == ["sekretaris", "kadis"]
    assert [step for step, *_ in play.cycle.rows_done] == list(Step)


def test_a_pdf_beside_disahkan_is_shown_to_subbag_program_and_goes_to_nobody_else() -> None:
    """Any PDF may call itself signed: Bappeda Litbang gets the report that was approved."""
    play = ratifying()
    play.says("kadis", Word.DISAHKAN, signed="5" * 64)
    assert play.cycle.signed_pdf_sha256 == "5" * 64
    for kind in (LetterKind.SUBMISSION, LetterKind.FILE_SHOWN):
        play.letter(kind)
    carried = {
        letter.kind for letter in play.letters if any(enclosure.sha256 == "5" * 64 for enclosure in letter.enclosures)
    }
    assert carried == {LetterKind.FILE_SHOWN}
    assert play.letter(LetterKind.FILE_SHOWN).to == "perencanaan"


def test_a_closed_cycle_is_not_moved_by_time() -> None:
    """The very same object, no letter, no line."""
    play = submitted()
    play.says("bappeda", Word.DITERIMA)
    before = play.cycle
    assert play.clock(wib(30)) == Outcome(cycle=before)


def vacant(*roles: Role) -> Office:
    """Return the small office with nobody in those roles."""
    people = tuple(person for person in OFFICE.roster.people if person.role not in roles)
    return replace(OFFICE, roster=replace(OFFICE.roster, people=people))


def test_a_vacant_post_is_written_down_and_stops_nothing_else() -> None:
    """No Sekretaris, no Kepala Bidang, no Subbag Program: no letter to them; journal and operator are told of each."""
    play = Play(office=vacant(Role.SECRETARY, Role.DIVISION_HEAD, Role.PLANNING)).opens()
    (alarm,) = play.letters
    assert (alarm.key, alarm.to) == ("alarm/2025/post_vacant/inform/1/secretary", "operator")
    assert alarm.about == Alarm(what=AlarmCode.POST_VACANT, role=Role.SECRETARY)
    assert dict(play.journal[-1].detail) == {"role": "secretary"}
    play.clock(wib(6, 16))
    told = [line.unit for line in play.journal if line.event == "post_vacant"]
    assert told == ["", "SEKRETARIAT", "DAFDUK", "CAPIL"]
    alarms = [letter for letter in play.letters if letter.kind is LetterKind.ALARM]
    assert [letter.unit for letter in alarms] == told
    play.clock(wib(7, 9))
    assert play.step() is Step.COLLECT


@pytest.mark.parametrize(
    ("begun", "role", "speaker", "word", "kind"),
    [
        (drafting, Role.SECRETARY, "perencanaan", Word.TERUSKAN, LetterKind.REVIEW),
        (reviewing, Role.AGENCY_HEAD, "sekretaris", Word.SETUJU, LetterKind.RATIFY),
        (ratifying, Role.PLANNING_BOARD, "kadis", Word.DISAHKAN, LetterKind.SUBMISSION),
    ],
)
def test_a_row_begins_without_its_letter_where_its_post_is_vacant(
    begun: Callable[[], Play], role: Role, speaker: str, word: Word, kind: LetterKind
) -> None:
    """The row stands, the vacancy is in the journal; whoever takes the post over gets the weekly reminder."""
    play = begun()
    step = play.step()
    play.office = vacant(role)
    play.says(speaker, word)
    following = OFFICE.sop.after(step)
    assert following is not None
    assert play.step() is following.step
    assert play.all_letters(kind) == []
    assert [dict(line.detail)["role"] for line in play.journal if line.event == "post_vacant"] == [role.value]


def test_rows_4_to_6_go_on_without_subbag_program() -> None:
    """No recap, no figures shown, no draft laid before anybody; nothing breaks."""
    play = collecting()
    play.office = vacant(Role.PLANNING)
    for unit in HEADS:
        play.sends(unit)
    play.compiles()
    assert play.step() is Step.DRAFT
    assert {letter.kind for letter in play.letters[6:]} == {LetterKind.RECEIPT, LetterKind.ALARM}


def test_a_row_that_ends_at_once_or_by_approval_can_stand_first() -> None:
    """An office whose row 1 needs the Sekretaris's word, or no word at all."""
    approved = tuple(replace(row, done_when=DoneWhen.APPROVED) if row.step is Step.INFORM else row for row in ROWS)
    play = Play(office=replace(OFFICE, sop=replace(OFFICE.sop, rows=approved))).opens()
    play.clock(wib(9, 8))
    assert play.step() is Step.INFORM
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.REQUEST
    at_once = tuple(replace(row, done_when=DoneWhen.AT_ONCE) if row.step is Step.INFORM else row for row in ROWS)
    second = Play(office=replace(OFFICE, sop=replace(OFFICE.sop, rows=at_once))).opens()
    second.clock(wib(5, 8))
    assert (second.step(), second.cycle.due_at) == (Step.REQUEST, wib(7, 16))


def test_the_same_cycle_and_fact_give_the_same_outcome() -> None:
    """R4: nothing comes from outside."""
    play = drafting()
    fact = TimePassed(at=wib(20, 9), heard_until=wib(20, 9))
    assert decide(play.cycle, fact, OFFICE) == decide(play.cycle, fact, OFFICE)
