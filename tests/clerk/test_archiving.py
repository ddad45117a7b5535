"""The archive of a closed cycle: once, after its last letter has left, and whole whatever happens on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.clerk.desk.archiving import archive, archive_one
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes, CycleChange, Outgoing
from mailbot.writing.archive.checking.listing import MANIFEST
from mailbot.writing.archive.verify import verify_archive
from tests.office import CYCLE, ToyOffice


def closed(folder: Path) -> ToyOffice:
    """Return the office with a cycle that has just been closed, its first letter sent, nothing archived yet."""
    office = ToyOffice()
    office.archives_in(folder)
    office.works()
    closes(office)
    return office


def closes(office: ToyOffice) -> None:
    """Close the cycle."""
    cycle = office.cycle()
    after = replace(cycle, step=Step.SUBMIT, closed_at=office.clock())
    told = ((CYCLE, line(office.clock(), "cycle_closed", cycle=CYCLE)),)
    change = CycleChange(before=cycle, after=after)
    office.ledger.commit(Changes(at=office.clock(), cycles=(change,), journal=told))


def last_letter(office: ToyOffice) -> str:
    """Queue one more letter of the cycle, and give its key."""
    letter = Outgoing(
        key=f"closed/{CYCLE}/kadis",
        kind="closed",
        person="kadis",
        address="kepala.disdukcapil@example.go.id",
        message_id="<closed@example.go.id>",
        raw=b"Subject: Selesai\r\n\r\n",
        due_at=office.clock(),
        cycle=CYCLE,
    )
    office.ledger.commit(Changes(at=office.clock(), letters=(letter,)))
    return letter.key


def times_archived(office: ToyOffice) -> int:
    """Return how often the journal says so."""
    return [entry.line.event for entry in office.ledger.journal.read()].count("archived")


def test_a_cycle_is_archived_once(tmp_path: Path) -> None:
    """The journal says so once; a second look finds nothing to do."""
    office = closed(tmp_path)
    assert archive_one(office.clerk.books, office.clerk.maker, office.clerk.reader)
    made = (tmp_path / CYCLE / MANIFEST).read_bytes()
    assert not archive_one(office.clerk.books, office.clerk.maker, office.clerk.reader)
    office.works()
    assert times_archived(office) == 1
    assert (tmp_path / CYCLE / MANIFEST).read_bytes() == made
    assert verify_archive(tmp_path / CYCLE) == ()


def test_nothing_is_archived_before_the_last_letter_has_left(tmp_path: Path) -> None:
    """A held letter holds up the archive; once it has left it is in there."""
    office = closed(tmp_path)
    key = last_letter(office)
    office.ledger.outbox.hold(key)
    office.works()
    assert not (tmp_path / CYCLE).exists()
    office.ledger.outbox.release(key)
    office.works()
    listed = [file["path"] for file in json.loads((tmp_path / CYCLE / MANIFEST).read_text())["files"]]
    assert any(path.endswith("closed-2025-kadis.eml") for path in listed)
    assert times_archived(office) == 1


def test_an_archive_cut_short_is_written_at_the_next_pass(tmp_path: Path) -> None:
    """The folder could not be made when the journal had said so; the journal says so only once."""
    office = closed(tmp_path / "arsip")
    (tmp_path / "arsip").write_text("a file in the way")
    with pytest.raises(OSError, match="arsip"):
        archive_one(office.clerk.books, office.clerk.maker, office.clerk.reader)
    passed = office.works()
    assert "arsip" in passed.trouble[0]
    (tmp_path / "arsip").unlink()
    assert office.works().trouble == ()
    assert verify_archive(tmp_path / "arsip" / CYCLE) == ()
    assert times_archived(office) == 1


def test_a_cycle_exported_while_it_runs_is_archived_all_the_same_when_it_closes(tmp_path: Path) -> None:
    """The export says nothing in the journal; when the cycle closes it is moved aside, and nothing of it is lost."""
    office = ToyOffice()
    office.archives_in(tmp_path)
    office.works()
    books, maker, reader = office.clerk.books, office.clerk.maker, office.clerk.reader
    assert archive(books, maker, reader, office.cycle()) == (tmp_path / CYCLE, None)
    assert (times_archived(office), verify_archive(tmp_path / CYCLE)) == (0, ())
    exported = (tmp_path / CYCLE / MANIFEST).read_bytes()
    closes(office)
    office.works()
    assert (times_archived(office), verify_archive(tmp_path / CYCLE)) == (1, ())
    assert (tmp_path / f"{CYCLE}.1" / MANIFEST).read_bytes() == exported


def test_the_archive_is_the_same_bytes_whatever_the_yaml_says_later(tmp_path: Path) -> None:
    """Made once: another office name, other people, another place, and mails that came since change nothing in it."""
    office = closed(tmp_path / "one")
    books, maker, reader = office.clerk.books, office.clerk.maker, office.clerk.reader
    archive_one(books, maker, reader)
    office.arrives(office.mail("kabid-piak", None, "STATUS"))
    letterhead = replace(books.office.letterhead, agency_name="Dinas Lain", agency_short="LAIN")
    office.has(office=replace(books.office, letterhead=letterhead))
    office.archives_in(tmp_path / "other")
    archive(office.clerk.books, office.clerk.maker, reader, office.cycle())
    first, second = (
        {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
        for folder in (tmp_path / "one" / CYCLE, tmp_path / "other" / CYCLE)
    )
    assert first == second
    assert times_archived(office) == 1


def test_a_corrected_cycle_has_an_archive_of_its_own_and_the_former_stays(tmp_path: Path) -> None:
    """Opened once more and closed again: both prove themselves, and the first is as it was."""
    office = closed(tmp_path)
    office.works()
    first = (tmp_path / CYCLE / MANIFEST).read_bytes()
    cycle = office.cycle()
    change = CycleChange(before=cycle, after=replace(cycle, closed_at=None, corrected=1))
    office.ledger.commit(Changes(at=office.clock(), cycles=(change,)))
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "STATUS")
    closes(office)
    office.works()
    assert times_archived(office) == 2
    for name in (CYCLE, f"{CYCLE}-koreksi-1"):
        assert verify_archive(tmp_path / name) == ()
    assert (tmp_path / CYCLE / MANIFEST).read_bytes() == first


def test_what_lies_in_the_archive_s_place_is_never_overwritten(tmp_path: Path) -> None:
    """Changed by somebody, it is moved aside, and the archive stands there as it was made."""
    office = closed(tmp_path)
    books, maker, reader = office.clerk.books, office.clerk.maker, office.clerk.reader
    archive_one(books, maker, reader)
    (tmp_path / CYCLE / "BACA-DAHULU.txt").write_text("x")
    assert archive(books, maker, reader, office.cycle()) == (tmp_path / CYCLE, tmp_path / f"{CYCLE}.1")
    assert verify_archive(tmp_path / CYCLE) == ()
    assert (tmp_path / f"{CYCLE}.1" / "BACA-DAHULU.txt").read_text() == "x"
    assert archive(books, maker, reader, office.cycle()) == (tmp_path / CYCLE, None)


def test_what_the_operator_is_told_of_the_machine_is_no_part_of_the_record(tmp_path: Path) -> None:
    """The morning mail stays out; the letter to the Sekretaris is in."""
    office = closed(tmp_path)
    archive_one(office.clerk.books, office.clerk.maker, office.clerk.reader)
    letters = [path.name for path in (tmp_path / CYCLE).rglob("*.eml")]
    assert len(letters) == 1
    assert "data_needs" in letters[0]
