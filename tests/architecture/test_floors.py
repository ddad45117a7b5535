"""The floors of the house: which room may know which, and which library lives in which room."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, place, tree

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# One wrong import for each contract: the file that would hold it, and the line.
TRESPASSES = {
    "http-server-in-web": ("clerk/passing.py", "import starlette.routing\n"),
    "floors": ("core/trespass.py", "import mailbot.errors, mailbot.post"),
    "pure-core": ("core/trespass.py", "import time"),
    "database-in-ledger": ("reading/trespass.py", "import sqlmodel"),
    "sockets-in-post": ("ledger/trespass.py", "import smtplib"),
    "templates-in-writing": ("reading/trespass.py", "import jinja2"),
    "workbooks-in-reading-and-writing": ("core/trespass.py", "import openpyxl"),
    "signatures-in-reading": ("clerk/trespass.py", "import pyhanko"),
    "scheduler-in-heartbeat": ("post/trespass.py", "import apscheduler"),
    "queue-in-tasks": ("clerk/trespass.py", "import procrastinate"),
}


def lint_imports(where: Path, *only: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package that stands in a folder, with that folder's pyproject.toml."""
    program = "import sys; from importlinter.cli import lint_imports_command as run; sys.path.insert(0, '.'); run()"
    arguments = ["--no-cache", "--no-logo", *(word for name in only for word in ("--contract", name))]
    return subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments], cwd=where, capture_output=True, text=True, check=False
    )


def test_every_room_knows_only_the_floors_below() -> None:
    """The package keeps every contract of pyproject.toml."""
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", [each["id"] for each in CONTRACTS])
def test_each_contract_catches_a_trespass(contract: str, tmp_path: Path) -> None:
    """A contract that would let its own trespass pass holds nothing."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    visited = {Path("mailbot", file).parent for file, _ in TRESPASSES.values()}
    for room in {path.relative_to(ROOT).parent for path in PACKAGE} | visited | {Path("mailbot/post")}:
        (tmp_path / room).mkdir(parents=True, exist_ok=True)
        (tmp_path / room / "__init__.py").touch()
    for module in (ROOT / "mailbot").glob("*.py"):
        (tmp_path / "mailbot" / module.name).touch()
    file, line = TRESPASSES[contract]
    (tmp_path / "mailbot" / file).write_text(line + "\n", encoding="utf-8")
    result = lint_imports(tmp_path, contract)
    assert "BROKEN" in result.stdout, result.stdout + result.stderr


def test_the_core_imports_the_standard_library_and_itself_only() -> None:
    """R4, for libraries that nobody has thought of forbidding yet."""
    strangers = [
        f"{place(path)}: {name}"
        for path in PACKAGE
        if path.is_relative_to(ROOT / "mailbot" / "core")
        for name in imported(path)
        if not re.match(r"mailbot\.(errors|core)\b", name) and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert strangers == []


def imported(path: Path) -> Iterator[str]:
    """Give the modules that a file imports, by their full names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
