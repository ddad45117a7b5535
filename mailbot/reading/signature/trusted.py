"""Whom an office trusts to certify signatures, from the files of a folder, and whose signature it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.settings.covered.further_files import CERTIFICATES

if TYPE_CHECKING:
    from pathlib import Path

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


def trusted_in(folder: Path | None, signers: tuple[str, ...], lists: Path | None = None) -> Trusted:
    """Return whom an office trusts by the files in its folder; without one nobody.

    Args:
        folder: the certificates.
        signers: names that may stand in a signer's certificate.
        lists: where lists of revoked ones lie; None: beside the certificates.

    Raises:
        OSError: the folder cannot be read.
    """
    if folder is None:
        return Trusted(signers=signers)
    return Trusted(certificates=_read(folder, CERTIFICATES), revoked=_read(lists or folder, LISTS), signers=signers)


def _read(folder: Path, endings: frozenset[str]) -> tuple[bytes, ...]:
    """Return the files of a folder that end so."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return tuple(path.read_bytes() for path in files if path.suffix.casefold() in endings)
