"""Which ledger a folder works on: the one of the last accepted `database`, kept beside it, and not of an edited one.

The ledger knows which configuration counts; were it looked for where an edit says, an empty one would let all in. A
place that the environment names is the word of whoever holds the machine, and needs no other.

So it is with the office's key, under which a shared ledger keeps its rows: under an edited one the office would begin
with nothing, and ask everybody again. It is kept wherever the ledger lies.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mailbot.ledger.place import is_sqlite, sqlite_path
from mailbot.settings.covered.env_variables import weighty_variables
from mailbot.settings.credentials import read_credentials
from mailbot.settings.env_file import with_env_file
from mailbot.settings.files import OfficeFile
from mailbot.settings.named_files import data_folder, database_is_known, database_url
from mailbot.settings.variables import DATABASE_URL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.settings.settings import Settings


_OFFICE = "office.key"
"""The file of a data folder that holds the office's key; no secret, unlike `secret.key`."""


def ledger_in_use(settings: Settings) -> str:
    """Return the URL of the ledger that a folder works on; what the settings name, where none was kept.

    A file that is gone was moved by whoever holds the machine: then, too, what the settings name counts.
    """
    wanted = settings.database_url.get_secret_value()
    if _spelled(settings) is None:
        return wanted
    return _kept(settings.data_folder) or wanted


def ledger_without_settings(folder: Path, env: Mapping[str, str]) -> tuple[Path, str] | None:
    """Return the data folder and the URL of the ledger that a folder works on, whose YAML files may be wrong.

    What the environment names counts, then what was kept, then `.env`, then the place that an office has by itself.
    None: the environment is wrong itself.
    """
    whole, unread = with_env_file(folder, env)
    credentials, mistakes = read_credentials(whole)
    if unread or mistakes or any(database_is_known(credentials)):
        return None
    data, named = data_folder(folder, credentials), credentials.database_url
    given = named.get_secret_value() if named is not None else ""
    if given and given != weighty_variables(folder).get(DATABASE_URL):
        return data, database_url(given, data)
    by_itself = str(OfficeFile.model_fields["database"].default)
    return data, _kept(data) or database_url(given or by_itself, data)


def office_in_use(settings: Settings) -> str:
    """Return the key under which the ledger knows this office: the one that was kept, else that of the settings."""
    kept = kept_office(settings.data_folder)
    return settings.office_key if kept is None else kept


def same_office(one: Settings, other: Settings) -> bool:
    """Say whether what is open for the one serves for the other: a SQLite file is one office's, whatever its key."""
    return is_sqlite(other.database_url.get_secret_value()) or one.office_key == other.office_key


def kept_office(data: Path) -> str | None:
    """Return the office's key that was kept in a data folder; None where none was."""
    kept = data / _OFFICE
    return kept.read_text(encoding="utf-8").strip() if kept.is_file() else None


def keep_ledger_place(settings: Settings) -> None:
    """Keep where the ledger of settings that count lies, as they spell it: the folder may be moved as a whole."""
    spelled = _spelled(settings)
    if spelled is not None:
        _write_once(_kept_at(settings.data_folder), spelled)
    if settings.office_key or kept_office(settings.data_folder):
        _write_once(settings.data_folder / _OFFICE, settings.office_key)


def _write_once(kept: Path, text: str) -> None:
    """Write a small file whole, unless it says so already."""
    if not kept.is_file() or kept.read_text(encoding="utf-8") != text:
        written = kept.with_name(f".{kept.name}.{os.getpid()}")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)  # it may carry a password
        written.replace(kept)


def _spelled(settings: Settings) -> str | None:
    """Return the place as the folder spells it, in office.yaml or `.env`; None: the environment's, or a rehearsal's."""
    url = settings.database_url.get_secret_value()
    named = (settings.weighty.get(DATABASE_URL, ""), settings.files.office.database)
    return next((one for one in named if one and database_url(one, settings.data_folder) == url), None)


def _kept(data: Path) -> str | None:
    """Return the URL of the place that was kept; None where none was, or its file is gone."""
    if not _kept_at(data).is_file():
        return None
    known = database_url(_kept_at(data).read_text(encoding="utf-8").strip(), data)
    path = sqlite_path(known)
    return known if not is_sqlite(known) or (path is not None and path.exists()) else None


def _kept_at(data: Path) -> Path:
    """Return the file of a data folder that holds the place."""
    return data / "ledger.place"
