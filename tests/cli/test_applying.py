"""An edit that waits: the daemon goes on by the former configuration, also after a restart; `mailbot apply` ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.cli.configuration.judging import TwoLooks
from mailbot.cli.daemon import Daemon
from mailbot.errors import ConfigProblem
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.folder import digest_of, read_folder
from mailbot.settings.loading import load
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
    assert mailbot("--config", "kantor", "apply", "0" * 8).code == 2
    assert mailbot("--config", "kantor", "apply", digest[:7]).code == 2
    assert mailbot("--config", "kantor", "tick").text.startswith("0 received")
    assert secretary_of(daemon).startswith("sekretaris.disdukcapil@")
    assert mailbot("--config", "kantor", "apply", digest[:8]).code == 0
    daemon.beat()
    assert secretary_of(daemon) == "sekretaris.baru@example.go.id"
    assert "Configuration" not in mailbot("--config", "kantor", "status").text
    assert mailbot("--config", "kantor", "apply").text == "Nothing waits: what lies in the folder counts."
    daemon.close()


def test_an_approval_is_of_what_was_shown_and_of_nothing_that_was_edited_since(
    server: EmbeddedServer, here: Path
) -> None:
    """The folder is edited between the word and the next pass: that waits for a word of its own."""
    daemon = started(here)
    first = edited(here, FORMER, LATTER)
    daemon.beat()
    mailbot("--config", "kantor", "apply", first[:8])
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


def test_what_counted_and_cannot_be_read_any_more_lets_no_edit_in(server: EmbeddedServer, here: Path) -> None:
    """A file that it names is gone, and the edit names none: nothing starts until somebody has looked at it."""
    logo = here / "kantor" / "logo.png"
    logo.write_bytes(b"")
    edited(here, "  logo:", "  logo: logo.png #", "office.yaml")
    started(here).close()
    logo.unlink()
    edited(here, "  logo: logo.png #", "  logo:", "office.yaml")
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


def test_what_was_approved_and_put_back_before_anybody_looked_is_approved_no_more(
    server: EmbeddedServer, here: Path
) -> None:
    """An approval is of what lies there then; saved once more it waits for a word of its own."""
    daemon = started(here)
    digest = edited(here, FORMER, LATTER)
    mailbot("--config", "kantor", "apply", digest[:8])
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
