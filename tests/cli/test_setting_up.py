"""init, check and schema: before the first cycle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailbot import __version__
from mailbot.settings.reference import schemas
from tests.cli.terminal import mailbot, office_in
from tests.reading.signature.authority import authority

FILES = ["cycles.yaml", "indicators.yaml", "office.yaml", "recipients.yaml", "sop.yaml"]


def test_a_folder_is_made_whole_and_never_overwritten(here: Path) -> None:
    """A second time, what is missing is written and the rest is kept."""
    ran = mailbot("init", "kantor")
    assert ran.code == 0
    assert sorted(path.name for path in (here / "kantor").glob("*.yaml")) == FILES
    assert ran.out.decode().splitlines()[-1] == "Next: edit the files, then: mailbot --config kantor check"
    (here / "kantor" / "office.yaml").write_text("milik kami")
    (here / "kantor" / "sop.yaml").unlink()
    again = mailbot("init", "kantor").out.decode()
    assert "kept     kantor/office.yaml  (was there already)" in again
    assert "written  kantor/sop.yaml" in again
    assert (here / "kantor" / "office.yaml").read_text() == "milik kami"


def test_the_sample_office_is_in_order(here: Path) -> None:
    """What `init` makes, `check` finds in order; the secrets that are still missing are named."""
    config = office_in(here)
    ran = mailbot("--config", config, "check")
    assert ran.code == 0
    assert ran.out.decode().splitlines()[-3:] == [
        "note: MAILBOT_IMAP_PASSWORD is not set; mailbot cannot log in without it.",
        "4 units, 13 people, 15 indicators, 13 budget lines, 2 cycles: in order.",
        f"Next: mailbot --config {config} check --live",
    ]
    assert not (here / "ledger.db").exists()


def test_the_authorities_that_count_are_told(here: Path) -> None:
    """One line for each file of their folder."""
    folder = office_in(here)
    yaml = (folder / "office.yaml").read_text(encoding="utf-8")
    (folder / "office.yaml").write_text(yaml.replace("  certificates:", "  certificates: penerbit"), encoding="utf-8")
    (folder / "penerbit").mkdir()
    (folder / "penerbit" / "akar.pem").write_bytes(authority().pem)
    (folder / "penerbit" / "rusak.pem").write_bytes(b"")
    told = mailbot("--config", folder, "check").out.decode()
    assert "trusted: " in told
    assert "Otoritas Uji Coba, an authority" in told
    assert "note: " in told
    assert "rusak.pem is no certificate" in told


def test_a_broken_template_of_the_office_is_named(here: Path) -> None:
    """The office's own words are looked over too."""
    config = office_in(here)
    own = config / "templates" / "letters"
    own.mkdir(parents=True)
    (own / "receipt.j2").write_text("{% set subject %}x{% endset %}{{ opening(to }}")
    ran = mailbot("--config", config, "check")
    assert ran.code == 1
    assert ran.err.startswith("template: ")
    assert "receipt.j2" in ran.err


def test_a_login_needs_its_password_first(here: Path) -> None:
    """`check --live` names the variable and asks no server."""
    ran = mailbot("--config", office_in(here), "check", "--live")
    assert ran.code == 1
    assert ran.err == (
        f"mailbot: MAILBOT_IMAP_PASSWORD must be set to log in. Write MAILBOT_IMAP_PASSWORD=... into {here / '.env'}, "
        "type: export MAILBOT_IMAP_PASSWORD=..., or name a file that holds it in MAILBOT_IMAP_PASSWORD_FILE.\n"
    )


def test_indonesian_is_spoken_unless_english_was_chosen(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option, by variable, or by the office's own file, be that broken."""
    config = office_in(here)
    monkeypatch.delenv("MAILBOT_LANGUAGE")
    told = mailbot("--config", config, "check").out.decode().splitlines()
    assert told[-3:] == [
        "catatan: MAILBOT_IMAP_PASSWORD belum diisi; tanpa itu mailbot tidak dapat masuk.",
        "4 unit, 13 orang, 15 indikator, 13 baris anggaran, 2 siklus: sudah benar.",
        f"Berikutnya: mailbot --config {config} check --live",
    ]
    office = config / "office.yaml"
    office.write_text("letterhead: {a: b\n", encoding="utf-8")
    broken = mailbot("check", "--config", config).err
    assert broken.startswith(f"{office}:1: blok yang dibuka dengan '{{' belum ditutup (tutup dengan '}}')\n")
    assert broken.endswith("\n1 kesalahan dalam pengaturan; tidak ada yang dijalankan.\n")
    assert "is not closed (close it with '}')" in mailbot("--language", "en", "check", "--config", config).err
    office.write_text("language: en\nletterhead: {a: b\n", encoding="utf-8")
    assert mailbot("check", "--config", config).err.endswith("\n1 problem in the configuration; nothing was started.\n")


def test_every_server_that_does_not_answer_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one is not found out only when the first is mended."""
    config = office_in(here)
    office = config / "office.yaml"
    text = office.read_text(encoding="utf-8")
    for name in ("imap", "smtp"):
        text = text.replace(f"host: {name}.example.go.id", "host: 127.0.0.1")
    nobody = "port: 1\n"
    office.write_text(text.replace("port:  ", f"{nobody}  # ").replace("security: tls ", "security: plain "), "utf-8")
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "kenari-kuning")
    ran = mailbot("--config", config, "check", "--live")
    assert ran.code == 1
    assert [line.partition(" (")[0] for line in ran.err.splitlines()] == [
        "mailbot: IMAP server 127.0.0.1:1",
        "SMTP server 127.0.0.1:1",
    ]
    monkeypatch.setenv("MAILBOT_LANGUAGE", "id")
    way_out = "tidak ada yang menjawab di situ. Periksa host dan port, dan apakah servernya berjalan."
    told = mailbot("--config", config, "check", "--live").err.splitlines()
    assert [line.partition(" (")[0] for line in told] == [
        "mailbot: Server IMAP 127.0.0.1:1",
        "Server SMTP 127.0.0.1:1",
    ]
    assert all(line.endswith(f": {way_out}") for line in told)


def test_a_hint_names_the_folder_it_was_given_for(here: Path) -> None:
    """What is copied from the terminal works on the same office; blanks in its name are quoted."""
    folder = here / "kantor kota"
    office_in(here).rename(folder)
    assert mailbot("--config", folder, "check").out.decode().splitlines()[-1] == (
        f"Next: mailbot --config '{folder}' check --live"
    )


def test_the_schema_of_each_file_is_printed_or_written(here: Path) -> None:
    """The same JSON both ways."""
    printed = mailbot("schema")
    assert printed.code == 0
    assert mailbot("schema", "skema").code == 0
    written = {path.name: json.loads(path.read_text()) for path in sorted((here / "skema").iterdir())}
    assert written == schemas()
    for name in schemas():
        assert (here / "skema" / name).read_text() in printed.out.decode()


def test_the_version_is_told() -> None:
    """And nothing else is done."""
    ran = mailbot("--version")
    assert (ran.code, ran.out.decode()) == (0, f"mailbot {__version__}\n")
