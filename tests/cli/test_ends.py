"""What of an office ends by itself is read where it stands: in certificates beside the YAML, and in office.yaml."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from mailbot.clerk.keeping.ends import EndKind
from mailbot.cli.upkeep.ends import asked_ends
from mailbot.post.certificates import authority_ends
from mailbot.settings.loading import load
from tests.reading.signature.authority import authority
from tests.settings.folders import change, small_office


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
