"""A calm year line by line: every letter the rows send of themselves, and every row the journal notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Asked, LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.table import forms_count
from tests.core.play import FIRST_FILE, Play, closed, collecting, drafting, reviewing, submitted
from tests.core.small_forms import faulty, whole
from tests.offices.small import OFFICE, YEAR, wib

MORNING, REQUESTED, DRAFTED = wib(5, 7.5), wib(7, 7.5), wib(12, 9)
UNIT_FORM = ("cover_letter", "form")


def about_draft(step: Step) -> Asked:
    """Return the word that a row asks for about the first draft."""
    return Asked(step=step, version=1, docx_sha256=FIRST_FILE)


LETTERS: tuple[tuple[str, str, str, datetime | None, datetime, Asked | None, tuple[str, ...]], ...] = (
    ("data_needs/2025/1", "sekretaris", "", wib(6, 16), MORNING, Asked(step=Step.INFORM, version=1), ("form",) * 3),
    (
        "request/2025/sekretariat/kepala-sekretariat",
        "kepala-sekretariat",
        "SEKRETARIAT",
        wib(12, 16),
        REQUESTED,
        None,
        UNIT_FORM,
    ),
    ("request/2025/dafduk/kabid-dafduk", "kabid-dafduk", "DAFDUK", wib(12, 16), REQUESTED, None, UNIT_FORM),
    ("request_copy/2025/dafduk/kasi-identitas", "kasi-identitas", "DAFDUK", wib(12, 16), REQUESTED, None, UNIT_FORM),
    ("request_copy/2025/dafduk/kasi-pindah", "kasi-pindah", "DAFDUK", wib(12, 16), REQUESTED, None, UNIT_FORM),
    ("request/2025/capil/kabid-capil", "kabid-capil", "CAPIL", wib(12, 16), REQUESTED, None, UNIT_FORM),
    (
        "draft/2025/1",
        "perencanaan",
        "",
        wib(19, 16),
        DRAFTED,
        about_draft(Step.DRAFT),
        ("draft", "recap"),
    ),
    (
        "review/2025/1",
        "sekretaris",
        "",
        wib(14, 16),
        DRAFTED,
        about_draft(Step.REVIEW),
        ("draft",),
    ),
    (
        "ratify/2025/1",
        "kadis",
        "",
        wib(13, 16),
        DRAFTED,
        about_draft(Step.RATIFY),
        ("draft",),
    ),
    (
        "submission/2025/1",
        "bappeda",
        "",
        wib(12, 10),
        DRAFTED,
        about_draft(Step.SUBMIT),
        ("cover_letter", "report"),
    ),
    ("copy_sent/2025/1/inspektur", "inspektur", "", None, DRAFTED, None, ("cover_letter", "report")),
    ("closed/2025/sekretaris", "sekretaris", "", None, DRAFTED, None, ("report",)),
    ("closed/2025/kadis", "kadis", "", None, DRAFTED, None, ("report",)),
)
"""Key, addressee, unit, deadline, when it may leave, the word it asks for, what it encloses."""


@pytest.mark.parametrize("letter", LETTERS, ids=[letter[0] for letter in LETTERS])
def test_each_letter_of_a_row_is_addressed_dated_and_bound(
    letter: tuple[str, str, str, datetime | None, datetime, Asked | None, tuple[str, ...]],
) -> None:
    """To the first address on the list, in office hours, in no thread."""
    key, person, unit, due_at, send_after, asks, encloses = letter
    (found,) = [one for one in closed().letters if one.key == key]
    assert (found.to, found.address) == (person, OFFICE.roster.person(person).addresses[0])
    assert (found.cycle, found.unit, found.due_at, found.send_after) == (YEAR, unit, due_at, send_after)
    assert (found.answers, found.asks) == (None, asks)
    assert tuple(file.kind.value for file in found.enclosures) == encloses
    units = [form.unit for form in closed().cycle.units] if key.startswith("data_needs") else [unit] * len(encloses)
    assert [file.unit for file in found.enclosures] == units


def test_nothing_else_is_sent_but_answers() -> None:
    """The letters of the rows, what Subbag Program reads of accepted forms, and confirmations."""
    others = {one.kind for one in closed().letters if one.key not in {letter[0] for letter in LETTERS}}
    assert others == {LetterKind.RECEIPT, LetterKind.VERDICT_NOTED}


def test_the_journal_notes_the_opening_every_row_with_its_deadline_and_the_end() -> None:
    """By whom: mailbot itself."""
    year = closed()
    noted = [
        (line.at, line.event, line.actor, dict(line.detail))
        for line in year.journal
        if line.event in {"cycle_opened", "row_entered", "cycle_closed"}
    ]
    rows = (
        (MORNING, Step.INFORM, wib(6, 16)),
        (wib(6, 16), Step.REQUEST, wib(7, 16)),
        (wib(7, 8), Step.COLLECT, wib(12, 16)),
        (DRAFTED, Step.CHECK, wib(13, 16)),
        (DRAFTED, Step.ANALYSE, wib(14, 16)),
        (DRAFTED, Step.DRAFT, wib(19, 16)),
        (DRAFTED, Step.REVIEW, wib(14, 16)),
        (DRAFTED, Step.RATIFY, wib(13, 16)),
        (DRAFTED, Step.SUBMIT, wib(12, 10)),
    )
    entered = [
        (at, "row_entered", "mailbot", {"step": step.value, "round": "1", "due": due.isoformat()})
        for at, step, due in rows
    ]
    opened, end = (
        (at, event, "mailbot", {"cycle": YEAR}) for at, event in ((MORNING, "cycle_opened"), (DRAFTED, "cycle_closed"))
    )
    assert noted == [opened, *entered, end]
    assert year.journal[0].event == "cycle_opened"


def test_every_row_that_was_left_is_kept_with_its_times() -> None:
    """When it began, when it was due, when it ended; the cycle is closed at the last of them."""
    cycle = closed().cycle
    assert cycle.rows_done == (
        (Step.INFORM, MORNING, wib(6, 16), wib(6, 16)),
        (Step.REQUEST, wib(6, 16), wib(7, 16), wib(7, 8)),
        (Step.COLLECT, wib(7, 8), wib(12, 16), DRAFTED),
        (Step.CHECK, DRAFTED, wib(13, 16), DRAFTED),
        (Step.ANALYSE, DRAFTED, wib(14, 16), DRAFTED),
        (Step.DRAFT, DRAFTED, wib(19, 16), DRAFTED),
        (Step.REVIEW, DRAFTED, wib(14, 16), DRAFTED),
        (Step.RATIFY, DRAFTED, wib(13, 16), DRAFTED),
        (Step.SUBMIT, DRAFTED, wib(12, 10), DRAFTED),
    )
    assert (cycle.opened_at, cycle.closed_at) == (MORNING, DRAFTED)


def test_a_new_row_begins_with_no_reminder_of_the_last() -> None:
    """Nor with the doubt about the Sekretaris' silence: who is asked now has not been reminded yet."""
    play = collecting()
    play.now = replace(play.cycle, reminders=3, reminded_at=wib(9, 8), undecided=True)
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        play.sends(unit, faulty(unit))
    assert play.step() is Step.CHECK
    assert (play.cycle.reminders, play.cycle.reminded_at, play.cycle.undecided) == (0, None, False)


def test_a_row_that_is_entered_again_is_a_new_round_with_its_whole_time() -> None:
    """Row 6 after the Sekretaris' remarks: from that moment, under its own number."""
    play = reviewing()
    play.at = wib(14, 10)
    outcome = play.says("sekretaris", Word.PERBAIKI, "Tabel 3.")
    assert (play.step(), play.cycle.round, play.cycle.since, play.cycle.due_at) == (
        Step.DRAFT,
        2,
        wib(14, 10),
        wib(19, 16),
    )
    (entered,) = [line for line in outcome.journal if line.event == "row_entered"]
    assert (entered.at, dict(entered.detail)["round"]) == (wib(14, 10), "2")


def test_salah_in_the_draft_leads_through_row_4_and_5_to_a_draft_of_its_own_time() -> None:
    """Back to row 4; when the form is there again, row 5 sends its second recap, and row 6 begins anew."""
    play = drafting()
    play.at = wib(13, 9)
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    assert (play.step(), play.cycle.since, play.cycle.due_at) == (Step.CHECK, wib(13, 9), wib(14, 16))
    play.at = wib(14, 9)
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    assert (play.step(), play.cycle.since, play.cycle.due_at, play.cycle.round) == (
        Step.DRAFT,
        wib(14, 9),
        wib(21, 16),
        2,
    )
    assert [line[0] for line in play.cycle.rows_done[-3:]] == [Step.DRAFT, Step.CHECK, Step.ANALYSE]


def test_time_alone_ends_no_row_that_waits_for_somebody() -> None:
    """However long: rows 3, 4, 6, 6b and 8 wait for what they wait for; rows 1 and 2 for what was heard and sent."""
    for play in (collecting(), drafting(), reviewing(), submitted()):
        step = play.step()
        play.clock(wib(30, 16, month=4))
        assert play.step() is step
    play = Play().opens()
    play.unheard(wib(30, 16), wib(6, 15.9))
    assert play.step() is Step.INFORM
    play.unheard(wib(30, 16), None)
    assert play.step() is Step.INFORM
    play.unheard(wib(30, 16), wib(6, 16))
    assert play.step() is Step.REQUEST


def test_a_letter_of_row_1_that_has_not_left_lets_nobody_be_silent() -> None:
    """The time to object runs from when it leaves."""
    play = Play().opens()
    play.clock(wib(30, 16), "data_needs/2025/1")
    assert play.step() is Step.INFORM
    play.clock(wib(30, 16.1))
    assert play.step() is Step.INFORM


def test_a_section_head_whose_term_is_over_gets_no_copy() -> None:
    """The list of the day the request leaves."""
    people = tuple(
        replace(one, until=wib(6).date()) if one.key == "kasi-pindah" else one for one in OFFICE.roster.people
    )
    play = collecting(replace(OFFICE, roster=replace(OFFICE.roster, people=people)))
    assert [letter.to for letter in play.all_letters(LetterKind.REQUEST_COPY)] == ["kasi-identitas", "kasi-pindah"]
    play = Play(office=play.office, at=wib(7, 7.5)).opens()
    play.says("sekretaris", Word.SETUJU)
    assert [letter.to for letter in play.all_letters(LetterKind.REQUEST_COPY)] == ["kasi-identitas"]


def test_a_form_counts_until_the_figures_are_worked_on() -> None:
    """In rows 1 to 4 of a cycle that is open."""
    counts = [forms_count(play.cycle) for play in (Play().opens(), collecting(), drafting(), reviewing(), closed())]
    assert counts == [True, True, False, False, False]
    assert not forms_count(replace(collecting().cycle, closed_at=wib(30, 9)))


def test_an_objection_that_subbag_program_knows_not_of_is_no_silence() -> None:
    """The letter that tells of it is still in the outbox when the second round's time is over."""
    play = Play(at=wib(5, 9)).opens()
    play.says("sekretaris", Word.KEBERATAN, "IKU-14 belum ada.")
    play.says("perencanaan", Word.TERUSKAN)
    play.clock(wib(30, 16), "data_needs_objected/2025/1/1")
    assert play.step() is Step.INFORM
    play.clock(wib(30, 16), "receipt/2025/capil/1")
    assert play.step() is Step.REQUEST
