"""How long each kind is kept, out of `office.yaml`; the archive goes by `filing` where `retention` is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.retention.kinds import Keeping, Kind, Retention
from mailbot.settings.core_values.fields import made

if TYPE_CHECKING:
    from mailbot.settings.files import OfficeFile


def retention_of(office: OfficeFile) -> Retention:
    """Return how long what is kept of people is kept."""
    kept = {kind: made(Keeping, getattr(office.retention, kind.value)) for kind in Kind}
    if not kept[Kind.ARCHIVE].settled and not kept[Kind.ARCHIVE].permanent:
        kept[Kind.ARCHIVE] = _as_filed(office, kept[Kind.ARCHIVE])
    return Retention(kept=kept)


def _as_filed(office: OfficeFile, archive: Keeping) -> Keeping:
    """Return how long an archive is kept as it is filed."""
    filing = office.filing
    code = archive.code or filing.classification or office.letter_numbers.classification
    if filing.fate == "permanent":
        return Keeping(code=code, permanent=True)
    if filing.fate == "destroy" and filing.active_years is not None and filing.inactive_years is not None:
        return Keeping(code=code, years=filing.active_years + filing.inactive_years)
    return Keeping(code=code)
