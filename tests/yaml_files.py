"""YAML files as tests read and write them: as an editor does, by YAML 1.2, or as texts that are written back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from yaml._yaml import CParser

from mailbot.settings.source import read_source

_TYPES = (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)


class _Typed(CParser, yaml.constructor.SafeConstructor, yaml.resolver.BaseResolver):
    """YAML 1.2's core types, and dates: `no` is a word, and so is 16:00."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        yaml.constructor.SafeConstructor.__init__(self)
        yaml.resolver.BaseResolver.__init__(self)


for _name, _looks, _first in _TYPES:
    _Typed.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_looks})$"), [*_first, ""])


class _WrittenOut(yaml.SafeDumper):
    """Writes what stands twice twice: a reference is refused in a file of settings."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def typed(text: str) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Return what a YAML text holds, as an editor takes it."""
    return _Typed(text).get_single_data()


def rewritten(path: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Return what a file of settings holds, every scalar as the text that stands there; for `write`."""
    return read_source(str(path), path.read_bytes())[0].data


def write(path: Path, content: object) -> None:
    """Write a file of settings anew, without its comments."""
    path.write_text(
        yaml.dump(content, Dumper=_WrittenOut, allow_unicode=True, sort_keys=False, width=4096), encoding="utf-8"
    )
