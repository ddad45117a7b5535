"""The source as the tests of this folder look at it: files, their trees, the names they define, the words they hold."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = sorted((ROOT / "mailbot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    """Give a file's path as seen from the top of the checkout, for a test's name or a finding."""
    return path.relative_to(ROOT).as_posix()


@cache
def lines(path: Path) -> list[str]:
    """Read one source file, once for all tests."""
    return path.read_text(encoding="utf-8").splitlines()


@cache
def tree(path: Path) -> ast.Module:
    """Parse one source file, once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def docstrings(path: Path) -> set[ast.Constant]:
    """Give the strings of a file that stand by themselves: docstrings, those below a constant or a field among them."""
    alone = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Expr))
    return {value for value in alone if isinstance(value, ast.Constant)}


def defined_names(path: Path) -> Iterator[tuple[int, str]]:
    """Give every name that a file defines, with its line: classes, functions, parameters, variables, attributes."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case _:
                pass


def tracked_names() -> list[str]:
    """Give the path of every file that is committed or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is found by PATH
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return listing.rstrip("\0").split("\0")


def tracked_texts() -> list[tuple[str, str]]:
    """Give (path, text) of every such file, pictures and office files apart."""
    texts = []
    for name in tracked_names():
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts.append((name, content.decode(errors="replace")))
    return texts
