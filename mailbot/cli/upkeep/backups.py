"""Backups as the settings want them."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from mailbot.clerk.keeping.backing_up import Plan
from mailbot.cli.configuration.ledger_place import ledger_in_use
from mailbot.errors import ConfigProblem
from mailbot.ledger.place import sqlite_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from mailbot.ledger.copies.making import Backups, Made
    from mailbot.settings.settings import Settings


def backup_plan(settings: Settings) -> Plan | None:
    """Return when and how backups are made; None where mailbot makes none."""
    wanted, url = settings.files.office.backup, ledger_in_use(settings)
    if not wanted.hours or sqlite_path(url) is None:
        return None

    def make(at: datetime, stopped: Callable[[], bool]) -> Made:
        from mailbot.ledger.copies.making import make_backup

        return make_backup(url, backups_of(settings), at, stopped)

    signed_by = ""
    with suppress(ConfigProblem):  # a key that cannot be used is told of where it is needed, and keeps no pass back
        signed_by = key_of(settings)
    return Plan(hours=wanted.hours, make=make, signed_by=signed_by)


def key_of(settings: Settings) -> str:
    """Return the fingerprint of the key that signs forms, by which nobody can tell the key; empty: there is none yet.

    Raises:
        ConfigProblem: the key cannot be used.
    """
    key = settings.kept_key()
    return hashlib.sha256(b"the key that signs forms\0" + key).hexdigest()[:16] if key is not None else ""


def backups_of(settings: Settings) -> Backups:
    """Return where backups lie, and how many are kept."""
    from mailbot.ledger.copies.making import Backups
    from mailbot.ledger.copies.rotation import Kept

    wanted = settings.files.office.backup
    keep = Kept(daily=wanted.daily, weekly=wanted.weekly, monthly=wanted.monthly)
    return Backups(folder=backup_folder(settings), keep=keep, spare_bytes=settings.watchdog.disk_bytes)


def backup_folder(settings: Settings) -> Path:
    """Return where backups lie."""
    return settings.data_folder / settings.files.office.backup.folder
