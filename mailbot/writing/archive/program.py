"""Puts `verifikasi.py` together: one file, standard library alone, out of the room that `mailbot verify` uses."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mailbot.errors import TemplateProblem
from mailbot.writing.words.templates import find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULES = ("spelling", "listing", "chain", "holding", "agreement", "record", "facts", "tables", "proving")
"""In the order in which each knows only those before it."""
_ROOM = "mailbot.writing.archive.checking"
_PLACE = "# --- PEMERIKSAAN ---\n"
"""The line of `archive/verifikasi.txt` in whose place the checks are put."""


def program(template_folders: tuple[Path, ...]) -> bytes:
    """Return `verifikasi.py`.

    Raises:
        TemplateProblem: `archive/verifikasi.txt` is missing, or has no place for the checks.
    """
    words = find_template(template_folders, "archive/verifikasi.txt").read_text(encoding="utf-8")
    if words.count(_PLACE) != 1:
        raise TemplateProblem(f"archive/verifikasi.txt has no line {_PLACE.strip()!r}, or several")
    return words.replace(_PLACE, checks()).encode()


@cache
def checks() -> str:
    """Return the source of all checks as one: imports first, each once, then the modules as they stand."""
    imports: set[str] = set()
    bodies: list[str] = []
    for name in MODULES:
        source = files(_ROOM).joinpath(f"{name}.py").read_text(encoding="utf-8")
        needed, body = _parts(source)
        imports.update(needed)
        bodies.append(body)
    return "\n".join(sorted(imports)) + "\n\n\n" + "\n\n".join(bodies)


def _parts(source: str) -> tuple[list[str], str]:
    """Return which names a module imports from the standard library, line by line, and what stands below."""
    lines = source.splitlines(keepends=True)
    imports: list[str] = []
    gone: set[int] = set()
    body = ast.parse(source).body
    for node in body:
        inside = node.body if isinstance(node, ast.If) else [node]
        if node is body[0] or all(isinstance(one, ast.Import | ast.ImportFrom) for one in inside):
            imports += [text for one in inside for text in _imported(one)]
            gone.update(range(node.lineno - 1, node.end_lineno or node.lineno))
    return imports, "".join(line for number, line in enumerate(lines) if number not in gone).strip("\n") + "\n"


def _imported(node: ast.stmt) -> Iterator[str]:
    """Yield an import of the standard library; what comes from this room stands in the same file."""
    outside = isinstance(node, ast.Import) or (
        isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(("mailbot", "__future__"))
    )
    if outside:
        yield ast.unparse(node)
