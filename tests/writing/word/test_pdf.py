"""PDFs beside Word files: made together and once, by a LibreOffice that is trusted with nothing, never an error."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.errors import PdfAwaited
from mailbot.writing.word.pdf import PdfMaker
from tests.writing.word.stand_in import (
    DIES,
    DOES_NOT_START,
    FAILS,
    HANGS,
    MAKES_NOTHING,
    WORKS,
    StandIn,
    end,
    lives,
    stand_in,
)
from tests.writing.word.test_cover_letter import cover

MINUTES = 60.0


@dataclass(slots=True)
class Stopwatch:
    """Seconds that pass when a test says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """Return how many have passed."""
        return self.seconds


@contextmanager
def making(office: StandIn, *, seconds: float = 60, waits: bool = False) -> Iterator[tuple[PdfMaker, Stopwatch]]:
    """Give a maker of PDFs over the stand-in, which waits so long for a document, and its stopwatch."""
    watch = Stopwatch()
    maker = PdfMaker(program=office.program, timeout_seconds=seconds, waits=waits, elapsed=watch)
    try:
        yield maker, watch
    finally:
        maker.close()


def patience(way: str | bytes) -> float:
    """Return how long to wait for a document: a moment for what hangs for sure."""
    return 1 if way in {HANGS, b"STICKY"} else 60


def pdf_of(words: bytes) -> bytes:
    """Return what the stand-in makes of a document."""
    return b"%PDF-1.7\n" + words + b"\n%%EOF\n"


def test_a_batch_is_made_in_one_call_and_the_same_document_once(tmp_path: Path) -> None:
    """Three letters, two of them alike: one start, one call for two; asked again, none."""
    office = stand_in(tmp_path)
    with making(office) as (maker, _):
        made = maker.convert_all([b"one", b"two", b"one"])
        assert made == (pdf_of(b"one"), pdf_of(b"two"), pdf_of(b"one"))
        assert (maker.convert(b"two"), maker.problem) == (pdf_of(b"two"), "")
        assert maker.convert_all([]) == ()
        assert office.calls == ["start", "convert 2"]
        assert maker.convert(b"three") == pdf_of(b"three")
        assert office.calls == ["start", "convert 2", "convert 1"]
        assert lives(office.warm)
    assert not lives(office.warm)


def test_where_there_is_no_libreoffice_there_is_a_line() -> None:
    """No PDF, and the reason in words for the operator."""
    maker = PdfMaker(program="no-such-office")
    assert not maker.available()
    assert maker.convert(b"anything") is None
    assert maker.problem == "no PDF: no-such-office (LibreOffice) is not installed"
    assert maker.has_stopped(told=False)


@pytest.mark.parametrize("how", [DIES, HANGS, MAKES_NOTHING, FAILS])
def test_what_befell_one_call_costs_nothing_but_a_second(how: str, tmp_path: Path) -> None:
    """Killed in the middle, hanging, failing: the document is made in a fresh LibreOffice."""
    office = stand_in(tmp_path)
    with making(office, seconds=patience(how)) as (maker, _):
        assert maker.convert(b"before") is not None
        former = office.warm
        office.heals()
        office.goes(how)
        assert (maker.convert(b"document"), maker.problem) == (pdf_of(b"document"), "")
        assert office.warm != former
        assert not maker.has_stopped(told=False)
    assert office.calls == ["start", "convert 1", "convert 1", "start", "convert 1"]


@pytest.mark.parametrize("bad", [b"DAMAGED", b"POISON", b"STICKY"])
def test_a_broken_document_takes_no_other_with_it(bad: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is tried once more, alone; then it is given up for ever, and LibreOffice is not blamed."""
    office = stand_in(tmp_path)
    with making(office, seconds=patience(bad), waits=True) as (maker, _), caplog.at_level(logging.WARNING, "mailbot"):
        made = maker.convert_all([b"one", bad, b"two"])
        assert made == (pdf_of(b"one"), None, pdf_of(b"two"))
        assert maker.problem.startswith("no PDF: LibreOffice")
        assert not maker.has_stopped(told=False)
        called = len(office.calls)
        assert maker.convert(bad) is None
        assert maker.problem.startswith("no PDF: LibreOffice")
        assert len(office.calls) == called
    assert [line for line in caplog.messages if "is given up" in line] == caplog.messages


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        (FAILS, "no PDF: LibreOffice failed: broken"),
        (MAKES_NOTHING, "no PDF: LibreOffice ended without making one"),
        (HANGS, "no PDF: LibreOffice took longer than 1 seconds"),
        (DOES_NOT_START, "no PDF: LibreOffice failed: no memory"),
    ],
)
def test_one_that_has_stopped_is_left_alone_for_five_minutes(
    how: str, problem: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for it again and again; what works again is used again."""
    office = stand_in(tmp_path, how)
    with making(office, seconds=patience(how)) as (maker, watch), caplog.at_level(logging.WARNING, "mailbot"):
        assert maker.convert_all([b"one", b"two"]) == (None, None)
        assert (maker.problem, maker.has_stopped(told=True)) == (problem, True)
        called = len(office.calls)
        office.goes(WORKS)
        watch.seconds += 4 * MINUTES
        assert maker.convert(b"one") is None
        assert (maker.problem, maker.has_stopped(told=True), len(office.calls)) == (problem, True, called)
        watch.seconds += 1 * MINUTES
        assert (maker.convert(b"one"), maker.problem) == (pdf_of(b"one"), "")
        assert not maker.has_stopped(told=True)
    assert caplog.messages == [f"{problem}; it is tried again every 5 minutes"]


def test_a_document_waits_where_the_office_wants_no_letter_without_it(tmp_path: Path) -> None:
    """While LibreOffice does not work; a document that is itself broken waits for nothing."""
    office = stand_in(tmp_path, DOES_NOT_START)
    with making(office, waits=True) as (maker, watch):
        for _ in range(2):
            with pytest.raises(PdfAwaited, match="no PDF: LibreOffice failed: no memory"):
                maker.convert_all([b"one", b"two"])
        office.goes(WORKS)
        watch.seconds += 5 * MINUTES
        assert maker.convert_all([b"one", b"DAMAGED"]) == (pdf_of(b"one"), None)


def test_one_that_stopped_before_this_process_is_asked_at_once(tmp_path: Path) -> None:
    """What was told of stands in the ledger; whether it still holds, only LibreOffice can say."""
    office = stand_in(tmp_path, DOES_NOT_START)
    with making(office) as (maker, _):
        assert not maker.has_stopped(told=False)
        assert office.calls == []
        assert maker.has_stopped(told=True)
    office.goes(WORKS)
    with making(office) as (maker, _):
        assert not maker.has_stopped(told=True)


@pytest.mark.parametrize(
    ("ended_by", "starts"),
    [
        (lambda maker, watch: None, 1),
        (lambda maker, watch: maker.rest(), 1),
        (lambda maker, watch: after(watch, 5 * MINUTES, maker.rest), 2),
        (lambda maker, watch: after(watch, 60 * MINUTES, lambda: None), 2),
        (lambda maker, watch: maker.convert_all([str(number).encode() for number in range(200)]), 2),
    ],
    ids=["nothing", "a rest that comes too soon", "nobody wanted it for five minutes", "an hour", "200 documents"],
)
def test_its_life_is_bounded(ended_by: Callable[[PdfMaker, Stopwatch], object], starts: int, tmp_path: Path) -> None:
    """By idleness, by its age and by what it has made; the next document starts another."""
    office = stand_in(tmp_path)
    with making(office) as (maker, watch):
        maker.convert(b"before")
        ended_by(maker, watch)
        assert maker.convert(b"after") is not None
    assert office.calls.count("start") == starts


def after(watch: Stopwatch, seconds: float, act: Callable[[], None]) -> None:
    """Let time pass, then act."""
    watch.seconds += seconds
    act()


def test_one_that_died_while_idle_is_replaced_before_it_is_asked(tmp_path: Path) -> None:
    """As when the system takes its memory: no call is lost on it."""
    office = stand_in(tmp_path)
    with making(office) as (maker, _):
        maker.convert(b"before")
        end(office.warm)
        assert maker.convert(b"after") is not None
    assert office.calls == ["start", "convert 1", "start", "convert 1"]


def test_one_whose_guard_was_killed_is_replaced(tmp_path: Path) -> None:
    """Without it, nobody would end LibreOffice after us."""
    office = stand_in(tmp_path)
    with making(office) as (maker, _):
        maker.convert(b"before")
        former, leader = office.warm, os.getpgid(office.warm)
        end(leader)
        assert maker.convert(b"after") is not None
        assert os.getpgid(office.warm) != leader
        assert not lives(former)


def test_one_that_is_taken_off_the_machine_while_it_runs_has_stopped(tmp_path: Path) -> None:
    """As when its package is brought up to date."""
    office = stand_in(tmp_path)
    with making(office) as (maker, watch):
        maker.convert(b"before")
        office.goes_away()
        assert maker.convert(b"after") is None
        assert maker.problem.endswith("soffice: No such file or directory")
        assert maker.has_stopped(told=False)
        stand_in(tmp_path)
        watch.seconds += 5 * MINUTES
        assert not maker.has_stopped(told=True)
        assert maker.convert(b"after") is not None


def test_only_so_many_pdfs_are_kept(tmp_path: Path) -> None:
    """Eight megabytes of them: of three large ones, the first is made again."""
    office = stand_in(tmp_path)
    large = [bytes([letter]) * 3_000_000 for letter in b"abc"]
    with making(office) as (maker, _):
        for document in (*large, large[2], large[0]):
            assert maker.convert(document) == pdf_of(document)
    assert office.calls.count("convert 1") == 4


@pytest.mark.parametrize("pages", [1, 2])
def test_a_cover_letter_becomes_one_page(office: Office, folders: tuple[Path, ...], pages: int) -> None:
    """LibreOffice, where installed, makes a PDF of one page, of two where names are long; else the maker says so."""
    maker = PdfMaker()
    short = replace(office.roster, people=tuple(replace(person, title=person.key) for person in office.roster.people))
    roster = replace(short, units=tuple(replace(unit, name=unit.key) for unit in short.units))
    names = office if pages > 1 else replace(office, roster=roster)
    made = maker.convert(cover(LetterKind.REQUEST, names, folders))
    maker.close()
    assert maker.available() is (shutil.which("soffice") is not None)
    assert (made is None) is bool(maker.problem)
    assert made is None or (made.startswith(b"%PDF-") and made.count(b"/Type/Page/") == pages)
