"""A throw-away authority, its certificates, and PDFs signed by them, with EC keys, which cost next to nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from asn1crypto.pdf import RevocationInfoArchival
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.signers.pdf_cms import GenericPdfSignedAttributeProviderSpec, PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mailbot.reading.signature.trusted import Trusted

AT = datetime(2026, 1, 14, 3, 0, tzinfo=UTC)
HEAD = "Sri Wahyuni Prameswari"
PRINTED = "Dra. SRI WAHYUNI PRAMESWARI, M.Si."
"""The same person as a letter prints her."""


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[Holder, ...] = ()
    """Who stands between him and the authority; their certificates go along."""

    @property
    def pem(self) -> bytes:
        """Return the certificate as an admin keeps it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@cache
def authority(name: str = "Otoritas Uji Coba") -> Holder:
    """Return an authority that signs itself."""
    return _issued(name, None, is_authority=True)


@cache
def between() -> Holder:
    """Return an authority between the first and those who sign."""
    return _issued("Penerbit Uji Coba", authority(), is_authority=True)


@cache
def holder(
    name: str = HEAD, *, by: str = "", days: tuple[int, int] = (-100, 600), signs: bool = True, lower: bool = False
) -> Holder:
    """Return somebody certified: by the authority of that name, for days around the day of the tests."""
    issuer = between() if lower else authority(by) if by else authority()
    return _issued(name, issuer, days=days, signs=signs)


@cache
def stamper_of_time() -> Holder:
    """Return who puts time-stamps; the library's own stand-in wants an RSA key."""
    return _issued("Penanda Waktu Uji Coba", authority(), stamps=True)


def _issued(
    name: str,
    issuer: Holder | None,
    *,
    days: tuple[int, int] = (-1000, 2000),
    is_authority: bool = False,
    signs: bool = True,
    stamps: bool = False,
) -> Holder:
    """Return a key with its certificate."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=signs and not is_authority,
        content_commitment=signs and not is_authority,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT + timedelta(days=days[0]))
        .not_valid_after(AT + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if issuer is not None:
        place = x509.UniformResourceIdentifier("http://crl.example.go.id/daftar.crl")
        point = x509.DistributionPoint(full_name=[place], relative_name=None, reasons=None, crl_issuer=None)
        made = made.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    chain = () if issuer is None or issuer is authority() else (issuer,)
    return Holder(key, made.sign(issuer.key if issuer else key, hashes.SHA256()), chain)


def revoked_list(who: Holder) -> bytes:
    """Return a list by which the authority revokes a certificate."""
    ca = authority()
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(who.certificate.serial_number)
        .revocation_date(AT - timedelta(days=10))
        .build()
    )
    made = x509.CertificateRevocationListBuilder().issuer_name(ca.certificate.subject).add_revoked_certificate(entry)
    made = made.last_update(AT - timedelta(days=1)).next_update(AT + timedelta(days=6))
    made = made.add_extension(x509.CRLNumber(1), critical=False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False
    )
    return made.sign(ca.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def trusted(*more: bytes, signers: tuple[str, ...] = (PRINTED,), revoked: tuple[bytes, ...] = ()) -> Trusted:
    """Return an office that trusts the authority and waits for its head's signature."""
    return Trusted(certificates=(authority().pem, *more), signers=signers, revoked=revoked)


def signed(  # noqa: PLR0913 - all that a signer may choose, all named
    pdf: bytes,
    who: Holder | None = None,
    *,
    field: str = "Signature1",
    box: tuple[int, int, int, int] | None = None,
    page: int = 0,
    hash_name: str = "sha256",
    there: bool = False,
    brings: RevocationInfoArchival | None = None,
) -> bytes:
    """Return a PDF signed as PAdES, with a visible stamp where a box is given.

    Args:
        pdf: what is signed.
        who: who signs.
        field: the name of the signature's field.
        box: where its stamp lies.
        page: on which page, from 0.
        hash_name: by which method.
        there: the field is in the PDF.
        brings: what the signature brings within itself to check its certificate by.
    """
    who = who or holder()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if not there:
        fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=page, box=box))
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=hash_name, subfilter=fields.SigSeedSubFilter.PADES
    )
    signer = _signer(who)
    if brings is not None:
        signer.signed_attr_prov_spec = GenericPdfSignedAttributeProviderSpec(
            attr_settings=PdfCMSSignedAttributes(adobe_revinfo_attr=brings),
            signing_cert=_loaded(who),
            signature_mechanism=signer.get_signature_mechanism_for_digest,
            timestamper=None,
        )
    out = signers.PdfSigner(meta, signer).sign_pdf(writer, in_place=False)
    return out.getvalue()


def stamped(pdf: bytes) -> bytes:
    """Return a PDF with a time-stamp of the authority behind it, and no signature of a person."""
    who = stamper_of_time()
    key = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = timestamps.DummyTimeStamper(tsa_cert=_loaded(who), tsa_key=keys.PrivateKeyInfo.load(key), fixed_dt=AT)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256").getvalue()


def _signer(who: Holder) -> signers.SimpleSigner:
    """Return what signs for a holder."""
    key = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    known = SimpleCertificateStore()
    known.register_multiple(_loaded(one) for one in who.chain)
    return signers.SimpleSigner(
        signing_cert=_loaded(who), signing_key=keys.PrivateKeyInfo.load(key), cert_registry=known
    )


def _loaded(one: Holder) -> asn1_x509.Certificate:
    """Return a certificate as the library that signs takes it."""
    return asn1_x509.Certificate.load(one.certificate.public_bytes(serialization.Encoding.DER))
