"""Which papers may come back signed, and which files are papers (rows 7 and 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.papers.awaited import awaited, is_paper
from mailbot.core.papers.checked import (
    PaperCheck,
    PaperFlaw,
    PaperKind,
    PaperReason,
    PaperSignature,
    Ratification,
    Ratified,
)
from tests.core.play import closed, ratifying, reviewing, submitted
from tests.offices.small import OFFICE

SIGNED = replace(OFFICE, ratification=Ratification(report=Ratified.SIGNED_PDF))
CHECK = PaperCheck(file_sha256="5" * 64)


def test_the_report_is_awaited_in_row_7_where_the_office_wants_it_signed() -> None:
    """Before it, after the end, and where the word by mail is enough nothing is."""
    cycle = ratifying().cycle
    assert cycle.draft is not None
    assert awaited(cycle, SIGNED) == ((PaperKind.REPORT, cycle.draft.pdf_sha256),)
    assert awaited(cycle, OFFICE) == ()
    for other in (reviewing().cycle, closed().cycle, replace(cycle, draft=None)):
        assert awaited(other, SIGNED) == ()


def test_the_cover_letter_is_awaited_once_it_is_made() -> None:
    """Beside the report, each where the office wants it signed."""
    cycle = submitted().cycle
    assert cycle.draft is not None
    assert cycle.delivery is not None
    made = replace(cycle, delivery=replace(cycle.delivery, cover_docx_sha256="6" * 64, cover_pdf_sha256="7" * 64))
    cover = (PaperKind.COVER_LETTER, "7" * 64)
    both = replace(OFFICE, ratification=Ratification(report=Ratified.SCAN, cover_letter=Ratified.SEALED))
    assert awaited(made, both) == ((PaperKind.REPORT, cycle.draft.pdf_sha256), cover)
    assert awaited(made, replace(OFFICE, ratification=Ratification(cover_letter=Ratified.SCAN))) == (cover,)


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        (
            replace(CHECK, signatures=(PaperSignature(signer="Budi"),), reasons=(PaperReason(flaw=PaperFlaw.DIGEST),)),
            True,
        ),
        (replace(CHECK, scan=True), True),
        (replace(CHECK, scan=True, reasons=(PaperReason(flaw=PaperFlaw.NO_RECOGNITION),)), True),
        (replace(CHECK, scan=True, reasons=(PaperReason(flaw=PaperFlaw.NOT_RECOGNISED_AT_ALL),)), False),
        (replace(CHECK, reasons=(PaperReason(flaw=PaperFlaw.NO_SIGNATURE),)), False),
    ],
)
def test_a_paper_carries_a_signature_or_is_a_scan_of_the_document(check: PaperCheck, wanted: bool) -> None:  # noqa: FBT001 - a table's column
    """Right or wrong; a marked file and an invitation are none."""
    assert is_paper(check) is wanted
