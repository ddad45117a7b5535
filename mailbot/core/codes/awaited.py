"""What rows 7 and 8 may wait for before the word that ends them, or in its place, and who is asked for it."""

from __future__ import annotations

from enum import StrEnum

from mailbot.core.model.people import Role


class Awaited(StrEnum):
    """What is waited for; the sentence for each is in `words.yaml`."""

    NUMBER = "number"
    """The number of the cover letter, of Subbag Program."""
    WINDOW = "window"
    """The number was told, and whoever told it can still take it back."""
    COVER = "cover"
    """The cover letter that is to be signed, of this machine."""
    SIGNED_REPORT = "signed_report"
    SIGNED_COVER = "signed_cover"
    LOOK = "look"
    """Somebody of Subbag Program says whether what came back is the signed paper."""
    SEAL = "seal"
    """The office's own service seals the paper."""


_WHOSE = {
    Awaited.NUMBER: Role.PLANNING,
    Awaited.WINDOW: Role.PLANNING,
    Awaited.SIGNED_REPORT: Role.AGENCY_HEAD,
    Awaited.SIGNED_COVER: Role.AGENCY_HEAD,
    Awaited.LOOK: Role.PLANNING,
}
BY_MACHINE = frozenset({*(set(Awaited) - _WHOSE.keys()), Awaited.WINDOW})
"""What nobody is asked for; who looks after the machine hears where it cannot be done."""


def whose(what: Awaited) -> Role:
    """Return who is asked for it, or looks after the machine that makes it."""
    return _WHOSE.get(what, Role.OPERATOR)
