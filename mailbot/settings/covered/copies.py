"""Copies of the further files that count, in the data folder: what waits in the office's folder is not worked with.

They are written from the bytes that the ledger keeps, and written again where they differ.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailbot.settings.covered.further_files import Kind, further_names
from mailbot.settings.packaged import template_folders, templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VALUES = "env.json"


@dataclass(frozen=True, slots=True)
class AsTheyLie:
    """The further files themselves, in the office's folder."""

    folder: Path

    def file(self, kind: Kind, name: str) -> Path:
        """Return where a file lies that a setting names."""
        del kind
        return self.folder / name

    def template_folders(self) -> tuple[Path, ...]:
        """Return the folders that templates are looked for in, the office's own first."""
        return template_folders(self.folder)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one configuration."""

    root: Path

    def file(self, kind: Kind, name: str) -> Path:
        """Return where the copy of a file lies, as a setting names it; of a folder its own copy."""
        return self.root / kind / quote(name, safe="")

    def template_folders(self) -> tuple[Path, ...]:
        """Return the folders that templates are looked for in: copies of the office's own, then what was shipped."""
        own = (self.root / Kind.TEMPLATE / name for name in ("inside", "beside"))
        return (*(path for path in own if path.is_dir()), templates_folder())


Places = AsTheyLie | Copies


def copies_at(data: Path, digest: str) -> Copies:
    """Return where the copies of a configuration lie; they need not be there."""
    return Copies(data / "in-force" / digest[:32])


def lay(copies: Copies, contents: Mapping[str, bytes]) -> None:
    """Write the copies, readable by us alone; what lies there as it should be is left.

    Args:
        copies: where.
        contents: of the folder, by name.

    Raises:
        OSError: they cannot be written.
    """
    for kind, named in further_names(contents).items():
        for name, content in named.items():
            _write(_place(copies, kind, name), content)


def keep_values(copies: Copies, values: Mapping[str, str]) -> None:
    """Keep the variables of `.env` that count beside the copies, readable by us alone, as the key of the forms is."""
    if values:
        _write(copies.root / _VALUES, json.dumps(dict(values)).encode())


def kept_values(copies: Copies) -> dict[str, str] | None:
    """Return the variables of `.env` that counted; None where they were not kept."""
    try:
        return dict(json.loads((copies.root / _VALUES).read_bytes()))
    except (OSError, ValueError):
        return None


def keep_only(data: Path, digest: str) -> None:
    """Remove the copies of every configuration but one."""
    left = copies_at(data, digest).root
    for path in left.parent.iterdir() if left.parent.is_dir() else ():
        if path != left:
            shutil.rmtree(path, ignore_errors=True)


def _place(copies: Copies, kind: Kind, name: str) -> Path:
    """Return where the copy of one file lies."""
    if kind is Kind.CERTIFICATE:
        folder, _, own = name.rpartition("/")
        return copies.file(kind, folder) / own
    if kind is Kind.TEMPLATE:
        beside = name.startswith("../")
        return copies.root / kind / ("beside" if beside else "inside") / name.removeprefix("../").partition("/")[2]
    return copies.file(kind, name)


def _write(path: Path, content: bytes) -> None:
    """Write one file as a whole, unless it says the same."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f".{os.getpid()}.{path.name}"[:200])
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    own.replace(path)
