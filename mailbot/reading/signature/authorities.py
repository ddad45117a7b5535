"""The folder of certificates as an admin should know it: whom each file names, until when, and which cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.reading.signature.signatures import common_name, read_certificate, read_revoked
from mailbot.reading.signature.trusted import LISTS
from mailbot.settings.covered.further_files import CERTIFICATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


def looked_over(folder: Path, at: datetime) -> Iterator[tuple[bool, str]]:
    """Give a line for each file of the folder, and whether something is wrong with it.

    Raises:
        OSError: the folder cannot be read.
    """
    trusts = False
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() in CERTIFICATES:
            wrong, line, signs_itself = _certificate(path, at)
            trusts |= signs_itself
            yield wrong, line
        elif path.suffix.casefold() in LISTS:
            yield _list(path, at)
    if not trusts:
        yield True, f"{folder} holds no certificate that signs itself: no signature would count"


def _certificate(path: Path, at: datetime) -> tuple[bool, str, bool]:
    """Return whether a certificate is of no use, a line about it, and whether it signs itself."""
    try:
        found = read_certificate(path.read_bytes())
        name, ends = common_name(found.subject), found.not_valid_after
        itself = found.self_signed != "no"
    except (ValueError, TypeError, KeyError) as error:
        return True, f"{path} is no certificate (PEM or DER): {type(error).__name__}", False
    role = "an authority" if itself else f"certified by {common_name(found.issuer)}"
    if ends < at:
        return True, f"{path}: {name}, {role}, ended on {ends:%Y-%m-%d}; signatures made by it no longer count", itself
    return False, f"{path}: {name}, {role}, until {ends:%Y-%m-%d}", itself


def _list(path: Path, at: datetime) -> tuple[bool, str]:
    """Return whether a list of revoked certificates is of no use, and a line about it."""
    try:
        found = read_revoked(path.read_bytes())
        name, following = common_name(found.issuer), found["tbs_cert_list"]["next_update"].native
    except (ValueError, TypeError, KeyError) as error:
        return True, f"{path} is no list of revoked certificates: {type(error).__name__}"
    if following is not None and following < at:
        return True, f"{path}: revoked by {name}, was to be renewed by {following:%Y-%m-%d}; fetch it anew"
    return False, f"{path}: revoked by {name}"
