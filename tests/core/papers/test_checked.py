"""What a check of a paper comes to (rows 7 and 8)."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.core.papers.checked import VERDICT_OF, PaperCheck, PaperFlaw, PaperReason, PaperSignature, PaperVerdict

SAID, PROVED = datetime(2026, 1, 14, 3, 0, tzinfo=UTC), datetime(2026, 1, 14, 3, 5, tzinfo=UTC)


def test_every_flaw_makes_something_of_a_file() -> None:
    """The table knows each flaw, and goes from the gravest verdict to the mildest."""
    assert set(VERDICT_OF) == set(PaperFlaw)
    order = list(PaperVerdict)
    assert [order.index(verdict) for verdict in VERDICT_OF.values()] == sorted(map(order.index, VERDICT_OF.values()))


def test_the_gravest_flaw_names_the_file() -> None:
    """Whatever stands first in the list of what was found."""
    reasons = (PaperReason(flaw=PaperFlaw.ADDED, page=2), PaperReason(flaw=PaperFlaw.EXPIRED))
    assert PaperCheck(file_sha256="5" * 64, reasons=reasons).verdict is PaperVerdict.EXPIRED


def test_who_signed_last_and_when_is_told() -> None:
    """The moment that a time-stamp proves goes before the one that a machine says; nobody signed: neither."""
    nobody = PaperCheck(file_sha256="5" * 64)
    assert (nobody.signer, nobody.signed_at) == ("", None)
    first = PaperSignature(signer="Budi", signed_at=SAID)
    last = PaperSignature(signer="Sri", signed_at=SAID, stamped_at=PROVED)
    for signatures, told in (((first,), ("Budi", SAID)), ((first, last), ("Sri", PROVED))):
        check = PaperCheck(file_sha256="5" * 64, signatures=signatures)
        assert (check.signer, check.signed_at) == told
