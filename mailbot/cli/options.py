"""What commands have in common: options, and the settings, the ledger and the moment they work with."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.ledger.place import existing_file
from mailbot.settings.variables import LANGUAGE

if TYPE_CHECKING:
    from mailbot.cli.offices.folders import OfficeFolder
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="DIR", help="The folder of YAML files, or of several offices (default: config)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

DEFAULT_FOLDER = Path("config")

_chosen: list[Path] = []
"""What `mailbot --config DIR command` said, before the command's own option."""
_language: list[str] = []
"""What `mailbot --language en command` said."""
_wanted: list[str] = []
"""What `mailbot --office KEY command` said."""
_among: list[tuple[Path, OfficeFolder]] = []
"""The office that a command works on, and the folder of offices that it lies in."""


def remember(config: Path | None, language: str = "", office: str = "") -> None:
    """Keep the folder, the language and the office given before the command."""
    _chosen[:] = [config] if config is not None else []
    _language[:] = [language] if language else []
    _wanted[:] = [office] if office else []
    _among.clear()


def wanted_office() -> str:
    """Return which office was named before the command; empty where none was."""
    return _wanted[0] if _wanted else ""


def work_on(root: Path, office: OfficeFolder | None) -> None:
    """Let all that follows in this command be about one office of a folder of many; None: about the folder itself."""
    _chosen[:] = [root if office is None else office.path]
    _among[:] = [] if office is None else [(root, office)]


def environment() -> dict[str, str]:
    """Return the environment; a language given before the command stands before its variable.

    Raises:
        ConfigProblem: nothing says where an office among others keeps its things.
    """
    env = dict(os.environ) | ({LANGUAGE: _language[0]} if _language else {})
    if not _among:
        return env
    from mailbot.cli.offices.surroundings import surroundings

    return surroundings(*_among[0], env)


def folder(config: Path | None) -> Path:
    """Return the configuration folder: the command's option, else the one before the command, else `config`."""
    if config is not None:
        _chosen[:] = [config]
    return config or (_chosen[0] if _chosen else DEFAULT_FOLDER)


def spelled(words: str, config: Path | None) -> str:
    """Return a command as it is to be typed, so that what is copied from a hint works on the same folder."""
    if _among:
        root, office = _among[0]
        return f"mailbot --config {shlex.quote(str(root))} --office {office.called} {words}"
    chosen = folder(config)
    named = "" if chosen == DEFAULT_FOLDER else f" --config {shlex.quote(str(chosen))}"
    return f"mailbot{named} {words}"


def settings_of(config: Path | None) -> Settings:
    """Load the settings of the chosen folder; those last accepted, where they are wrong and the command may go on.

    Raises:
        ConfigProblem: something is wrong; it names everything that is.
    """
    from mailbot.cli.configuration.last_accepted import settings_or_last_accepted

    return settings_or_last_accepted(folder(config), environment())


def ledger_url(settings: Settings) -> str:
    """Return the URL of a ledger that is there.

    Raises:
        LedgerProblem: there is none yet.
    """
    from mailbot.cli.configuration.ledger_place import ledger_in_use

    url = ledger_in_use(settings)
    existing_file(url)
    return url


def existing_ledger(settings: Settings) -> Ledger:
    """Open the ledger, as a context manager.

    Raises:
        LedgerProblem: there is none yet, or it cannot be used.
    """
    url = ledger_url(settings)
    from mailbot.cli.configuration.ledger_place import office_in_use
    from mailbot.cli.upkeep.object_store import elsewhere_of
    from mailbot.ledger.ledger import open_ledger

    return open_ledger(
        url,
        marks=settings.data_folder,
        secret=settings.kept_key(),
        elsewhere=elsewhere_of(settings),
        office=office_in_use(settings),
    )


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)
