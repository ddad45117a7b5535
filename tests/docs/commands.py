"""`docs/reference/commands.md`: every command with its usage and options, from the terminal's own help."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup
from typer.main import get_command

from mailbot.cli.app import app
from tests.docs.page import contents, section, table

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands(group: TyperGroup, before: str = "") -> Iterator[tuple[str, Any]]:
    """Give every command with the words it is called by, those of a group with the group's name before them."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def page() -> str:
    """Return the whole page."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    every = list(commands(group))
    return contents(name for name, _ in every) + "".join(_section(name, command) for name, command in every)


def _section(name: str, command: Any) -> str:  # noqa: ANN401 - typer gives its commands no type of its own
    """Return one command: what it does, how it is typed, what it takes."""
    said = inspect.cleandoc(command.help or "").partition("\f")[0].strip()
    taken = [one for one in command.params if one.name != "config" and not getattr(one, "hidden", False)]
    arguments = " ".join(_placed(one) for one in taken if one.param_type_name == "argument")
    options = [one for one in taken if one.param_type_name == "option"]
    usage = " ".join(filter(None, (f"mailbot {name}", "[OPTIONS]" if options else "", arguments)))
    rows = [(f"`{_written(one)}`", _told(one)) for one in taken]
    return section(name, said, "", f"    {usage}", *(["", *table("takes | what for", rows)] if rows else []))


def _placed(argument: Any) -> str:  # noqa: ANN401 - typer gives its parameters no type of its own
    """Return an argument as it stands in the usage."""
    name = str(argument.metavar or argument.name).upper().strip("[].") + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _written(one: Any) -> str:  # noqa: ANN401 - as above
    """Return a parameter as it is typed."""
    if one.param_type_name == "argument":
        return _placed(one)
    return ", ".join(one.opts) + ("" if one.is_flag else f" {one.metavar or one.name.upper()}")


def _told(one: Any) -> str:  # noqa: ANN401 - as above
    """Return what a parameter is for, whether it must be given, and its default where it has one of its own."""
    must = " Must be given." if one.required and one.param_type_name == "option" else ""
    default = f" Default: `{one.default}`." if one.default not in {None, False, ""} else ""
    return f"{one.help or ''}{must}{default}"
