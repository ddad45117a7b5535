"""prune: what was kept long enough is shown, and then it is nowhere any more, while everything is proved as before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.cli.alone import alone
from mailbot.core.retention.kinds import Kind
from mailbot.ledger.personal.sealing import give_key
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE
from tests.planted import BESIDE_A_NIK, NAMES, found_below, names_in, planted

AT_ONCE = "".join(f"  {kind}: {{days: 0, code: 000.8.6}}\n" for kind in Kind if kind is not Kind.ARCHIVE)


def told(config: Path, more: str = "") -> None:
    """Let everything be due at once, in place of what the sample says."""
    office = config / "office.yaml"
    before, _, rest = office.read_text(encoding="utf-8").partition("\nretention:\n")
    after = rest.partition("\n# ")[2]
    office.write_text(f"{before}\nretention:\n{AT_ONCE}{more}\n# {after}", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office that has 500 planted names, its cycle closed and archived: made once."""
    folder = tmp_path_factory.mktemp("planted")
    secret = load(office_in(folder), {}).secret_key(lambda size: b"k" * size)
    office = worked_in(folder)
    give_key(office.ledger.engine, secret)
    office.archives_in(folder / "arsip")
    planted(office)
    office.ledger.close()
    return folder


@pytest.fixture
def planted_here(made: Path, here: Path) -> Path:
    """The same folder anew; with a backup of mailbot's own, and a former ledger beside this one."""
    shutil.copytree(made, here, dirs_exist_ok=True)
    (here / "cadangan").mkdir(mode=0o700)
    assert mailbot("--config", "kantor", "backup", here / "cadangan" / "ledger-2026-01-02-200000.db").code == 0
    shutil.copy(here / "cadangan" / "ledger-2026-01-02-200000.db", here / "ledger.db.before-restore-1")
    return here


def digest_shown(text: str) -> str:
    """Return the digest that is to be typed."""
    return text.partition("prune ")[2].split()[0]


def test_nothing_of_500_people_is_found_after_a_prune(planted_here: Path) -> None:
    """Database, log, free pages, backups, archive: no name in any file, raw or unpacked; chain and books hold."""
    here = planted_here
    told(here / "kantor", "  archive: {days: 0}\n")
    not_seen = set(NAMES) - names_in(here / "cadangan" / "ledger-2026-01-02-200000.db")
    assert set(BESIDE_A_NIK) >= not_seen, "all but what lies sealed is found before"
    assert len(not_seen) > len(BESIDE_A_NIK) / 2
    shown = mailbot("--config", "kantor", "prune")
    assert shown.code == 0
    assert "JRA code 000.8.6" in shown.text

    ran = mailbot("--config", "kantor", "prune", digest_shown(shown.text))

    assert (ran.code, ran.err) == (0, "")
    assert found_below(here) == {}
    assert not (here / "arsip" / CYCLE).exists()
    assert not (here / "ledger.db.before-restore-1").exists()
    assert "in order" in mailbot("--config", "kantor", "journal").text
    assert mailbot("--config", "kantor", "ledger").code == 0
    assert "Nothing was kept long enough" in mailbot("--config", "kantor", "prune").text
    office = worked_in(here)
    office.arrives(office.mail("kabid-dafduk", None, "STATUS"))
    assert office.works().trouble == ()
    assert office.ledger.inbox.counts().waiting == 0
    assert office.ledger.cycles.openings().keys() == {CYCLE}, "a cycle that is forgotten would be opened once more"


def test_what_the_jra_keeps_for_ever_stays_is_named_and_is_proved(planted_here: Path) -> None:
    """The sample's archives are permanent: they stay whole, and names are left in them and nowhere else."""
    here = planted_here
    told(here / "kantor")
    digest = digest_shown(mailbot("--config", "kantor", "prune").text)

    ran = mailbot("--config", "kantor", "prune", digest)

    assert f"the archive folder {here / 'arsip' / CYCLE}, with the names in it" in ran.text
    assert "the archive of a cycle: kept for ever" in ran.text
    assert mailbot("verify", here / "arsip" / CYCLE).code == 0
    assert "in order" in mailbot("--config", "kantor", "journal").text
    archived = set().union(*(names_in(one) for one in (here / "arsip").rglob("*") if one.is_file()))
    assert archived
    assert archived != set(NAMES)
    assert {name.partition("/")[0] for name in found_below(here)} == {"arsip", "ledger.db", "cadangan"}
    assert names_in(here / "ledger.db") <= archived
    assert mailbot("--config", "kantor", "export", CYCLE).code == 0


def test_only_what_was_shown_is_removed_and_not_beside_a_daemon(planted_here: Path) -> None:
    """Another digest, one that is too short, and a running daemon: nothing goes."""
    here = planted_here
    told(here / "kantor")
    digest = digest_shown(mailbot("--config", "kantor", "prune").text)
    for typed in ("0" * 16, digest[:8]):
        assert mailbot("--config", "kantor", "prune", typed).code == 2
    with alone(here):
        assert mailbot("--config", "kantor", "prune", "0" * 16).code == 2
        ran = mailbot("--config", "kantor", "prune", digest)
    assert (ran.code, "runs already" in ran.text) == (1, True)
    assert digest_shown(mailbot("--config", "kantor", "prune").text) == digest
