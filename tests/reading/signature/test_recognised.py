"""Scans of what was signed by hand (rows 7 and 8): the right one, another document, a page that is missing."""

from __future__ import annotations

import pytest

from mailbot.core.papers.checked import PaperFlaw, PaperReason, PaperVerdict, Ratified
from mailbot.reading.signature.paper import Question, examine
from mailbot.reading.signature.recognised import recognised
from tests.reading.signature.authority import AT, trusted
from tests.reading.signature.plain_pdf import REPORT, document, pdf_of, scan, text_of

PAGES = tuple(" ".join(page) for page in REPORT)
WORN = ("LAP0RAN KINERJA TAHUN 2025 Dinas Kependudukan dan Pencatatan S1pil Kota Contoh [paraf]", *PAGES[1:])
"""As a program reads a page that was signed, stamped and scanned."""
OTHER = ("Undangan rapat koordinasi hari Senin pukul sembilan di ruang rapat lantai dua mohon hadir tepat waktu",) * 3


def look(
    pages: int, texts: tuple[str, ...] | None, against: bytes | None = None
) -> tuple[PaperVerdict, set[PaperReason]]:
    """Return what a scan of so many pages is, by what was recognised on them."""
    question = Question(trusted=trusted(), at=AT, against=document() if against is None else against)
    found = recognised(examine("pindaian.pdf", scan(pages), question), texts, enough_pct=60)
    assert found.meets(Ratified.SCAN) is (found.verdict is PaperVerdict.SCANNED)
    assert found.may_be_confirmed(Ratified.SCAN) is (found.verdict is PaperVerdict.UNSURE)
    assert not found.meets(Ratified.SIGNED_PDF)
    assert not found.may_be_confirmed(Ratified.SIGNED_PDF)
    return found.verdict, set(found.reasons)


def test_a_scan_whose_pages_are_recognised_passes() -> None:
    """All pages, and enough of the words of each."""
    assert look(3, WORN) == (PaperVerdict.SCANNED, set())


def test_a_scan_of_another_document_is_named() -> None:
    """Much was recognised, and none of it is ours."""
    reason = PaperReason(flaw=PaperFlaw.NOT_RECOGNISED_AT_ALL)
    assert look(3, OTHER) == (PaperVerdict.OTHER_DOCUMENT, {reason})


def test_the_page_that_a_scan_lacks_is_named() -> None:
    """The page is missing, not those behind it; a person may say that it is complete all the same."""
    wanted = {
        PaperReason(flaw=PaperFlaw.SCAN_PAGES, detail="3 2"),
        PaperReason(flaw=PaperFlaw.PAGE_NOT_RECOGNISED, page=2, detail="20"),
    }
    verdict, reasons = look(2, (PAGES[0], PAGES[2]))
    assert verdict is PaperVerdict.UNSURE
    assert {(one.flaw, one.page) for one in reasons} == {(one.flaw, one.page) for one in wanted}


def test_a_page_that_cannot_be_read_is_for_a_person_to_look_at() -> None:
    """Too faint, or upside down: the page is named."""
    reason = PaperReason(flaw=PaperFlaw.PAGE_NOT_RECOGNISED, page=3, detail="0")
    assert look(3, (*WORN[:2], "...")) == (PaperVerdict.UNSURE, {reason})


@pytest.mark.parametrize("pages", [2, 3])
def test_a_machine_that_recognises_nothing_shows_it_to_a_person(pages: int) -> None:
    """Without the program that reads pictures nothing passes by itself, and pages are counted all the same."""
    counted = {PaperReason(flaw=PaperFlaw.SCAN_PAGES, detail="3 2")} if pages == 2 else set()
    reasons = {PaperReason(flaw=PaperFlaw.NO_RECOGNITION), *counted}
    assert look(pages, None) == (PaperVerdict.UNSURE, reasons)


def test_the_page_with_the_signature_may_alone_be_scanned() -> None:
    """Printed, signed and put back in its place: it alone is read, and the others are those of the document."""
    ours = document()
    came = pdf_of([text_of(REPORT[0]), text_of(REPORT[1]), b"q 595 0 0 842 0 0 cm /Im Do Q"])
    examined = examine("pindai.pdf", came, Question(trusted=trusted(), at=AT, against=ours))
    assert (examined.check.scan, examined.to_read) == (True, (3,))
    assert recognised(examined, (PAGES[2],), 60).verdict is PaperVerdict.SCANNED
    reason = PaperReason(flaw=PaperFlaw.PAGE_NOT_RECOGNISED, page=3, detail="0")
    assert recognised(examined, (), 60).reasons == (reason,)
    other = pdf_of([text_of(REPORT[0]), text_of(REPORT[0]), b"q 595 0 0 842 0 0 cm /Im Do Q"])
    changed = examine("pindai.pdf", other, Question(trusted=trusted(), at=AT, against=ours)).check
    assert (changed.scan, changed.verdict) == (False, PaperVerdict.OTHER_DOCUMENT)


def test_pages_that_the_document_itself_shows_as_pictures_are_not_read() -> None:
    """A scanned agreement among its annexes."""
    picture = b"q 595 0 0 842 0 0 cm /Im Do Q"
    ours = pdf_of([text_of(REPORT[0]), picture])
    check = examine("LKjIP.pdf", ours + b"\n", Question(trusted=trusted(), at=AT, against=ours)).check
    assert (check.scan, check.verdict) == (False, PaperVerdict.UNSIGNED)


def test_pages_of_a_copier_that_packs_its_pictures_its_own_way_are_a_scan() -> None:
    """JBIG2 and fax: nothing unpacks them to tell that the pages are pictures; how they are packed is part of them."""
    head = b"/Type/XObject/Subtype/Image/Width 2480/Height 3508/ColorSpace/DeviceGray/BitsPerComponent 1"
    fax = b"<<%s/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2480>>/Length 3>>stream\nabc\nendstream" % head
    jbig = b"<<%s/Filter/JBIG2Decode/Length 3>>stream\nabc\nendstream" % head
    pages = [b"q 595 0 0 842 0 0 cm /Im Do Q"] * 2
    came = pdf_of(pages, images={0: fax, 1: jbig})
    question = Question(
        trusted=trusted(), at=AT, against=pdf_of(pages, images={0: fax.replace(b"K -1", b"K 0"), 1: jbig})
    )
    examined = examine("pindai.pdf", came, question)
    assert (examined.check.scan, examined.to_read) == (True, (1,))


COVER = ("LAPORAN KINERJA TAHUN 2025 Dinas Kependudukan dan Pencatatan Sipil", "Versi 3, 19 Januari 2026")
TABLE = (
    "Capaian indikator menurut bidang dan realisasi anggaran",
    "98,50 101,25 96,40 88,75 74,30 99,52 812,40 455,10",
)


@pytest.mark.parametrize(
    ("cover", "table", "others"),
    [
        (COVER, TABLE, set()),
        (COVER, (TABLE[0], "98,506 101,256 96,406 O8,75 74,306 99,52 B12,40 455,10"), set()),
        ((COVER[0], "Versi 2, 13 Januari 2026"), TABLE, {1}),
        ((COVER[0].replace("2025", "2024"), "Versi 3, 19 Januari 2025"), TABLE, {1}),
        (COVER, (TABLE[0], "97,10 100,75 95,30 86,20 72,90 98,11 799,10 401,00"), {2}),
    ],
    ids=["right", "figures read badly", "the version before", "last year's", "other figures"],
)
def test_a_scan_with_other_figures_is_for_a_person_to_look_at(
    cover: tuple[str, ...], table: tuple[str, ...], others: set[int]
) -> None:
    """The words of one report are those of another: year, version and figures tell them apart."""
    question = Question(trusted=trusted(), at=AT, against=document((COVER, TABLE)))
    found = recognised(examine("a.pdf", scan(2), question), (" ".join(cover), " ".join(table)), enough_pct=60)
    assert found.reasons == tuple(PaperReason(flaw=PaperFlaw.OTHER_FIGURES, page=page) for page in sorted(others))
