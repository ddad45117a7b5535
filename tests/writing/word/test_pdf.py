"""A PDF beside the Word file where LibreOffice is installed, a clear line where it is not, never an error."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.writing.word.pdf import PdfMaker
from tests.writing.word.test_cover_letter import cover


def test_where_there_is_no_libreoffice_there_is_a_line() -> None:
    """No PDF, and the reason in words for the operator."""
    maker = PdfMaker(program="no-such-office")
    assert not maker.available()
    assert maker.convert(b"anything", ".docx") is None
    assert maker.problem == "no PDF: no-such-office (LibreOffice) is not installed"


def test_a_program_that_fails_stops_nothing(tmp_path: Path) -> None:
    """An office program that ends badly, ends without a file, or hangs costs the PDF and nothing else."""
    for script, seconds, problem in (
        ("echo broken >&2; exit 1", 120, "no PDF: LibreOffice failed: broken\n"),
        ("exit 0", 120, "no PDF: LibreOffice ended without making one"),
        ("exec sleep 600", 0.2, "no PDF: LibreOffice took longer than 0.2 seconds"),
    ):
        program = tmp_path / "office"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        maker = PdfMaker(program=str(program), timeout_seconds=seconds)
        assert maker.convert(b"anything", ".docx") is None
        assert maker.problem == problem


@pytest.mark.parametrize("pages", [1, 2])
def test_a_cover_letter_becomes_one_page(office: Office, folders: tuple[Path, ...], pages: int) -> None:
    """LibreOffice, where installed, makes a PDF of one page, of two where names are long; else the maker says so."""
    maker = PdfMaker()
    short = replace(office.roster, people=tuple(replace(person, title=person.key) for person in office.roster.people))
    roster = replace(short, units=tuple(replace(unit, name=unit.key) for unit in short.units))
    names = office if pages > 1 else replace(office, roster=roster)
    made = maker.convert(cover(LetterKind.REQUEST, names, folders), ".docx")
    assert maker.available() is (shutil.which("soffice") is not None)
    assert (made is None) is bool(maker.problem)
    assert made is None or (made.startswith(b"%PDF-") and made.count(b"/Type/Page/") == pages)
