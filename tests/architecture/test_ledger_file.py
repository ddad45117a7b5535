"""The ledger's file is opened by SQLite alone: whoever closes it by hand drops every lock this process has on it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, place, tree

KNOW_THE_FILE = frozenset({"sqlite_path", "existing_file", "make_private", "Mark", "mark_of"})
"""Who imports or defines one of these has a path in hand that may be the ledger's."""
BY_HAND = frozenset(
    {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "touch"}
    | {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move"}
)
ALLOWED = {
    ("mailbot/ledger/place.py", "make_private"): "a file that is not there yet has no locks",
    ("mailbot/ledger/place.py", "opened_elsewhere"): "by whoever restores, who has it open nowhere",
    ("mailbot/ledger/mark.py", "read"): "the mark beside the ledger, which SQLite never opens",
    ("mailbot/ledger/mark.py", "note"): "the mark beside the ledger, which SQLite never opens",
    ("mailbot/cli/configuration/ledger_place.py", "_kept"): "the note beside it of where it lies, likewise",
    ("mailbot/cli/configuration/ledger_place.py", "_write_once"): "the same note",
    ("mailbot/cli/configuration/ledger_place.py", "kept_office"): "the office's key beside it, likewise",
    ("mailbot/ledger/copies/making.py", "_made"): "a copy that SQLite has closed, and nobody else knows of yet",
    ("mailbot/ledger/copies/making.py", "write_digest"): "the digest beside a copy",
    ("mailbot/ledger/copies/making.py", "_sync_folder"): "the folder of the copies",
    ("mailbot/cli/keeping.py", "backup"): "the name of what makes a copy, which SQLite does",
    ("mailbot/cli/keeping.py", "_witnesses"): "a letter that somebody names",
    ("mailbot/cli/keeping.py", "_export_mail"): "files of a folder that is handed over",
}


def knows_the_file(path: Path) -> bool:
    """Say whether a module has to do with the ledger's path."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name in KNOW_THE_FILE:
                return True
            case _:
                pass
    return False


def opened_by_hand(path: Path) -> Iterator[tuple[str, str]]:
    """Give (file, function) of every call that opens a file past SQLite."""
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in BY_HAND:
                    yield place(path), function.name
                case _:
                    pass


def test_the_ledgers_file_is_opened_by_sqlite_alone() -> None:
    """In every module that knows where the ledger is; each exception has its reason."""
    knowing = [path for path in PACKAGE if knows_the_file(path)]
    assert {place(path) for path in knowing} >= {
        f"mailbot/ledger/{name}.py" for name in ("engine", "backup", "looking/asking")
    }
    assert {found for path in knowing for found in opened_by_hand(path)} == set(ALLOWED)
