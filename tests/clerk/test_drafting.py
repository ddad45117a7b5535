"""Compiling the draft a cycle wants: once for each version, before the transaction, with or without a PDF."""

from __future__ import annotations

from dataclasses import replace

from mailbot.clerk.papers import draft_one
from mailbot.core.model.cycle import Draft
from mailbot.core.model.sop import Step
from mailbot.ledger.values import Changes, CycleChange
from mailbot.writing.word.pdf import PdfMaker
from tests.office import CYCLE, ToyOffice, requested


def wanting() -> ToyOffice:
    """Return the office with a cycle that wants the first version of its report, one unit's data being there."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    cycle = office.cycle()
    after = replace(cycle, step=Step.DRAFT, since=office.clock(), draft=Draft(version=1))
    office.ledger.commit(Changes(at=office.clock(), cycles=(CycleChange(before=cycle, after=after),)))
    return office


def test_a_wanted_draft_is_compiled_once_and_kept_by_its_digest() -> None:
    """The journal names the very bytes; a second look finds nothing to do."""
    office = wanting()
    assert draft_one(office.clerk.books, office.clerk.maker)
    draft = office.cycle().draft
    assert draft is not None
    assert draft.compiled_at == office.clock()
    assert office.ledger.files.read(draft.docx_sha256).startswith(b"PK")
    assert draft.pdf_sha256 == ""
    assert not draft_one(office.clerk.books, office.clerk.maker)
    lines = [entry.line for entry in office.ledger.journal.read(CYCLE) if entry.line.event == "draft_compiled"]
    assert [dict(line.detail)["docx"] for line in lines] == [draft.docx_sha256]


def test_a_version_that_somebody_edited_is_kept_as_it_came() -> None:
    """Only its PDF is made; nothing is compiled over a person's work."""
    office = wanting()
    edited = office.ledger.files.keep(b"PK edited by Subbag Program", "application/octet-stream", office.clock())
    cycle = office.cycle()
    after = replace(
        cycle, draft=Draft(version=2, docx_sha256=edited, edited_by="perencanaan.disdukcapil@example.go.id")
    )
    office.ledger.commit(Changes(at=office.clock(), cycles=(CycleChange(before=cycle, after=after),)))
    assert draft_one(office.clerk.books, office.clerk.maker)
    draft = office.cycle().draft
    assert draft is not None
    assert (draft.version, draft.docx_sha256, draft.compiled_at) == (2, edited, office.clock())


def test_a_pdf_that_cannot_be_made_stops_nothing() -> None:
    """The draft goes out as DOCX alone."""
    office = wanting()
    maker = PdfMaker(program="no-such-office-suite")
    office.has(pdf=maker)
    assert draft_one(office.clerk.books, office.clerk.maker)
    draft = office.cycle().draft
    assert draft is not None
    assert (draft.pdf_sha256, draft.compiled_at) == ("", office.clock())
    assert maker.problem == "no PDF: no-such-office-suite (LibreOffice) is not installed"


def test_without_a_wanted_draft_there_is_nothing_to_do() -> None:
    """A cycle in another row is left alone."""
    office = ToyOffice()
    office.works()
    before = office.cycle()
    assert not draft_one(office.clerk.books, office.clerk.maker)
    assert office.cycle() == before
