"""What an admin does by hand is told in the language of his office, and says when letters leave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.cli.telling.office_hours import leaving_words
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot, office_in, worked_in

INDONESIAN = ("--language", "id", "--config", "kantor")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 12, 1, 19, 16, tzinfo=UTC), "berangkat Rabu, 2 Desember 2026 pukul 07.30 WIB."),
        (datetime(2026, 12, 4, 12, 0, tzinfo=UTC), "berangkat Senin, 7 Desember 2026 pukul 07.30 WIB."),
        (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), ""),
    ],
)
def test_outside_office_hours_it_is_said_when_letters_leave(at: datetime, told: str, here: Path) -> None:
    """At night, before a weekend; while the office is open nothing is said."""
    settings = load(office_in(here), {"MAILBOT_LANGUAGE": "id"})
    words = "".join(leaving_words(settings, at))
    assert words == (f"Sekarang di luar jam kerja: surat yang bukan jawaban {told}" if told else "")


def test_backup_restore_and_outbox_speak_the_language_of_the_office(here: Path) -> None:
    """A copy with its digest beside it, looked at; what is held; a name that is taken; a ledger that is none."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.ledger.close()
    told = mailbot(*INDONESIAN, "backup", "salinan.db").text
    assert told.startswith("salinan.db: dibuka kembali dan utuh, berisi 0 pesan dan ")
    assert "Sidiknya di salinan.db.sha256, di sampingnya" in told
    assert "sudah ada; cadangan tidak pernah menimpa apa pun" in mailbot(*INDONESIAN, "backup", "salinan.db").text
    assert (
        "salinan.db: utuh; isinya sama dengan yang ditulis dahulu."
        in mailbot(*INDONESIAN, "restore", "--check", "salinan.db").text
    )
    assert mailbot(*INDONESIAN, "outbox", "hold").text.startswith("ditahan Berikutnya: surat-surat berangkat lagi")
    assert "Semua surat keluar ditahan" in mailbot(*INDONESIAN, "outbox", "list").text
    (here / "ledger.db").write_bytes(b"x" * 8192)
    assert (
        "tidak dapat dibaca: file is not a database. Bila rusak: mailbot restore" in mailbot(*INDONESIAN, "status").text
    )
    assert "rusak: " in mailbot(*INDONESIAN, "inbox", "list").text
    assert "cadangan sudah dipasang; pembukuan yang sebelumnya: " in mailbot(*INDONESIAN, "restore", "salinan.db").text
