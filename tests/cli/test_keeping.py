"""export, verify, backup, restore: the record leaves the machine, is proved, and comes back."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from mailbot.cli.alone import LOCK, alone
from mailbot.errors import LedgerProblem
from mailbot.ledger.files_and_notes import BEGAN_AT
from mailbot.ledger.ledger import open_ledger
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE, ToyOffice
from tests.settings.folders import change


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
    runs_on = f"{folder}: cycle {CYCLE} runs on; this is how it stands now, and not its archive yet."
    assert (ran.code, ran.out.decode()) == (0, f"{runs_on}\nNext: mailbot verify {folder}\n")
    last = office.ledger.journal.read(CYCLE)[-1]  # what stands behind it, a count of the books, is of no cycle
    told = mailbot("verify", folder).out.decode()
    assert told.startswith(
        f"{folder}: whole and unchanged.\nWithout a witness it cannot be excluded that all of it was "
    )
    assert told.endswith(f"compare with a letter that was received: line {last.number}, head {last.hash[:32]}\n")
    witness = f"{last.number}:{last.hash[:32]}"
    assert (
        mailbot("verify", folder, "--witness", witness).out.decode().endswith("unchanged.\nWitnesses that agree: 1.\n")
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
        f"  taken out: {path}",
        f"  journal: the words of line {line} were taken out",
    ]
    assert mailbot("verify", folder).code == 0
    assert not (here / "salinan" / path).exists()
    assert mailbot("verify", here / "salinan").err.splitlines()[1:3] == ran.out.decode().splitlines()[:2]
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
        indonesian = mailbot("--language", "id", "--config", "kantor", "restore", "buku.cadangan")
    assert ran.code == 1
    assert f"mailbot runs already on {here} (process " in ran.text
    assert f"mailbot sudah berjalan di {here} (proses " in indonesian.text
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


def test_a_backup_is_looked_at_without_putting_it_in_place(office: ToyOffice, here: Path) -> None:
    """Whole, how old, what came since, by which key; nothing is touched, beside a running daemon too."""
    assert (
        mailbot("--config", "kantor", "backup", "buku.cadangan")
        .out.decode()
        .startswith("buku.cadangan: opened again and whole, with 0 mails and ")
    )
    letters = len(office.letter_keys())
    office.days_pass(1)
    came = len(office.letter_keys()) - letters
    before = (here / "buku.cadangan").read_bytes()
    with alone(here):
        ran = mailbot("--config", "kantor", "restore", "--check", "buku.cadangan")
    lines = ran.out.decode().splitlines()
    assert ran.code == 0
    assert lines[0].startswith("buku.cadangan: whole; its bytes are those that were written. ")
    assert lines[1].startswith(f"In it: 0 mails, {letters} letters, ")
    assert lines[1].endswith(f"cycles: {CYCLE}.")
    assert lines[3].startswith(f"Since then: 0 mails, {came} letters, ")
    assert lines[-1].endswith("it is put in place by: mailbot restore buku.cadangan")
    assert (here / "buku.cadangan").read_bytes() == before
    assert not list(here.glob("*.before-restore-*"))


def test_a_backup_with_one_damaged_page_is_refused_before_anything_moves(office: ToyOffice, here: Path) -> None:
    """And one that is none, and one that is not there; each in a sentence."""
    office.ledger.close()
    mailbot("--config", "kantor", "backup", "buku.cadangan")
    copy = here / "buku.cadangan"
    content = bytearray(copy.read_bytes())
    page = len(content) // 4096 // 2
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    copy.write_bytes(content)
    (here / "buku.cadangan.sha256").unlink()
    ran = mailbot("--config", "kantor", "restore", "--check", "buku.cadangan")
    assert ran.code == 1
    assert ran.err.startswith("buku.cadangan must NOT be put in place:\n  ")
    told = mailbot("--language", "id", "--config", "kantor", "restore", "--check", "buku.cadangan").err.splitlines()
    assert told[0] == "buku.cadangan TIDAK boleh dipasang:"
    assert told[-1] == "Pakailah cadangan lain; tidak ada yang berubah."
    copy.write_text("catatan harian")
    ran = mailbot("--config", "kantor", "restore", "--check", "buku.cadangan")
    assert (ran.code, "it is no ledger of mailbot's" in ran.err) == (1, True)
    assert mailbot("--config", "kantor", "restore", "--check", "tidak-ada").code == 2
    assert mailbot("--config", "kantor", "status").code == 0


def test_a_backup_of_another_office_is_told_as_that(office: ToyOffice, here: Path) -> None:
    """It is sound, and no former state of what is here; where nothing is here, that is said."""
    office.days_pass(1)
    mailbot("--config", "kantor", "backup", "buku.cadangan")
    office.ledger.close()
    (here / "ledger.db").rename(here / "dahulu.db")
    gone = mailbot("--config", "kantor", "restore", "--check", "buku.cadangan")
    assert (gone.code, "is not there, or cannot be read" in gone.out.decode()) == (0, True)
    worked_in(here).works()
    other = mailbot("--config", "kantor", "restore", "--check", "buku.cadangan")
    assert (other.code, "It is NO former state of" in other.out.decode()) == (0, True)


def test_a_tick_makes_the_backup_that_is_due(here: Path) -> None:
    """Though no mail server answers; it is private, and anybody can check its digest. The next makes none."""
    folder = office_in(here)
    for server in ("imap", "smtp"):
        change(folder, "office.yaml", f"host: {server}.example.go.id\n  port:", "host: 127.0.0.1\n  port: 1")
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        ledger.notes.write(BEGAN_AT, "2026-01-05T00:00:00+00:00")
    mailbot("--config", "kantor", "tick")
    copy, digest = sorted((here / "cadangan").iterdir())
    assert digest.read_text().split() == [hashlib.sha256(copy.read_bytes()).hexdigest(), copy.name]
    assert {stat.S_IMODE(one.stat().st_mode) for one in (copy, digest)} == {0o600}
    checked = mailbot("--config", "kantor", "restore", "--check", copy)
    assert (checked.code, "its bytes are those that were written" in checked.out.decode()) == (0, True)
    assert "Its forms are signed by the key that is here (" in checked.out.decode()
    mailbot("--config", "kantor", "tick")
    assert sorted((here / "cadangan").iterdir()) == [copy, digest]
    (here / "secret.key").write_text("ab" * 32)
    assert "put its secret.key back as well" in mailbot("--config", "kantor", "restore", "--check", copy).text
    told = mailbot("--config", "kantor", "status")
    assert f"{copy}: opened again and whole (" in told.out.decode()
    assert mailbot("--config", "kantor", "status", "--json").json["backup"]["file"] == str(copy)
