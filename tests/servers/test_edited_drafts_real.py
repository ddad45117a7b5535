"""Story 24 against real Postfix, Dovecot and LibreOffice: a draft that people edit is never lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.core.model.sop import Step
from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.rehearsal.keyboard import Got
from tests.examined.real import condemned
from tests.servers.fixtures import insist
from tests.servers.real_mail import RealMail
from tests.servers.real_office import RealOffice, real_office
from tests.stories.test_24_the_draft_lives import EDIT, refilled, texts
from tests.writing.edited.small_documents import paragraph, run, with_body

pytestmark = pytest.mark.servers


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office with the first draft before Subbag Program."""
    with real_office(tmp_path, real_mail, {}) as at_work:
        at_work.collects()
        yield at_work


def docx_of(got: Got) -> bytes:
    """Return the Word file that came with a letter."""
    file = got.file(".docx")
    assert file is not None
    return file[1]


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """Return a Word file as LibreOffice saves it."""
    soffice = shutil.which("soffice")
    insist(None if soffice else "LibreOffice is not installed; run .ci/packages as root")
    before, after = folder / "draf.docx", folder / "disimpan"
    before.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    convert = [soffice or "", profile, "--headless", "--convert-to", "docx", "--outdir", str(after), str(before)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)  # noqa: S603 - LibreOffice, on our own file
    return (after / "draf.docx").read_bytes()


def test_an_edited_draft_lives_through_remarks_and_through_changed_data(office: RealOffice, tmp_path: Path) -> None:
    """Edited, saved by LibreOffice, sent back, edited again; then the data change, and are listed."""
    laid = office.letter("perencanaan", "draft")
    office.next_morning()  # each version bears a moment of its own, by which they are told apart
    edited = with_body(saved_by_libreoffice(docx_of(laid), tmp_path), EDIT)
    office.answers("perencanaan", laid, "Terlampir hasil suntingan.", ("Draf sunting.docx", edited))
    draft = office.cycle().draft
    assert draft is not None
    assert draft.version == 2
    noted = " ".join(office.letter("perencanaan", "verdict_noted").text.split())
    assert "tidak dapat kami isikan" not in noted
    second = office.letter("perencanaan", "draft", 2)
    found = read_document(docx_of(second), USUAL_LIMITS)
    assert "2" in [figure.text for figure in found.figures if figure.tag == "mb::version"]

    office.answers("perencanaan", second, "TERUSKAN")
    assert office.cycle().step is Step.REVIEW  # no anchor was lost, so nothing is asked about
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI\nBab IV terlalu singkat.")
    revision = office.letter("perencanaan", "revision")
    assert "Kalimat suntingan Subbag Program." in texts(docx_of(revision))
    office.next_morning()
    again = with_body(saved_by_libreoffice(docx_of(revision), tmp_path), paragraph(run("Bab IV dilengkapi.")))
    office.answers("perencanaan", revision, "Terlampir.", ("Draf sunting 2.docx", again))
    third = office.letter("perencanaan", "draft", 3)
    assert "tidak dapat diperiksa" not in " ".join(third.text.split())
    assert "menjadi" not in third.text.split("Perubahan sejak versi 2")[1].split("Menurut lembar")[0]
    office.answers("perencanaan", office.letter("perencanaan", "draft", 3), "KEMBALIKAN DAFDUK angka IKU-05 keliru")
    assert office.cycle().step is Step.CHECK
    office.next_morning()  # so many letters leave in a minute and no more, and the clock stands still
    returned = office.letter("kabid-dafduk", "returned_by_planning")
    request = office.letter("kabid-dafduk", "request").file(".xlsx")
    assert request is not None
    from mailbot.rehearsal.cast import read_script  # noqa: PLC0415 - the staff fill it in
    from mailbot.rehearsal.filling import fill  # noqa: PLC0415 - as above

    form = refilled(fill(request[1], read_script(office.settings.template_folders), mistakes=0))
    office.answers("kabid-dafduk", returned, "Terlampir.", (request[0], form))
    assert office.cycle().step is Step.DRAFT
    last = office.letter("perencanaan", "draft", 4)
    assert "69,75 di data" in " ".join(last.text.split())
    assert {"Kalimat suntingan Subbag Program.", "Bab IV dilengkapi."} <= set(texts(docx_of(last)).splitlines())
    assert condemned(office) == ()
