"""Story 31: ratified means signed, where the office says so; what is no signed report is explained, kept, and waits."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr
from pypdf import PdfReader

from mailbot.clerk.parts import SealsPapers
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import Ratification, Ratified
from mailbot.reading.signature.checking import PaperChecker
from mailbot.reading.signature.paper import examine
from mailbot.reading.signature.sealing import Sealer
from mailbot.settings.files.ratified import RatifiedBlock
from mailbot.writing.word.pdf import PdfMaker
from tests.office import ToyOffice, collected, requested
from tests.reading.signature.authority import authority, holder, signed
from tests.reading.signature.plain_pdf import document, scan
from tests.stories.form_life import plain

SERVICE = "Segel Elektronik Dinas Contoh"


class PlainPdf(PdfMaker):
    """Makes a PDF of three pages that say of which Word file it is."""

    def convert_all(self, documents: Sequence[bytes]) -> tuple[bytes | None, ...]:
        """Make them."""
        return tuple(map(_plain_pdf, documents))


def _plain_pdf(docx: bytes) -> bytes:
    """Return the PDF of one Word file."""
    name = hashlib.sha256(docx).hexdigest()
    pages = tuple((f"Halaman {number}", *(name[at : at + 8] for at in range(0, 64, 8))) for number in (1, 2, 3))
    return document(pages)


def awaiting(folder: Path, report: Ratified, cover_letter: Ratified = Ratified.BY_MAIL) -> ToyOffice:
    """Return an office that wants its papers so, with the reviewed report before the Kepala Dinas."""
    (folder / "akar.pem").write_bytes(authority().pem)
    office = requested()
    own = replace(office.office, ratification=Ratification(report=report, cover_letter=cover_letter))
    office.office = own
    checker = PaperChecker(examine=examine, recognise=lambda *_: None, settings=RatifiedBlock(), folder=folder)
    office.has(office=own, pdf=PlainPdf(), papers=checker)
    collected(office)
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    return office


def laid(office: ToyOffice) -> bytes:
    """Return the PDF that was laid before the Kepala Dinas."""
    return office.letter("kadis", "ratify").file(".pdf")[1]


def by_the_head(office: ToyOffice, pdf: bytes) -> bytes:
    """Return a PDF as he signs it."""
    name = office.person("kadis").name.split(",")[0]
    return signed(pdf, holder(name, days=(-400, 5000)))


def test_the_report_leaves_once_the_signed_pdf_has_come_back(tmp_path: Path) -> None:
    """DISAHKAN alone is noted, and waits; another document is explained; Bappeda gets the very bytes that he signed."""
    office = awaiting(tmp_path, Ratified.SIGNED_PDF)
    letter, given = office.letter("kadis", "ratify"), by_the_head(office, laid(office))
    office.answers("kadis", letter, "DISAHKAN", ("Undangan.pdf", document()))
    assert office.cycle().step is Step.RATIFY
    told = plain(office.letter("kadis", "paper_noted").text)
    assert "Undangan.pdf" in told
    assert "Isi berkas bukan naskah yang dimintakan tanda tangan." in told
    assert office.letters_to("bappeda") == []
    office.answers("kadis", letter, "Terlampir.", ("LKjIP ttd.pdf", given))
    assert office.cycle().step is Step.SUBMIT
    sent = [content for name, content in office.letter("bappeda", "submission").files if name.endswith(".pdf")]
    assert given in sent


def sealed_by(office: ToyOffice, folder: Path, program: str) -> None:
    """Let the office have a sealing service: a few lines of Python with two places."""
    settings = RatifiedBlock()
    checker = PaperChecker(examine=examine, recognise=lambda *_: None, settings=settings, folder=folder)
    (folder / "segel.py").write_text(program, encoding="utf-8")
    command = SecretStr(f"{sys.executable} -I {folder}/segel.py {{in}} {{out}}")
    seals = SealsPapers(sealer=Sealer(command, settings), checker=checker, signers=(SERVICE,))
    office.clerk = replace(office.clerk, seals=seals)


def test_the_offices_own_service_seals_what_was_ratified(tmp_path: Path) -> None:
    """It fails first: the operator hears so once, and it is asked again after an hour; what comes back is checked."""
    office = awaiting(tmp_path, Ratified.SEALED)
    ours = laid(office)
    sealed_by(office, tmp_path, "import sys; sys.exit('layanan sedang padam')")
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    (alarm,) = office.letters_to("operator", "alarm")
    assert "segel" in plain(alarm.text).lower()
    (tmp_path / "jadi.pdf").write_bytes(signed(ours, holder(SERVICE, days=(-400, 5000))))
    sealed_by(office, tmp_path, f"import shutil, sys; shutil.copy({str(tmp_path / 'jadi.pdf')!r}, sys.argv[2])")
    office.hours_pass(0.5)
    assert office.cycle().step is Step.RATIFY
    office.hours_pass(0.6)
    assert office.cycle().step is Step.SUBMIT
    assert len(office.letters_to("operator", "alarm")) == 1
    sent = [content for name, content in office.letter("bappeda", "submission").files if name.endswith(".pdf")]
    assert (tmp_path / "jadi.pdf").read_bytes() in sent


def test_a_word_that_can_be_taken_back_goes_to_no_service(tmp_path: Path) -> None:
    """BATAL in time: nothing has left the house; after the next word and its time the paper is sealed."""
    office = awaiting(tmp_path, Ratified.SEALED)
    office.office = replace(office.office, policy=replace(office.office.policy, recall_minutes=30))
    office.has(office=office.office)
    (tmp_path / "jadi.pdf").write_bytes(signed(laid(office), holder(SERVICE, days=(-400, 5000))))
    copies = f"shutil.copy({str(tmp_path / 'jadi.pdf')!r}, sys.argv[2])"
    sealed_by(office, tmp_path, f"import shutil, sys; open({str(tmp_path / 'tanda')!r}, 'a').write('x'); {copies}")
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.answers("kadis", office.letter("kadis", "verdict_noted"), "BATAL")
    office.hours_pass(0.6)
    office.answers("kadis", office.letter("kadis", "recalled"), "DISAHKAN")
    assert not (tmp_path / "tanda").exists()
    office.hours_pass(0.6)
    assert (tmp_path / "tanda").read_text() == "x"
    assert office.cycle().step is Step.SUBMIT


def test_a_long_scan_holds_nobody_else_up(tmp_path: Path) -> None:
    """Its pages are recognised some in each pass: the mail waits for the rest, and that counts as no failure."""
    office = awaiting(tmp_path, Ratified.SCAN)
    says = [page.extract_text() for page in PdfReader(io.BytesIO(laid(office))).pages]
    checker = PaperChecker(
        examine=examine,
        recognise=lambda _content, pages, _seconds: (says[pages[0] - 1],),
        settings=RatifiedBlock(),
        folder=tmp_path,
    )
    office.has(office=office.office, pdf=PlainPdf(), papers=checker)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", ("Pindaian.pdf", scan(3)))
    assert office.cycle().step is Step.RATIFY
    assert office.works().trouble == ()
    assert office.cycle().step is Step.RATIFY
    office.works()
    assert office.cycle().step is Step.SUBMIT
    assert office.letters_to("operator", "alarm") == []
