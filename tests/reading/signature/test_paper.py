"""Papers that come back (rows 7 and 8): the right ones pass, and each wrong one is named."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import pytest
from asn1crypto import crl, pem
from asn1crypto.pdf import RevocationInfoArchival
from pypdf import PdfReader, PdfWriter

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperVerdict, Ratified
from mailbot.reading.signature.paper import Question, examine
from mailbot.reading.signature.signatures import read_signatures
from mailbot.reading.signature.trusted import Trusted
from mailbot.reading.signature.twice import read_alike
from tests.reading.signature.authority import (
    AT,
    HEAD,
    PRINTED,
    holder,
    revoked_list,
    signed,
    stamped,
    trusted,
)
from tests.reading.signature.plain_pdf import REPORT, STAMP, document, pdf_of, text_of
from tests.reading.signature.wrong_papers import (
    BESIDE,
    OTHER_FIGURE,
    OVER_ALL,
    WHITE_BOX,
    acting_when_clicked,
    annotated,
    bookmarked,
    changed,
    layered,
    locked,
    one_byte_other,
    other_signature,
    pages_of,
    posing,
    redrawn,
    scripted,
    with_other_figure,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = document()
LINKED = document(catalogue=b"/OpenAction[4 0 R/XYZ null null 0]")
FORM = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 0]/Length 24>>stream\n"
    b"1 g 60 690 400 40 re f  \nendstream"
)
SECRETARY = "Budi Santoso"
INVITATION = document((("UNDANGAN RAPAT KOORDINASI", "Hari Senin pukul sembilan", "di ruang rapat"),) * 3)


@cache
def given() -> bytes:
    """Return the document as the Kepala Dinas signs it."""
    return signed(OURS)


def check(content: bytes, *, against: bytes = OURS, trust: Trusted | None = None) -> PaperCheck:
    """Return what a file is found to be."""
    question = Question(trusted=trust or trusted(), at=AT, against=against, largest_bytes=26_000_000)
    return examine("LKjIP.pdf", content, question).check


def flaws(found: PaperCheck) -> set[PaperFlaw]:
    """Return all that was found in a file."""
    return {reason.flaw for reason in found.reasons}


def _saved_anew() -> bytes:
    """Return the document as another program writes it: objects numbered anew, streams unpacked."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(OURS)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


RIGHT: dict[str, Callable[[], bytes]] = {
    "unseen": given,
    "with a stamp where the page is empty": lambda: signed(OURS, box=STAMP, page=2),
    "after the Sekretaris": lambda: signed(signed(OURS, holder(SECRETARY), box=STAMP), field="Signature2"),
    "by a certificate of an authority between": lambda: signed(OURS, holder(lower=True)),
    "saved anew before it was signed": lambda: signed(_saved_anew()),
    "with a bookmark that leads to a page": lambda: signed(changed(OURS, bookmarked("/GoTo"))),
    "with a time-stamp behind it": lambda: stamped(given()),
}


@pytest.mark.parametrize("how", RIGHT)
def test_the_document_that_the_head_signed_passes(how: str) -> None:
    """Signed by her, with a stamp, after another, by a lower authority, saved anew: it is the document, whole."""
    found = check(RIGHT[how]())
    assert found.reasons == ()
    assert (found.verdict, found.signer, found.pages) == (PaperVerdict.SIGNED, HEAD, 3)
    assert found.meets(Ratified.SIGNED_PDF)
    assert found.meets(Ratified.SEALED)
    assert found.meets(Ratified.SCAN)


WRONG: dict[str, tuple[Callable[[], bytes], PaperVerdict, PaperFlaw]] = {
    "an invitation": (lambda: signed(INVITATION), PaperVerdict.OTHER_DOCUMENT, PaperFlaw.OTHER_TEXT),
    "a page too few": (lambda: signed(pages_of(OURS, 0, 1)), PaperVerdict.OTHER_DOCUMENT, PaperFlaw.PAGE_COUNT),
    "two pages in each other's place": (
        lambda: signed(pages_of(OURS, 0, 2, 1)),
        PaperVerdict.OTHER_DOCUMENT,
        PaperFlaw.OTHER_TEXT,
    ),
    "another figure": (lambda: signed(document(with_other_figure())), PaperVerdict.CHANGED, PaperFlaw.PAGE_TEXT),
    "a figure written over": (
        lambda: signed(document(extra={1: WHITE_BOX + OTHER_FIGURE})),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a picture over a page": (lambda: signed(document(extra={1: OVER_ALL})), PaperVerdict.CHANGED, PaperFlaw.COVERED),
    "a form that draws a white box over a figure": (
        lambda: signed(
            pdf_of([*map(text_of, REPORT[:1]), text_of(REPORT[1]) + b" /Im Do", text_of(REPORT[2])], images={1: FORM})
        ),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a shading over a page": (
        lambda: signed(document(extra={1: b"/Sh0 sh"})),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a picture within the content over a page": (
        lambda: signed(document(extra={1: b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"})),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a word put behind another": (
        lambda: signed(document(extra={1: b"BT /F1 12 Tf 14 TL 72 720 Td 0 -1 TD (tidak) ' ET"})),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a kind of signature that nobody makes any more": (
        lambda: given().replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 "),
        PaperVerdict.INVALID,
        PaperFlaw.WEAK,
    ),
    "words in white": (
        lambda: signed(pdf_of([text_of(REPORT[0]), b"1 g " + text_of(REPORT[1]), text_of(REPORT[2])])),
        PaperVerdict.CHANGED,
        PaperFlaw.REMOVED,
    ),
    "a white note over a figure": (
        lambda: signed(changed(OURS, annotated("/FreeText"))),
        PaperVerdict.CHANGED,
        PaperFlaw.ANNOTATION,
    ),
    "an empty field of a signature over a figure": (
        lambda: signed(changed(OURS, annotated("/Widget"))),
        PaperVerdict.CHANGED,
        PaperFlaw.ANNOTATION,
    ),
    "a stamp as large as the page": (
        lambda: signed(OURS, box=(0, 0, 595, 842), page=1),
        PaperVerdict.CHANGED,
        PaperFlaw.COVERED,
    ),
    "a script": (lambda: signed(changed(OURS, scripted)), PaperVerdict.CHANGED, PaperFlaw.ACTIVE),
    "a bookmark that runs a script": (
        lambda: signed(changed(OURS, bookmarked("/JavaScript"))),
        PaperVerdict.CHANGED,
        PaperFlaw.ACTIVE,
    ),
    "a signature that does something when clicked on": (
        lambda: signed(acting_when_clicked(OURS), there=True),
        PaperVerdict.CHANGED,
        PaperFlaw.ACTIVE,
    ),
    "a picture that poses as a signature": (
        lambda: signed(changed(OURS, posing)),
        PaperVerdict.CHANGED,
        PaperFlaw.ANNOTATION,
    ),
    "layers": (lambda: signed(changed(OURS, layered)), PaperVerdict.CHANGED, PaperFlaw.ACTIVE),
    "a byte changed": (lambda: one_byte_other(given()), PaperVerdict.INVALID, PaperFlaw.DIGEST),
    "a signature changed": (lambda: other_signature(given()), PaperVerdict.INVALID, PaperFlaw.BAD_SIGNATURE),
    "a method of old": (lambda: signed(OURS, hash_name="sha1"), PaperVerdict.INVALID, PaperFlaw.WEAK),
    "120 bytes behind the end": (lambda: given() + b"\n%" + b"x" * 118, PaperVerdict.ALTERED, PaperFlaw.NOT_WHOLE),
    "a page changed afterwards": (
        lambda: changed(given(), redrawn()),
        PaperVerdict.ALTERED,
        PaperFlaw.CHANGED_AFTER,
    ),
    "a note laid on it afterwards": (
        lambda: changed(given(), annotated("/FreeText")),
        PaperVerdict.ALTERED,
        PaperFlaw.NOT_WHOLE,
    ),
    "a page changed between two signatures": (
        lambda: signed(changed(signed(OURS, holder(SECRETARY)), redrawn()), field="Signature2"),
        PaperVerdict.ALTERED,
        PaperFlaw.CHANGED_AFTER,
    ),
    "no signature": (lambda: OURS, PaperVerdict.UNSIGNED, PaperFlaw.NO_SIGNATURE),
    "a QR picture": (lambda: document(extra={2: BESIDE}), PaperVerdict.UNSIGNED, PaperFlaw.PICTURE_ONLY),
    "a time-stamp alone": (lambda: stamped(OURS), PaperVerdict.UNSIGNED, PaperFlaw.ONLY_TIMESTAMP),
    "by another": (lambda: signed(OURS, holder(SECRETARY)), PaperVerdict.OTHER_SIGNER, PaperFlaw.OTHER_SIGNER),
    "by an authority nobody knows": (
        lambda: signed(OURS, holder(by="Otoritas Lain")),
        PaperVerdict.UNTRUSTED,
        PaperFlaw.UNTRUSTED,
    ),
    "by a certificate for something else": (
        lambda: signed(OURS, holder(signs=False)),
        PaperVerdict.UNTRUSTED,
        PaperFlaw.KEY_USAGE,
    ),
    "by a certificate that has ended": (
        lambda: signed(OURS, holder(days=(-400, -1))),
        PaperVerdict.EXPIRED,
        PaperFlaw.EXPIRED,
    ),
    "by a certificate of next week": (
        lambda: signed(OURS, holder(days=(5, 400))),
        PaperVerdict.EXPIRED,
        PaperFlaw.NOT_YET_VALID,
    ),
    "encrypted": (lambda: locked(OURS), PaperVerdict.ENCRYPTED, PaperFlaw.ENCRYPTED),
    "cut off": (lambda: given()[:700], PaperVerdict.DAMAGED, PaperFlaw.DAMAGED),
    "too large": (lambda: OURS + bytes(27_000_000), PaperVerdict.TOO_LARGE, PaperFlaw.TOO_LARGE),
    "a photo": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), PaperVerdict.PHOTO, PaperFlaw.PHOTO),
    "a Word file": (lambda: b"PK\x03\x04" + bytes(100), PaperVerdict.NOT_PDF, PaperFlaw.NOT_PDF),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_paper_is_named(how: str) -> None:
    """Whatever is not the document, signed by the head and whole, is named, and meets nothing."""
    make, verdict, flaw = WRONG[how]
    found = check(make())
    assert (found.verdict, flaw in flaws(found)) == (verdict, True), found.reasons
    assert not any(found.meets(wanted) for wanted in Ratified)
    assert not any(found.may_be_confirmed(wanted) for wanted in Ratified)


def test_a_revoked_certificate_is_named() -> None:
    """The admin may lay the authority's list of revoked certificates beside its certificate."""
    who = holder()
    found = check(given(), trust=trusted(revoked=(revoked_list(who),)))
    assert (found.verdict, flaws(found)) == (PaperVerdict.REVOKED, {PaperFlaw.REVOKED})


def test_what_a_signature_brings_along_about_its_certificate_is_heard() -> None:
    """Adobe's programs put the authority's list within the signature itself."""
    lists = crl.CertificateList.load(pem.unarmor(revoked_list(holder()))[2])
    found = check(signed(OURS, brings=RevocationInfoArchival({"crl": [lists]})))
    assert (found.verdict, flaws(found)) == (PaperVerdict.REVOKED, {PaperFlaw.REVOKED})


def test_an_office_without_authorities_trusts_nobody() -> None:
    """The signature is shown with its name, and does not count."""
    found = check(given(), trust=Trusted(signers=(PRINTED,)))
    assert (found.verdict, flaws(found), found.signer) == (PaperVerdict.UNTRUSTED, {PaperFlaw.NO_ROOTS}, HEAD)


UNSURE: dict[str, tuple[Callable[[], bytes], bytes, PaperFlaw]] = {
    "a stamp on words": (lambda: signed(OURS, box=(72, 700, 200, 740)), OURS, PaperFlaw.STAMP_ON_TEXT),
    "a QR picture beside the signature": (lambda: signed(document(extra={2: BESIDE})), OURS, PaperFlaw.ADDED),
    "a stamp on a picture": (
        lambda: signed(document(extra={2: BESIDE}), box=(440, 50, 520, 130), page=2),
        document(extra={2: BESIDE}),
        PaperFlaw.STAMP_ON_TEXT,
    ),
    "no PDF of ours": (given, b"", PaperFlaw.NO_ORIGINAL),
}


@pytest.mark.parametrize("how", UNSURE)
def test_what_nothing_speaks_against_is_for_a_person_to_look_at(how: str) -> None:
    """A signature that holds, and something that only a person can judge: Subbag Program may confirm it."""
    make, against, flaw = UNSURE[how]
    found = check(make(), against=against)
    assert (found.verdict, flaws(found)) == (PaperVerdict.UNSURE, {flaw}), found.reasons
    assert not found.meets(Ratified.SIGNED_PDF)
    assert found.may_be_confirmed(Ratified.SIGNED_PDF)


def test_two_readers_have_to_find_the_same_document() -> None:
    """A file in which one finds our pages, and the other those that were signed, is neither."""
    ours, other = (
        read_signatures(pdf, trusted(), AT).pages for pdf in (given(), signed(document(with_other_figure())))
    )
    found = [read_alike(drawn, PdfReader(io.BytesIO(OURS))) for drawn in (ours, other, ours[:2])]
    assert found == [True, False, False]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """One file may have several faults; the gravest is its name."""
    found = check(signed(document(with_other_figure()), holder(SECRETARY, by="Otoritas Lain")) + b"\n%%")
    wanted = {PaperFlaw.NOT_WHOLE, PaperFlaw.UNTRUSTED, PaperFlaw.OTHER_SIGNER, PaperFlaw.PAGE_TEXT}
    assert (found.verdict, flaws(found)) == (PaperVerdict.ALTERED, wanted)
