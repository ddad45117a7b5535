"""The command that has PDFs sealed: it comes by the environment alone, and is shown nowhere, for it may hold a key."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.settings.variables import SEAL_COMMAND, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
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


def seal_command_is_whole(credentials: Credentials) -> Iterator[Problem]:
    """The command begins with a program that is there, and says where the PDFs go; its value is never shown."""
    if credentials.seal_command is None:
        return
    wrong = _wrong(credentials.seal_command.get_secret_value())
    if wrong:
        yield of_environment(SEAL_COMMAND, wrong, _LOOKS_SO)


def _wrong(command: str) -> str:
    """Return what is wrong with a command, in words that show none of it; empty where nothing is."""
    try:
        parts = parts_of(command)
    except ValueError:
        return "has a quotation mark that is not closed"
    if not parts or not Path(parts[0]).is_absolute():
        return "must begin with the absolute path of a program"
    if not Path(parts[0]).is_file() or not os.access(parts[0], os.X_OK):
        return "names a program that is not there, or that mailbot's user may not run"
    if not all(any(place in part for part in parts[1:]) for place in (GIVEN, SEALED)):
        return f"must have {GIVEN} and {SEALED} among its arguments"
    return ""
