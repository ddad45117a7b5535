"""An edit that waits: the daemon goes on by the former configuration, also after a restart; `mailbot apply` ends it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.cli.configuration.judging import TwoLooks
from mailbot.cli.configuration.ledger_place import keep_ledger_place, ledger_in_use
from mailbot.cli.daemon import Daemon
from mailbot.cli.options import environment
from mailbot.errors import ConfigProblem
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.folder import digest_of, read_folder
from mailbot.settings.loading import load
from mailbot.settings.packaged import init, templates_folder
from tests.cli.terminal import mailbot
from tests.heartbeat.running import SECRETS, served

FORMER, LATTER = "address: sekretaris.disdukcapil@example.go.id", "address: sekretaris.baru@example.go.id"


@pytest.fixture
def server(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor, its cycle open, and its mail server."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with served(here) as running_server:
        yield running_server


def started(here: Path) -> Daemon:
    """Start the daemon on what lies there, and let it make a pass."""
    daemon = Daemon(here / "kantor", load(here / "kantor", SECRETS))
    daemon.beat()
    return daemon


def edited(here: Path, old: str, new: str, file: str = "recipients.yaml") -> str:
    """Edit a file; return the digest of what lies there now."""
    path = here / "kantor" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return digest_of(read_folder(here / "kantor")[0])


def approved(here: Path) -> None:
    """Let whatever lies in the folder count."""
    assert mailbot("--config", "kantor", "apply", digest_of(read_folder(here / "kantor")[0])).code == 0


def secretary_of(daemon: Daemon) -> str:
    """Return where letters to the Sekretaris go by what counts."""
    return daemon.settings.office().roster.person("sekretaris").addresses[0]


def test_a_restart_lets_no_edit_in_and_apply_does(server: EmbeddedServer, here: Path) -> None:
    """Edited while it runs, edited while it does not; status tells; a wrong digest is refused; then it counts."""
    daemon = started(here)
    digest = edited(here, FORMER, LATTER)
    daemon.beat()
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    daemon.close()

    daemon = started(here)
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    told = mailbot("--config", "kantor", "status").text
    assert f"Configuration {digest[:16]}, edited" in told
    assert "waits for the operator's BENAR. The former one counts." in told
    assert "menjadi sekretaris.baru@example.go.id." in told
    assert mailbot("--config", "kantor", "apply").text.endswith(f"mailbot --config kantor apply {digest[:16]}")
    assert mailbot("--config", "kantor", "apply", "0" * 16).code == 2
    assert mailbot("--config", "kantor", "apply", digest[:15]).code == 2
    assert mailbot("--config", "kantor", "tick").text.startswith("0 received")
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    assert mailbot("--config", "kantor", "apply", digest[:16]).code == 0
    daemon.beat()
    assert secretary_of(daemon) == "sekretaris.baru@example.go.id"
    assert "Configuration" not in mailbot("--config", "kantor", "status").text
    assert mailbot("--config", "kantor", "apply").text == "Nothing waits: what lies in the folder counts."
    daemon.close()


def test_an_edit_that_no_daemon_has_looked_at_is_named_by_status_check_and_web(
    server: EmbeddedServer, here: Path
) -> None:
    """Nothing runs; whoever edited learns that it does not count, and how to let it; the board's old place is taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        edited(here, "  listen: 127.0.0.1:8025", f"  listen: {place}", "office.yaml")
        approved(here)
        started(here).close()
        assert "does not count" not in mailbot("--config", "kantor", "check").text
        assert "does not count" not in mailbot("--config", "kantor", "status").text
        digest = edited(here, f"listen: {place}", "listen: 127.0.0.1:24680", "office.yaml")
        told = mailbot("--config", "kantor", "status").text
        assert f"The configuration was edited ({digest[:16]}), and does not count yet" in told
        assert "Next: mailbot --config kantor apply (to see what was edited, and let it count)" in told
        assert "What was checked does not count yet" in mailbot("--config", "kantor", "check").text
        refused = mailbot("--config", "kantor", "web").text
    assert "does not count yet; the board goes by the former one" in refused
    assert f"The board cannot listen on {place}: another program" in refused
    assert "is opened at" not in refused


def test_an_approval_is_of_what_was_shown_and_of_nothing_that_was_edited_since(
    server: EmbeddedServer, here: Path
) -> None:
    """The folder is edited between the word and the next pass: that waits for a word of its own."""
    daemon = started(here)
    first = edited(here, FORMER, LATTER)
    daemon.beat()
    mailbot("--config", "kantor", "apply", first[:16])
    second = edited(here, LATTER, "address: penipu@example.com")
    daemon.beat()
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    edited(here, "address: penipu@example.com", LATTER)
    daemon.beat()
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    assert first != second
    daemon.close()


def test_a_restart_on_an_empty_ledger_lets_no_edit_in(server: EmbeddedServer, here: Path) -> None:
    """Beside the edit another place is named for the ledger: what counted is found where the ledger last was."""
    started(here).close()
    edited(here, FORMER, LATTER)
    digest = edited(here, "database: sqlite:///ledger.db", "database: sqlite:///kosong.db", "office.yaml")
    for restarted in (started, started):
        daemon = restarted(here)
        assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
        daemon.close()
    assert "waits for the operator's BENAR" in mailbot("--config", "kantor", "status").text
    mailbot("--config", "kantor", "tick")
    assert not (here / "kosong.db").exists()
    assert mailbot("--config", "kantor", "apply", digest[:16]).code == 0
    assert mailbot("--config", "kantor", "tick").code == 0
    assert (here / "kosong.db").exists()
    daemon = started(here)
    assert secretary_of(daemon) == "sekretaris.baru@example.go.id"
    assert daemon.settings.database_url.get_secret_value().endswith("/kosong.db")
    daemon.close()


def test_a_ledger_that_env_names_is_found_where_it_last_counted(here: Path) -> None:
    """As one that office.yaml names; what the process was given by its own environment counts as it is."""
    variables = here / "kantor" / ".env"
    init(here / "kantor")
    for name in ("lama", "baru"):
        (here / f"{name}.db").touch()
        variables.write_text(f"MAILBOT_DATABASE_URL=sqlite:///{name}.db\n")
        keep_ledger_place(load(here / "kantor", {})) if name == "lama" else None
    assert ledger_in_use(load(here / "kantor", {})) == f"sqlite:///{here}/lama.db"
    assert (here / "ledger.place").stat().st_mode & 0o77 == 0
    own = {"MAILBOT_DATABASE_URL": f"sqlite:///{here}/sendiri.db"}
    assert ledger_in_use(load(here / "kantor", own)) == f"sqlite:///{here}/sendiri.db"


def test_what_counted_and_cannot_be_read_any_more_lets_no_edit_in(server: EmbeddedServer, here: Path) -> None:
    """A variable of `.env` was edited, and what it said is kept nowhere: nothing starts until somebody has looked."""
    variables = here / "kantor" / ".env"
    variables.write_text("MAILBOT_SECRET=rahasia-yang-lama-sekali\n")
    approved(here)
    started(here).close()
    shutil.rmtree(here / "in-force")
    variables.write_text("MAILBOT_SECRET=rahasia-yang-lain-sekali\n")
    digest = edited(here, FORMER, LATTER)
    with pytest.raises(ConfigProblem, match=f"mailbot apply {digest[:16]}"):
        started(here)
    assert mailbot("--config", "kantor", "tick").code != 0
    assert mailbot("--config", "kantor", "apply").code != 0
    assert mailbot("--config", "kantor", "apply", "0" * 16).code != 0
    assert mailbot("--config", "kantor", "apply", digest[:16]).code == 0
    for _ in range(2):
        daemon = started(here)
        assert secretary_of(daemon) == "sekretaris.baru@example.go.id"
        daemon.close()


def test_what_the_files_name_and_what_lies_beside_them_waits_as_they_do(server: EmbeddedServer, here: Path) -> None:
    """An authority, an own letter, a variable: told without a secret; what counted is worked with, a restart later too.

    A password works at once meanwhile, for the operator's word comes through that mailbox.
    """
    kantor = here / "kantor"
    anchor, letter, variables = kantor / "ca.pem", kantor / "templates" / "letters" / "status.j2", kantor / ".env"
    letter.parent.mkdir(parents=True)
    shutil.copy(templates_folder() / "letters" / "status.j2", letter)
    anchor.write_text("yang lama")
    variables.write_text("MAILBOT_SECRET=rahasia-yang-lama-sekali\nMAILBOT_SMTP_PASSWORD=kata-lama\n")
    edited(here, "  ca_file:", "  ca_file: ca.pem #", "office.yaml")
    approved(here)
    daemon = started(here)

    anchor.write_text("yang baru")
    letter.write_text("Kirim uang.")
    variables.write_text("MAILBOT_SECRET=rahasia-yang-baru-sekali\nMAILBOT_SMTP_PASSWORD=kata-baru\n")
    daemon.beat()
    for _ in range(2):
        assert anchor_and_letter(daemon)[0] == "yang lama"
        assert "Kirim uang" not in anchor_and_letter(daemon)[1]
        assert daemon.settings.secret_key(bytes) == b"rahasia-yang-lama-sekali"
        daemon.close()
        daemon = started(here)
    told = mailbot("--config", "kantor", "status").text
    for words in ("sertifikat server ca.pem berubah", "templates/letters/status.j2 berubah", "Variabel MAILBOT_SECRET"):
        assert words in told
    assert "-sekali" not in told
    assert "-sekali" not in (here / "ledger.db").read_bytes().decode("latin-1")
    approved(here)
    daemon.beat()
    assert anchor_and_letter(daemon) == ("yang baru", "Kirim uang.")
    assert daemon.settings.secret_key(bytes) == b"rahasia-yang-baru-sekali"
    daemon.close()


def anchor_and_letter(daemon: Daemon) -> tuple[str, str]:
    """Return what the authority's file and the letter of the status say, by which the daemon works."""
    ca_file = daemon.settings.imap.ca_file
    assert ca_file is not None
    return ca_file.read_text(), (daemon.settings.template_folders[0] / "letters" / "status.j2").read_text()


def test_a_new_password_works_at_once_though_an_edit_waits(
    server: EmbeddedServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone it is small, and journalled without its value; beside an edit that waits it works as well."""
    secret = here / "kata-sandi"
    secret.write_text("keliru")
    monkeypatch.delenv("MAILBOT_SMTP_PASSWORD")
    monkeypatch.setenv("MAILBOT_SMTP_PASSWORD_FILE", str(secret))
    daemon = Daemon(here / "kantor", load(here / "kantor", environment()))
    daemon.beat()
    secret.write_text("baru-sekali")
    daemon.beat()
    assert daemon.settings.smtp.password.get_secret_value() == "baru-sekali"
    journal = mailbot("--config", "kantor", "journal").text
    assert "Kata sandi MAILBOT_SMTP_PASSWORD berubah" in journal
    assert "baru-sekali" not in journal
    edited(here, FORMER, LATTER)
    secret.write_text("lebih-baru")
    daemon.beat()
    assert daemon.settings.smtp.password.get_secret_value() == "lebih-baru"
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    daemon.close()


def test_what_was_approved_and_put_back_before_anybody_looked_is_approved_no_more(
    server: EmbeddedServer, here: Path
) -> None:
    """An approval is of what lies there then; saved once more it waits for a word of its own."""
    daemon = started(here)
    digest = edited(here, FORMER, LATTER)
    mailbot("--config", "kantor", "apply", digest[:16])
    edited(here, LATTER, FORMER)
    daemon.beat()
    assert edited(here, FORMER, LATTER) == digest
    daemon.beat()
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    daemon.close()


def test_a_file_half_saved_is_judged_by_nobody(server: EmbeddedServer, here: Path) -> None:
    """Neither as a mistake nor as an edit, until the folder has lain still."""
    waits = edited(here, "settle_seconds: 0", "settle_seconds: 3600", "office.yaml")
    mailbot("--config", "kantor", "apply", waits)
    daemon = started(here)
    assert daemon.settings.files.office.changes.settle_seconds == 3600
    path = here / "kantor" / "recipients.yaml"
    whole = path.read_text()
    for cut in (whole[: len(whole) // 2], whole.replace(FORMER, LATTER)):
        path.write_text(cut)
        daemon.beat()
        daemon.beat()
    ledger = daemon._clerk.books.ledger  # noqa: SLF001 - what was written to whom
    kinds = {letter.kind for letter in ledger.letters.listing(limit=99)}
    assert kinds & {"alarm", "config_waits"} == set()
    assert daemon.settings.office().roster.people
    daemon.close()


@pytest.mark.parametrize(
    ("looks", "agree"),
    [
        ((("a", 0), ("a", 29)), False),
        ((("a", 0), ("a", 30)), True),
        ((("a", 0), ("b", 10), ("a", 31)), False),
        ((("a", 0), ("b", 40)), False),
        ((("a", 0), ("b", 40), ("b", 70)), True),
    ],
)
def test_two_looks_half_a_minute_apart_must_agree(looks: tuple[tuple[str, int], ...], agree: bool) -> None:  # noqa: FBT001 - a column of the table
    """And every look between them."""
    two = TwoLooks()
    said = [two.agree(digest, timedelta(seconds=at), timedelta(seconds=30)) for digest, at in looks]
    assert said[-1] is agree
