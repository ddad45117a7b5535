"""Story 30: a decision is taken back in time, a report that was handed over is corrected; both archives stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailbot.clerk.desk.remembering import with_deputies
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.ledger.files_and_notes import ARCHIVED
from mailbot.ledger.values import Changes, CycleChange
from mailbot.writing.archive.verify import verify_archive
from tests.office import CYCLE, ToyOffice, laid


def windowed() -> ToyOffice:
    """Return the office with the window of recall that is shipped, and the draft with Subbag Program."""
    office = laid()
    policy = replace(office.office.policy, recall_minutes=30)
    office.has(office=replace(office.office, policy=policy))
    return office


def test_a_decision_is_taken_back_in_time_and_a_report_corrected_after_it(tmp_path: Path) -> None:
    """BATAL in a mail of its own finds the word it means; the corrected report has an archive beside the former."""
    office = windowed()
    office.archives_in(tmp_path)
    for key, kind, word in (
        ("perencanaan", "draft", "TERUSKAN"),
        ("sekretaris", "review", "SETUJU"),
        ("kadis", "ratify", "DISAHKAN"),
    ):
        before = office.cycle().step
        office.answers(key, office.letter(key, kind), word)
        assert office.cycle().step is before
        echo = office.letter(key, "verdict_noted")
        assert "BATAL" in echo.text
        if word == "SETUJU":
            office.answers(key, office.letter(key, kind), word)
            twice = office.letter(key, "out_of_turn").text
            assert ("SETUJU telah tercatat dan berlaku mulai" in twice, "BATAL" in twice) == (True, True)
        if word == "DISAHKAN":
            office.answers("perencanaan", None, "STATUS")
            status = office.letters_to("perencanaan", "status")[0].text
            assert ("DISAHKAN telah tercatat dan berlaku mulai" in status, "Menunggu" in status) == (True, False)
            office.hours_pass(0.25)
            office.answers(key, None, "Batal")
            assert office.letters_to("kadis", "recalled")[0].file(".docx")
            office.hours_pass(1)
            assert (office.cycle().step, office.letters_to("bappeda")) == (Step.RATIFY, [])
            office.answers(key, office.letter(key, "recalled"), word)
        office.hours_pass(0.5)
    assert office.cycle().step is Step.SUBMIT
    former = office.letter("bappeda", "submission")
    office.answers("bappeda", former, "DITERIMA")
    office.hours_pass(0.5)
    office.hours_pass(0.1)
    assert office.cycle().closed
    first = {path: path.read_bytes() for path in (tmp_path / CYCLE).rglob("*") if path.is_file()}

    office.morning()
    office.answers("perencanaan", office.letter("perencanaan", "closed"), "KOREKSI\n\nNama kepala bidang keliru.")
    assert (office.cycle().step, office.cycle().corrected) == (Step.DRAFT, 1)
    for key, kind, word in (
        ("perencanaan", "draft", "TERUSKAN"),
        ("sekretaris", "review", "SETUJU"),
        ("kadis", "ratify", "DISAHKAN"),
        ("bappeda", "submission", "DITERIMA"),
    ):
        office.answers(key, office.letter(key, kind), word)
        office.clock.set_to(office.office.calendar.add_minutes(office.clock(), 30) + timedelta(minutes=1))
        office.works()
    office.hours_pass(0.1)
    assert office.cycle().closed
    again = office.letter("bappeda", "submission")
    assert [content for name, content in again.files if name.endswith(".docx")] != [
        content for name, content in former.files if name.endswith(".docx")
    ]
    assert {path: path.read_bytes() for path in first} == first
    assert verify_archive(tmp_path / f"{CYCLE}-koreksi-1") == ()


def test_a_draft_is_pulled_back_before_its_letter_has_left() -> None:
    """Passed on in the evening and pulled back at night, the letter of row 6b never leaves; the next one does."""
    office = laid()
    evening = office.office.calendar.at(
        office.office.calendar.local(office.clock()).date(), office.office.calendar.closes
    )
    office.clock.set_to(evening + timedelta(hours=2))
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    assert office.cycle().step.value == "review"
    office.answers("perencanaan", office.letter("perencanaan", "verdict_noted"), "BATAL\nAda yang terlewat.")
    assert office.cycle().step is Step.DRAFT
    office.morning()
    assert office.letters_to("sekretaris", "review") == []
    office.answers("perencanaan", office.letter("perencanaan", "recalled"), "TERUSKAN")
    assert len(office.letters_to("sekretaris", "review")) == 1


def test_a_deputy_whom_a_principal_names_by_mail_decides_in_his_place() -> None:
    """The Sekretaris names a Plh. for two days: the draft goes to him, and his word counts as such.

    He stands in to the end of his days, although the cycle in which he was named is archived before.
    """
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    day = office.office.calendar.local(office.clock()).date()
    office.answers("sekretaris", None, f"PLH kabid.capil@example.go.id sampai {day + timedelta(days=1)}")
    office.answers("sekretaris", office.letter("sekretaris", "deputy_echo"), "BENAR")
    assert len(office.letters_to("kabid-capil", "deputy_told")) == 1
    office.answers("kabid-capil", office.letter("kabid-capil", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    assert office.cycle().verdicts[-1].person.startswith("plh-sekretaris-kabid-capil-")
    closed = replace(office.cycle(), step=Step.SUBMIT, closed_at=office.clock())
    change = CycleChange(before=office.cycle(), after=closed)
    archived = (ARCHIVED + CYCLE, office.clock().isoformat())
    office.ledger.commit(Changes(at=office.clock(), cycles=(change,), notes=(archived,)))
    people = with_deputies(office.clerk.books).office.roster
    holders = [people.holder(Role.SECRETARY, day + timedelta(days=days)) for days in (0, 1, 2)]
    assert [one.key.startswith("plh-sekretaris") for one in holders if one is not None] == [True, True, False]
    office.days_pass(2)
    assert with_deputies(office.clerk.books) is office.clerk.books
