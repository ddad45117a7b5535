"""The file `.env` in the configuration folder or beside it: secrets for every command, shown by none.

What stands in the environment itself wins. A line is `NAME=value`, as Docker and systemd read it, or
`export NAME=value`; one pair of quotation marks around a value is taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NAME = ".env"
_LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_]\w*)=(?P<value>.*)")
_OURS = "MAILBOT_"
_NOT_THE_OWNER = 0o077


def env_files(folder: Path) -> tuple[Path, ...]:
    """Return the files there are, the one that counts first."""
    places = (folder / _NAME, folder.resolve().parent / _NAME)
    return tuple(path for path in dict.fromkeys(places) if path.is_file())


def with_env_file(
    folder: Path, env: Mapping[str, str], kept: Mapping[str, str | None] | None = None
) -> tuple[dict[str, str], tuple[Mistake, ...]]:
    """Return the environment with what the files add to it, and what is wrong with them; no value is ever shown.

    Args:
        folder: the configuration folder.
        env: the environment itself, which wins.
        kept: variables that count in place of what the files say of them now; None: the files count without.
    """
    whole, mistakes = read_env_files(folder)
    for name, value in (kept or {}).items():
        whole.pop(name, None)
        whole.pop(f"{name}_FILE", None)
        whole |= {name: value} if value else {}
    own = {name: value for name, value in env.items() if value or not name.startswith(_OURS)}
    beside = {f"{name}_FILE" for name in own} | {name.removesuffix("_FILE") for name in own if name.endswith("_FILE")}
    return {name: value for name, value in whole.items() if name not in beside} | own, mistakes


def read_env_files(folder: Path, files: tuple[Path, ...] | None = None) -> tuple[dict[str, str], tuple[Mistake, ...]]:
    """Return what the files say of our variables, and what is wrong with them.

    Args:
        folder: the configuration folder.
        files: the ones to be read, that which counts first; None: all that belong to it.
    """
    whole: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for path in reversed(env_files(folder) if files is None else files):
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else said("no_utf8_text")
            mistakes.append(Mistake(file=str(path), line=1, what=said("file_unreadable", strerror=why)))
            continue
        for number, line in enumerate(lines, 1):
            told = line.strip()
            if not told or told.startswith("#"):
                continue
            found = _LINE.fullmatch(told)
            if found is None:
                what, way_out = said("env_line"), said("env_line_way")
                mistakes.append(Mistake(file=str(path), line=number, what=what, hint=way_out))
            elif found["name"].startswith(_OURS):
                whole[found["name"]] = _unquoted(found["value"].strip())
    return whole, tuple(mistakes)


def open_env_files(folder: Path) -> Iterator[Path]:
    """Give every file that others than its owner may read or write."""
    for path in env_files(folder):
        if path.stat().st_mode & _NOT_THE_OWNER:
            yield path


def _unquoted(value: str) -> str:
    """Return a value without the one pair of quotation marks around it."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value
