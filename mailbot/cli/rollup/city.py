"""What stands in `city.yaml` of a folder of offices about its roll-up: which office tells of all the others."""

from __future__ import annotations

import logging
from pathlib import Path

from mailbot.clerk.rollup.neighbours import Neighbours
from mailbot.cli.configuration.ledger_place import office_in_use
from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")
CITY = "city.yaml"
"""Beside the folders of the offices: what is said there is the folder's, and no office's own."""


def city_around(folder: Path) -> Path | None:
    """Return the folder of offices with a `city.yaml` around an office's folder, or its house; else None.

    Without such a file an office stands alone, and writes down nothing of itself for others.
    """
    return next((above for above in folder.resolve().parents[:2] if (above / CITY).is_file()), None)


def neighbours_of(settings: Settings) -> Neighbours | None:
    """Return the offices beside one; None where it has no key of its own, or no city's folder is around it."""
    root, key = city_around(settings.folder), office_in_use(settings)
    if root is None or not key:
        return None
    from mailbot.cli.rollup.placing import FolderNeighbours

    return FolderNeighbours(root=root, key=key)


def overseeing_office(root: Path) -> str:
    """Return the key of the office that tells of all the others (`rollup: KEY`); empty where none is named.

    What cannot be read names nobody, and keeps no office from its work.
    """
    import yaml

    try:
        said = yaml.safe_load((root / CITY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, yaml.YAMLError) as why:
        _log.warning("%s cannot be read, so no office tells of the others: %s", root / CITY, why)
        return ""
    named = said.get("rollup") if isinstance(said, dict) else None
    return named if isinstance(named, str) else ""
