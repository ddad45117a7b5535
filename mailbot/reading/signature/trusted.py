"""Whom an office trusts to certify signatures, from the files of a folder, and whose signature it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CERTIFICATES = frozenset({".pem", ".crt", ".cer", ".der"})
LISTS = frozenset({".crl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Whom this office trusts, and whose signature it waits for."""

    certificates: tuple[bytes, ...] = ()
    """PEM or DER: those that sign themselves are authorities, others stand between them and a signer."""
    revoked: tuple[bytes, ...] = ()
    """Lists of revoked certificates, PEM or DER."""
    signers: tuple[str, ...] = ()
    """Names that may stand in the certificate; empty: anybody's who is trusted."""


def trusted_in(folder: Path | None, signers: tuple[str, ...]) -> Trusted:
    """Return whom an office trusts by the files in its folder; without one nobody.

    Raises:
        OSError: the folder cannot be read.
    """
    if folder is None:
        return Trusted(signers=signers)
    files = sorted(path for path in folder.iterdir() if path.is_file())
    certificates = tuple(path.read_bytes() for path in files if path.suffix.casefold() in CERTIFICATES)
    revoked = tuple(path.read_bytes() for path in files if path.suffix.casefold() in LISTS)
    return Trusted(certificates=certificates, revoked=revoked, signers=signers)
