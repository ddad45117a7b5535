"""What the documents promise exists, and what exists is in the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typer.core import TyperGroup
from typer.main import get_command

from mailbot.cli.app import app
from mailbot.settings.credentials import DATA, VARIABLES
from tests.architecture.source import ROOT


def commands(group: TyperGroup, before: str = "") -> Iterator[str]:
    """Give every command of the terminal, those of a group with the group's name before them."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def commands_in_the_readme() -> set[str]:
    """Read the first column of the README's table: `inbox list`, `show`, `replay` are three commands of inbox."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set()
    for row in re.findall(r"(?m)^\| (`.*?) \|", readme):
        words = [" ".join(re.findall(r"(?<![\w-])[a-z]+(?=\s|$)", code)) for code in re.findall(r"`([^`]+)`", row)]
        group = words[0].split()[0]
        told |= {words[0]} | {f"{group} {word}" for word in words[1:]}
    return told


def test_the_readme_names_each_command() -> None:
    """The table of the README holds the commands there are, no more and no fewer."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    assert commands_in_the_readme() == set(commands(group))


def test_the_example_of_the_environment_names_each_variable() -> None:
    """.env.example holds every variable that is read, and its `_FILE` form where it has one."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^(?:# )?(MAILBOT_\w+)=", example)) == {
        *VARIABLES,
        *(f"{name}_FILE" for name in VARIABLES if name != DATA),
    }
