"""What `check` sees of the machine and the world around it: one line each, and the way out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.checking.machine import clock_line, doctor, domain_lines, troubles
from mailbot.cli.checking.probing import name_in_mails
from mailbot.core.codes.languages import Language
from mailbot.settings.loading import load
from mailbot.settings.sayings.catalogue import in_words
from tests.settings.folders import change, small_office

RECORDS = {
    "kota.test": ("google-site-verification=x", "v=spf1 mx -all"),
    "_dmarc.kota.test": ("v=DMARC1; p=quarantine",),
}


def lookup(name: str) -> tuple[str, ...]:
    """Answer as a DNS would that holds these records."""
    return RECORDS.get(name, ())


def test_a_domain_is_told_what_speaks_for_it_and_what_is_missing(tmp_path: Path) -> None:
    """SPF is one of several records; an invented domain and a trial server are asked about nothing."""
    folder = small_office(tmp_path)
    assert list(domain_lines(load(folder, {}), lookup, ())) == []
    change(folder, "office.yaml", "mailbot@example.go.id", "mailbot@kota.test")
    settings = load(folder, {})
    assert [line.code for line in domain_lines(settings, lookup, ("kota.test",))] == [
        "dns_spf",
        "dns_dkim",
        "dns_dmarc",
    ]
    change(folder, "office.yaml", "mailbot@kota.test", "mailbot@lain.test")
    told = [in_words(line, Language.INDONESIAN) for line in domain_lines(load(folder, {}), lookup, ())]
    assert [line.partition(" (")[0].partition(":")[0] for line in told] == [
        "SPF  lain.test tidak mempunyai catatan",
        "DKIM  surat uji tidak membawa tanda tangan lain.test",
        "DMARC  lain.test tidak mempunyai kebijakan",
    ]


@pytest.mark.parametrize(("minutes", "told"), [(0, False), (1, False), (5, True), (-5, True)])
def test_a_clock_that_is_wrong_is_told(minutes: int, told: bool) -> None:  # noqa: FBT001 - a value of the table
    """By more than two minutes, on either side."""
    line = clock_line(datetime.now(UTC) + timedelta(minutes=minutes))
    assert (line is not None) is told


def test_ledger_disk_and_clock_have_their_line(tmp_path: Path) -> None:
    """A ledger that is not there yet is not made by looking; one that is damaged is told with the way out."""
    folder = small_office(tmp_path)
    settings = load(folder, {})
    assert list(troubles(settings)) == []
    told = {line.code: in_words(line, Language.INDONESIAN) for line in doctor(settings)}
    assert (
        told["doctor_no_ledger"]
        == f"Buku catatan  sqlite:///{folder.parent}/ledger.db: belum ada; dibuat oleh `mailbot run`"
    )
    assert told["doctor_clock"].endswith(" WIB menurut mesin ini")
    assert {"doctor_disk"} <= set(told)
    assert not (folder.parent / "ledger.db").exists()
    (folder.parent / "ledger.db").write_bytes(b"bukan database" * 100)
    assert "mailbot restore" in next(in_words(line, Language.INDONESIAN) for line in doctor(settings))


def test_the_name_of_our_server_is_found_in_the_mails_that_came(tmp_path: Path) -> None:
    """Of several fields the topmost is ours; what most mails have is proposed, and a person decides."""
    folder = small_office(tmp_path)
    ours, theirs = (f"Authentication-Results: {name}; dmarc=pass\r\n" for name in ("mx.kota.test", "lain.test"))
    heads = [(ours + theirs + "\r\n").encode(), f"{ours}\r\n".encode(), f"{theirs}\r\n".encode(), b"Subject: x\r\n\r\n"]
    told = [in_words(name_in_mails(mails, load(folder, {})), Language.INDONESIAN) for mails in (heads, heads[3:])]
    assert "2 dari 4 surat terakhir memuatnya sebagai mx.kota.test." in told[0]
    assert told[0].endswith("\n  authserv_ids: [mx.kota.test]")
    assert "Kirimlah satu surat ke mailbot@example.go.id dari alamat Anda sendiri" in told[1]
    office = folder / "office.yaml"
    office.write_text(
        office.read_text(encoding="utf-8") + "\ntrust:\n  authserv_ids: [mx.kota.test]\n", encoding="utf-8"
    )
    assert name_in_mails(heads, load(folder, {})).code == "probe_proved_in_mails"
