"""What of an office ends by itself is read where it stands: in certificates beside the YAML, and in office.yaml."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from mailbot.clerk.keeping.ends import Asked, Ending, EndKind, note_ends
from mailbot.cli.telling.standing_words import ends_words
from mailbot.cli.upkeep.ends import asked_ends
from mailbot.core.codes.languages import Language
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.standing import status as look
from mailbot.post.certificates import authority_ends
from mailbot.settings.loading import load
from mailbot.settings.sayings.catalogue import speech
from tests.reading.signature.authority import authority
from tests.settings.folders import change, small_office

AT = datetime(2026, 12, 1, tzinfo=UTC)


def test_passwords_authorities_and_servers_that_are_silent_are_told(tmp_path: Path) -> None:
    """The office's own day begins the end; a server that does not answer is named as that."""
    folder = small_office(tmp_path)
    (folder / "sertifikat").mkdir()
    held = authority().certificate
    (folder / "sertifikat" / "induk.cer").write_bytes(held.public_bytes(serialization.Encoding.DER))
    (folder / "sertifikat" / "rusak.crt").write_text("bukan sertifikat")
    change(folder, "office.yaml", "mailbox:", "ratified: {certificates: sertifikat}\nmailbox:")
    ends = "watchdog: {password_ends: {mailbot@example.go.id: 2027-03-01}}"
    change(folder, "office.yaml", "mailbox:", f"{ends}\nmailbox:")
    for server in ("imap", "smtp"):
        change(folder, "office.yaml", f"host: {server}.example.go.id", "host: 127.0.0.1\n  port: 1")
    asked = asked_ends(load(folder, {}))
    assert {(one.kind, one.about): one.ends for one in asked.found} == {
        (EndKind.PASSWORD, "mailbot@example.go.id"): datetime(2027, 2, 28, 17, tzinfo=UTC),
        (EndKind.AUTHORITY, "induk.cer: Otoritas Uji Coba"): held.not_valid_after_utc,
    }
    assert asked.silent == {"IMAP 127.0.0.1", "SMTP 127.0.0.1"}
    assert authority_ends(folder / "tidak-ada.crt") == ()


def test_status_names_what_ends_within_a_month(tmp_path: Path) -> None:
    """And nothing that holds for longer; a program gets all of it."""
    settings = load(small_office(tmp_path), {})
    with open_ledger(f"sqlite:///{settings.data_folder / 'ledger.db'}") as ledger:
        note_ends(
            ledger,
            Asked(
                found=tuple(
                    Ending(kind=kind, about=kind.value, ends=AT + timedelta(days=days))
                    for kind, days in ((EndKind.CERTIFICATE, 3), (EndKind.PASSWORD, 29), (EndKind.AUTHORITY, 31))
                )
            ),
        )
    found = look(f"sqlite:///{settings.data_folder / 'ledger.db'}")
    assert len(found.ends) == 3
    told = tuple(ends_words(found, settings.office(), AT, speech(Language.ENGLISH)))
    assert [line.partition(" ends on ")[0] for line in told] == [
        "The certificate of certificate",
        "The password of password",
    ]
    assert "(in 3 days)" in told[0]
    assert "(3 hari lagi)" in next(ends_words(found, settings.office(), AT, speech(Language.INDONESIAN)))
