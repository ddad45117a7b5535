"""Reminders: to those who owe something now, weekly and on the day itself, in office hours, and never too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from mailbot.core.chasing.absences import stand_in
from mailbot.core.chasing.debts import debts
from mailbot.core.chasing.ladder import rungs
from mailbot.core.chasing.whose_move import whose_move
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AbsenceNoticed
from mailbot.core.model.letters import EnclosureKind, Letter, LetterKind
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from tests.core.play import Play, closed, collecting, drafting, ratifying, reviewing, submitted, value_of
from tests.core.procedure.test_rows import vacant
from tests.core.small_forms import faulty, only, whole
from tests.offices.small import OFFICE, ROWS, wib

if TYPE_CHECKING:
    from collections.abc import Callable

WEEKLY, TODAY, SUPERIOR = LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.ESCALATION


def told(play: Play, *kinds: LetterKind, since: int = 0) -> list[tuple[str, str]]:
    """Return kind and addressee of the reminders since a letter's number."""
    return [
        (letter.kind.value, letter.to) for letter in play.letters[since:] if letter.kind in (kinds or (WEEKLY, TODAY))
    ]


def days(play: Play, first: datetime, last: datetime, kind: LetterKind, to: str) -> list[date]:
    """Look at the clock every hour; return the days on which that person got a letter of that kind."""
    seen: list[date] = []
    while first <= last:
        letters = play.clock(first).letters
        seen += [OFFICE.calendar.local(first).date() for letter in letters if letter.kind is kind and letter.to == to]
        first += timedelta(hours=1)
    return seen


def test_nobody_is_reminded_on_the_first_working_day_after_the_request() -> None:
    """Asked on Wednesday 7 January, due on Monday 12: the next word is on Friday, the working day before."""
    play = collecting()
    assert days(play, wib(7, 8), wib(11, 23), WEEKLY, "kabid-capil") == [date(2026, 1, 9)]
    assert value_of(play.letter(WEEKLY, "kabid-capil"), "tomorrow") is True


def test_on_the_day_itself_everybody_who_owes_a_form_is_reminded_once() -> None:
    """Not who has sent it, and not weekly on top of it; the form is enclosed."""
    play = collecting()
    play.sends("SEKRETARIAT")
    before = len(play.letters)
    play.clock(wib(12, 7.5))
    play.clock(wib(12, 12))
    assert told(play, since=before) == [("reminder_today", "kabid-dafduk"), ("reminder_today", "kabid-capil")]
    letter = play.letter(TODAY, "kabid-capil")
    assert letter.key.rpartition("/")[0] == "reminder_today/2025/capil/2026-01-12"
    assert (letter.due_at, letter.unit) == (wib(12, 16), "CAPIL")
    assert [(enclosure.kind, enclosure.unit) for enclosure in letter.enclosures] == [(EnclosureKind.FORM, "CAPIL")]
    assert value_of(letter, "state") == "waiting"


def test_after_the_deadline_a_reminder_leaves_every_third_working_day_until_the_last() -> None:
    """Friday before, Monday itself, then every third day (16 January is a holiday); eight in all, then none."""
    play = collecting()
    late = days(play, wib(7, 8), wib(27, 23, month=2), WEEKLY, "kabid-dafduk")
    assert [f"{day:%d.%m}" for day in late] == ["09.01", "15.01", "21.01", "26.01", "29.01", "03.02", "06.02"]
    weekly = play.all_letters(WEEKLY, "kabid-dafduk")
    assert [value_of(letter, "late_days") for letter in weekly] == [0, 3, 6, 9, 12, 15, 18]
    assert [value_of(letter, "last") for letter in weekly] == [False] * 6 + [True]
    assert play.unit("DAFDUK").reminders == 8


def test_superiors_hear_of_everything_in_one_letter_a_rung_each_once() -> None:
    """The Sekretaris after two working days, the Kepala Dinas after five; the latter at once of the Sekretariat."""
    play = collecting()
    days(play, wib(7, 8), wib(27, 23, month=2), WEEKLY, "")
    heard = [
        (letter.to, f"{OFFICE.calendar.local(letter.send_after):%d.%m}", units(letter))
        for letter in play.all_letters(SUPERIOR)
        if letter.send_after is not None
    ]
    assert heard == [
        ("sekretaris", "14.01", "CAPIL late, DAFDUK late"),
        ("kadis", "14.01", "SEKRETARIAT late"),
        ("kadis", "20.01", "CAPIL late, DAFDUK late"),
        ("sekretaris", "11.02", "CAPIL stopped, DAFDUK stopped"),
        ("kadis", "11.02", "SEKRETARIAT stopped"),
    ]


def units(letter: Letter) -> str:
    """Return of which units a superior hears, and why."""
    assert isinstance(letter.about, Escalation)
    return ", ".join(f"{one.debt.unit} {' '.join(one.why)}" for one in letter.about.told)


def test_a_holiday_on_the_weekday_moves_the_reminder_to_the_next_working_day() -> None:
    """Monday and Tuesday 16 and 17 February 2026 are off: Wednesday it is; the deadline is far away."""
    play = collecting()
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 27-02-2026")
    play.clock(wib(9, 8, month=2))
    assert days(play, wib(10, 8, month=2), wib(22, 8, month=2), WEEKLY, "kabid-capil") == [date(2026, 2, 18)]


def test_off_for_weeks_means_one_reminder_on_return() -> None:
    """Three Mondays pass in the dark; on Thursday there is one, and then Monday's is too soon."""
    play = collecting()
    before = len(play.letters)
    play.clock(wib(29, 10))
    assert [letter for letter in told(play, since=before) if letter[1] == "kabid-capil"] == [
        ("reminder", "kabid-capil")
    ]
    after = len(play.letters)
    play.clock(wib(2, 10, month=2))
    assert told(play, since=after) == []
    play.clock(wib(4, 10, month=2))
    assert ("reminder", "kabid-capil") in told(play, since=after)


@pytest.mark.parametrize("at", [wib(12, 7), wib(12, 16), wib(17, 10), wib(16, 10)])
def test_nothing_leaves_outside_office_hours(at: datetime) -> None:
    """Before opening, after closing, on Saturday, on a holiday."""
    play = collecting()
    before = len(play.letters)
    play.clock(at)
    assert told(play, since=before) == []


def test_a_clock_set_back_reminds_nobody_twice() -> None:
    """The last reminder lies in the future then."""
    play = collecting()
    play.clock(wib(26, 8))
    before = len(play.letters)
    play.clock(wib(19, 8))
    assert told(play, since=before) == []


def test_reminders_wait_for_whom_asked_for_days() -> None:
    """TUNDA 3 HARI on Friday 9 January: silence on the 12th, and a word again after the 14th."""
    play = collecting()
    play.at = wib(9, 9)
    play.asks("kabid-capil", Word.TUNDA, "3 HARI", unit="CAPIL")
    assert play.unit("CAPIL").snoozed_until == wib(14, 16)
    assert days(play, wib(12, 8), wib(14, 15), TODAY, "kabid-capil") == []
    assert days(play, wib(15, 8), wib(23, 15), WEEKLY, "plt-capil") == [date(2026, 1, 15)]
    assert days(play, wib(15, 8), wib(23, 15), WEEKLY, "kabid-capil") == []


def test_the_deputy_in_his_dates_is_reminded_in_place_of_the_head() -> None:
    """Plt. from the 14th to the 20th."""
    play = collecting()
    play.clock(wib(19, 8))
    assert ("reminder", "plt-capil") in told(play)
    play.clock(wib(26, 8))
    assert ("reminder", "kabid-capil") in told(play)


def absence(play: Play, person: str, back: date | None) -> Outcome:
    """Let a vacation reply of that person come in."""
    return play.happens(
        AbsenceNoticed(at=play.at, person=OFFICE.roster.person(person), returns_on=back, received_at=play.at)
    )


def test_a_vacation_pauses_the_reminders_until_the_return_but_not_for_ever() -> None:
    """Until the morning of the return, three working days at most; a longer pause already granted stays."""
    play = collecting()
    absence(play, "kabid-capil", date(2026, 1, 8))
    assert play.unit("CAPIL").snoozed_until == wib(8, 7.5)
    absence(play, "kabid-capil", date(2026, 3, 1))
    assert play.unit("CAPIL").snoozed_until == wib(12, 16)
    absence(play, "kabid-capil", date(2026, 1, 9))
    assert play.unit("CAPIL").snoozed_until == wib(12, 16)
    assert play.letters[-1].kind is LetterKind.REQUEST


def test_an_absence_counts_once_and_never_past_the_deadline() -> None:
    """A robot that answers every day says the same every day; whoever is late is reminded, there or not."""
    play = collecting()
    absence(play, "kabid-capil", date(2026, 1, 20))
    first = play.unit("CAPIL").snoozed_until
    play.at = wib(9, 9)
    absence(play, "kabid-capil", date(2026, 1, 20))
    assert play.unit("CAPIL").snoozed_until == first
    absence(play, "kabid-capil", date(2026, 2, 20))
    assert play.unit("CAPIL").snoozed_until == play.unit("CAPIL").due_at == wib(12, 16)


def test_a_listed_stand_in_gets_the_heads_reminders_until_the_return() -> None:
    """Nothing pauses; both are reminded while the head is away, the head alone once he is back."""
    play = collecting()
    person = OFFICE.roster.person("kabid-dafduk")
    play.happens(
        AbsenceNoticed(
            at=play.at,
            person=person,
            returns_on=date(2026, 1, 20),
            deputy="kasi-pindah",
            said="Kasi Pindah Datang",
            received_at=play.at,
        )
    )
    unit = play.unit("DAFDUK")
    assert (unit.away_until, unit.deputy, unit.snoozed_until) == (wib(20, 7.5), "kasi-pindah", None)
    assert dict(play.journal[-1].detail) == {
        "deputy": "kasi-pindah",
        "returns": "2026-01-20",
        "said": "Kasi Pindah Datang",
    }
    play.clock(wib(12, 8))
    reminders = {LetterKind.REMINDER, LetterKind.REMINDER_TODAY}
    copies = [letter for letter in play.letters if letter.kind in reminders and letter.unit == "DAFDUK"]
    assert [letter.to for letter in copies] == ["kabid-dafduk", "kasi-pindah"]
    assert copies[1].key == f"{copies[0].key}/kasi-pindah"
    assert (value_of(copies[1], "person"), value_of(copies[1], "until")) == ("kabid-dafduk", wib(20, 7.5))
    play.clock(wib(26, 8))
    later = [letter.to for letter in play.letters if letter.kind in reminders and letter.unit == "DAFDUK"]
    assert later == ["kabid-dafduk", "kasi-pindah", "kabid-dafduk"]


def test_a_stand_in_who_has_left_the_list_gets_nothing() -> None:
    """The reminders go on to the head."""
    play = collecting()
    person = OFFICE.roster.person("kabid-dafduk")
    play.happens(
        AbsenceNoticed(at=play.at, person=person, returns_on=date(2026, 1, 20), deputy="gone", received_at=play.at)
    )
    play.clock(wib(12, 8))
    assert ("reminder_today", "kabid-dafduk") in told(play)


@pytest.mark.parametrize(
    ("said", "deputy"),
    [
        ("KASI.PINDAH@example.go.id", "kasi-pindah"),
        ("Sdr. kasi-pindah (0812)", "kasi-pindah"),
        ("kabid-capil", ""),
        ("kabid.dafduk@example.go.id", ""),
        ("siapa saja", ""),
        ("", ""),
    ],
)
def test_who_stands_in_is_a_listed_person_of_the_same_unit(said: str, deputy: str) -> None:
    """By address, name or post; another unit's, the absent himself, or a stranger is nobody."""
    assert stand_in(OFFICE.roster.person("kabid-dafduk"), said, OFFICE, wib(8, 9)) == deputy


@pytest.mark.parametrize(("person", "back"), [("sekretaris", date(2026, 1, 9)), ("kabid-capil", None)])
def test_an_absence_that_pauses_nothing_is_written_down(person: str, back: date | None) -> None:
    """Of somebody who heads no unit, or without a date of return."""
    play = collecting()
    before = play.cycle
    outcome = absence(play, person, back)
    assert outcome.cycle is before
    assert [line.event for line in outcome.journal] == ["absence"]


def test_an_absence_does_not_move_a_closed_cycle() -> None:
    """It is over."""
    play = closed()
    before = play.cycle
    assert absence(play, "kabid-capil", date(2026, 1, 20)).cycle is before


def test_a_returned_form_is_asked_for_with_its_findings_and_a_part_with_its_open_rows() -> None:
    """What stands in the way, and what is still missing."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    play.sends("DAFDUK", only(whole("DAFDUK", IKK_12="-5"), "IKK-12"))
    play.clock(wib(12, 9))
    returned, partial = play.letter(TODAY, "kabid-capil"), play.letter(TODAY, "kabid-dafduk")
    assert (returned.faults, returned.open_rows) == (play.unit("CAPIL").submissions[0].faults, ())
    assert (partial.faults, partial.open_rows) == ((), ("IKK-12", "2.12.02.2.01.0005"))
    assert partial.submission == play.unit("DAFDUK").counting


def test_an_extended_deadline_has_its_own_day() -> None:
    """Reminded on Monday, extended to Thursday: reminded on Wednesday and Thursday, and counted anew."""
    play = collecting()
    play.clock(wib(12, 9))
    play.asks("perencanaan", Word.PERPANJANG, "DAFDUK 15-01-2026")
    assert (play.unit("DAFDUK").reminders, play.unit("DAFDUK").told_above) == (0, ())
    play.clock(wib(13, 9))
    play.clock(wib(14, 9))
    play.clock(wib(15, 9))
    own = [kind for kind, to in told(play, TODAY, WEEKLY) if to == "kabid-dafduk"]
    assert own == ["reminder_today", "reminder", "reminder_today"]
    assert play.unit("DAFDUK").reminders == 2


def test_from_row_6_on_the_one_the_row_waits_for_is_reminded_with_the_draft() -> None:
    """And may answer the reminder itself."""
    play = reviewing()
    before = len(play.letters)
    play.clock(wib(14, 9))
    assert told(play, since=before) == [("reminder_today", "sekretaris")]
    letter = play.letter(TODAY, "sekretaris")
    assert letter.key.startswith("reminder_today/2025/review/1/2026-01-14/")
    assert [enclosure.kind for enclosure in letter.enclosures] == [EnclosureKind.DRAFT]
    assert value_of(letter, "version") == 1
    play.says("sekretaris", Word.SETUJU, about=letter.asks)
    assert play.step() is Step.RATIFY


def test_the_silence_of_a_row_s_word_is_told_to_its_superior() -> None:
    """Due on Wednesday 14 January: the Kepala Dinas hears on the 19th; the count begins anew with the next row."""
    play = reviewing()
    play.clock(wib(14, 9))
    play.clock(wib(19, 9))
    assert told(play, TODAY, WEEKLY)[-1] == ("reminder_today", "sekretaris")
    superior = play.letter(SUPERIOR)
    assert (superior.to, units(superior)) == ("kadis", " late")
    play.clock(wib(20, 9))
    assert len(play.all_letters(WEEKLY, "sekretaris")) == 1
    assert (play.cycle.reminders, len(play.cycle.told_above)) == (2, 1)
    play.says("sekretaris", Word.SETUJU)
    assert (play.cycle.reminders, play.cycle.reminded_at, play.cycle.told_above) == (0, None, ())


@pytest.mark.parametrize(
    ("begun", "hears"),
    [
        (drafting, ["sekretaris", "kadis"]),
        (ratifying, ["sekretaris", "perencanaan"]),
        (submitted, ["perencanaan"]),
    ],
    ids=["draft", "ratify", "submit"],
)
def test_who_hears_of_a_row_s_word_and_never_twice(begun: Callable[[], Play], hears: list[str]) -> None:
    """Subbag Program's superiors; of the Kepala Dinas both, at last; of Bappeda Subbag Program."""
    play = begun()
    days(play, wib(19, 8), wib(27, 16, month=2), WEEKLY, "")
    assert list(dict.fromkeys(letter.to for letter in play.all_letters(SUPERIOR))) == hears


@pytest.mark.parametrize(
    ("silent", "vacated", "above"),
    [
        ("kabid-dafduk", (), ["sekretaris", "kadis"]),
        ("kabid-dafduk", (Role.SECRETARY,), ["kadis"]),
        ("kepala-sekretariat", (), ["kadis"]),
        ("perencanaan", (), ["sekretaris", "kadis"]),
        ("sekretaris", (), ["kadis"]),
        ("sekretaris", (Role.AGENCY_HEAD,), []),
        ("kadis", (), ["sekretaris", "perencanaan"]),
        ("bappeda", (), ["perencanaan"]),
        ("kasi-pindah", (), []),
        ("operator", (), []),
    ],
)
def test_the_ladder(silent: str, vacated: tuple[Role, ...], above: list[str]) -> None:
    """Posts that are held, and by somebody else: the head of the Sekretariat is the Sekretaris himself."""
    office = vacant(*vacated) if vacated else OFFICE
    assert [one.key for one in rungs(office.roster.person(silent), office, wib(8, 9))] == above


def test_the_report_is_enclosed_when_its_receipt_is_asked_for_again() -> None:
    """Should the first letter be lost."""
    play = submitted()
    play.clock(wib(19, 9))
    assert [enclosure.kind for enclosure in play.letter(WEEKLY, "bappeda").enclosures] == [EnclosureKind.REPORT]


def test_nobody_is_reminded_of_what_he_was_not_asked() -> None:
    """The letter to him still waits to leave: his answer to the reminder would come before what it is about."""
    play = submitted()
    before = len(play.letters)
    play.clock(wib(19, 9), "submission/2025/1")
    assert told(play, since=before) == []
    play.clock(wib(19, 10), "copy_sent/2025/1/inspektur")
    assert told(play, since=before) == [("reminder", "bappeda")]


def test_a_letter_is_not_chased_on_the_morning_it_leaves() -> None:
    """Ratified on Friday at 16.00, due Monday 08.30: the submission leaves on Monday, and no reminder with it."""
    play = ratifying()
    play.at = wib(23, 16)
    play.says("kadis", Word.DISAHKAN)
    before = len(play.letters)
    play.clock(wib(26, 8))
    assert told(play, since=before) == []


def test_a_draft_that_is_not_compiled_is_owed_by_nobody() -> None:
    """The machine is at work."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    before = len(play.letters)
    play.clock(wib(26, 9))
    assert told(play, since=before) == []


def test_an_objection_to_the_data_needs_is_owed_by_subbag_program() -> None:
    """No draft to enclose; silence of the Sekretaris is consent and is never chased."""
    play = Play(at=wib(5, 9)).opens()
    play.says("sekretaris", Word.KEBERATAN, "Belum ada.")
    play.clock(wib(12, 9))
    letter = play.letter(WEEKLY, "perencanaan")
    assert (letter.key.rpartition("/")[0], letter.enclosures) == ("reminder/2025/inform/1/2026-01-12", ())
    play.says("perencanaan", Word.TERUSKAN, about=letter.asks)
    assert play.cycle.round == 2


def test_whose_move_it_is_row_by_row() -> None:
    """In row 1 nobody's, unless the office wants the Sekretaris's word; in row 2 nobody's, for mailbot itself sends."""
    play = Play().opens()
    assert whose_move(play.cycle, OFFICE) is None
    approved = tuple(replace(row, done_when=DoneWhen.APPROVED) if row.step is Step.INFORM else row for row in ROWS)
    assert whose_move(play.cycle, replace(OFFICE, sop=replace(OFFICE.sop, rows=approved))) is Role.SECRETARY
    assert whose_move(replace(play.cycle, step=Step.REQUEST), OFFICE) is None
    assert whose_move(drafting().cycle, OFFICE) is Role.PLANNING
    assert whose_move(closed().cycle, OFFICE) is None
    assert debts(closed().cycle, wib(26), OFFICE) == ()


def test_nobody_owes_anything_while_requests_leave_or_where_the_post_is_vacant() -> None:
    """Row 2 is the machine's own; a vacant post owes nothing."""
    play = Play().opens()
    play.clock(wib(6, 16))
    assert play.step() is Step.REQUEST
    assert debts(play.cycle, wib(12), OFFICE) == ()
    assert debts(reviewing().cycle, wib(12), vacant(Role.SECRETARY)) == ()
    assert debts(collecting().cycle, wib(12), vacant(Role.DIVISION_HEAD)) == ()


def test_where_nobody_stands_above_nobody_is_told() -> None:
    """The Kepala Dinas is vacant: nobody is told of the Sekretaris's silence; status shows it."""
    play = reviewing()
    play.office = vacant(Role.AGENCY_HEAD)
    days(play, wib(19, 8), wib(9, 16, month=2), WEEKLY, "")
    assert len(play.all_letters(WEEKLY, "sekretaris")) >= 2
    assert play.all_letters(SUPERIOR) == []


def test_every_reminder_has_a_key_of_its_own() -> None:
    """A month of silence in row 3."""
    play = collecting()
    days(play, wib(7, 8), wib(28, 16, month=2), WEEKLY, "")
    keys = [letter.key for letter in play.letters]
    assert len(keys) == len(set(keys))
    assert all(isinstance(letter, Letter) for letter in play.letters)
