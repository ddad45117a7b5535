"""Which ledger a folder works on: the one of the last accepted `database`, kept beside it, and not of an edited one.

The ledger knows which configuration counts; were it looked for where an edit says, an empty one would let all in. A
place that the environment names is the word of whoever holds the machine, and needs no other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mailbot.ledger.place import is_sqlite, sqlite_path
from mailbot.settings.named_files import database_url

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.settings import Settings


def ledger_in_use(settings: Settings) -> str:
    """Return the URL of the ledger that a folder works on; what the settings name, where none was kept.

    A file that is gone was moved by whoever holds the machine: then, too, what the settings name counts.
    """
    wanted = settings.database_url.get_secret_value()
    if not _of_the_files(settings) or not _kept_at(settings).is_file():
        return wanted
    known = database_url(_kept_at(settings).read_text(encoding="utf-8").strip(), settings.data_folder)
    path = sqlite_path(known)
    return known if not is_sqlite(known) or (path is not None and path.exists()) else wanted


def keep_ledger_place(settings: Settings) -> None:
    """Keep where the ledger of settings that count lies, as they spell it: the folder may be moved as a whole."""
    kept = _kept_at(settings)
    if not _of_the_files(settings):
        return
    if not kept.is_file() or kept.read_text(encoding="utf-8") != settings.files.office.database:
        written = kept.with_name(f".{kept.name}.{os.getpid()}")
        written.write_text(settings.files.office.database, encoding="utf-8")
        written.replace(kept)


def _of_the_files(settings: Settings) -> bool:
    """Say whether the place is the one that the files name, and not the environment's or a rehearsal's own."""
    named = database_url(settings.files.office.database, settings.data_folder)
    return settings.database_url.get_secret_value() == named


def _kept_at(settings: Settings) -> Path:
    """Return the file that holds the place."""
    return settings.data_folder / "ledger.place"
