"""Which ledger a folder works on: the one of the last accepted `database`, kept beside it, and not of an edited one.

The ledger knows which configuration counts; were it looked for where an edit says, an empty one would let all in. A
place that the environment names is the word of whoever holds the machine, and needs no other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mailbot.ledger.place import is_sqlite, sqlite_path
from mailbot.settings.named_files import database_url
from mailbot.settings.variables import DATABASE_URL

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.settings import Settings


def ledger_in_use(settings: Settings) -> str:
    """Return the URL of the ledger that a folder works on; what the settings name, where none was kept.

    A file that is gone was moved by whoever holds the machine: then, too, what the settings name counts.
    """
    wanted = settings.database_url.get_secret_value()
    if _spelled(settings) is None or not _kept_at(settings).is_file():
        return wanted
    known = database_url(_kept_at(settings).read_text(encoding="utf-8").strip(), settings.data_folder)
    path = sqlite_path(known)
    return known if not is_sqlite(known) or (path is not None and path.exists()) else wanted


def keep_ledger_place(settings: Settings) -> None:
    """Keep where the ledger of settings that count lies, as they spell it: the folder may be moved as a whole."""
    kept, spelled = _kept_at(settings), _spelled(settings)
    if spelled is None:
        return
    if not kept.is_file() or kept.read_text(encoding="utf-8") != spelled:
        written = kept.with_name(f".{kept.name}.{os.getpid()}")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(spelled)  # it may carry a password
        written.replace(kept)


def _spelled(settings: Settings) -> str | None:
    """Return the place as the folder spells it, in office.yaml or `.env`; None: the environment's, or a rehearsal's."""
    url = settings.database_url.get_secret_value()
    named = (settings.weighty.get(DATABASE_URL, ""), settings.files.office.database)
    return next((one for one in named if one and database_url(one, settings.data_folder) == url), None)


def _kept_at(settings: Settings) -> Path:
    """Return the file that holds the place."""
    return settings.data_folder / "ledger.place"
