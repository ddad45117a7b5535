"""The electronic signatures in a PDF: whether each holds, whose it is, and what was changed after it (rows 7 and 8)."""

from __future__ import annotations

import contextlib
import io
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.general import MultivaluedAttributeError, NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from mailbot.core.papers.checked import PaperFlaw, PaperReason, PaperSignature
from mailbot.reading.signature.names import is_named

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from datetime import datetime

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

    from mailbot.reading.signature.trusted import Trusted

for _quiet in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_quiet).addHandler(logging.NullHandler())
    logging.getLogger(_quiet).propagate = False  # what it says of a file is in what it returns

_Told = TypeVar("_Told")
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_RANGE = b"/ByteRange"
_OF_TRUST = {
    AdESFailure.REVOKED: PaperFlaw.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: PaperFlaw.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: PaperFlaw.REVOKED,
    AdESFailure.NOT_YET_VALID: PaperFlaw.NOT_YET_VALID,
    AdESIndeterminate.NOT_YET_VALID: PaperFlaw.NOT_YET_VALID,
    AdESIndeterminate.EXPIRED: PaperFlaw.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: PaperFlaw.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: PaperFlaw.EXPIRED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: PaperFlaw.EXPIRED,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: PaperFlaw.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: PaperFlaw.WEAK,
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: PaperFlaw.KEY_USAGE,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: PaperFlaw.KEY_USAGE,
}
"""What is wrong with a certificate, by the standard's own names for it (ETSI EN 319 102-1); any other: not trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What was found of the signatures in one PDF."""

    signatures: tuple[PaperSignature, ...] = ()
    reasons: tuple[PaperReason, ...] = ()
    known: frozenset[tuple[tuple[int, ...], bytes]] = frozenset()
    """The range and the bytes of each that was looked into: a field with others is no signature but a picture."""
    pages: tuple[bytes, ...] = ()
    """What draws each page, as it was read here."""


def read_signatures(content: bytes, trusted: Trusted, at: datetime) -> Signed:
    """Return the signatures of a PDF as they stand at a moment: when it came.

    Raises:
        Exception: the PDF is damaged; pyHanko has many ways to say so.
    """
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    given = list(reader.embedded_regular_signatures)
    stamps = list(reader.embedded_timestamp_signatures)
    if not given:
        # The library passes over signatures of a kind that it does not know.
        unknown = PaperFlaw.WEAK if _RANGE in content else PaperFlaw.NO_SIGNATURE
        flaw = PaperFlaw.ONLY_TIMESTAMP if stamps else unknown
        return Signed(reasons=(PaperReason(flaw=flaw),), known=_looked_into(stamps))
    certificates = _readable(read_certificate, trusted.certificates)
    roots = [one for one in certificates if one.self_signed != "no"]
    context = _context(reader, given, trusted, roots, at)
    found: list[PaperSignature] = []
    reasons: list[PaperReason] = [] if roots else [PaperReason(flaw=PaperFlaw.NO_ROOTS)]
    for one in given:
        status, flaws = _validated(one, context, has_roots=bool(roots))
        reasons.extend(flaws)
        found.append(_signature(one, status, holds=not flaws and bool(roots)))
    for stamp in stamps:
        told = _at_once(async_validate_pdf_timestamp(stamp, context))
        if not (told.intact and told.valid):
            reasons.append(PaperReason(flaw=PaperFlaw.DIGEST))
    reasons.extend(_not_whole(content, [*given, *stamps]))
    named = [one.signer for one in found]
    if trusted.signers and not any(is_named(name, signer) for name in named for signer in trusted.signers):
        reasons.append(PaperReason(flaw=PaperFlaw.OTHER_SIGNER, detail=", ".join(dict.fromkeys(named))))
    known = _looked_into([*given, *stamps])
    return Signed(
        signatures=tuple(found), reasons=tuple(dict.fromkeys(reasons)), known=known, pages=tuple(_drawn(reader))
    )


def _drawn(pdf: PdfFileReader) -> Iterator[bytes]:
    """Give what draws each page."""
    for number in range(int(pdf.root["/Pages"]["/Count"])):
        page = pdf.find_page_for_modification(number)[0].get_object()
        content: Any = page["/Contents"].get_object() if "/Contents" in page else ()
        yield b"\n".join(one.get_object().data for one in ([content] if hasattr(content, "data") else content))


def _looked_into(given: list[EmbeddedPdfSignature]) -> frozenset[tuple[tuple[int, ...], bytes]]:
    """Return what signatures are known by in another reading of the same file."""
    return frozenset((tuple(map(int, one.byte_range)), bytes(one.pkcs7_content)) for one in given)


def _validated(
    one: EmbeddedPdfSignature, context: ValidationContext, *, has_roots: bool
) -> tuple[PdfSignatureStatus | None, list[PaperReason]]:
    """Return what the library says of one signature, and all that is wrong with it."""
    try:
        status = _at_once(async_validate_pdf_signature(one, context, key_usage_settings=_USAGE))
    except DisallowedAlgorithmError as refused:
        return None, [PaperReason(flaw=PaperFlaw.WEAK, detail=str(refused))]
    except (SignatureValidationError, ValueError) as refused:
        return None, [PaperReason(flaw=PaperFlaw.BAD_SIGNATURE, detail=type(refused).__name__)]
    return status, list(_flaws(status, context.moment, has_roots=has_roots))


def _context(
    reader: PdfFileReader,
    given: list[EmbeddedPdfSignature],
    trusted: Trusted,
    roots: list[x509.Certificate],
    at: datetime,
) -> ValidationContext:
    """Return what certificates are held against: the office's authorities and lists, and what the PDF itself brings.

    Nothing is fetched: of a certificate that neither speaks of, nobody can say whether it was revoked.
    """
    others = [one for one in _readable(read_certificate, trusted.certificates) if one not in roots]
    lists = _readable(read_revoked, trusted.revoked)
    asked: list[Any] = []
    for one in given:
        brought = _brought_along(one)
        lists.extend(brought["crl"] if brought is not None else ())
        asked.extend(brought["ocsp"] if brought is not None else ())
    if (store := _brought(reader)) is not None:
        lists.extend(crl.CertificateList.load(one.get_object().data) for one in store.crls)
        asked.extend(_ocsp(one.get_object().data) for one in store.ocsps)
        others.extend(x509.Certificate.load(one.get_object().data) for one in store.certs.values())
    return ValidationContext(
        trust_roots=roots,
        other_certs=others,
        crls=lists,
        ocsps=asked,
        moment=at,
        best_signature_time=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _brought(reader: PdfFileReader) -> DocumentSecurityStore | None:
    """Return what the PDF brings to check its signatures by; most bring nothing."""
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


def _brought_along(one: EmbeddedPdfSignature) -> Any:  # noqa: ANN401 - a library without types
    """Return what a signature brings within itself to check its certificate by, as Adobe's programs put it there."""
    try:
        return find_unique_cms_attribute(one.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    except (MultivaluedAttributeError, NonexistentAttributeError):
        return None


def _ocsp(content: bytes) -> Any:  # noqa: ANN401 - a library without types
    """Return an answer about one certificate."""
    from asn1crypto import ocsp  # noqa: PLC0415 - one PDF in a hundred brings one

    return ocsp.OCSPResponse.load(content)


def _at_once(working: Coroutine[Any, Any, _Told]) -> _Told:
    """Return what a coroutine comes to that waits for nothing: an event loop would want a socket.

    Raises:
        RuntimeError: it waits for something.
    """
    try:
        working.send(None)
    except StopIteration as done:
        told: _Told = done.value
        return told
    finally:
        working.close()
    raise RuntimeError("a signature that is checked offline waits for something")


def _flaws(status: PdfSignatureStatus, at: datetime, *, has_roots: bool) -> Iterator[PaperReason]:
    """Give all that is wrong with one signature."""
    if not status.intact:
        yield PaperReason(flaw=PaperFlaw.DIGEST)
        return
    if not status.valid:
        yield PaperReason(flaw=PaperFlaw.BAD_SIGNATURE)
        return
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE and not status.docmdp_ok:
        yield PaperReason(flaw=PaperFlaw.CHANGED_AFTER)
    if status.timestamp_validity is not None and not (
        status.timestamp_validity.intact and status.timestamp_validity.valid
    ):
        yield PaperReason(flaw=PaperFlaw.BAD_SIGNATURE)
    if status.trusted or not has_roots:
        return
    cert = status.signing_cert
    why = status.trust_problem_indic
    flaw = _OF_TRUST.get(why, PaperFlaw.UNTRUSTED) if why is not None else PaperFlaw.UNTRUSTED
    flaw = PaperFlaw.REVOKED if status.revoked else flaw
    if flaw is PaperFlaw.UNTRUSTED and at < cert.not_valid_before:
        flaw = PaperFlaw.NOT_YET_VALID
    detail = cert.not_valid_after.date().isoformat() if flaw is PaperFlaw.EXPIRED else common_name(cert.issuer)
    yield PaperReason(flaw=flaw, detail=detail)


def _not_whole(content: bytes, given: list[EmbeddedPdfSignature]) -> Iterator[PaperReason]:
    """Say whether bytes lie behind what the last signature covers, and how many."""
    ends = max(int(one.byte_range[2]) + int(one.byte_range[3]) for one in given)
    covers = [one.evaluate_signature_coverage() for one in given]
    if SignatureCoverageLevel.ENTIRE_FILE not in covers:
        yield PaperReason(flaw=PaperFlaw.NOT_WHOLE, detail=str(max(0, len(content) - ends)))


def _signature(one: EmbeddedPdfSignature, status: PdfSignatureStatus | None, *, holds: bool) -> PaperSignature:
    """Return a signature as its certificate and its own fields say."""
    stamp = status.timestamp_validity if status is not None else None
    proved = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
    return PaperSignature(
        signer=common_name(one.signer_cert.subject),
        issuer=common_name(one.signer_cert.issuer),
        signed_at=one.self_reported_timestamp,
        stamped_at=stamp.timestamp if stamp is not None and proved else None,
        holds=holds,
    )


def common_name(name: x509.Name) -> str:
    """Return what a certificate calls somebody."""
    called = name.native.get("common_name") or name.native.get("organization_name") or name.human_friendly
    return ", ".join(called) if isinstance(called, list) else str(called)


def _readable(read: Callable[[bytes], Any], contents: tuple[bytes, ...]) -> list[Any]:
    """Return what can be read of an office's files: one that is damaged, as `check` tells, makes no signature wrong."""
    found = []
    for content in contents:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            found.append(read(content))
    return found


def read_certificate(content: bytes) -> x509.Certificate:
    """Return a certificate of a file."""
    return x509.Certificate.load(_plain(content))


def read_revoked(content: bytes) -> Any:  # noqa: ANN401 - a library without types
    """Return a list of revoked certificates of a file."""
    return crl.CertificateList.load(_plain(content))


def _plain(content: bytes) -> bytes:
    """Return what a PEM file holds; DER as it is."""
    return pem.unarmor(content)[2] if pem.detect(content) else content
