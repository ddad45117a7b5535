"""export, verify, backup, restore: the record leaves the machine, is proved, and comes back."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mailbot.cli.alone import LOCK, alone
from mailbot.errors import LedgerProblem
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE, ToyOffice


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office after its first letter."""
    office_in(here)
    office = worked_in(here)
    office.works()
    return office


def test_a_cycle_that_still_runs_is_exported_and_proved(office: ToyOffice, here: Path) -> None:
    """The folder proves itself; nothing of it is written into the ledger, so the real archive is still to come."""
    before = office.ledger.journal.head()
    ran = mailbot("--config", "kantor", "export", CYCLE)
    folder = here / "arsip" / CYCLE
    assert (ran.code, ran.out.decode()) == (0, f"{folder}\nNext: mailbot verify {folder}\n")
    last = office.ledger.journal.read(CYCLE)[-1]  # what stands behind it, a count of the books, is of no cycle
    told = mailbot("verify", folder).out.decode()
    assert told.startswith(
        f"{folder}: whole and unchanged. Without a witness it cannot be excluded that all of it was "
    )
    assert told.endswith(f"compare with a letter: line {last.number}, head {last.hash[:32]}\n")
    witness = f"{last.number}:{last.hash[:32]}"
    assert (
        mailbot("verify", folder, "--witness", witness).out.decode().endswith("unchanged. Witnesses that agree: 1.\n")
    )
    assert mailbot("verify", folder, "--witness", f"{last.number}:{'0' * 32}").code == 1
    assert mailbot("verify", folder, "--witness", "besok").code == 2
    assert office.ledger.journal.head() == before
    assert office.ledger.notes.read(f"archived/{CYCLE}") == ""
    assert mailbot("--config", "kantor", "export", CYCLE).code == 0


def test_one_changed_byte_is_found(office: ToyOffice, here: Path) -> None:
    """Whatever file it is in; the file is named."""
    del office
    mailbot("--config", "kantor", "export", CYCLE)
    folder = here / "arsip" / CYCLE
    letter = next(folder.rglob("*.eml"))
    letter.write_bytes(letter.read_bytes().replace(b"a", b"b", 1))
    ran = mailbot("verify", folder)
    assert ran.code == 1
    assert letter.name in ran.err


def test_what_must_not_be_handed_on_is_taken_out_of_a_copy(office: ToyOffice, here: Path) -> None:
    """The archive stays; the copy lacks the letter and the words, says so, and is proved in all else."""
    office.days_pass(1)
    mailbot("--config", "kantor", "export", CYCLE)
    folder = here / "arsip" / CYCLE
    letter = next(folder.rglob("*.eml"))
    path = letter.relative_to(folder).as_posix()
    line = next(entry.number for entry in office.ledger.journal.read(CYCLE) if entry.line.event == "letter_written")
    ran = mailbot("redact", folder, "--into", here / "salinan", "--file", path, "--line", str(line))
    assert ran.code == 0
    assert ran.out.decode().splitlines()[:2] == [
        f"taken out: {path}",
        f"journal: the words of line {line} were taken out",
    ]
    assert mailbot("verify", folder).code == 0
    assert not (here / "salinan" / path).exists()
    assert mailbot("verify", here / "salinan").err.splitlines()[1:] == ran.out.decode().splitlines()[:2]
    for wrong in (("--file", "lain.txt"), ("--line", "999")):
        assert mailbot("redact", folder, "--into", here / "lain", *wrong).code == 2
    assert mailbot("redact", folder, "--into", here / "salinan").code == 2
    (here / "Arsip-Publik").mkdir()
    assert "Arsip-Publik" in mailbot("redact", folder, "--into", here / "Arsip Publik").err
    assert list((here / "Arsip-Publik").iterdir()) == []
    letter.write_bytes(b"x")
    assert "is not whole" in mailbot("redact", folder, "--into", here / "lain").err


def test_a_backup_brings_back_the_ledger_as_it_was(office: ToyOffice, here: Path) -> None:
    """What was there since is moved aside, not lost."""
    assert mailbot("--config", "kantor", "backup", "buku.cadangan").code == 0
    assert stat.S_IMODE((here / "buku.cadangan").stat().st_mode) == 0o600
    before = mailbot("--config", "kantor", "status", "--json").json
    office.days_pass(2)
    since = mailbot("--config", "kantor", "status", "--json").json
    assert since != before
    office.ledger.close()

    ran = mailbot("--config", "kantor", "restore", "buku.cadangan")

    aside = here / "ledger.db.before-restore-1"
    assert (ran.code, ran.out.decode()) == (0, f"restored; the former ledger is {aside}\n")
    assert mailbot("--config", "kantor", "status", "--json").json == before
    aside.rename(here / "ledger.db")
    assert mailbot("--config", "kantor", "status", "--json").json == since


def test_nothing_is_restored_while_a_daemon_runs(office: ToyOffice, here: Path) -> None:
    """It would go on writing into a file that was moved aside."""
    del office
    mailbot("--config", "kantor", "backup", "buku.cadangan")
    with alone(here):
        ran = mailbot("--config", "kantor", "restore", "buku.cadangan")
    assert ran.code == 1
    assert f"mailbot runs already on {here} (process " in ran.text
    assert not (here / "ledger.db.before-restore-1").exists()


def test_only_one_works_on_a_data_folder(here: Path) -> None:
    """The second is told who the first is; when the first has ended, the next may begin."""
    with alone(here):
        pid = (here / LOCK).read_text().strip()
        with pytest.raises(LedgerProblem, match=rf"\(process {pid}\)"), alone(here):
            pass
    with alone(here):
        pass


def test_a_data_folder_that_cannot_be_written_is_named(here: Path) -> None:
    """A file stands where the folder should be."""
    (here / "data").write_text("")
    with pytest.raises(LedgerProblem, match="cannot be made"), alone(here / "data"):
        pass
