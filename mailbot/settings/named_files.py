"""Paths and places that the settings name: do the files exist, where do ledger and archive lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.settings.checks.mail import DATABASES
from mailbot.settings.covered.copies import AsTheyLie
from mailbot.settings.covered.further_files import Kind
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.variables import DATABASE_URL, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailbot.settings.covered.copies import Places
    from mailbot.settings.credentials import Credentials
    from mailbot.settings.sections import Section

_NAMED = (
    ("office.letterhead", "logo", Kind.LOGO),
    ("office.imap", "ca_file", Kind.ANCHOR),
    ("office.smtp", "ca_file", Kind.ANCHOR),
    ("office.oauth", "ca_file", Kind.ANCHOR),
    ("office.object_store", "ca_file", Kind.ANCHOR),
    ("office.profile", "agreement", Kind.AGREEMENT),
)
_SCANNED = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8"}
"""Kinds of file that the report can show whole pages of, and how each begins."""
_SQLITE = "sqlite:///"
_DATA = "data"


def files_exist(places: Places, sections: Mapping[str, Section]) -> Iterator[Mistake]:
    """Every file that a setting names is there."""
    for name, field, kind in _NAMED:
        part = sections.get(name)
        path = named_file(places, kind, getattr(part.value, field)) if part is not None else None  # type: ignore[union-attr]  # these are parts, not lists
        if part is not None and path is not None and not path.is_file():
            yield part.problem(field, what=said("names_no_file", name=part.name, field=field, path=path))
        elif path is not None and field == "agreement" and not _is_scanned(path):
            what = said("agreement_of_another_kind", path=path)
            yield part.problem(field, what=what, hint=said("scan_it"))  # type: ignore[union-attr]  # there is a path, so there is a part
    ratified = sections.get("office.ratified")
    kept = named_file(places, Kind.CERTIFICATE, ratified.value.certificates) if ratified is not None else None  # type: ignore[union-attr]  # a part, not a list
    if ratified is not None and kept is not None and isinstance(places, AsTheyLie) and not kept.is_dir():
        what = said("certificates_no_folder", kept=kept)
        yield ratified.problem("certificates", what=what)
    further = sections.get("office.mailboxes")
    if further is None:
        return
    for place, mailbox in further:  # type: ignore[union-attr]  # this one is a list, not a part
        path = named_file(places, Kind.ANCHOR, mailbox.ca_file)
        if path is not None and not path.is_file():
            yield further.problem(place, "ca_file", what=said("further_ca_no_file", key=mailbox.key, path=path))


def _is_scanned(path: Path) -> bool:
    """Say whether a file is of a kind that the report can show, by its name and by how it begins."""
    begins = _SCANNED.get(path.suffix.casefold())
    if begins is None:
        return False
    with path.open("rb") as opened:
        return opened.read(len(begins)) == begins


def named_file(places: Places, kind: Kind, name: str) -> Path | None:
    """Return the file that a setting names, or the copy of it that counts; None for an empty name."""
    return places.file(kind, name) if name else None


def data_folder(folder: Path, credentials: Credentials) -> Path:
    """Return where ledger, archive and key lie: MAILBOT_DATA, or the folder that holds the configuration folder.

    An office among others keeps its things in `data` inside its own folder, and has them there when it is named alone.
    """
    if credentials.data is not None:
        return credentials.data.resolve()
    own = folder.resolve() / _DATA
    return own if own.is_dir() else own.parent.parent


def database_url(configured: str, data: Path) -> str:
    """Return the ledger's URL; the file of an SQLite one as an absolute path, where relative from the data folder."""
    if not configured.startswith(_SQLITE):
        return configured
    return f"{_SQLITE}{data / configured.removeprefix(_SQLITE)}"


def database_is_known(credentials: Credentials) -> Iterator[Mistake]:
    """MAILBOT_DATABASE_URL, where given, names an SQLite file or a PostgreSQL database; its value is never shown."""
    url = credentials.database_url.get_secret_value() if credentials.database_url is not None else None
    if url is not None and (not url.startswith(DATABASES) or url in DATABASES):
        hint = said("database_variable_looks_so")
        yield of_environment(DATABASE_URL, said("database_variable_unknown"), hint)
    elif url is not None and _login(url).count("@") > 0:
        yield of_environment(DATABASE_URL, said("at_in_password"), said("at_in_password_way"))


def _login(url: str) -> str:
    """Return user and password of a URL, up to the last @ before the host."""
    return url.partition("://")[2].partition("?")[0].rpartition("@")[0]
