"""Where ledger, backups and key lie: a ledger on a network disk, a key beside the backups, one disk for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.cli.checking.machine import doctor, troubles
from mailbot.cli.checking.mounts import NetworkDisk, network_disk, network_disk_of
from mailbot.cli.checking.safekeeping import misplaced
from mailbot.core.codes.languages import Language
from mailbot.settings.loading import load
from mailbot.settings.sayings.catalogue import in_words
from tests.settings.folders import change, small_office

MOUNTED = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
40 22 0:45 / /srv rw,relatime shared:30 - nfs4 10.0.0.7:/ekspor rw,vers=4.2
41 40 8:2 / /srv/lokal rw,relatime shared:31 - xfs /dev/sdb1 rw
42 22 0:46 / /mnt/Berkas\040Dinas rw - cifs //nas/dinas rw,vers=3.1.1
43 22 0:47 / /home/admin/jauh rw,nosuid - fuse.sshfs admin@host:/data rw
44 22 8:3 / /kunci rw - fuse.gocryptfs /dev/x rw
45 22 8:4 / /tindih rw - ext4 /dev/sdc1 rw
46 22 0:48 / /tindih rw master:3 propagate_from:2 - cifs //nas/baru rw
a line of which nothing is known
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/srv/lkjip/ledger.db", ("nfs4", "10.0.0.7:/ekspor", "/srv")),
        ("/srv/lokal/ledger.db", None),
        ("/srv-lain/ledger.db", None),
        ("/mnt/Berkas Dinas/ledger.db", ("cifs", "//nas/dinas", "/mnt/Berkas Dinas")),
        ("/home/admin/jauh/a/b.db", ("fuse.sshfs", "admin@host:/data", "/home/admin/jauh")),
        ("/kunci/ledger.db", None),
        ("/tindih/ledger.db", ("cifs", "//nas/baru", "/tindih")),
    ],
)
def test_a_network_disk_is_found_by_what_is_mounted(path: str, expected: tuple[str, str, str] | None) -> None:
    """The nearest place above counts, the later of two at the same place; an encrypted disk of this machine is none."""
    disk = network_disk(MOUNTED, Path(path))
    assert (None if disk is None else (disk.kind, disk.source, disk.mounted_at)) == expected


def test_this_machine_is_asked(tmp_path: Path) -> None:
    """Its own table of mounts can be read, and holds no network disk where tests are run."""
    assert network_disk_of(tmp_path) is None
    assert network_disk_of(Path("/proc/self")) is None


def test_a_ledger_on_a_network_disk_is_told_with_the_way_out(tmp_path: Path) -> None:
    """By `check`, in both languages; the backups' folder may lie there."""
    settings = load(small_office(tmp_path), {})
    ledger = settings.data_folder / "ledger.db"

    def disk_of(path: Path) -> NetworkDisk | None:
        return network_disk(f"9 1 0:4 / {tmp_path} rw - cifs //nas/dinas rw", path) if path == ledger else None

    (told,) = misplaced(settings, disk_of)
    words = in_words(told, Language.INDONESIAN)
    assert words.startswith(f"{ledger}: buku catatan terletak di disk jaringan (cifs, //nas/dinas, terpasang di ")
    assert "gunakan PostgreSQL" in words
    assert "use PostgreSQL" in in_words(told, Language.ENGLISH)


def test_a_key_beside_the_backups_is_told(tmp_path: Path) -> None:
    """Whoever steals the backups would have it; and so it is with the passwords."""
    settings = load(small_office(tmp_path), {})
    folder = settings.data_folder / "cadangan"
    folder.mkdir()
    assert list(troubles(settings)) == []
    for name in ("secret.key", ".env"):
        (folder / name).write_text("x")
    told = [in_words(one, Language.ENGLISH) for one in troubles(settings)]
    assert [one.partition(":")[0] for one in told] == [str(folder / name) for name in ("secret.key", ".env")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "doctor_backups_same_disk"),
        ("backup: {folder: /proc}\n", "doctor_backups"),
        ("backup: {hours: []}\n", "doctor_no_backups"),
        ("database: postgresql+psycopg://a@b/c\n", "doctor_backups_postgres"),
    ],
)
def test_check_live_says_where_backups_lie(tmp_path: Path, written: str, code: str) -> None:
    """On the same disk, on another, none, or on a server that has its own; and that the key is not in them."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "mailbox:", f"{written}mailbox:")
    lines = {line.code: in_words(line, Language.INDONESIAN) for line in doctor(load(folder, {}))}
    assert code in lines
    assert ("secret.key" in lines[code]) is (code in {"doctor_backups_same_disk", "doctor_backups"})
