"""A stand-in for an office's sealing service: it signs a PDF with a key and a certificate in files.

`python -I seals.py KEY CERTIFICATE IN OUT`: by pyHanko, of this environment alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


def main(key: str, certificate: str, given: str, sealed: str) -> None:
    """Seal one PDF."""
    loaded = x509.Certificate.load(pem.unarmor(Path(certificate).read_bytes())[2])
    signing = keys.PrivateKeyInfo.load(pem.unarmor(Path(key).read_bytes())[2])
    signer = signers.SimpleSigner(signing_cert=loaded, signing_key=signing, cert_registry=SimpleCertificateStore())
    meta = signers.PdfSignatureMetadata(
        field_name="Segel", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    with Path(given).open("rb") as opened, Path(sealed).open("wb") as out:
        signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(opened), output=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
