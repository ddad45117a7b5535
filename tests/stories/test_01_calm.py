"""Story 01: a calm cycle, from the day it opens to the archive, every row in its turn."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.writing.archive.checking.proving import witnesses_of_letter
from mailbot.writing.archive.verify import verify_archive
from tests.office import CYCLE, HEADS, ToyOffice, collected


def test_a_calm_cycle_runs_from_opening_to_archive(tmp_path: Path) -> None:
    """Everybody answers well and in time; each row follows the other, and the archive proves itself."""
    office = ToyOffice()
    office.archives_in(tmp_path)

    # Row 1: the Sekretaris hears what will be asked; silence for a working day is consent.
    office.works()
    assert office.cycle().step is Step.INFORM
    assert len(office.letters_to("sekretaris", "data_needs")[0].files) == len(HEADS) + 1  # and the deadline
    office.days_pass(1)
    assert office.cycle().step is Step.REQUEST

    # Row 2: each head gets the cover letter and the unit's own form, the listed Kasi a copy; then the row is over.
    office.morning()
    assert office.cycle().step is Step.COLLECT
    for key in HEADS.values():
        names = [name for name, _ in office.letter(key, "request").files]
        assert any(name.endswith(".xlsx") for name in names)
        assert any(name.endswith(".docx") for name in names)
    assert len(office.letters_to("kasi-inovasi", "request_copy")) == 1

    # Rows 3 and 4: each form is answered at once with the figures as they were read.
    collected(office)
    assert {form.state for form in office.cycle().units} == {UnitState.ACCEPTED}
    assert "99,46" in office.letter("kabid-dafduk", "receipt").text

    # Rows 5 and 6: the draft with the recap to Subbag Program, who passes it on.
    assert office.letter("perencanaan", "draft").file(".xlsx") is not None
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")

    # Rows 6b and 7: one word each.
    assert office.cycle().step is Step.REVIEW
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")

    # Row 8: the very bytes that were ratified go to Bappeda Litbang, who confirms.
    submission = office.letter("bappeda", "submission")
    ratified = office.cycle().verdicts[-1].docx_sha256
    assert office.ledger.files.read(ratified) in [content for _, content in submission.files]
    office.answers("bappeda", submission, "DITERIMA")
    office.days_pass(1)
    assert office.cycle().closed
    witnesses = witnesses_of_letter(submission.raw)
    assert len(witnesses) == 1
    assert verify_archive(tmp_path / CYCLE, tuple(witnesses)) == ()

    # The archive is theirs to print: the letter bears the binder, and where the journal ended behind the seal.
    wanted = office.letter("perencanaan", "closed")
    binder = wanted.files[-1][1]
    assert binder == (tmp_path / CYCLE / "berkas-cetak.pdf").read_bytes()
    assert f"Berkas siap cetak: {len(PdfReader(io.BytesIO(binder)).pages)} (" in wanted.text
    ((line, _),) = witnesses_of_letter(wanted.raw)
    sealed = next(entry.number for entry in office.ledger.journal.read(CYCLE) if entry.line.event == "archived")
    assert line >= sealed
    assert office.ledger.journal.verify() is None
    assert [letter.kind for letter in office.letters_to("kadis")] == ["ratify", "verdict_noted", "closed"]


def test_every_letter_of_a_calm_cycle_has_a_key_of_its_own(tmp_path: Path) -> None:
    """No letter is queued twice, whatever the number of passes."""
    office = ToyOffice()
    office.archives_in(tmp_path)
    office.works()
    office.days_pass(2)
    collected(office)
    before = office.letter_keys()
    office.works()
    office.works()
    assert office.letter_keys() == before
    assert len(set(before)) == len(before)
