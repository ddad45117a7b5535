"""Compiling the draft a cycle wants: once for each version, before the transaction, with or without a PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.clerk.papers import draft_one
from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.office import Office
from mailbot.core.model.sop import Step
from mailbot.errors import TemplateProblem
from mailbot.ledger.values import Changes, CycleChange
from mailbot.writing.word.pdf import PdfMaker
from tests.office import CYCLE, ToyOffice, requested
from tests.remembered import RememberingLetterMaker


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


class PartlyBroken(RememberingLetterMaker):
    """A maker that cannot make the draft of one cycle."""

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile a draft, if it is another's."""
        if cycle.key == CYCLE:
            raise TemplateProblem("a value of this cycle breaks the template")
        return super().draft(office, cycle, version)


def test_a_cycle_whose_draft_cannot_be_made_holds_up_no_other() -> None:
    """The other one's is compiled; only then is the trouble told (P11)."""
    office = wanting()
    first = office.cycle()
    other = replace(first, key="2026-tw1", opened_at=office.clock(), version=0)
    office.ledger.commit(Changes(at=office.clock(), cycles=(CycleChange(before=None, after=other),)))
    made = office.clerk.maker
    assert isinstance(made, RememberingLetterMaker)
    broken = PartlyBroken(
        secret=made.secret, template_folders=made.template_folders, archive_folder=made.archive_folder
    )
    assert draft_one(office.clerk.books, broken)
    compiled = office.ledger.cycles.get("2026-tw1")
    assert compiled is not None
    assert compiled.draft is not None
    assert compiled.draft.compiled_at == office.clock()
    with pytest.raises(TemplateProblem, match="breaks the template"):
        draft_one(office.clerk.books, broken)
