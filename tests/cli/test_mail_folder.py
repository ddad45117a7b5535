"""`mailbot export CYCLE --mail`: everything of a matter, to be read without mailbot; what is held back stays back."""

from __future__ import annotations

import stat
from email import message_from_bytes
from pathlib import Path

from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE

NIK = "3574012503900001"


def test_a_matter_is_handed_over_as_one_folder(here: Path) -> None:
    """Each mail as it was, its form beside it, the answer under the letter; one with a NIK is only listed."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(3)
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), f"Pemohon NIK {NIK} belum terdata")
    head = office.ledger.journal.head()
    letters = office.ledger.letters.of_cycle(CYCLE)
    office.ledger.close()

    ran = mailbot("--config", "kantor", "export", CYCLE, "--mail")

    assert (ran.code, ran.err) == (0, "")
    folder = here / f"surat-{CYCLE}"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    mails = sorted((folder / "Surat").iterdir())
    subjects = [message_from_bytes(one.read_bytes())["Subject"] for one in mails]
    assert all(subjects)
    assert sum("_dari-" in one.name for one in mails) == 1
    assert sum("_kepada-" in one.name for one in mails) <= len(letters)
    text = (folder / "index.txt").read_text(encoding="utf-8")
    assert text.count("ditahan: memuat nomor") >= 1
    assert NIK not in "".join(one.read_text("utf-8", "replace") for one in folder.rglob("*") if one.is_file())
    (came,) = [one for one in mails if "_dari-" in one.name]
    number = came.name[:3]
    assert [one.suffix for one in (folder / "Lampiran" / number).iterdir()] == [".xlsx"]
    assert f"\n  {int(number)}. " in text, "the answer is set in"
    assert list((folder / "Berkas").rglob("*.xlsx"))
    assert list((folder / "Berkas").rglob("jurnal*"))
    with worked_in(here).ledger as ledger:
        assert ledger.journal.head() == head
    assert mailbot("--config", "kantor", "export", CYCLE, "--mail").code == 2, "what lies there is not overwritten"
    assert mailbot("--config", "kantor", "export", "2099", "--mail", "--into", here / "lain").code == 2
    assert not (here / "lain").exists()
