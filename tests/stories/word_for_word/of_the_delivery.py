"""Scenes of the letters about signed papers, delivery, the close and corrections (SOP rows 7 and 8)."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from mailbot.core.codes.letter_kinds import LetterKind as K
from mailbot.core.papers.checked import Ratified
from mailbot.reading.signature.checking import PaperChecker
from mailbot.reading.signature.paper import examine
from mailbot.settings.files.ratified import RatifiedBlock
from tests.office import ToyOffice
from tests.reading.signature.plain_pdf import document, scan
from tests.stories.test_28_the_report_leaves import awaiting_number
from tests.stories.test_31_signed_papers import PlainPdf, awaiting
from tests.stories.word_for_word.scene import scene


@scene(K.NUMBER_WANTED, "perencanaan")
def number_wanted(_: Path) -> ToyOffice:
    """The report is ratified, and its letter wants a number."""
    return awaiting_number()


@scene(K.SUBMISSION, "bappeda")
def submission(_: Path) -> ToyOffice:
    """Subbag Program has asked the register for a number, and writes it down."""
    office = awaiting_number()
    words = "NOMOR 000.8.6.3/118/425.111/2026"
    office.answers("perencanaan", office.letter("perencanaan", "number_wanted"), words)
    return office


@scene(K.COPY_SENT, "inspektur")
def copy_sent(_: Path) -> ToyOffice:
    """The Inspektur gets his copy with it."""
    return submission(Path())


@scene(K.RECEIPT_UNPROVED, "perencanaan")
def receipt_unproved(_: Path) -> ToyOffice:
    """Bappeda Litbang's mail is not proved."""
    office = submission(Path())
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA", proved=False)
    return office


@scene(K.CLOSED, "perencanaan")
def closed(folder: Path) -> ToyOffice:
    """Bappeda Litbang has it."""
    office = submission(folder)
    office.archives_in(folder / "arsip")
    office.answers("bappeda", office.letter("bappeda", "submission"), "Sudah kami terima, terima kasih.")
    office.hours_pass(0.1)
    return office


@scene(K.HARD_COPY_WANTED, "perencanaan")
def hard_copy_wanted(folder: Path) -> ToyOffice:
    """Five working days later nobody has said that the archive is printed, or where the report is published."""
    office = closed(folder)
    office.days_pass(6)
    return office


@scene(K.PUBLICATION_WANTED, "perencanaan")
def publication_wanted(folder: Path) -> ToyOffice:
    """The archive is filed, and five working days later nobody has said where the report is published."""
    office = closed(folder)
    office.answers("perencanaan", office.letter("perencanaan", "closed"), "ARSIP lemari 3")
    office.days_pass(6)
    return office


@scene(K.CORRECTION_TOLD, "kadis")
def correction_told(folder: Path) -> ToyOffice:
    """Subbag Program has found a fault in the report that was handed over."""
    office = closed(folder)
    office.morning()
    words = "KOREKSI\n\nNama kepala bidang keliru."
    office.answers("perencanaan", office.letter("perencanaan", "closed"), words)
    return office


@scene(K.PAPER_WANTED, "kadis")
def paper_wanted(folder: Path) -> ToyOffice:
    """The report leaves by his word alone; its cover letter wants his signature."""
    office = awaiting(folder, Ratified.BY_MAIL, Ratified.SIGNED_PDF)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    return office


@scene(K.PAPER_NOTED, "kadis")
def paper_noted(folder: Path) -> ToyOffice:
    """Beside his word lies another document than the one he was to sign."""
    office = awaiting(folder, Ratified.SIGNED_PDF)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", ("Undangan.pdf", document()))
    return office


@scene(K.PAPER_SHOWN, "perencanaan")
def paper_shown(folder: Path) -> ToyOffice:
    """A scan of the signed report comes in the name of the Kepala Dinas, and nothing proves that it is from him."""
    office = awaiting(folder, Ratified.SCAN)
    laid = office.letter("kadis", "ratify").file(".pdf")[1]
    says = [page.extract_text() for page in PdfReader(io.BytesIO(laid)).pages]
    checker = PaperChecker(
        examine=examine,
        recognise=lambda _content, pages, _seconds: tuple(says[page - 1] for page in pages),
        settings=RatifiedBlock(),
        folder=folder,
    )
    office.has(office=office.office, pdf=PlainPdf(), papers=checker)
    files = (("Pindaian.pdf", scan(3)),)
    office.answers("kadis", office.letter("kadis", "ratify"), "Terlampir.", *files, proved=False)
    for _ in range(3):
        office.works()
    return office
