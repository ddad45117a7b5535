"""Which office a command is for, where its folder holds several: all of them, one after the other, or the one named."""

from __future__ import annotations

from functools import wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mailbot.cli.offices.folders import offices_in
from mailbot.cli.options import folder, wanted_office, work_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.cli.offices.folders import OfficeFolder

ALL = frozenset({"status", "plan", "ledger", "backup", "check", "outbox list", "inbox list", "journal"})
"""Commands that look or keep: of a folder of offices they take all, unless one is named."""
_ITSELF = frozenset({"run"})
"""What knows of folders of offices by itself."""


def for_offices(name: str, command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that works on the office that is meant; one that takes no folder stays what it is."""
    if "config" not in signature(command).parameters or name in _ITSELF:
        return command

    @wraps(command)
    def of_its_office(**typed: Any) -> None:  # noqa: ANN401 - whatever the command takes
        """Find the office, and let the command work."""
        root = folder(typed["config"])
        there, wanted = offices_in(root), wanted_office()
        if not there:
            if wanted:
                raise typer.BadParameter(_say("not_many_offices", root=root))
            command(**typed)
            return
        chosen = _chosen(root, there, wanted)
        if chosen is not None and (wanted or name not in ALL):
            work_on(root, chosen)
            command(**typed | {"config": None})
        elif name in ALL:
            from mailbot.cli.offices.one_after_another import one_after_another

            one_after_another(name, command, root, there, typed)
        else:
            names = ", ".join(one.called for one in there)
            raise typer.BadParameter(_say("which_office", root=root, count=len(there), offices=names))

    return of_its_office


def _chosen(root: Path, there: tuple[OfficeFolder, ...], wanted: str) -> OfficeFolder | None:
    """Return the office that was named, by its key or its folder; without a name the only one there is.

    Raises:
        typer.BadParameter: there is none of that name, or several have that key.
    """
    if not wanted:
        return there[0] if len(there) == 1 else None
    found = [one for one in there if one.name == wanted] or [one for one in there if one.key == wanted]
    if len(found) != 1:
        names = ", ".join(one.called if one.key != wanted else one.name for one in there)
        raise typer.BadParameter(_say("no_office_called", office=wanted, root=root, offices=names))
    return found[0]


def _say(code: str, **values: object) -> str:
    """Return a sentence of the catalogue, in the language that was asked for."""
    from mailbot.cli.options import environment
    from mailbot.settings.sayings.catalogue import language_of, speech

    return speech(language_of(environment()))(code, **values)
