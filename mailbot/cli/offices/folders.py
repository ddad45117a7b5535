"""A folder of offices: which folders of YAML lie in it, and the key of each, though its YAML may be broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILES = ("office.yaml", "recipients.yaml", "indicators.yaml", "sop.yaml", "cycles.yaml")
OWN_DATA = "data"
"""The folder inside an office's folder that holds its ledger, key and archive, where nothing else was said."""
_KEY = re.compile(rb"""^key:[ \t]*["']?([a-z0-9-]{1,40})["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFolder:
    """One folder of YAML among others."""

    path: Path
    key: str
    """The office's own key; empty where it has none, or none that can be read."""
    name: str
    """The folder's name below the folder of offices, `dishub` or `dishub/kantor`."""

    @property
    def called(self) -> str:
        """Return how people call the office: by its key, else by its folder."""
        return self.key or self.name


def offices_in(root: Path) -> tuple[OfficeFolder, ...]:
    """Return the offices of a folder by the names of their folders; none if it is no folder of offices.

    It is one if none of an office's files lies in it, and below it some folder has an `office.yaml`: directly, or
    one folder further down, where an office has a house of its own as when it was alone. A folder with another of
    the five files and no `office.yaml` is an office, too: one that is broken, and is told of.
    """
    return () if any((root / name).exists() for name in _FILES) else offices_below(root)


def offices_below(root: Path) -> tuple[OfficeFolder, ...]:
    """Return the offices of a folder that is known to be one of offices, whatever file was laid into it by mistake."""
    if not root.is_dir():
        return ()
    houses = sorted(one for one in root.iterdir() if one.is_dir() and not one.name.startswith("."))
    found = [folder for house in houses for folder in _folders_of(house)]
    if not any((folder / "office.yaml").exists() for folder in found):
        return ()
    return tuple(OfficeFolder(path=folder, key=key_of(folder), name=str(folder.relative_to(root))) for folder in found)


def _folders_of(house: Path) -> Iterator[Path]:
    """Give the folders of YAML of one house: itself, or those directly below it."""
    try:
        if any((house / name).exists() for name in _FILES):
            yield house
        else:
            yield from sorted(office.parent for office in house.glob("[!.]*/office.yaml"))
    except OSError:  # just being removed, or not ours to read
        return


def key_of(folder: Path) -> str:
    """Return the key that stands in a folder's office.yaml, whatever else is wrong with it."""
    try:
        found = _KEY.search((folder / "office.yaml").read_bytes())
    except OSError:
        return ""
    return found[1].decode() if found is not None else ""
