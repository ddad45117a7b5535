"""`mailbot demo`: one whole cycle on this machine, told as it happens, leaving all that design and README promise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mailbot.writing.archive.verify import verify_archive
from tests.cli.terminal import mailbot

BARE = "without LibreOffice"
MAILS = {
    "operator.disdukcapil": 3,
    "perencanaan.disdukcapil": 8,
    "sekretaris.disdukcapil": 7,
    "kepala.disdukcapil": 5,
    "kabid.capil": 4,
    "kabid.dafduk": 3,
    "kabid.piak": 2,
    "umum.disdukcapil": 2,
    "inovasi.piak": 2,
    "identitas.penduduk": 1,
    "kelahiran.capil": 1,
    "bappeda.litbang": 2,
    "inspektorat": 1,
}
"""So many mails of ours each of them gets over the cycle, and none more (`docs/figures.md`)."""


@pytest.mark.slow
@pytest.mark.parametrize("machine", [BARE, pytest.param("with what is installed", marks=pytest.mark.sweep)])
def test_the_demo_runs_a_whole_cycle_and_leaves_it_to_be_looked_at(
    here: Path, monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    """Faults twice, a silent unit, remarks on the draft, ratification, acknowledgement; every mail as a file.

    By default without PDFs, which take as long as all the rest: `tests/servers` plays whole cycles with them.
    """
    if machine == BARE:
        monkeypatch.setenv("PATH", str(here / "empty"))
    ran = mailbot("demo", "--into", "demo")
    told = ran.out.decode()
    assert ran.code == 0, told + ran.err

    for words in (
        "CAPIL number 1: ",
        "CAPIL number 2: ",
        "reminder DAFDUK",
        "sekretaris: PERBAIKI",
        "sekretaris: SETUJU",
        "kadis: DISAHKAN",
        "bappeda: DITERIMA",
        "cycle closed",
    ):
        assert words in told, words
    assert f"Archive, verified: {here / 'demo/arsip/2025'}" in told.replace("\n", "")
    assert verify_archive(here / "demo" / "arsip" / "2025") == ()

    status = mailbot("--config", "demo/config", "status", "--json").json
    (cycle,) = status["cycles"]
    assert (cycle["cycle"], cycle["state"], cycle["sop_row"]) == ("2025", "closed", "8")
    assert {unit["unit"]: (unit["state"], unit["attempts"]) for unit in cycle["units"]} == {
        "SEKRETARIAT": ("accepted", 1),
        "DAFDUK": ("accepted", 1),
        "CAPIL": ("accepted", 3),
        "PIAK": ("accepted", 1),
    }
    box, out = status["inbox"], status["outbox"]
    assert (box["kept"], box["waiting"], box["set_aside"]) == (box["settled"], 0, 0)
    assert out == {"queued": 0, "sent": out["sent"], "put_off": 0, "given_up": 0, "in_doubt": 0, "held": 0}
    mails = list((here / "demo" / "mail").glob("*.eml"))
    assert len(mails) == box["kept"] + out["sent"]
    got = Counter(path.stem.partition("-keluar-")[2] for path in mails if "-keluar-" in path.name)
    assert got == MAILS
    explained = mailbot("--config", "demo/config", "explain", "--json", "demo/mail").lines
    ours = Counter(one["outcome"] for one in explained if "keluar" in one["file"])
    theirs = Counter(one["outcome"] for one in explained if "masuk" in one["file"])
    assert ours == {"own": out["sent"]}
    # By itself a mail that answers remarks by number shows no list that the numbers belong to.
    assert theirs == Counter(box["by_outcome"]) - Counter(verdict=1) + Counter(unclear=1)
