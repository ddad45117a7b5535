"""A mistake in YAML while the office works: what looks, keeps, holds or signs in goes on; what begins is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.clerk.configuration.waiting import accept, noted_edit, waiting_edit
from mailbot.cli.app import COMMANDS, GROUPS
from mailbot.cli.configuration.last_accepted import GO_ON
from mailbot.core.configuration.edits import WaitingEdit
from mailbot.ledger.files_and_notes import CONFIG_WAITS
from mailbot.ledger.ledger import open_ledger
from mailbot.settings.loading import load
from tests.cli.terminal import Ran, mailbot, office_in, worked_in

ADDRESS = "sekretaris.disdukcapil@example.go.id"
BROKEN = "\n  - {key: kurang-kurung\n"


@pytest.fixture
def kantor(here: Path) -> Path:
    """The configuration folder of an office at work, whose settings were accepted."""
    config = office_in(here)
    office = worked_in(here)
    office.works()
    settings = load(config, {})
    accept(office.ledger, settings.digest, settings.contents, datetime(2026, 11, 2, tzinfo=UTC))
    office.ledger.close()
    return config


def typed(*words: str | Path) -> Ran:
    """Type a command in the office's language."""
    return mailbot("--language", "id", "--config", "kantor", *words)


def broken(file: Path) -> None:
    """Leave out a bracket."""
    with file.open("a", encoding="utf-8") as opened:
        opened.write(BROKEN)


def test_the_table_names_commands_that_there_are() -> None:
    """A command that is renamed is renamed there, too."""
    grouped = [f"{group} {name}" for group, _, commands in GROUPS for name, _ in commands]
    assert set(GO_ON) <= {name for name, _ in COMMANDS} | set(grouped)


def test_with_a_broken_file_letters_can_be_held_and_the_rest_goes_on(kantor: Path, here: Path) -> None:
    """Each with its own exit code and one line that names file, line and by what it goes on."""
    broken(kantor / "cycles.yaml")
    lines = len((kantor / "cycles.yaml").read_text(encoding="utf-8").splitlines())
    held = typed("outbox", "hold")
    assert (held.code, held.out.decode().startswith("ditahan\n")) == (0, True)
    (warned,) = held.err.splitlines()
    assert warned.startswith("perhatian: kantor/cycles.yaml:")
    assert int(warned.split(":")[2]) in {lines, lines + 1}
    assert warned.endswith("Perintah ini bekerja dengan pengaturan yang terakhir diterima.")
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        assert ledger.letters.held()
    for words in (("backup", "salinan.db"), ("restore", "--check", "salinan.db"), ("journal",), ("signin", ADDRESS)):
        ran = typed(*words)
        assert (words, ran.code, ran.err) == (words, 0, f"{warned}\n")
    for words in (("open", "2026-tw4"), ("apply",), ("check",), ("tick",)):
        refused = typed(*words)
        assert (refused.code, refused.out) == (1, b"")
        assert refused.err.endswith("1 kesalahan dalam pengaturan; tidak ada yang dijalankan.\n")


def test_an_edit_that_waits_still_waits_after_a_command_that_went_on(kantor: Path, here: Path) -> None:
    """It was not put back: what lies there is wrong, and not what counts."""
    waits = WaitingEdit(digest="ab" * 32, since=datetime(2026, 11, 3, tzinfo=UTC), words=("x",), count=1)
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        ledger.notes.write(CONFIG_WAITS, noted_edit(waits))
        (cycle,) = ledger.cycles.keys()
    broken(kantor / "cycles.yaml")
    assert typed("export", cycle).code == 0
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        assert waiting_edit(ledger) == waits


def test_the_ledger_is_found_without_the_file_that_names_it(kantor: Path, here: Path) -> None:
    """Where it was kept, else where an office has it by itself; where nothing was accepted the command refuses."""
    broken(kantor / "office.yaml")
    assert typed("outbox", "hold").code == 0
    (here / "ledger.db").rename(here / "buku.db")
    assert typed("outbox", "hold").code == 1
    (here / "ledger.place").write_text("sqlite:///buku.db", encoding="utf-8")
    assert typed("outbox", "hold").code == 0
    open_ledger(f"sqlite:///{here / 'ledger.db'}").close()
    (here / "ledger.place").unlink()
    assert "tidak ada yang dijalankan" in typed("outbox", "hold").err
