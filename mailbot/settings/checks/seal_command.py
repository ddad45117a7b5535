"""The command that has PDFs sealed: it comes by the environment alone, and is shown nowhere, for it may hold a key."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.variables import SEAL_COMMAND, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.credentials import Credentials

GIVEN, SEALED = "{in}", "{out}"
"""What stands in the command for the PDF that is given to it, and for where it lays the sealed one."""
_LOOKS_SO = f"/opt/segel/bin/segel --masuk {GIVEN} --keluar {SEALED}"


def parts_of(command: str) -> tuple[str, ...]:
    """Return the program and its arguments, split as a shell would, by none.

    Raises:
        ValueError: a quotation mark is not closed.
    """
    return tuple(shlex.split(command))


def seal_command_is_whole(credentials: Credentials) -> Iterator[Mistake]:
    """The command begins with a program that is there, and says where the PDFs go; its value is never shown."""
    if credentials.seal_command is None:
        return
    wrong = _wrong(credentials.seal_command.get_secret_value())
    if wrong is not None:
        yield of_environment(SEAL_COMMAND, wrong, _LOOKS_SO)


def _wrong(command: str) -> Said | None:
    """Return what is wrong with a command, in words that show none of it; None where nothing is."""
    try:
        parts = parts_of(command)
    except ValueError:
        return said("seal_quote_open")
    if not parts or not Path(parts[0]).is_absolute():
        return said("seal_not_absolute")
    if not Path(parts[0]).is_file() or not os.access(parts[0], os.X_OK):
        return said("seal_not_there")
    if not all(any(place in part for part in parts[1:]) for place in (GIVEN, SEALED)):
        return said("seal_without_places", given=GIVEN, sealed=SEALED)
    return None
