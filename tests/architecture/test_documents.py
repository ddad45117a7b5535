"""What the documents promise exists, and what exists is in the documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from typer.core import TyperGroup
from typer.main import get_command

from mailbot.cli.app import app
from mailbot.settings.variables import DATA, LANGUAGE, VARIABLES
from tests.architecture.source import ROOT, tree


def commands(group: TyperGroup, before: str = "") -> Iterator[str]:
    """Give every command of the terminal, those of a group with the group's name before them."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def every_command() -> list[str]:
    """Return every command of the terminal, as it is called, in the order of its help."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return list(commands(group))


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
    assert commands_in_the_readme() == set(every_command())


def test_every_command_that_a_document_shows_is_there() -> None:
    """In the README and in docs/, between backticks and in indented lines, remarks left out."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))]
    code = [part for text in texts for part in re.findall(r"(?m)`([^`\n]+)`|^ {4}([^#\n]+)", text)]
    typed = r"(?<!-u )\bmailbot(?: --config \S+)? ([a-z]+)"
    shown = {word for part in code for word in re.findall(typed, " ".join(part))}
    assert {"check", "run", "outbox"} <= shown
    assert shown - set(group.commands) == set()


def test_the_example_of_the_environment_names_each_variable() -> None:
    """.env.example holds every variable that is read, and its `_FILE` form where it has one."""
    example = (ROOT / "config" / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^(?:# )?(MAILBOT_\w+)=", example)) == {
        *VARIABLES,
        *(f"{name}_FILE" for name in VARIABLES if name not in {DATA, LANGUAGE}),
    }


def test_every_fault_names_a_test_that_exists() -> None:
    """docs/faults.md has a row for each of F1 to F29, and each test in it is there."""
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (F\d+) \|.*\| (.*) \|$", text)
    assert [number for number, _ in rows] == [f"F{number}" for number in range(1, 30)]
    assert all("::" in held for _, held in rows)
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text))
    there = {
        (file, node.name)
        for file in {file for file, _ in named}
        for node in tree(ROOT / file).body
        if isinstance(node, ast.FunctionDef)
    }
    assert named - there == set()
