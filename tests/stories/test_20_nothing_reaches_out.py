"""Story 20: what mailbot sends on of what it got: nothing that runs or leads outside, no file of who is not proved."""

from __future__ import annotations

import hashlib
import io
import zipfile

from mailbot.core.model.sop import Step
from tests.failed_before import content
from tests.office import laid, requested
from tests.writing.form.test_passive_form import REACHES

DRAFT = content("draft/own-template-in-settings.docx")


def reaching(package: bytes) -> list[str]:
    """Return the members of a file that run or lead outside."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [name for name in archive.namelist() if REACHES.search(archive.read(name))]


def with_link_out(form: bytes) -> bytes:
    """Return a filled form whose first narrative cell calls out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            calls = b'<c r="Z40"><f>WEBSERVICE("http://contoh.example.net/")</f><v>0</v></c></row></sheetData>'
            new.writestr(name, held.replace(b"</row></sheetData>", calls) if "sheets/sheet" in name else held)
    return target.getvalue()


def test_a_marked_return_calls_nobody() -> None:
    """A proved sender gets his own workbook without what calls out; whoever is not proved gets a fresh form."""
    for proved in (True, False):
        office = requested()
        name, form = office.filled("PIAK", mistakes=1)
        sent = with_link_out(form)
        assert reaching(sent)
        office.answers("kabid-piak", office.letter("kabid-piak", "request"), "Terlampir.", (name, sent), proved=proved)
        _, back = office.letter("kabid-piak", "returned").file(".xlsx")
        assert reaching(back) == []


def test_an_edited_draft_goes_on_without_its_template_and_is_bound_to_what_goes_on() -> None:
    """The answer names the digest of the very bytes that the Sekretaris gets."""
    office = laid()
    draft = office.letter("perencanaan", "draft")
    office.answers("perencanaan", draft, "TERUSKAN", ("Draf.docx", DRAFT))
    # None of its figures stands in an anchor of ours, so that it is asked about.
    office.answers("perencanaan", office.letter("perencanaan", "draft_held"), "TERUSKAN")
    noted = office.letter("perencanaan", "verdict_noted")
    office.works()
    assert office.cycle().step is Step.REVIEW
    _, carried = office.letter("sekretaris", "review").file(".docx")
    assert reaching(carried) == []
    assert hashlib.sha256(carried).hexdigest()[:12] in noted.text
    assert carried != DRAFT
