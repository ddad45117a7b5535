"""What the morning mail tells in one line: reports without proof, and a mailbox that counts anew time and again."""

from __future__ import annotations

from pathlib import Path

from mailbot.clerk.matters import matters_since
from tests.clerk.post import odd_office
from tests.office import ToyOffice, requested

NDR = Path(__file__).parents[1] / "cases" / "ndr"


def named(office: ToyOffice, cause: str) -> list[tuple[str, ...]]:
    """Return what the matters of a cause name, since the beginning."""
    began = next(iter(office.ledger.journal.read())).line.at
    return [one.details for one in matters_since(office.ledger, began) if one.cause == cause]


def test_a_report_without_our_letter_is_named_by_recipient_and_changes_nothing() -> None:
    """One line in the next morning mail, as unproved; no letter is marked, nobody is told at once (P8)."""
    office = requested()
    before = office.letter_keys()
    office.arrives((NDR / "laporan-tanpa-surat-asal.eml").read_bytes())
    assert named(office, "bounced_unproved") == [("kabid.piak@example.go.id",)]
    assert office.letter_keys() == before
    assert not any(letter.bounce for letter in office.ledger.letters.listing(limit=500))
    office.morning()
    text = " ".join(office.letter("operator", "morning").text.split())
    assert "1 laporan surat tidak sampai, tanpa bukti" in text
    assert "Penerima: kabid.piak@example.go.id" in text


def test_an_unproved_report_names_nobody_who_is_not_listed() -> None:
    """It is counted; what it says of others is not passed on."""
    office = requested()
    raw = (NDR / "laporan-tanpa-surat-asal.eml").read_bytes()
    office.arrives(raw.replace(b"kabid.piak@example.go.id", b"hubungi-kami@luar.example"))
    assert named(office, "bounced_unproved") == [()]


def test_a_mailbox_that_counts_anew_at_each_login_is_told_of_once() -> None:
    """Once is a mailbox made anew; time and again is told in one morning mail, and in no other (P12)."""
    office, post = odd_office()
    office.post.arrive(b"From: orang@luar.example\r\nMessage-ID: <satu@luar.example>\r\n\r\nHalo.\r\n")
    office.works()
    post.counts_anew()
    office.hours_pass(0.2)
    assert named(office, "counts_anew") == []
    for _ in range(5):
        post.counts_anew()
        office.hours_pass(0.2)
    assert named(office, "counts_anew") == [("toy INBOX",)]
    told = []
    for _ in range(3):
        office.morning()
        post.counts_anew()
        told.append("nomor baru" in office.letter("operator", "morning").text.replace("\n", " "))
    assert told == [True, False, False]
