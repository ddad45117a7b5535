"""What `check` sees of where the ledger and its backups lie: disks over the network, one disk for both, the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.checking.mounts import network_disk_of
from mailbot.cli.configuration.ledger_place import ledger_in_use
from mailbot.cli.upkeep.backups import backup_folder
from mailbot.ledger.place import sqlite_path
from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.cli.checking.mounts import NetworkDisk
    from mailbot.settings.settings import Settings


def misplaced(settings: Settings, disk_of: Callable[[Path], NetworkDisk | None] = network_disk_of) -> Iterator[Said]:
    """Give what lies where it must not: the ledger on a network disk, a secret beside the backups.

    Args:
        settings: of the office.
        disk_of: returns the network disk that a path lies on, if it lies on one.
    """
    ledger = sqlite_path(ledger_in_use(settings))
    if ledger is not None and (disk := disk_of(ledger)) is not None:
        yield said(
            "ledger_on_network_disk", ledger=ledger, kind=disk.kind, source=disk.source, mounted_at=disk.mounted_at
        )
    folder = backup_folder(settings)
    for name in (settings.secret_file.name, ".env"):
        if (folder / name).exists():
            yield said("secret_beside_backups", path=folder / name)


def backups_line(settings: Settings) -> Said:
    """Return the line about backups: where they lie, and whether one broken disk would take ledger and backups."""
    wanted, ledger = settings.files.office.backup, sqlite_path(ledger_in_use(settings))
    if ledger is None:
        return said("doctor_backups_postgres")
    if not wanted.hours:
        return said("doctor_no_backups")
    folder = backup_folder(settings)
    values = {"folder": folder, "hours": ", ".join(f"{hour:02}.00" for hour in sorted(wanted.hours))}
    return said("doctor_backups_same_disk" if _device(folder) == _device(ledger) else "doctor_backups", **values)


def _device(path: Path) -> int:
    """Return the disk that a path lies on, or will."""
    return next(place for place in (path, *path.parents) if place.exists()).stat().st_dev
